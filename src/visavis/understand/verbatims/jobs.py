"""What follows an import here: every unread text is read."""

from __future__ import annotations

from visavis.core.words import Voice
from visavis.listen.returns.models import Verbatim
from visavis.people.access.clock import now
from visavis.people.access.viewer import system
from visavis.understand.themes.models import Theme
from visavis.understand.themes.services import install_sector, likely_sector
from visavis.understand.verbatims.services import read_unread

#: Texts looked at to recognise the sector of a company that chose none.
_SAMPLE = 400


def pending() -> int:
    """How many texts wait to be read."""
    return Verbatim.objects.unread().count()


def step() -> int:
    """Read the next texts; a company without themes first gets those of its likely sector, to adapt later."""
    if not Theme.objects.exists():
        sample = Verbatim.objects.unread().filter(voice=Voice.CUSTOMER).order_by("pk")[:_SAMPLE]
        sector = likely_sector([row.heard for row in sample], voice=Voice.CUSTOMER)
        install_sector(by=system(), sector=sector, at=now())
    return read_unread(at=now())
