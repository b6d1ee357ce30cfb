"""Double attention read through HTTP: the four views of each place, crossed or bounded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from django.urls import reverse

from tests.listen.releases.agreeing import Rounded, sides, squares
from tests.listen.releases.bounds import ends_of
from tests.listen.releases.faced import Told
from tests.listen.releases.inverting import Printed, fours, lived, times
from tests.listen.releases.paged import Page
from tests.listen.releases.solving import Claim
from tests.listen.releases.surfaces import PERIODS, Holds, Reader, halves, mean, number

GOOD, BAD = ("4", "5"), ("1", "2", "3")
CUTS = {"Motif": "reason", "Canal": "channel", "Moment": "moment", "Niveau": "level", "Équipe": "unit"}
#: The four views: whether the customer is satisfied, whether it was well lived.
VIEWS = (("yes", False), ("yes", True), ("no", False), ("no", True))


def pairs(reader: Reader) -> Iterator[Claim]:
    """Every cut and scope, on the page and as files."""
    for period in PERIODS:
        for row in reader.rows(reverse("pairs:export", args=["csv"]), periode=period)[1:]:
            yield from _row(reader, "pairs CSV", row, [_cells(row[at : at + 3]) for at in _COLUMNS])
    url = reverse("pairs:export", args=["xlsx"])
    for cells in reader.sheet(url, 0, periode="tout")[1:] if reader.whole else ():
        exact = [
            Printed(float(cells[at]), float(cells[at + 1]), float(cells[at + 2]), _FILE, _FILE)
            for at in _COLUMNS
        ]
        yield from _row(reader, "pairs XLSX", cells, exact)
    address = reverse("pairs:double")
    crossed = {(row[0], row[1]) for row in reader.rows(reverse("pairs:export", args=["csv"]), periode="tout")}
    scopes = reader.page(address, periode="tout").options.get("perimetre", [])
    asked = [({"par": by}, "Acme") for by in ("motif", "canal", "moment", "niveau", "entite")]
    asked += [({"perimetre": value}, label) for value, label in scopes if value]
    for query, label in asked if reader.whole else ():
        html = reader.get(address, periode="tout", **query).decode()
        yield from _pairs_page(reader, Page(html), label, crossed)
        yield from _agreement(reader, " ".join(html.split()), label)


#: Where each view begins in a file: its share, then both ends; how little is lost there.
_COLUMNS, _FILE = (5, 8, 11, 14), 1e-7


def _cells(row: Sequence[str]) -> Printed:
    """A share and both its ends as a file writes them, out of a hundred."""
    value, low, high = (number(each) / 100 for each in row)
    return Printed(value, low, high, halves(row[0]) / 100, max(map(halves, row[1:])) / 100)


def _row(reader: Reader, surface: str, row: Sequence[Any], printed: Sequence[Printed]) -> Iterator[Claim]:
    """One line of a file: every way in which its exchanges may fall into the four views."""
    cut, n = CUTS[row[0]], int(row[4])
    holds = reader.units(row[1]) if cut == "unit" else _labelled(cut, row[1])
    ways = fours(n, printed)
    assert ways, (surface, row)
    for view, counts in zip(VIEWS, zip(*ways, strict=True), strict=True):
        yield from _view(reader, surface, holds, n, view, (min(counts), max(counts)))


def _labelled(cut: str, label: str) -> Holds:
    names = re.split(r", | et ", label)
    return lambda one: one.cuts[cut] in names


def _pairs_page(reader: Reader, page: Page, label: str, crossed: set[tuple[str, str]]) -> Iterator[Claim]:
    """The square is of the line asked; then where blind spots are, and where it is taken upon oneself."""
    places = [table for table in page.tables if table.head and table.head[0] in CUTS]
    for table in page.tables:
        if table.head[:1] == ["Regards"]:
            for row, view in zip(table.rows(), VIEWS, strict=True):
                told, n = (int(number(each)) for each in row[3].split(" sur "))
                assert told in times(n, _shown(row[1], row[2])), row
                yield from _view(reader, "pairs page", reader.units(label), n, view, (told, told))
    for table, view in zip(places, (("no", True), ("yes", False)), strict=False):
        for row in table.rows():
            if re.search(r"\d", row[2]):
                cut, n, printed = CUTS[table.head[0]], int(number(row[4])), _shown(row[2], row[3])
                holds = reader.units(row[0]) if cut == "unit" else _labelled(cut, row[0])
                if (table.head[0], row[0]) in crossed:
                    counts = times(n, printed)
                    yield from _view(reader, "pairs page", holds, n, view, (min(counts), max(counts)))
                else:
                    yield from _bounded(reader, holds, n, view, printed)


def _shown(value: str, interval: str) -> Printed:
    """A share and its interval as a page writes them: « 12 % », « de 8 à 17 »."""
    ends = ends_of(interval)
    assert ends, interval
    low, high, half = (each / 100 for each in ends)
    return Printed(number(value) / 100, low, high, halves(value) / 100, half)


def _bounded(
    reader: Reader, holds: Holds, n: int, view: tuple[str, bool], printed: Printed
) -> Iterator[Claim]:
    """Where views may not be crossed: how many exchanges were well lived, from the bounds of one view."""
    group = reader.group("exchanges", "feeling", holds, n=n)
    satisfied = sum(one.cuts["band"] == "yes" for one in reader.company.rosters["exchanges"] if holds(one))
    if group:
        counts = lived(n, satisfied, printed, blind=view == ("no", True))
        assert counts, (n, satisfied, printed)
        yield _claim("pairs page", group, GOOD, min(counts), max(counts))


def _view(
    reader: Reader, surface: str, holds: Holds, n: int, view: tuple[str, bool], counts: tuple[int, int]
) -> Iterator[Claim]:
    """How many exchanges of a place fall in a view: of one kind of customers, what their advisers say."""
    band, well = view
    whole = reader.group("exchanges", "feeling", holds, n=n)
    part = reader.group("exchanges", "feeling", lambda one: holds(one) and one.cuts["band"] == band)
    if whole and part:
        yield _claim(surface, part, GOOD if well else BAD, *counts)


def _claim(surface: str, group: frozenset[Told], answers: Sequence[str], low: int, high: int) -> Claim:
    weights = tuple((answer, 1.0) for answer in answers)
    return Claim(surface, "feeling", group, weights, low - 1e-6, high + 1e-6)


_PAIRS = re.compile(r"au-delà du hasard [^<]*?\), (\d[\d ]*) échanges")
_MEASURE = re.compile(
    r"<span>([^<]*)</span> <span class=\"numeric\">(?:<strong>([^<]*)</strong>)? ?([^<]*)</span>"
)
_SAME, _BIAS = "Même note des deux côtés", "Note du conseiller moins celle du client, en moyenne"
_SIDE, _LIMITS = "Bon, ou mauvais, des deux côtés", "19 écarts sur 20 se tiennent"
_KAPPA, _AC1 = "Kappa pondéré", "AC1 de Gwet, bon ou mauvais"


def _agreement(reader: Reader, html: str, label: str) -> Iterator[Claim]:
    """How far both sides agree: the same mark, the same side, both kappas, how far apart and how spread."""
    told = {name: (value, interval) for name, value, interval in _MEASURE.findall(html)}
    found = _PAIRS.search(html)
    if not found or not told:
        return
    n, holds = int(number(found[1])), reader.units(label)
    whole = reader.group("exchanges", "feeling", holds, n=n)
    if not whole:
        return
    rosters = reader.company.rosters["exchanges"]
    given = {one: int(rosters[one[1]].cuts["mark"]) for one in whole}
    parts = tuple(
        (frozenset(one for one in whole if given[one] == mark), ((str(mark), 1.0),))
        for mark in sorted(set(given.values()))
    )
    counts = times(n, _shown(*told[_SAME]))
    yield Claim("pairs agreement", "feeling", whole, (), min(counts) - 1e-6, max(counts) + 1e-6, parts)
    value = told[_BIAS][0]
    yield from mean(
        "pairs agreement", "feeling", whole, number(value) + sum(given.values()) / n, halves(value)
    )
    yield from _sided(reader, holds, n, told)
    if re.search(r"\d", told[_KAPPA][0]):
        yield from _squared(whole, given, told)


def _sided(reader: Reader, holds: Holds, n: int, told: dict[str, tuple[str, str]]) -> Iterator[Claim]:
    """How many were well lived of either kind of customers, by AC1 and the share of one side."""
    satisfied = sum(one.cuts["band"] == "yes" for one in reader.company.rosters["exchanges"] if holds(one))
    ways = sides(n, satisfied, _shown(*told[_SIDE]), _written(told[_AC1][0]))
    assert ways, told
    for band, counts in zip(("yes", "no"), zip(*ways, strict=True), strict=True):
        yield from _view(reader, "pairs agreement", holds, n, (band, True), (min(counts), max(counts)))


def _squared(
    whole: frozenset[Told], given: dict[Told, int], told: dict[str, tuple[str, str]]
) -> Iterator[Claim]:
    """Sums of squares, by the limits of agreement and the weighted kappa."""
    ends = ends_of(told[_LIMITS][1])
    assert ends, told
    limits = Rounded((ends[1] - ends[0]) / 2, ends[2])
    found = squares(
        len(whole), _written(told[_BIAS][0]), limits, _written(told[_KAPPA][0]), [*given.values()]
    )
    apart = tuple(
        (
            frozenset(one for one in whole if given[one] == mark),
            tuple((str(felt), float((felt - mark) ** 2)) for felt in range(1, 6)),
        )
        for mark in sorted(set(given.values()))
    )
    alone = tuple((str(felt), float(felt**2)) for felt in range(1, 6))
    yield Claim("pairs agreement", "feeling", whole, (), found[0][0] - 1e-6, found[0][1] + 1e-6, apart)
    yield Claim("pairs agreement", "feeling", whole, alone, found[1][0] - 1e-6, found[1][1] + 1e-6)


def _written(value: str) -> Rounded:
    return Rounded(number(value), halves(value))
