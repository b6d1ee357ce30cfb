"""The one gesture: note that something was erased."""

from __future__ import annotations

import datetime as dt
from functools import partial

from django.db import transaction

from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer
from visavis.people.erasures import kept
from visavis.people.erasures.marks import mark
from visavis.people.erasures.models import Erasure, Kind


@transaction.atomic
def note_erasure(*, by: Viewer, kind: Kind, key: object, at: dt.datetime) -> Erasure:
    """Note that something was erased, in the transaction that erases it. Twice changes nothing.

    Part of the gesture that calls it, which writes the line of the journal. Once committed, the mark is also
    written beside the backups: a backup older than the erasure erases it again when it is restored.

    Args:
        by: who erases; answers the requests of people about their data.
        kind: what was erased.
        key: what names it within its kind. Only its mark is kept.
        at: the instant.

    Returns:
        The erasure as noted, perhaps earlier.

    Raises:
        PermissionDenied: if ``by`` may not erase.
    """
    by.must(Right.PRIVACY)
    noted, new = Erasure.objects.get_or_create(kind=kind, mark=mark(kind, key), defaults={"at": at})
    if new:
        transaction.on_commit(partial(kept.append, kept.Kept.of(noted)))
    return noted
