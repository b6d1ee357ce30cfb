"""Figures watched week by week: quiet when nothing changes, heard when something does, dated."""

from __future__ import annotations

import numpy as np
import pytest

from visavis.measure.charts import nps_ewma_chart
from visavis.measure.watching import (
    WIDTH,
    Baseline,
    count_baseline,
    departed,
    score_baseline,
    share_baseline,
    watched,
)

WEEKS, NIGHTS = 52, 200


def _shares(draw: np.random.Generator, rate: float, size: int, weeks: int) -> tuple[list[int], list[int]]:
    n = draw.poisson(size, weeks) + 10
    return [int(x) for x in draw.binomial(n, rate)], [int(one) for one in n]


@pytest.mark.parametrize(("rate", "size"), [(0.8, 90), (0.7, 30), (0.1, 45), (0.02, 45)])
def test_a_share_that_never_changes_rings_less_than_once_in_four_years(rate: float, size: int) -> None:
    draw = np.random.default_rng(7)
    alarms = 0
    for _ in range(NIGHTS):
        x, n = _shares(draw, rate, size, 13 + WEEKS)
        baseline = share_baseline(x[:13], n[:13])
        values = [a / b for a, b in zip(x[13:], n[13:], strict=True)]
        found = watched(values, [float(one) for one in n[13:]], baseline)
        out = [abs(one) > found.limit for one in found.smooth]
        alarms += sum(now and not before for before, now in zip([False, *out], out, strict=False))
    assert alarms / NIGHTS < 0.25


def test_one_night_in_twenty_at_most_has_a_false_alarm_among_thirty_figures() -> None:
    draw = np.random.default_rng(11)
    rung = 0
    for _ in range(NIGHTS):
        found = []
        for _ in range(30):
            x, n = _shares(draw, 0.8, 40, 26)
            values = [a / b for a, b in zip(x[13:], n[13:], strict=True)]
            found.append(watched(values, [float(one) for one in n[13:]], share_baseline(x[:13], n[:13])))
        rung += any(departed(found))
    assert rung <= 0.05 * NIGHTS


def test_with_a_baseline_known_for_ever_the_chart_is_the_one_of_the_score() -> None:
    weeks = [(14, 9, 7), (10, 9, 11), (9, 9, 12), (6, 9, 15)]
    base = (450_000, 300_000, 250_000)
    chart = nps_ewma_chart(weeks, base)
    values = [100 * (p - d) / 30 for p, _, d in weeks]
    found = watched(values, [30.0] * 4, score_baseline([base]))
    assert found.smooth == pytest.approx(chart.ewma_z)
    assert found.limit == pytest.approx(chart.limit, rel=1e-3)


def test_a_baseline_of_few_weeks_widens_the_limits() -> None:
    long = Baseline(centre=0.8, spread=0.4, weight=100_000, periods=20)
    short = Baseline(centre=0.8, spread=0.4, weight=390, periods=13)
    assert watched([0.7], [30], short).limit > watched([0.7], [30], long).limit
    assert watched([0.7], [30], long).limit == pytest.approx(WIDTH / 3, rel=1e-2)


def test_a_figure_is_back_well_inside_its_limits_only() -> None:
    base = Baseline(centre=0.0, spread=1.0, weight=1000, periods=20)
    assert not watched([-3.0] * 10, [1.0] * 10, base).back
    assert watched([-3.0] * 10 + [0.0] * 12, [1.0] * 22, base).back


def test_counts_are_as_wide_as_neighbours_differ_and_never_under_chance() -> None:
    assert count_baseline([100, 100, 100]).spread == pytest.approx(10)
    assert count_baseline([50, 150, 50]).spread > 50


@pytest.mark.parametrize("wrong", [([], []), ([3], [2]), ([1, 1], [2])])
def test_impossible_counts_are_refused(wrong: tuple[list[int], list[int]]) -> None:
    with pytest.raises(ValueError, match=r"impossible|one count"):
        share_baseline(*wrong)


def test_counts_need_two_periods() -> None:
    with pytest.raises(ValueError, match="2 periods"):
        count_baseline([3])
