"""Chances that keep their word, and those that do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visavis.measure.calibration import calibration_error


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1))
def test_an_error_lies_between_none_and_all(cases: list[tuple[float, bool]]) -> None:
    chances, truths = [chance for chance, _ in cases], [truth for _, truth in cases]
    assert 0 <= calibration_error(chances, truths) <= 1


def test_chances_that_keep_their_word_have_none() -> None:
    assert calibration_error([0.75] * 4, [True, True, True, False]) == pytest.approx(0)
    assert calibration_error([0.0, 1.0], [False, True]) == 0


def test_the_error_is_what_guo_writes() -> None:
    # Two slices: 0.6 announced and 0 true of two; 0.95 announced and all true of three.
    error = calibration_error([0.6, 0.6, 0.95, 0.95, 0.95], [False, False, True, True, True])
    assert error == pytest.approx((2 * 0.6 + 3 * 0.05) / 5)


def test_one_slice_measures_the_mean_alone() -> None:
    assert calibration_error([0.2, 0.8], [True, False], bins=1) == 0


@pytest.mark.parametrize(
    ("chances", "truths", "bins"), [([], [], 10), ([0.5], [], 10), ([1.2], [True], 10), ([0.5], [True], 0)]
)
def test_what_cannot_be_measured_is_refused(chances: list[float], truths: list[bool], bins: int) -> None:
    with pytest.raises(ValueError, match=r"impossible cases|between 0 and 1"):
        calibration_error(chances, truths, bins)
