"""The gestures of the restitutions: they leave the product as files."""

from __future__ import annotations

from django.db import transaction

from visavis.people.access import journal
from visavis.people.access.models import JournalEntry
from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer


@transaction.atomic
def tell_export(*, by: Viewer, right: Right, name: str, number: int) -> None:
    """Write in the journal that a report or a daily file left the product.

    Args:
        by: who exports.
        right: the right to what is exported, which she needs.
        name: name of the file, without any text of a customer.
        number: how many returns it counts or holds.

    Raises:
        PermissionDenied: if ``by`` does not hold ``right``.
    """
    by.must(right)
    journal.write(by=by, verb="restitution.exported", name=name, number=number)


@transaction.atomic
def tell_taking(*, by: Viewer, name: str, number: int, reason: str) -> JournalEntry:
    """Write in the journal that the returns of a day left the product, and what for.

    Args:
        by: who takes them; needs the right to the daily file.
        name: name of the file.
        number: how many returns it holds.
        reason: what it is for, in the words of ``by``.

    Returns:
        The line: its number stands on each row of the file.

    Raises:
        PermissionDenied: if ``by`` does not hold the right.
    """
    by.must(Right.DAILY)
    return journal.write(by=by, verb="restitution.taken", name=name, number=number, reason=reason)
