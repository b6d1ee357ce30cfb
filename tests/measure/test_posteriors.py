"""What to believe of a score, and the same people asked twice."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from visavis.measure.panels import nps_paired_difference
from visavis.measure.posteriors import nps_posterior
from visavis.measure.scores import nps_interval

COUNT = st.integers(0, 60)
TABLE = st.lists(st.lists(st.integers(0, 20), min_size=3, max_size=3), min_size=3, max_size=3).filter(
    lambda table: sum(map(sum, table)) > 1
)


@settings(max_examples=30)
@given(COUNT, COUNT, COUNT)
def test_a_law_mirrors_with_its_answers(promoters: int, passives: int, detractors: int) -> None:
    there, back = (
        nps_posterior(promoters, passives, detractors),
        nps_posterior(detractors, passives, promoters),
    )
    assert there.low == pytest.approx(-back.high, abs=1e-6)
    assert there.prob_positive == pytest.approx(1 - back.prob_positive)
    assert -100 <= there.low < there.high <= 100


@settings(max_examples=20)
@given(COUNT, COUNT)
def test_as_many_of_both_kinds_leave_even_chances(side: int, passives: int) -> None:
    assert nps_posterior(side, passives, side).prob_positive == pytest.approx(0.5)


@pytest.mark.parametrize("counts", [(225, 150, 125), (440, 45, 15), (100, 100, 400)])
def test_with_many_answers_it_is_the_interval(counts: tuple[int, int, int]) -> None:
    law, interval = nps_posterior(*counts), nps_interval(*counts)
    assert (law.low, law.high) == pytest.approx((interval.low, interval.high), abs=1)


def test_the_law_is_that_of_many_draws() -> None:
    import numpy as np

    draws = np.random.default_rng(3).dirichlet([4 + 1 / 3, 2 + 1 / 3, 1 / 3], 400_000) @ [100, 0, -100]
    law = nps_posterior(4, 2, 0)
    low, high = np.quantile(draws, [0.025, 0.975])
    assert (law.low, law.high, law.sd) == pytest.approx((low, high, draws.std()), abs=0.3)


def test_impossible_counts_and_priors_are_refused() -> None:
    for counts, prior in (((-1, 2, 3), (1, 1, 1)), ((1, 2, 3), (0, 1, 1)), ((1, 2, 3), (1, 1))):
        with pytest.raises(ValueError, match="three counts"):
            nps_posterior(*counts, prior=prior)


@given(TABLE)
def test_a_paired_difference_turns_its_sign_with_time(table: list[list[int]]) -> None:
    there = nps_paired_difference(table)
    back = nps_paired_difference([list(row) for row in zip(*table, strict=True)])
    assert there.difference == pytest.approx(-back.difference)
    assert (there.se, there.low) == pytest.approx((back.se, -back.high))


def test_everybody_moving_alike_is_said() -> None:
    found = nps_paired_difference([[9, 0, 0], [0, 9, 0], [0, 0, 9]])
    assert (found.difference, found.t, found.p_value, found.warnings) == (0, None, None, ("no spread",))


@pytest.mark.parametrize(
    "table", [[[1, 2], [3, 4]], [[1, 2, 3], [-1, 2, 3], [1, 2, 3]], [[1, 0, 0], [0] * 3, [0] * 3]]
)
def test_impossible_tables_are_refused(table: list[list[int]]) -> None:
    with pytest.raises(ValueError, match=r"table|at least 2"):
        nps_paired_difference(table)
