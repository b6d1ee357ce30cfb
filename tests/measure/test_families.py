"""Many differences on a page: when nothing changes, few pages say that something did."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest

from visavis.measure.families import family_level
from visavis.measure.shares import proportion_difference
from visavis.measure.surveys import fdr


def test_the_level_is_that_of_benjamini_and_hochberg() -> None:
    sides = [(70, 100, 40, 100), (66, 100, 50, 100), (60, 100, 50, 100), (55, 100, 50, 100), (2, 4, 1, 4)]
    family = [partial(proportion_difference, *side) for side in sides]
    told = family[:4]
    level = family_level(family, 0.05)
    # The p-value of an interval is the level at which it touches zero: by halves.
    p_values = []
    for one in told:
        low, high = 1e-9, 1 - 1e-9
        for _ in range(60):
            middle = (low + high) / 2
            low, high = (low, middle) if one(1 - middle).excludes_zero else (middle, high)
        p_values.append(high)
    found = [one(level).excludes_zero for one in told]
    assert found == [p <= 0.05 for p in fdr(p_values, 0.05).adjusted]
    assert found == [True, True, False, False]


def test_one_difference_alone_keeps_the_level_asked() -> None:
    assert family_level([partial(proportion_difference, 50, 100, 40, 100)], 0.05) == pytest.approx(0.95)


def test_a_page_where_nothing_differs_says_something_in_five_per_cent_of_cases_at_most() -> None:
    draw = np.random.default_rng(20251201)
    said = 0
    for _ in range(1000):
        yes = draw.binomial(60, 0.8, size=(25, 2))
        family = [partial(proportion_difference, int(a), 60, int(b), 60) for a, b in yes]
        level = family_level(family, 0.05)
        said += any(one(level).excludes_zero for one in family)
    assert said <= 50


def test_a_share_outside_zero_and_one_is_refused() -> None:
    with pytest.raises(ValueError, match="level"):
        family_level([], 1.0)
