"""A month of employees' words: what they speak of, never how, nor who."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence

from visavis.listen.releases import themes
from visavis.listen.releases.hiding import Asked
from visavis.listen.releases.planning import Row
from visavis.listen.returns.models import Response, Verbatim
from visavis.people.access.policy import LISTED_VOICES

#: What the company is cut by.
WEEK = "week"
#: The number of texts itself; then one figure a theme.
TEXTS, THEME = "texts", "theme:"
SPOKEN, SILENT = "1", "0"
_SOURCES = (Response.Source.BAROMETER, Response.Source.FEELING)


def rows_of(first: dt.date, last: dt.date) -> list[Row]:
    """The texts of some days, in the order of their keys, each with the themes that hold.

    A comment of a wave has no author. It may be of somebody who also wrote after an exchange: it counts as
    hers, as long as her unit has one who is not taken, so that people are never counted twice.
    """
    texts = Verbatim.objects.filter(heard_on__range=(first, last), response__source__in=_SOURCES).exclude(
        voice__in=LISTED_VOICES
    )
    told = list(texts.order_by("pk").values_list("pk", "unit_path", "heard_on", "response__author"))
    heard, above = themes.heard([pk for pk, *_ in told]), themes.parents()
    people = _people([(path, author, pk) for pk, path, _day, author in told])
    return [
        Row(path, person, {WEEK: week_of(day)}, _answers(heard.get(pk, ()), above))
        for (pk, path, day, _author), person in zip(told, people, strict=True)
    ]


def _answers(codes: Sequence[str], above: Mapping[str, str]) -> dict[str, str]:
    spoken = {*codes, *(above[code] for code in codes if code in above)}
    return {TEXTS: SPOKEN} | {THEME + code: SPOKEN for code in sorted(spoken)}


def _people(told: Sequence[tuple[str, int | None, int]]) -> list[Hashable]:
    """Whose each text is: its author, an author of the unit who may have written it, or somebody else."""
    authors: dict[str, list[int]] = defaultdict(list)
    for path, author, _pk in told:
        if author is not None and author not in authors[path]:
            authors[path].append(author)
    taken: Counter[str] = Counter()
    people: list[Hashable] = []
    for path, author, pk in told:
        if author is None:
            nth = taken[path]
            taken[path] += 1
            people.append(authors[path][nth] if nth < len(authors[path]) else ("text", pk))
        else:
            people.append(author)
    return people


def week_of(day: dt.date) -> str:
    """The week of a day, as ISO 8601 writes it: ``2025-W48``."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def asked(rows: Sequence[Row], floor: int) -> list[Asked]:
    """One question a theme: a text speaks of it or not; that none does tells nothing of anybody."""
    codes = sorted({key for row in rows for key in row.answers if key != TEXTS})
    return [
        Asked(TEXTS, floor, harmless=frozenset({SPOKEN})),
        *(Asked(code, floor, harmless=frozenset({SILENT})) for code in codes),
    ]


def complete(rows: Sequence[Row]) -> list[Row]:
    """The rows, each of which says of every theme whether it speaks of it.

    Of those that nobody spoke of too: that is known, and is no figure that is kept back.
    """
    spoken = {key for row in rows for key in row.answers}
    codes = dict.fromkeys(sorted(spoken.union(THEME + code for code in themes.spoken())), SILENT)
    return [Row(row.path, row.person, row.cuts, codes | dict(row.answers)) for row in rows]
