"""Where typed rows go: one module a kind of import."""

from __future__ import annotations

from visavis.listen.imports.models import Kind
from visavis.listen.imports.targets.barometer import Barometer
from visavis.listen.imports.targets.base import Target
from visavis.listen.imports.targets.contacts import Contacts
from visavis.listen.imports.targets.mirror import Mirror
from visavis.listen.imports.targets.organisation import Organisation
from visavis.listen.imports.targets.returns import Returns
from visavis.listen.imports.targets.reviews import Reviews

TARGETS: dict[Kind, type[Target]] = {
    Kind.ORGANISATION: Organisation,
    Kind.CONTACTS: Contacts,
    Kind.RETURNS: Returns,
    Kind.BAROMETER: Barometer,
    Kind.REVIEWS: Reviews,
    Kind.MIRROR: Mirror,
}
