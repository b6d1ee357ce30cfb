"""The gate: what is learnt replaces what is in force only if the answers kept apart do not say otherwise."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visavis.understand.learning.gate import Trial, Why, agreement, decide, trial

CODES = st.frozensets(st.sampled_from("abcde"))


def _trial(n: int, right_before: int, right_after: int) -> Trial:
    before = [float(place < right_before) for place in range(n)]
    after = [float(place < right_after) for place in range(n)]
    return trial(before, after)


@pytest.mark.parametrize(
    ("before", "after", "passes", "why"),
    [(20, 25, True, Why.HOLDS), (25, 24, False, Why.FALLS), (25, 25, False, Why.NOTHING)],
)
def test_thirty_answers_kept_apart_decide(before: int, after: int, passes: bool, why: Why) -> None:
    assert decide(_trial(30, before, after), None) == (passes, why)


def test_a_reading_that_changes_without_falling_is_published() -> None:
    before, after = [1.0, 0.0] * 20, [0.0, 1.0] * 20
    assert decide(trial(before, after), None) == (True, Why.HOLDS)


@pytest.mark.parametrize(("gained", "why"), [(12, Why.CROSS), (1, Why.FEW)])
def test_with_fewer_a_clear_gain_on_what_was_not_learnt_is_needed(gained: int, why: Why) -> None:
    few, cross = _trial(29, 20, 20), _trial(60, 40, 40 + gained)
    assert decide(few, cross) == (why is Why.CROSS, why)


def test_a_test_that_falls_is_not_outvoted_by_cross_validation() -> None:
    assert decide(_trial(10, 9, 5), _trial(60, 30, 60)) == (False, Why.FEW)


def test_without_any_answer_nothing_is_published() -> None:
    assert decide(trial([], []), None) == (False, Why.FEW)
    assert decide(trial([], []), _trial(4, 0, 4))[0] is (_trial(4, 0, 4).gain.low > 0)


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), max_size=60))
def test_the_gain_lies_in_its_interval_and_between_minus_one_and_one(
    pairs: list[tuple[float, float]],
) -> None:
    found = trial([before for before, _ in pairs], [after for _, after in pairs])
    assert -1 <= found.gain.low <= found.gain.high <= 1
    if pairs:
        gain = found.gain.estimate or 0.0
        assert found.gain.low <= gain <= found.gain.high
        assert found.after - found.before == pytest.approx(gain)


@given(CODES, CODES)
def test_agreement_is_symmetric_and_full_only_when_alike(one: frozenset[str], other: frozenset[str]) -> None:
    assert agreement(one, other) == agreement(other, one)
    assert 0 <= agreement(one, other) <= 1
    assert (agreement(one, other) == 1) == (one == other)
