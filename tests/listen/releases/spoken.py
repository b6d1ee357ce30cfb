"""Themes of both voices read through HTTP: shares side by side, by scope, by week."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from itertools import product

from django.urls import reverse

from tests.listen.releases.bounds import counted, ends_of
from tests.listen.releases.faced import MONTHS, Told
from tests.listen.releases.paged import Table
from tests.listen.releases.solving import Claim
from tests.listen.releases.surfaces import PERIODS, Holds, Reader, halves, number, share

#: A share or a mean in a file keeps this much.
_FILE = 1e-7


def correspondences(reader: Reader) -> Iterator[Claim]:
    """What employees speak of, by scope and period, on the page and as a file."""
    for period in PERIODS:
        page = reader.page(reverse("correspondences:list"), periode=period)
        scopes = [each for each in page.options.get("perimetre", []) if each[0]]
        for value, label in scopes:
            url = reverse("correspondences:export", args=["xlsx"])
            rows = reader.sheet(url, 1, periode=period, perimetre=value)[1:]
            for row in rows:
                if row[5] not in {"", None}:
                    told = (row[0], int(row[8]), float(row[5]), _FILE)
                    ends = float(row[6]), float(row[7]), _FILE
                    yield from _spoken(reader, "correspondences XLSX", reader.units(label), told, ends)
        for table in page.tables if scopes else ():
            if table.head[:1] == ["Période"]:
                yield from _weekly(reader, table)
            elif table.head[:1] == ["Thème"]:
                yield from _faced(reader, table, reader.units(scopes[0][1]))


def _faced(reader: Reader, table: Table, holds: Holds) -> Iterator[Claim]:
    """Each theme on both sides."""
    for line in table.rows():
        if re.match(r"\d", line[4]):
            shown = (line[0], int(number(line[6])), number(line[4]) / 100, halves(line[4]) / 100)
            yield from _spoken(reader, "correspondences page", holds, shown, _hundredths(line[5]))


def _hundredths(interval: str) -> tuple[float, float, float] | None:
    """« de 12 à 55 » as shares."""
    found = ends_of(interval)
    return (found[0] / 100, found[1] / 100, found[2] / 100) if found else None


def _spoken(
    reader: Reader,
    surface: str,
    holds: Holds,
    shown: tuple[str, int, float, float],
    ends: tuple[float, float, float] | None,
) -> Iterator[Claim]:
    """A theme, its number of texts, the share that speaks of it and how far that is rounded; its interval."""
    theme, n, value, half = shown
    windows = [_month(number) for number in MONTHS]
    question = f"theme:{theme}"
    group = reader.group("words", question, holds, windows=windows, n=n)
    yield from share(surface, question, group, ["1"], value, half)
    if ends:
        yield from counted(surface, question, group, ["1"], *ends)


def _month(number: int) -> Holds:
    return lambda one: one.day.month == number


def _weekly(reader: Reader, table: Table) -> Iterator[Claim]:
    """One theme over the weeks, employees first: « 30 %, de 12 à 55 (18 textes) »."""
    question = f"theme:{table.head[1].rpartition(': ')[2]}"
    for row in table.rows():
        found = re.search(r"(?:^|valeur observée )([\d,]+) %.*\((\d+) textes?\)", row[1])
        if found and question in reader.company.rosters["words"][0].said:
            group = _of_week(reader, question, _monday(row[0]), int(found[2]))
            value, half = number(found[1]) / 100, halves(found[1]) / 100
            yield from share("correspondences weeks", question, group, ["1"], value, half)
            if ends := _hundredths(row[1]):
                yield from counted("correspondences weeks", question, group, ["1"], *ends)


_MONTHS = {"juin": 6, "juil": 7, "août": 8, "sept": 9, "oct": 10, "nov": 11, "déc": 12}


def _monday(text: str) -> dt.date:
    """« lun. 6 oct. 2025 » as a day."""
    day, month, year = re.sub(r"^\D+", "", text).split()
    return dt.date(int(year), _MONTHS[month[:4].rstrip(".")], int(re.sub(r"\D", "", day)))


def _of_week(reader: Reader, question: str, monday: dt.date, n: int) -> frozenset[Told] | None:
    """Who spoke that week, weeks before it shown with it in some month: the only choice that makes n."""
    ends = monday + dt.timedelta(days=6)
    told = [(at, one) for at, one in reader.company.told("words") if one.day <= ends]
    runs: list[set[frozenset[Told]]] = []
    for month in {monday.month, ends.month}:
        kept = [(at, one.day) for at, one in told if one.day.month == month]
        firsts = {monday - dt.timedelta(weeks=back) for back in range(5)}
        runs.append({frozenset(at for at, day in kept if day >= first) for first in firsts} | {frozenset()})
    fits = {frozenset().union(*some) for some in product(*runs) if sum(map(len, some)) == n}
    if not fits:
        reader.problems.append(f"nobody knows whose these {n} texts of {monday} are")
    return fits.pop() if len(fits) == 1 else None
