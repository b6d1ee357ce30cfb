"""Gestures on the references: starting from a model of one's sector, publishing an edition."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Max

from visavis.moments.references.models import Edition, Moment
from visavis.people.access import journal
from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer

#: Sectors with a starter reference, the first being the demo's.
SECTORS = ("insurer", "telecom", "bank", "retail", "transport")


#: Drawn once; what else is locked by the house has another number.
_LOCK: Final = 0x5245464552454E43


def hold_references() -> None:
    """Change references alone until the transaction under way ends: whoever comes second waits.

    SQLite lets one transaction write at a time already.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


@cache
def starter(sector: str) -> Mapping[str, Any]:
    """The starter reference of a sector, as shipped.

    Args:
        sector: one of ``SECTORS``.

    Raises:
        ValueError: if there is none for this sector.
    """
    if sector not in SECTORS:
        raise ValueError(f"no starter reference for {sector!r}: choose among {', '.join(SECTORS)}")
    text = resources.files(__package__).joinpath("starters", f"{sector}.json").read_text("utf-8")
    content: dict[str, Any] = json.loads(text)
    return content


@transaction.atomic
def publish_edition(*, by: Viewer, kind: Edition.Kind, content: Any, reason: str, at: dt.datetime) -> Edition:
    """Keep the whole state of a reference under the next number.

    Args:
        by: who publishes; needs the right to change references.
        kind: which reference.
        content: the whole reference, ready for JSON.
        reason: why, in the company's words.
        at: instant of publication.

    Returns:
        The edition.

    Raises:
        PermissionDenied: if ``by`` may not change references.
    """
    by.must(Right.REFERENCES)
    hold_references()
    last = Edition.objects.filter(kind=kind).aggregate(last=Max("number"))["last"] or 0
    edition = Edition(
        kind=kind, number=last + 1, published_at=at, reason=reason, content=content, author_id=by.account_id
    )
    edition.full_clean()
    edition.save()
    journal.write(by=by, verb="references.published", about=edition, number=edition.number)
    return edition


@transaction.atomic
def install_moments(*, by: Viewer, sector: str, at: dt.datetime) -> int:
    """Start from the moments of a sector: those already there are left as the company made them.

    Args:
        by: who installs; needs the right to change references.
        sector: one of ``SECTORS``.
        at: instant of publication of the edition.

    Returns:
        How many moments were added; 0 publishes nothing.

    Raises:
        PermissionDenied: if ``by`` may not change references.
        ValueError: if the sector has no starter.
    """
    by.must(Right.REFERENCES)
    hold_references()
    known = set(Moment.objects.order_by("pk").values_list("code", flat=True))
    rows = [
        Moment(position=position, **{name: row[name] for name in COLUMNS if name in row})
        for position, row in enumerate(starter(sector)["moments"])
        if row["code"] not in known
    ]
    Moment.objects.bulk_create(rows)
    if rows:
        content = list(Moment.objects.order_by("position", "pk").values(*COLUMNS))
        publish_edition(by=by, kind=Edition.Kind.MOMENTS, content=content, reason=f"starter: {sector}", at=at)
    return len(rows)


def sector_of_moment(code: str) -> str | None:
    """The first sector whose starter has a moment of that code."""
    return next(
        (name for name in SECTORS if any(row["code"] == code for row in starter(name)["moments"])), None
    )


#: What an edition keeps of each moment.
COLUMNS = (
    "code", "name", "kind", "stage", "description", "stake", "reasons", "channels", "facing", "questions",
)  # fmt: skip
