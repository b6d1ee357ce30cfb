"""Gestures of the settings."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet

from visavis.moments.exchanges.services import install_lists
from visavis.people.access import journal
from visavis.people.access.models import JournalEntry
from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer
from visavis.understand.themes.services import install_sector


@transaction.atomic
def start_from(*, by: Viewer, sector: str, at: dt.datetime) -> None:
    """Start from the whole model of a sector: moments, themes, lists. What is there already stays.

    Args:
        by: who chooses; needs the right to change references.
        sector: one of ``moments.references.services.SECTORS``.
        at: instant of publication of the editions.

    Raises:
        PermissionDenied: if ``by`` may not change references.
        ValueError: if the sector has no starter.
    """
    install_sector(by=by, sector=sector, at=at)
    install_lists(by=by, sector=sector)


@transaction.atomic
def take_journal(*, by: Viewer, lines: QuerySet[JournalEntry]) -> QuerySet[JournalEntry]:
    """Take lines of the journal away; the journal says so.

    Args:
        by: who takes them; needs the right to the settings.
        lines: from ``queries.journal`` for the same viewer.

    Returns:
        The lines as they were, without the one that tells of this.

    Raises:
        PermissionDenied: if ``by`` may not.
    """
    by.must(Right.SETTINGS)
    told = journal.write(by=by, verb="settings.journal_exported", number=lines.order_by().count())
    return lines.exclude(pk=told.pk)
