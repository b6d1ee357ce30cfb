"""Mix and own effect: they add up, they are exact where theory says so, and their intervals hold."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from visavis.measure.mix import Cell, adjusted_difference, mix_decomposition

CELLS = st.dictionaries(
    st.sampled_from("abcd"),
    st.integers(1, 60).flatmap(lambda n: st.integers(0, n).map(lambda yes: Cell(yes, n))),
    min_size=1,
)


@given(CELLS, CELLS)
def test_mix_and_own_effect_add_up_to_the_change(now: dict[str, Cell], before: dict[str, Cell]) -> None:
    found = mix_decomposition(now, before)
    assert found.mix.observed + found.own.observed == pytest.approx(found.total.observed, abs=1e-12)
    for part in (found.total, found.mix, found.own):
        assert part.low <= part.observed <= part.high


@given(CELLS, CELLS)
def test_looking_the_other_way_turns_the_signs(now: dict[str, Cell], before: dict[str, Cell]) -> None:
    there, back = mix_decomposition(now, before), mix_decomposition(before, now)
    assert back.own.observed == pytest.approx(-there.own.observed, abs=1e-12)
    assert back.mix.observed == pytest.approx(-there.mix.observed, abs=1e-12)


@given(CELLS)
def test_the_same_mix_leaves_all_to_the_own_effect(cells: dict[str, Cell]) -> None:
    better = {key: Cell(cell.n, cell.n) for key, cell in cells.items()}
    found = mix_decomposition(better, cells)
    assert found.mix.observed == pytest.approx(0, abs=1e-12)
    assert found.own.observed == pytest.approx(found.total.observed, abs=1e-12)


def test_a_kind_that_was_not_there_before_is_mix() -> None:
    found = mix_decomposition({"a": Cell(8, 10), "new": Cell(1, 10)}, {"a": Cell(16, 20)})
    assert found.own.observed == 0
    assert found.alone == 10


def test_a_gap_between_two_shares_may_turn_at_equal_requests() -> None:
    """Simpson's paradox, kidney stones: Charig, Webb, Payne and Wickham (1986), BMJ 292, 879-882."""
    surgery = {"small": Cell(81, 87), "large": Cell(192, 263)}
    puncture = {"small": Cell(234, 270), "large": Cell(55, 80)}
    raw = 273 / 350 - 289 / 350
    adjusted = adjusted_difference(surgery, puncture)
    assert raw < 0 < adjusted.observed
    # By hand: (87·270/357)(81/87 - 234/270) + (263·80/343)(192/263 - 55/80), over the sum of weights.
    w1, w2 = 87 * 270 / 357, 263 * 80 / 343
    by_hand = (w1 * (81 / 87 - 234 / 270) + w2 * (192 / 263 - 55 / 80)) / (w1 + w2)
    assert adjusted.observed == pytest.approx(by_hand, abs=1e-12)
    assert adjusted.counts == (350, 350)


@given(CELLS, CELLS)
def test_an_adjusted_gap_stays_in_its_interval_and_turns_with_its_sides(
    first: dict[str, Cell], second: dict[str, Cell]
) -> None:
    assume(set(first) & set(second))
    there, back = adjusted_difference(first, second), adjusted_difference(second, first)
    assert there.low <= there.observed <= there.high
    assert back.observed == pytest.approx(-there.observed, abs=1e-12)
    assert back.se == pytest.approx(there.se, abs=1e-9)


def _drawn(rng: np.random.Generator, n: int, mix: list[float], shares: list[float]) -> dict[int, Cell]:
    sizes = rng.multinomial(n, mix)
    return {kind: Cell(int(rng.binomial(size, shares[kind])), int(size)) for kind, size in enumerate(sizes)}


def test_intervals_cover_what_they_promise() -> None:
    """In 600 worlds: a mix that moves, an own effect of -3 points, two sides 5 points apart."""
    rng = np.random.default_rng(7)
    shares, worse = [0.9, 0.75, 0.6], [0.87, 0.72, 0.57]
    then, since = [0.6, 0.3, 0.1], [0.4, 0.3, 0.3]
    own = mix = gap = 0
    for _ in range(600):
        now, before = _drawn(rng, 300, since, worse), _drawn(rng, 250, then, shares)
        found = mix_decomposition(now, before)
        own += found.own.low <= -0.03 <= found.own.high
        true_mix = sum((a - b) * (p + q) / 2 for a, b, p, q in zip(since, then, worse, shares, strict=True))
        mix += found.mix.low <= true_mix <= found.mix.high
        a = _drawn(rng, 80, since, [0.85, 0.7, 0.55])
        compared = adjusted_difference(a, _drawn(rng, 200, then, shares))
        gap += compared.low <= -0.05 <= compared.high
    assert min(own, mix, gap) / 600 > 0.93


def test_bad_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="impossible counts"):
        mix_decomposition({"a": Cell(3, 2)}, {"a": Cell(1, 2)})
    with pytest.raises(ValueError, match="each side needs answers"):
        mix_decomposition({}, {"a": Cell(1, 2)})
    with pytest.raises(ValueError, match="both sides"):
        adjusted_difference({"a": Cell(1, 2)}, {"b": Cell(1, 2)})
