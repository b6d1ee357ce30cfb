"""Every letter held back: a restored instance does not know what left since its backup was taken.

The mark is a file of the instance, not a row: a backup never brings it along, nor takes it away.
"""

from __future__ import annotations

import datetime as dt
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from visavis.people.access import journal
from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer
from visavis.people.units.queries import company_path
from visavis.share.letters.models import Letter, Problem, State, Subscription


def _mark() -> Path:
    place: Path = settings.INSTANCE.folder / "letters-held"
    return place


def hold(*, at: dt.datetime) -> None:
    """Hold every letter from now on: none is planned, none leaves, until somebody lets them go.

    Args:
        at: the instant.
    """
    _mark().touch(mode=0o600)
    _mark().write_text(at.isoformat())


def held_since() -> dt.datetime | None:
    """Since when letters are held; none while they leave."""
    try:
        return dt.datetime.fromisoformat(_mark().read_text())
    except FileNotFoundError:
        return None


def may_let_go(by: Viewer) -> bool:
    """Whether the viewer keeps the settings of the whole company."""
    return by.may(Right.SETTINGS, company_path())


@transaction.atomic
def let_go(*, by: Viewer, at: dt.datetime) -> int:
    """Let letters leave again: what falls due from now on.

    What was due before may have left already, from the instance that was restored: it is shown as such, and
    only a person has it sent, one letter at a time.

    Args:
        by: who decides; keeps the settings of the whole company.
        at: the instant.

    Returns:
        How many letters of the outbox may have left.

    Raises:
        PermissionDenied: if ``by`` may not.
    """
    by.must(Right.SETTINGS, company_path())
    if held_since() is None:
        return 0
    due = Q(state__in=(State.WAITING, State.FAILED, State.SENDING), due_at__lte=at)
    doubtful = Letter.objects.filter(due).update(state=State.UNSURE, problem=Problem.RESTORED, claim="")
    Subscription.objects.filter(active=True, since__lt=at).update(since=at)
    journal.write(by=by, verb="letters.let_go", number=doubtful)
    transaction.on_commit(partial(_mark().unlink, missing_ok=True))
    return doubtful
