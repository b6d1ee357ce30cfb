"""A share counted by a reader that errs comes back to the truth, with the doubt that the checks leave."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from visavis.measure.estimates import Display
from visavis.measure.prevalence import Checked, corrected_share
from visavis.measure.shares import proportion_interval


@st.composite
def counted(draw: st.DrawFn, least: int = 1, most: int = 2000) -> tuple[int, int]:
    n = draw(st.integers(least, most))
    return draw(st.integers(0, n)), n


@given(counted(0), counted(0, 300), counted(0, 300))
def test_a_corrected_share_never_leaves_zero_to_one_and_lies_in_its_interval(
    counts: tuple[int, int], positives: tuple[int, int], negatives: tuple[int, int]
) -> None:
    share = corrected_share(*counts, Checked(*positives, *negatives))
    assert 0 <= share.low <= share.high <= 1
    assert share.estimate is None or share.low <= share.estimate <= share.high


@given(counted())
def test_a_reader_that_never_errs_gives_the_plain_interval(counts: tuple[int, int]) -> None:
    sure, plain = corrected_share(*counts, Checked(*[10**12] * 4)), proportion_interval(*counts)
    assert sure.estimate == pytest.approx(plain.estimate)
    assert (sure.low, sure.high) == pytest.approx((plain.low, plain.high), abs=1e-6)


@given(counted(), counted(20, 300), counted(20, 300))
def test_a_share_mirrors_when_yes_and_no_swap(
    counts: tuple[int, int], positives: tuple[int, int], negatives: tuple[int, int]
) -> None:
    yes, n = counts
    share = corrected_share(yes, n, Checked(*positives, *negatives))
    other = corrected_share(n - yes, n, Checked(*negatives, *positives))
    assert share.low == pytest.approx(1 - other.high, abs=1e-7)


@given(counted(30), st.integers(2, 20))
def test_more_checks_of_the_same_kind_narrow_the_interval(counts: tuple[int, int], times: int) -> None:
    few = corrected_share(*counts, Checked(45, 50, 48, 50))
    many = corrected_share(*counts, Checked(45 * times, 50 * times, 48 * times, 50 * times))
    assert many.high - many.low <= few.high - few.low


@pytest.mark.parametrize(
    ("flagged", "n", "checked", "estimate"),
    [
        # (0.3 + 0.92 - 1) / (0.9 + 0.92 - 1), by hand after Rogan and Gladen.
        (300, 1000, Checked(45, 50, 46, 50), 0.22 / 0.82),
        (500, 1000, Checked(80, 100, 80, 100), 0.5),
        (50, 1000, Checked(90, 100, 90, 100), 0.0),
        (990, 1000, Checked(90, 100, 90, 100), 1.0),
    ],
)
def test_the_estimate_is_that_of_rogan_and_gladen(
    flagged: int, n: int, checked: Checked, estimate: float
) -> None:
    assert corrected_share(flagged, n, checked).estimate == pytest.approx(estimate)


def test_the_interval_is_near_the_delta_method_where_everything_is_counted_well() -> None:
    # Standard error of Rogan and Gladen (1978): sqrt(p q / n + s**2 v1 + (1 - s)**2 v2) / (se + sp - 1).
    n, m, se, sp, s = 100_000, 50_000, 0.9, 0.95, 0.4
    p = s * se + (1 - s) * (1 - sp)
    variance = p * (1 - p) / n + s**2 * se * (1 - se) / m + (1 - s) ** 2 * sp * (1 - sp) / m
    half = 1.959964 * variance**0.5 / (se + sp - 1)
    share = corrected_share(round(p * n), n, Checked(round(se * m), m, round(sp * m), m))
    assert (share.low, share.high) == pytest.approx((s - half, s + half), abs=1e-4)


@pytest.mark.parametrize("prevalence", [0.05, 0.3, 0.5, 0.8, 0.95])
@pytest.mark.parametrize(("sensitivity", "specificity"), [(0.95, 0.95), (0.8, 0.9), (0.99, 0.85), (0.7, 0.7)])
@pytest.mark.parametrize(("n", "checks"), [(60, 30), (300, 100), (3000, 100)])
def test_the_interval_covers_what_it_promises(
    prevalence: float, sensitivity: float, specificity: float, n: int, checks: int
) -> None:
    runs, chance = 300, np.random.default_rng(7)
    found = prevalence * sensitivity + (1 - prevalence) * (1 - specificity)
    positives = chance.binomial(checks, prevalence, runs)
    flagged, hits = chance.binomial(n, found, runs), chance.binomial(positives, sensitivity)
    passes = chance.binomial(checks - positives, specificity)
    held = 0
    for count, hit, positive, passed in np.column_stack((flagged, hits, positives, passes)).tolist():
        share = corrected_share(count, n, Checked(hit, positive, passed, checks - positive))
        held += share.low <= prevalence <= share.high
    # 93 % of 300 runs, less two standard errors of the simulation.
    assert held / runs > 0.93 - 0.025


def test_a_reader_no_better_than_chance_tells_nothing() -> None:
    share = corrected_share(30, 100, Checked(5, 10, 5, 10))
    assert (share.estimate, share.low, share.high) == (None, 0, 1)


def test_without_checks_or_texts_nothing_is_told() -> None:
    unchecked, unread = (
        corrected_share(30, 100, Checked(9, 10, 0, 0)),
        corrected_share(0, 0, Checked(9, 10, 9, 10)),
    )
    assert (unchecked.estimate, unchecked.specificity, unchecked.low, unchecked.high) == (None, None, 0, 1)
    assert (unread.estimate, unread.observed, unread.display) == (None, None, Display.HIDDEN)


def test_impossible_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="impossible counts"):
        corrected_share(4, 3, Checked(1, 1, 1, 1))
    with pytest.raises(ValueError, match="impossible checks"):
        Checked(2, 1, 1, 1)
    with pytest.raises(ValueError, match="level"):
        corrected_share(1, 3, Checked(1, 1, 1, 1), level=1)
