"""The gesture of this room: its figures leave as files."""

from __future__ import annotations

from django.db import transaction

from visavis.people.access import journal
from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer


@transaction.atomic
def tell_export(*, by: Viewer, name: str, number: int) -> None:
    """Write in the journal that released pairs left the product as a file.

    Args:
        by: who exports; needs the right to the barometer.
        name: name of the file.
        number: how many exchanges it counts.

    Raises:
        PermissionDenied: if ``by`` does not hold the right.
    """
    by.must(Right.BAROMETER)
    journal.write(by=by, verb="pairs.exported", name=name, number=number)
