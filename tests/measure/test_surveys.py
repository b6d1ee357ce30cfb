"""Weights, response rates and many tests at once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visavis.measure.surveys import ResponseRates, fdr, kish_design_effect, response_rates

WEIGHTS = st.lists(st.floats(0.01, 100), min_size=1, max_size=50)
COUNT = st.integers(0, 1000)


@given(WEIGHTS)
def test_unequal_weights_never_add_answers(weights: list[float]) -> None:
    effect = kish_design_effect(weights)
    assert effect.deff >= 1
    assert effect.n_eff <= len(weights)


@given(WEIGHTS, st.floats(0.1, 10))
def test_only_the_proportions_of_weights_count(weights: list[float], by: float) -> None:
    scaled = kish_design_effect([weight * by for weight in weights])
    assert scaled.deff == pytest.approx(kish_design_effect(weights).deff)


@pytest.mark.parametrize("weights", [[], [1, 0], [1, -1]])
def test_weights_that_are_not_above_zero_are_refused(weights: list[float]) -> None:
    with pytest.raises(ValueError, match="above 0"):
        kish_design_effect(weights)


def rates(counts: tuple[int, ...], e: float) -> ResponseRates:
    complete, partial, refusal, non_contact, other, household, unknown = counts
    return response_rates(
        complete=complete,
        partial=partial,
        refusal=refusal,
        non_contact=non_contact,
        other=other,
        unknown_household=household,
        unknown_other=unknown,
        e=e,
    )


@given(st.tuples(*[COUNT] * 7).filter(lambda counts: any(counts[:5])), st.floats(0, 1))
def test_response_rates_keep_their_order(counts: tuple[int, ...], e: float) -> None:
    found = rates(counts, e)
    assert 0 <= found.RR1 <= found.RR3 + 1e-12 <= found.RR5 + 2e-12 <= 1 + 3e-12
    assert found.RR2 <= found.RR4 + 1e-12 <= found.RR6 + 2e-12
    assert rates(counts, 1.0).RR3 == rates(counts, 1.0).RR1
    assert rates(counts, 0.0).RR3 == rates(counts, 0.0).RR5


@pytest.mark.parametrize(
    ("counts", "e"), [((0, 0, 0, 0, 0, 5, 5), 0.5), ((1, 0, 0, 0, 0, 0, -1), 0.5), ((1,) * 7, 1.5)]
)
def test_impossible_dispositions_are_refused(counts: tuple[int, ...], e: float) -> None:
    with pytest.raises(ValueError, match="impossible dispositions"):
        rates(counts, e)


P_VALUES = st.lists(st.floats(0, 1), max_size=30)


@given(P_VALUES, st.sampled_from(["bh", "by"]))
def test_adjusting_never_lowers_a_p_value_nor_changes_the_order(values: list[float], method: str) -> None:
    found = fdr(values, method=method)
    assert all(
        before <= after * (1 + 1e-12) <= 1 + 1e-9
        for before, after in zip(values, found.adjusted, strict=True)
    )
    by_value = sorted(zip(values, found.adjusted, strict=True))
    assert [after for _, after in by_value] == sorted(found.adjusted)


@given(P_VALUES)
def test_any_dependence_costs_alarms(values: list[float]) -> None:
    assert fdr(values, method="by").rejected <= fdr(values).rejected


def test_a_probability_above_one_is_refused() -> None:
    with pytest.raises(ValueError, match="from 0 to 1"):
        fdr([0.2, 1.2])
