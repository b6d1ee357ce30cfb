"""Where no reason differs from another, the page of pairs says so nineteen times in twenty."""

from __future__ import annotations

import random

from visavis.measure.two_views import Spread, quadrants_of
from visavis.understand.pairs.findings import Place, standings
from visavis.understand.pairs.queries import Line

#: The customer's band and how it was lived: shares of the four views, alike for every reason.
VIEWS = ((0, 0, 0.09), (0, 4, 0.11), (4, 0, 0.14), (4, 4, 0.66))


def alike(seed: int) -> list[Line]:
    """Five reasons of very different sizes whose pairs fall alike."""
    chance, lines = random.Random(seed), []
    for at, n in enumerate((600, 250, 120, 60, 40)):
        table = [[0] * 5 for _mark in range(5)]
        for mark, felt, _share in chance.choices(VIEWS, [view[2] for view in VIEWS], k=n):
            table[mark][felt] += 1
        four = quadrants_of(table)
        lines.append(Line("reason", f"r{at}", f"Motif {at}", "/acme/", (f"r{at}",), n, four, 12, table))
    return lines


def test_no_reason_stands_out_where_none_does() -> None:
    heard = 0
    for seed in range(200):
        found = standings(alike(seed), Spread(icc=0.0, clusters=24))
        places = {one.place for told in found.values() for one in told}
        heard += bool(places & {Place.ABOVE, Place.BELOW})
    # 18 in 200 would happen once in a hundred with a true rate of one in twenty.
    assert heard < 18
