"""How far a number a week moved."""

from __future__ import annotations

import numpy as np
import pytest

from visavis.measure.counts import rate_difference


@pytest.mark.parametrize("phi", [1.0, 2.5, 5.0])
def test_the_interval_holds_the_truth_as_often_as_it_says_however_dispersed(phi: float) -> None:
    draw = np.random.default_rng(11)

    def weeks(mean: float, number: int) -> list[int]:
        rates = draw.gamma(mean / (phi - 1), phi - 1, number) if phi > 1 else np.full(number, mean)
        return [int(one) for one in draw.poisson(rates)]

    hits = 0
    for _ in range(800):
        found = rate_difference(weeks(45, 6), weeks(60, 16))
        hits += found.low <= -15 <= found.high
    assert 0.92 <= hits / 800 <= 0.99


def test_a_silence_is_a_clear_fall() -> None:
    found = rate_difference([0, 0], [30, 34, 28, 31, 29])
    assert found.high < 0
    assert found.observed == pytest.approx(-30.4)


def test_numbers_that_do_not_move_conclude_nothing() -> None:
    assert not rate_difference([30, 28, 33], [31, 29, 30, 32]).excludes_zero


@pytest.mark.parametrize("wrong", [([], [1, 2, 3, 4]), ([1], [1, 2]), ([-1, 2], [1, 2])])
def test_impossible_numbers_are_refused(wrong: tuple[list[int], list[int]]) -> None:
    with pytest.raises(ValueError, match="numbers from 0"):
        rate_difference(*wrong)
