"""Emotion along a journey: a share that knows its journeys, and a lift that is 1 where nothing differs."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visavis.measure.enchantment import enchantment_lift, enchantment_share, peak_end
from visavis.measure.estimates import Display

MOMENTS = st.lists(
    st.builds(
        lambda journey, intensity, with_people: {
            "journey": journey, "intensity": intensity, "relational": with_people
        },
        st.integers(1, 6),
        st.integers(0, 5),
        st.integers(0, 1),
    ),
    min_size=1,
    max_size=40,
).filter(lambda moments: any(moment["intensity"] >= 4 for moment in moments))  # fmt: skip
SIZES = st.integers(1, 400)


@given(MOMENTS)
def test_saying_each_moment_twice_adds_nothing(moments: list[dict[str, int]]) -> None:
    one, other = enchantment_share(moments), enchantment_share([*moments, *moments])
    assert one.deff >= 1
    assert other.share == pytest.approx(one.share)
    # Moments of a journey that differ more than by chance count as independent, and no more.
    if one.deff > 1:
        assert (other.low, other.high) == pytest.approx((one.low, one.high))
    assert one.low <= (one.share or 0) <= one.high


def test_strong_moments_are_told_from_thirty_over_twenty_journeys() -> None:
    moments = [{"journey": place % 20, "intensity": 5, "relational": place % 3} for place in range(30)]
    assert enchantment_share(moments).display is Display.FULL
    assert enchantment_share(moments[:29]).display is Display.HIDDEN
    assert enchantment_share([{**one, "journey": 1} for one in moments]).display is Display.HIDDEN
    with pytest.raises(ValueError, match="no moment"):
        enchantment_share(moments, 6)


@given(SIZES, SIZES, st.data())
def test_swapping_the_kinds_turns_the_lift(relational: int, digital: int, data: st.DataObject) -> None:
    a = data.draw(st.integers(0, relational))
    b = data.draw(st.integers(0, digital))
    one = enchantment_lift(a, relational, b, digital)
    other = enchantment_lift(b, digital, a, relational)
    assert one.lift == pytest.approx(1 / other.lift)
    assert one.low == pytest.approx(1 / other.high)
    assert one.low <= one.lift <= one.high
    wide = enchantment_lift(a, relational, b, digital, deff=2)
    assert wide.high >= one.high
    assert enchantment_lift(relational, relational, digital, digital).lift == pytest.approx(1)


def test_intensity_that_ignores_the_channel_has_a_lift_around_one() -> None:
    source, held, draws = random.Random(12), 0, 500
    for _ in range(draws):
        people, screens = (sum(source.random() < 0.1 for _ in range(n)) for n in (900, 300))
        found = enchantment_lift(people, 900, screens, 300)
        held += found.low <= 1 <= found.high
    assert held / draws >= 0.93


def test_the_first_of_equal_peaks_is_kept() -> None:
    found = peak_end([1, -4, 2, 4, 0])
    assert (found.peak, found.place, found.end, found.peak_end) == (-4, 1, 0, -2)
    with pytest.raises(ValueError, match="at least one moment"):
        peak_end([])


@pytest.mark.parametrize("wrong", [(3, 2, 1, 5), (1, 5, 0, 0), (-1, 5, 1, 5)])
def test_impossible_moments_are_refused(wrong: tuple[int, int, int, int]) -> None:
    with pytest.raises(ValueError, match="moments"):
        enchantment_lift(*wrong)
