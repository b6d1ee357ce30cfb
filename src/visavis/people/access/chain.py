"""The journal as a chain: each line holds the fingerprint of the one before it, and nothing changes a line.

Whoever rules the machine can write the whole chain anew (``SECURITY.md``). Whoever only reaches the database
by a fault of ours cannot change one line without the check telling. The last fingerprint, noted elsewhere,
proves the whole: ``visavis journal --check`` prints it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass, field
from typing import Final

from django.db import connection, transaction

from visavis.people.access.models import JournalCut, JournalEntry

#: What the first line of an instance follows.
BEGINNING: Final = "0" * 64
#: Writers of the journal wait for each other on PostgreSQL; SQLite has one writer at all times.
_LOCK: Final = 7_274_110_101


def fingerprint(entry: JournalEntry, before: str) -> str:
    """The fingerprint of a line: SHA-256 of the one before it and of all that the line says."""
    told = [
        before,
        entry.at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
        entry.actor,
        entry.verb,
        entry.about,
        entry.unit_path,
        entry.words,
    ]
    written = json.dumps(told, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


@transaction.atomic
def append(entry: JournalEntry) -> JournalEntry:
    """Save a line at the end of the chain."""
    _wait_for_others()
    entry.link = fingerprint(entry, last_link())
    entry.save(force_insert=True)
    return entry


def _wait_for_others() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def last_link() -> str:
    """The fingerprint of the last line, or of the last one removed, or the beginning."""
    latest = JournalEntry.objects.order_by("-pk").values_list("link", flat=True).first()
    if latest is not None:
        return latest
    return _first()


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of the chain found.

    Attributes:
        lines: how many lines were looked at.
        broken: number of the first line that does not follow; 0 if all do.
        last: fingerprint of the last line that follows.
        first: what its first line follows.
        upto: number of the last line that follows; 0 without any.
    """

    lines: int
    broken: int
    last: str
    first: str = field(default=BEGINNING, compare=False)
    upto: int = field(default=0, compare=False)


def check(after: Checked | None = None) -> Checked:
    """Follow the chain from the last cut to its end, and stop at the first line that does not follow.

    Args:
        after: an earlier check that ``goes_on``: only the lines told since are followed.
    """
    first = _first()
    done = after or Checked(0, 0, first, first)
    rows = JournalEntry.objects.filter(pk__gt=after.upto) if after else JournalEntry.objects.all()
    link, lines, upto = done.last, done.lines, done.upto
    for entry in rows.order_by("pk").iterator():
        if entry.link != fingerprint(entry, link):
            return Checked(lines, entry.pk, link, first, upto)
        link, lines, upto = entry.link, lines + 1, entry.pk
    return Checked(lines, 0, link, first, upto)


def goes_on(found: Checked) -> bool:
    """Whether an earlier check found all whole, nothing was cut since, and its last line stands as it did."""
    last = JournalEntry.objects.filter(pk=found.upto, link=found.last)
    return not found.broken and found.first == _first() and last.exists()


def _first() -> str:
    return JournalCut.objects.order_by("-upto").values_list("link", flat=True).first() or BEGINNING


def holds(link: str) -> bool:
    """Whether a fingerprint noted earlier is that of a line, or of the last line of a cut."""
    return (
        link == BEGINNING
        or JournalEntry.objects.filter(link=link).exists()
        or JournalCut.objects.filter(link=link).exists()
    )


@transaction.atomic
def cut(*, before: dt.datetime) -> int:
    """Remove the oldest lines, up to the first one that is not older than ``before``; the rest stays a chain.

    Args:
        before: the end of the retention time.

    Returns:
        How many were removed.
    """
    _wait_for_others()
    first_kept = (
        JournalEntry.objects.filter(at__gte=before).order_by("pk").values_list("pk", flat=True).first()
    )
    old = JournalEntry.objects.order_by("pk")
    if first_kept is not None:
        old = old.filter(pk__lt=first_kept)
    last = old.last()
    if last is None:
        return 0
    lines = old.count()
    JournalCut.objects.create(upto=last.pk, link=last.link, lines=lines)
    JournalEntry.objects.filter(pk__lte=last.pk).delete()
    return lines
