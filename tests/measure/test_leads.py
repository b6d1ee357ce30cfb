"""Who said it first: alarms that do not ring for nothing, leads that numbers alone do not make."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from visavis.measure.leads import Said, first_alarm, who_first
from visavis.measure.surveys import fdr

WEEKS, RISE, END = 65, 19, 29


def said(
    source: random.Random, usual: float, high: float, texts: int, start: int = RISE, ramp: int = 1
) -> Said:
    """A voice whose share goes from one level to another over some weeks, and comes back."""
    times, sizes = [], []
    for week in range(WEEKS):
        part = min(1.0, max(0.0, (week - start + 1) / ramp)) if week < END else 0.0
        share = usual + (high - usual) * part
        size = max(10, round(source.gauss(texts, texts**0.5)))
        sizes.append(size)
        times.append(sum(source.random() < share for _ in range(size)))
    return Said(times, sizes)


def test_a_planted_lead_of_three_weeks_is_found_nine_times_in_ten() -> None:
    source, clear, near = random.Random(5), 0, 0
    for _ in range(40):
        found = who_first(said(source, 0.013, 0.16, 120), said(source, 0.02, 0.15, 340, RISE + 3), draws=199)
        assert found.lead is not None
        clear += (found.p_value or 1) <= 0.05
        near += 2 <= found.lead <= 4
    assert clear >= 36
    assert near >= 36


@pytest.mark.parametrize(("high", "ramp"), [(0.15, 1), (0.06, 1), (0.15, 4)])
def test_voices_that_rise_together_have_no_lead(high: float, ramp: int) -> None:
    """Neither more texts, nor a higher rise, nor a slow one makes a voice first: 5 in 100, and some luck."""
    source, clear = random.Random(7), 0
    for _ in range(80):
        found = who_first(
            said(source, 0.013, 0.16, 120, ramp=ramp), said(source, 0.02, high, 340, ramp=ramp), draws=199
        )
        clear += (found.p_value or 1) <= 0.05 and found.lead != 0
    assert clear <= 9


def test_a_page_on_which_nothing_happens_names_no_lead() -> None:
    source, pages = random.Random(11), 0
    for _ in range(20):
        chances = []
        for _theme in range(20):
            usual = source.choice([0.005, 0.02, 0.05, 0.12])
            voices = [said(source, usual, usual, texts) for texts in (35, 42)]
            found = who_first(voices[0], voices[1], draws=99)
            if found.p_value is not None:
                chances.append(found.p_value)
        pages += fdr(chances, 0.05).rejected > 0
    assert pages <= 1


def test_alarms_keep_the_order_of_what_was_planted() -> None:
    first = Said([1, 0] * 10 + [12] * 10, [40] * 30)
    second = Said([1, 0] * 12 + [12] * 6, [40] * 30)
    found = who_first(first, second)
    assert (found.first, found.second, found.lead) == (20, 24, 4)
    assert found.low is not None
    assert found.high is not None
    assert found.low <= 4 <= found.high
    assert (found.p_value or 1) < 0.01


def test_one_voice_that_stays_quiet_leaves_no_lead() -> None:
    found = who_first(Said([1, 0] * 10 + [12] * 10, [40] * 30), Said([1, 0] * 15, [40] * 30))
    assert (found.first, found.second) == (20, None)
    assert found.lead is None
    assert found.p_value is None


COUNTS = st.lists(st.tuples(st.integers(0, 12), st.integers(12, 60)), min_size=16, max_size=40)


@settings(max_examples=60, deadline=None)
@given(COUNTS, st.integers(0, 2**16))
def test_exchanging_the_voices_turns_the_lead_around(rows: list[tuple[int, int]], seed: int) -> None:
    source = random.Random(seed)
    one = Said([x for x, _ in rows], [n for _, n in rows])
    other = Said([source.randint(0, n // 2) for _, n in rows], [n for _, n in rows])
    ahead, behind = who_first(one, other, draws=19), who_first(other, one, draws=19)
    assert (ahead.first, ahead.second) == (behind.second, behind.first)
    if ahead.lead is not None:
        assert behind.lead == -ahead.lead
        assert 0 < (ahead.p_value or 0) <= 1


@given(COUNTS)
def test_an_alarm_comes_after_the_baseline_and_never_without_texts(rows: list[tuple[int, int]]) -> None:
    place = first_alarm(Said([x for x, _ in rows], [n for _, n in rows]))
    assert place is None or 13 <= place < len(rows)
    assert first_alarm(Said([0 for _ in rows], [n for _, n in rows])) is None


def test_a_week_needs_texts_and_both_voices_the_same_weeks() -> None:
    with pytest.raises(ValueError, match="texts"):
        Said([0], [0])
    with pytest.raises(ValueError, match="one number"):
        Said([0, 1], [3])
    with pytest.raises(ValueError, match="same weeks"):
        who_first(Said([0] * 20, [9] * 20), Said([0] * 21, [9] * 21))
    with pytest.raises(ValueError, match="baseline"):
        first_alarm(Said([0] * 20, [9] * 20), 1)
