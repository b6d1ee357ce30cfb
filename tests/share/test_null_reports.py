"""When nothing changes from a month to the next, at most one report in twenty says that something did."""

from __future__ import annotations

from functools import partial

import numpy as np

from visavis.core.periods import month
from visavis.draw.frame import change_words
from visavis.measure.estimates import Display
from visavis.measure.means import Sums
from visavis.measure.mix import Cell, mix_decomposition
from visavis.measure.sentences import Verdict, verdict
from visavis.measure.shares import proportion_difference, proportion_interval
from visavis.share.restitution.figures import (
    Counts,
    Line,
    lines,
    mark_change,
    recommendation_change,
    satisfaction_change,
)
from visavis.share.restitution.reports import Report, settled
from visavis.share.restitution.themes import ThemeLine
from visavis.web.filters import Filters

SEEDS = 240
NOVEMBER = month(2025, 11)
#: Reasons, channels, levels: rates of satisfaction that differ between kinds and never between months.
KINDS = [(r, c, v) for r in range(6) for c in range(5) for v in range(3)]
RATES = {kind: 0.88 - 0.04 * kind[0] - 0.02 * kind[1] - 0.01 * kind[2] for kind in KINDS}
THEMES = 25


def _month(draw: np.random.Generator, returns: int, shift: float = 0.0) -> dict[tuple[int, ...], Counts]:
    """The counts of a month by kind of request; ``shift`` moves the satisfaction of the first channel."""
    weights = np.full(len(KINDS), 1 / len(KINDS))
    found: dict[tuple[int, ...], Counts] = {}
    for kind, n in zip(KINDS, draw.multinomial(returns, weights), strict=True):
        rate = RATES[kind] + (shift if kind[1] == 0 else 0.0)
        good = int(draw.binomial(n, rate))
        p, a, d = (int(one) for one in draw.multinomial(n, (0.45, 0.3, 0.25)))
        found[kind] = Counts(int(n), int(n), good, p, a, d)
    return found


def _by(cells: dict[tuple[int, ...], Counts], place: int) -> dict[int, Counts]:
    found: dict[int, Counts] = {}
    for kind, counts in cells.items():
        found[kind[place]] = found.get(kind[place], Counts()) + counts
    return found


def _theme(draw: np.random.Generator, place: int, read: tuple[int, int]) -> ThemeLine:
    now, then = (int(draw.binomial(n, 0.02 + 0.01 * place)) for n in read)
    again = partial(proportion_difference, now, read[0], then, read[1])
    return ThemeLine(f"t{place}", "", now, 0, 0, proportion_interval(now, read[0]), again(0.95), again)


def _report(seed: int, shift: float = 0.0) -> Report:
    draw = np.random.default_rng(seed)
    sizes = draw.integers(600, 1600, 2)
    now, before = _month(draw, int(sizes[0]), shift), _month(draw, int(sizes[1]))
    totals = [sum(cells.values(), Counts()) for cells in (now, before)]

    def breakdown(place: int) -> list[Line]:
        named = [(value, str(value), str(value)) for value in sorted(_by(now, place))]
        return lines(_by(now, place), _by(before, place), named, totals[0].returns)

    marks = [
        Sums.of(draw.choice([1, 2, 3, 4, 5], int(n), p=[0.05, 0.1, 0.2, 0.35, 0.3]).tolist()) for n in sizes
    ]
    clarity = mark_change(*marks)
    assert clarity is not None
    themes = [_theme(draw, place, (int(sizes[0]) // 2, int(sizes[1]) // 2)) for place in range(THEMES)]
    sides = [
        {kind: Cell(one.satisfied, one.marked) for kind, one in cells.items() if one.marked}
        for cells in (now, before)
    ]
    made = Report(
        filters=Filters(NOVEMBER),
        counts=totals[0],
        satisfaction=satisfaction_change(*totals),
        decomposition=None,
        recommendation=recommendation_change(*totals),
        marks={"clarity": clarity},
        breakdowns={"reason": breakdown(0), "channel": breakdown(1), "level": breakdown(2), "moment": []},
        products=[],
        channels=[],
        themes=themes,
        axes=[],
        verbatims={},
        unread=0,
    )
    return settled(made, lambda level: mix_decomposition(sides[0], sides[1], level))


def _told(report: Report) -> list[str]:
    """What the report says has changed: the words of certainty of its sentences, the arrows of its charts."""
    changes = [report.satisfaction, report.recommendation, *report.marks.values()]
    changes += [line.satisfaction for lines in report.breakdowns.values() for line in lines]
    differences = [change.difference for change in changes] + [line.change for line in report.themes]
    if report.decomposition:
        differences += [report.decomposition.total, report.decomposition.mix, report.decomposition.own]
    told = [one for one in differences if one and verdict(one) is Verdict.CLEAR]
    arrows = [one for one in differences if change_words(one, "fr")[1] in {"▲", "▼"}]
    assert arrows == told
    return [one.method for one in told]


def test_reports_without_any_change_print_a_trend_in_at_most_five_per_cent() -> None:
    told = [seed for seed in range(SEEDS) if _told(_report(seed))]
    assert len(told) <= 0.05 * SEEDS


def test_at_the_usual_level_most_of_them_would_print_one() -> None:
    printed = 0
    for seed in range(60):
        made = _report(seed)
        usual = [line.at(0.95).change for line in made.themes]
        usual += [
            line.satisfaction.at(0.95).difference for lines in made.breakdowns.values() for line in lines
        ]
        printed += any(one and verdict(one) is Verdict.CLEAR for one in usual)
    assert printed > 30


def test_a_change_that_is_there_is_still_said() -> None:
    said = sum(
        verdict(one) is Verdict.CLEAR
        for seed in range(40)
        if (one := _report(seed, shift=-0.25).breakdowns["channel"][0].satisfaction.difference)
    )
    assert said >= 36


def test_what_is_said_follows_from_the_interval_that_is_printed() -> None:
    for seed in range(20):
        for line in _report(seed, shift=-0.25).themes:
            change = line.change
            assert change is not None
            if change.display is not Display.FULL:
                continue
            assert (verdict(change) is Verdict.CLEAR) == change.excludes_zero
