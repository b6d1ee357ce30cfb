"""The net promoter score: counted as defined, its interval honest from few answers on."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.measure.exact import chance, coverage, samples
from visavis.measure.scores import nps_difference, nps_interval, nps_sample_size, nps_score

Counts = tuple[int, int, int]
COUNTS = st.tuples(*[st.integers(0, 800)] * 3)
ANSWERED = COUNTS.filter(any)
RATINGS = st.lists(st.integers(0, 10), min_size=1, max_size=60)
#: Promoters, passives, detractors: the five profiles of the note on measurement.
PROFILES = ((0.4, 0.3, 0.3), (0.5, 0.3, 0.2), (0.7, 0.2, 0.1), (0.88, 0.09, 0.03), (0.15, 0.3, 0.55))


@given(RATINGS)
def test_every_rating_falls_in_one_class(ratings: list[int]) -> None:
    score = nps_score(ratings)
    assert score.promoters + score.passives + score.detractors == score.n == len(ratings)
    assert score.nps is not None
    assert -100 <= score.nps <= 100
    assert nps_score(sorted(ratings)) == score


@given(RATINGS)
def test_a_passive_more_moves_the_score_towards_zero_and_never_past(ratings: list[int]) -> None:
    before, after = nps_score(ratings).nps, nps_score([*ratings, 7]).nps
    assert before is not None
    assert after is not None
    assert abs(after) <= abs(before)
    assert after * before >= 0


@pytest.mark.parametrize("rating", [-1, 11, None, 7.5, "9"])
def test_a_stranger_among_ratings_is_refused(rating: object) -> None:
    with pytest.raises(ValueError, match="from 0 to 10"):
        nps_score([9, rating])  # type: ignore[list-item]


@given(ANSWERED, st.sampled_from(["adjusted_wald", "wald"]))
def test_a_score_never_leaves_its_scale(counts: Counts, method: str) -> None:
    score = nps_interval(*counts, method=method)
    assert -100 <= score.low <= score.centre <= score.high <= 100
    assert score.nps == pytest.approx(100 * (counts[0] - counts[2]) / sum(counts))


@given(ANSWERED)
def test_unanimous_or_not_an_adjusted_interval_has_a_width(counts: Counts) -> None:
    assert nps_interval(*counts).low < nps_interval(*counts).high


@given(ANSWERED)
def test_a_score_mirrors_when_promoters_and_detractors_swap(counts: Counts) -> None:
    score, other = nps_interval(*counts), nps_interval(*counts[::-1])
    assert score.low == pytest.approx(-other.high)


@given(ANSWERED, st.integers(2, 9))
def test_more_answers_of_the_same_kind_narrow_a_score(counts: Counts, times: int) -> None:
    few, many = nps_interval(*counts), nps_interval(counts[0] * times, counts[1] * times, counts[2] * times)
    assert many.se < few.se


@pytest.mark.parametrize("n", [10, 20, 50])
def test_the_adjusted_interval_covers_what_it_promises(n: int) -> None:
    def bounds(counts: Sequence[int]) -> tuple[float, float]:
        promoters, passives, detractors = counts
        score = nps_interval(promoters, passives, detractors)
        return score.low, score.high

    covered = [coverage(n, shares, 100 * (shares[0] - shares[2]), bounds) for shares in PROFILES]
    assert 0.94 <= sum(covered) / len(covered) <= 0.97
    assert min(covered) >= 0.93


def test_no_answer_gives_no_score_and_the_whole_range() -> None:
    score = nps_interval(0, 0, 0)
    assert (score.nps, score.low, score.high) == (None, -100, 100)


@pytest.mark.parametrize(
    ("counts", "method"), [((-1, 2, 3), "adjusted_wald"), ((0, 0, 0), "wald"), ((1, 0, 0), "wald_t")]
)
def test_impossible_counts_are_refused(counts: Counts, method: str) -> None:
    with pytest.raises(ValueError, match="impossible counts"):
        nps_interval(*counts, method=method)


@given(ANSWERED, ANSWERED)
def test_a_difference_of_scores_turns_its_sign_with_its_sides(a: Counts, b: Counts) -> None:
    there, back = nps_difference(a, b), nps_difference(b, a)
    assert there.difference == pytest.approx(-back.difference)
    assert there.low == pytest.approx(-back.high)
    assert there.counts == (sum(b), sum(a))
    assert there.p_value is not None
    assert 0 <= there.p_value <= 1


@given(ANSWERED, st.sampled_from(["adjusted_wald", "wald"]))
def test_the_same_scores_twice_never_differ(counts: Counts, method: str) -> None:
    difference = nps_difference(counts, counts, method=method)
    assert difference.p_value == 1
    assert not difference.excludes_zero


@pytest.mark.parametrize(("n", "m"), [(10, 10), (10, 40)])
@pytest.mark.parametrize("shares", [PROFILES[1], PROFILES[3]])
def test_two_groups_that_do_not_differ_ring_at_most_as_often_as_allowed(
    n: int, m: int, shares: tuple[float, float, float]
) -> None:
    alarms = sum(
        chance(a, shares) * chance(b, shares)
        for a in samples(n, 3)
        for b in samples(m, 3)
        if nps_difference(a, b).excludes_zero
    )
    assert alarms <= 0.055


def test_a_difference_needs_answers_on_both_sides() -> None:
    with pytest.raises(ValueError, match="impossible counts"):
        nps_difference((0, 0, 0), (1, 2, 3))


@given(st.floats(2, 40), st.floats(0, 0.5), st.floats(0, 0.5))
def test_the_announced_number_of_answers_gives_the_margin(
    margin: float, promoters: float, detractors: float
) -> None:
    plain = nps_sample_size(margin, promoters, detractors, adjusted=False).n
    spread = promoters + detractors - (promoters - detractors) ** 2
    assert 1.96 * 100 * (spread / plain) ** 0.5 <= margin * 1.0001
    assert nps_sample_size(margin, promoters, detractors).n <= plain
