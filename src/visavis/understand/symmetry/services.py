"""The gesture of this room: its figures leave as files."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction

from visavis.people.access import journal
from visavis.people.access.viewer import Viewer
from visavis.understand.symmetry.queries import sees_both


@transaction.atomic
def tell_export(*, by: Viewer, name: str) -> None:
    """Write in the journal that both sides of teams left the product as a file.

    Args:
        by: who exports; needs the figures of customers and the released ones of employees.
        name: name of the file.

    Raises:
        PermissionDenied: if ``by`` may not.
    """
    if not sees_both(by):
        raise PermissionDenied
    journal.write(by=by, verb="symmetry.exported", name=name)
