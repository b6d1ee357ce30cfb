"""Gestures of the first steps."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from visavis.moments.exchanges.services import install_lists
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
