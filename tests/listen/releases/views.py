"""Double attention read through HTTP: the four views of each place, crossed or bounded."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.urls import reverse

from tests.listen.releases.paged import Page
from tests.listen.releases.solving import Claim
from tests.listen.releases.surfaces import PERIODS, Holds, Reader, halves, number, share

GOOD, BAD = ("4", "5"), ("1", "2", "3")
CUTS = {"Motif": "reason", "Canal": "channel", "Moment": "moment", "Niveau": "level", "Équipe": "unit"}
#: The four views: whether the customer is satisfied, whether it was well lived.
VIEWS = (("yes", False), ("yes", True), ("no", False), ("no", True))


def pairs(reader: Reader) -> Iterator[Claim]:
    """Every cut and scope, on the page and as a file."""
    url = reverse("pairs:export", args=["csv"])
    for period in PERIODS:
        for row in reader.rows(url, periode=period)[1:]:
            holds = reader.units(row[1]) if CUTS[row[0]] == "unit" else _labelled(CUTS[row[0]], row[1])
            for at, (band, well) in enumerate(VIEWS):
                value = row[5 + 3 * at]
                yield from _view(
                    reader, "pairs CSV", holds, int(row[4]), (band, well), number(value), halves(value)
                )
    address, crossed = reverse("pairs:double"), {(row[0], row[1]) for row in reader.rows(url, periode="tout")}
    scopes = reader.page(address, periode="tout").options.get("perimetre", [])
    asked = [({"par": by}, "Acme") for by in ("motif", "canal", "moment", "niveau", "entite")]
    asked += [({"perimetre": value}, label) for value, label in scopes if value]
    for query, label in asked if reader.whole else ():
        page = reader.page(address, periode="tout", **query)
        yield from _pairs_page(reader, page, label, crossed)


def _labelled(cut: str, label: str) -> Holds:
    names = re.split(r", | et ", label)
    return lambda one: one.cuts[cut] in names


def _pairs_page(reader: Reader, page: Page, label: str, crossed: set[tuple[str, str]]) -> Iterator[Claim]:
    """The square is of the line asked; then where blind spots are, and where it is taken upon oneself."""
    places = [table for table in page.tables if table.head and table.head[0] in CUTS]
    for table in page.tables:
        if table.head[:1] == ["Regards"]:
            for row, view in zip(table.rows(), VIEWS, strict=True):
                told, n = (number(each) for each in row[3].split(" sur "))
                yield from _view(
                    reader, "pairs page", reader.units(label), int(n), view, 100 * told / n, 1e-6
                )
    for table, view in zip(places, (("no", True), ("yes", False)), strict=False):
        for row in table.rows():
            cut, n, value = CUTS[table.head[0]], int(number(row[4])), row[2]
            holds = reader.units(row[0]) if cut == "unit" else _labelled(cut, row[0])
            if (table.head[0], row[0]) in crossed and re.search(r"\d", value):
                yield from _view(reader, "pairs page", holds, n, view, number(value), halves(value))
            elif re.search(r"\d", value):
                yield from _bounded(reader, holds, n, view, number(value) * n / 100, halves(value) * n / 100)


def _bounded(
    reader: Reader, holds: Holds, n: int, view: tuple[str, bool], least: float, half: float
) -> Iterator[Claim]:
    """Where views may not be crossed: the fewest that can be, from how many were well lived."""
    group = reader.group("exchanges", "feeling", holds, n=n)
    rosters = reader.company.rosters["exchanges"]
    satisfied = sum(one.cuts["band"] == "yes" for one in rosters if holds(one))
    sign = 1 if view == ("no", True) else -1
    ends = sorted((satisfied + sign * (least - half), satisfied + sign * (least + half)))
    if least <= half:
        ends = [0, ends[1]] if sign > 0 else [ends[0], n]
    if group:
        weights = tuple((answer, 1.0) for answer in GOOD)
        yield Claim("pairs page", "feeling", group, weights, ends[0] - 1e-6, ends[1] + 1e-6)


def _view(
    reader: Reader, surface: str, holds: Holds, n: int, view: tuple[str, bool], value: float, half: float
) -> Iterator[Claim]:
    """A share of the exchanges of a place: those whose customer said one thing, and whose adviser another."""
    band, well = view
    whole = reader.group("exchanges", "feeling", holds, n=n)
    part = reader.group("exchanges", "feeling", lambda one: holds(one) and one.cuts["band"] == band)
    if whole and part:
        scale = len(whole) / len(part) / 100
        yield from share(surface, "feeling", part, GOOD if well else BAD, value * scale, half * scale)
