"""Movements inside teams: levels and shared calendars fake nothing; a lead is found where it was put."""

from __future__ import annotations

import random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from visavis.measure.estimates import Display
from visavis.measure.movements import lagged_within_correlation, lead_lag, within_group_correlation

ROWS = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20), st.integers(0, 3)), min_size=9, max_size=40)
Table = list[list[float | None]]


def made(source: random.Random, teams: int, periods: int, lag: int, strength: float) -> tuple[Table, Table]:
    """Two sides of teams with inertia, a shared calendar and a level each; y follows x by ``lag``."""
    x: Table = []
    y: Table = []
    season = [source.gauss(0, 2) for _ in range(periods + 10)]
    for _ in range(teams):
        level, value, moves = source.gauss(0, 3), 0.0, []
        for _ in range(periods + 20):
            value = 0.5 * value + source.gauss(0, 1)
            moves.append(value)
        start = 10
        x.append([level + moves[at] + season[at] for at in range(start, start + periods)])
        y.append(
            [
                -level + strength * moves[at - lag] + source.gauss(0, 0.5) + season[at]
                for at in range(start, start + periods)
            ]
        )
    return x, y


@given(ROWS, st.integers(-99, 99))
def test_the_level_of_a_group_does_not_matter(rows: list[tuple[int, int, int]], shift: int) -> None:
    x, y, groups = (list(column) for column in zip(*rows, strict=True))
    try:
        one = within_group_correlation(x, y, groups)
    except ValueError:
        return
    moved = [value + shift * (group == 1) for value, group in zip(x, groups, strict=True)]
    other = within_group_correlation(moved, y, groups)
    assert other.r == pytest.approx(one.r, abs=1e-9)
    assert one.dof == len(rows) - len(set(groups)) - 1
    assert one.r is not None
    assert one.low <= one.r <= one.high


def test_exact_lines_inside_groups_give_one() -> None:
    x, y = [1, 2, 3, 11, 12, 13], [9, 8, 7, 99, 98, 97]
    assert within_group_correlation(x, y, "aaabbb").r == pytest.approx(-1)
    assert within_group_correlation(x, y, "aaabbb").p_value == 0
    with pytest.raises(ValueError, match="never moves"):
        within_group_correlation([1, 1, 1, 2, 2, 2], y, "aaabbb")
    with pytest.raises(ValueError, match="more than groups"):
        within_group_correlation([1, 2, 3], [1, 3, 2], "abc")


@given(st.integers(0, 10**6), st.integers(-3, 3))
def test_swapping_the_sides_turns_the_lag(seed: int, lag: int) -> None:
    source = random.Random(seed)
    x, y = made(source, 3, 8, 1, 1.0)
    x[0][2] = y[1][5] = None
    one, other = lagged_within_correlation(x, y, lag), lagged_within_correlation(y, x, -lag)
    assert one.r == pytest.approx(other.r)
    assert one.pairs == other.pairs
    if lag == 0:
        assert one.pairs == 22


def test_what_does_not_move_has_no_correlation() -> None:
    assert lagged_within_correlation([[1, 1, 1, 1, 1]], [[1, 2, 3, 4, 5]]).r is None
    with pytest.raises(ValueError, match="a lag stays inside"):
        lagged_within_correlation([[1, 2]], [[1, 2]], 2)
    with pytest.raises(ValueError, match="one length"):
        lagged_within_correlation([[1, 2], [1]], [[1, 2], [1]])


@pytest.mark.parametrize("lag", [-2, 0, 1])
def test_a_lead_is_found_where_it_was_put(lag: int) -> None:
    found = lead_lag(*made(random.Random(5), 20, 24, lag, 1.0), draws=99)
    assert found.lag == lag
    assert found.low <= lag <= found.high
    assert found.p_value <= 0.02
    assert found.display is Display.FULL


def test_a_shared_calendar_is_no_lead() -> None:
    source, alarms = random.Random(3), 0
    for _ in range(40):
        alarms += lead_lag(*made(source, 15, 18, 0, 0.0), draws=99).p_value <= 0.05
    assert alarms <= 6


@given(st.integers(2, 14))
def test_few_teams_or_periods_tell_no_order(teams: int) -> None:
    assume(teams >= 2)
    assert lead_lag(*made(random.Random(1), teams, 20, 1, 1.0), draws=1).display is Display.HIDDEN
    assert lead_lag(*made(random.Random(1), 15, 17, 1, 1.0), draws=1).display is Display.HIDDEN
