"""Gestures on exchanges: the lists that describe them, and the chain of repeated contacts."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any, Final, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import Max, QuerySet

from visavis.moments.exchanges.models import Channel, Interaction, Level, Mode, Reason, Term
from visavis.moments.references.services import SECTORS, starter
from visavis.people.access import journal
from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer
from visavis.text.folding import fold

#: A contact for the same reason within so many days is a repeat (product.md §2.3).
REPEAT_DAYS: Final = 7
_NO_SLUG = re.compile(r"[^a-z0-9_.]+")
_COLUMNS: Final = ("code", "name", "aliases", "mode", "stake")
#: The part of a sector's starter that fills each list. What a phone or a second level is called holds for
#: every sector; contact reasons do not.
_SECTIONS: Final[dict[type[Term], str]] = {Channel: "channels", Reason: "reasons", Level: "levels"}
_SHARED: Final = (Channel, Level)
AnyTerm = TypeVar("AnyTerm", bound=Term)


def _must_list(by: Viewer) -> None:
    if not (by.may(Right.REFERENCES) or by.may(Right.IMPORT)):
        raise PermissionDenied


@transaction.atomic
def install_lists(*, by: Viewer, sector: str) -> int:
    """Start from the channels, reasons and levels of a sector: those already there are left alone.

    Args:
        by: who installs; needs the right to change references.
        sector: one of ``SECTORS``.

    Returns:
        How many entries were added.

    Raises:
        PermissionDenied: if ``by`` may not change references.
        ValueError: if the sector has no starter.
    """
    by.must(Right.REFERENCES)
    added = 0
    for model, section in _SECTIONS.items():
        entries: QuerySet[Any] = QuerySet(model)
        known = set(entries.order_by("pk").values_list("code", flat=True))
        rows = [
            _term(model, row, position)
            for position, row in enumerate(starter(sector)[section])
            if row["code"] not in known
        ]
        added += len(entries.bulk_create(rows))
    if added:
        journal.write(by=by, verb="exchanges.lists_installed", count=added, sector=sector)
    return added


def _term(model: type[AnyTerm], row: Mapping[str, Any], position: int) -> AnyTerm:
    fields = {field.name for field in model._meta.get_fields()}
    return model(
        position=position, **{name: row[name] for name in _COLUMNS if name in row and name in fields}
    )


def starter_names(model: type[Term]) -> dict[str, tuple[str, ...]]:
    """What the entries of a list are called elsewhere, by code, for lists that are alike in every sector."""
    if model not in _SHARED:
        return {}
    rows = starter(SECTORS[0])[_SECTIONS[model]]
    return {row["code"]: (*row["name"].values(), *row.get("aliases", ())) for row in rows}


@transaction.atomic
def ensure_term(*, by: Viewer, model: type[AnyTerm], value: str, language: str) -> AnyTerm:
    """Find or add the entry of a list that a file calls ``value``.

    A word that every sector uses ("TEL") gives the usual entry with its names in both languages.

    Args:
        by: who acts; may change references or bring files in.
        model: ``Channel``, ``Reason`` or ``Level``.
        value: what the file says.
        language: the language of ``value``.

    Returns:
        The entry.

    Raises:
        PermissionDenied: if ``by`` may not.
    """
    _must_list(by)
    row = _usual(model, value) or {"code": slug(value), "name": {language: value}}
    found = QuerySet(model).filter(code=row["code"]).order_by("pk").first()
    if found is None:
        last: int | None = QuerySet(model).aggregate(last=Max("position"))["last"]
        found = _term(model, row, 0 if last is None else last + 1)
        found.full_clean()
        found.save()
    return found


def _usual(model: type[Term], value: str) -> Mapping[str, Any] | None:
    """The starters' entry of that code; in lists that are alike everywhere, also of that name."""
    for sector in SECTORS:
        entries: list[dict[str, Any]] = starter(sector)[_SECTIONS[model]]
        if exact := next((row for row in entries if row["code"] == value), None):
            return exact
    folded = fold(value)
    for code, names in starter_names(model).items():
        if folded in {code, *map(fold, names)}:
            rows: list[dict[str, Any]] = starter(SECTORS[0])[_SECTIONS[model]]
            return next(row for row in rows if row["code"] == code)
    return None


def slug(value: str) -> str:
    """The code of an entry known only by its name.

    >>> slug("Résiliation / départ")
    'resiliation-depart'
    """
    return _NO_SLUG.sub("-", fold(value)).strip("-")[:64].rstrip("-") or "other"


@transaction.atomic
def ensure_review_channel(*, by: Viewer) -> Channel:
    """The channel of public reviews, where nobody answers at once.

    Args:
        by: who acts; may change references or bring files in.

    Raises:
        PermissionDenied: if ``by`` may not.
    """
    _must_list(by)
    names = {"fr": "Avis publics", "en": "Public reviews"}
    return Channel.objects.get_or_create(
        code="review", defaults={"name": names, "mode": Mode.SELFCARE, "position": 90}
    )[0]


def link_previous(customers: Collection[int]) -> None:
    """Chain the exchanges of ``customers``: each points to the latest one before it for the same reason.

    Whatever the channel, at most ``REPEAT_DAYS`` days before. Two exchanges of the same instant are not
    chained. Run again, it changes nothing.

    Args:
        customers: primary keys of the customers whose exchanges changed.
    """
    numbers = sorted(customers)
    for start in range(0, len(numbers), 5000):
        _link(numbers[start : start + 5000])


def _link(customers: list[int]) -> None:
    table = Interaction._meta.db_table
    since = (
        f"i.started_at - interval '{REPEAT_DAYS} days'"
        if connection.vendor == "postgresql"
        else f"datetime(i.started_at, '-{REPEAT_DAYS} days')"
    )
    before = (
        f"SELECT p.id FROM {table} p WHERE p.customer_id = i.customer_id AND p.reason_id = i.reason_id "  # noqa: S608
        f"AND p.started_at < i.started_at AND p.started_at >= {since} "
        "ORDER BY p.started_at DESC, p.id DESC LIMIT 1"
    )
    places = ", ".join(["%s"] * len(customers))
    changed = (
        f"SELECT id, previous FROM (SELECT i.id AS id, i.previous_id AS was, ({before}) AS previous "  # noqa: S608
        f"FROM {table} i WHERE i.customer_id IN ({places})) chain "
        "WHERE was IS DISTINCT FROM previous"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET previous_id = changed.previous FROM ({changed}) AS changed "  # noqa: S608
            f"WHERE {table}.id = changed.id",
            customers,
        )
