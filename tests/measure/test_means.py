"""Means of marks: from sums alone, honest with few marks and with unanimous ones."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.measure.exact import coverage
from visavis.measure.estimates import UNBOUNDED, marks
from visavis.measure.means import Sums, cluster_mean, cluster_mean_of_sums, mean_difference, mean_interval
from visavis.measure.scores import nps_difference, nps_interval

MARKS = st.lists(st.integers(1, 5), min_size=1, max_size=80)
#: Shares of marks 1 to 5: skewed, torn, delighted, middling.
PROFILES = (
    (0.03, 0.05, 0.10, 0.32, 0.50),
    (0.25, 0.05, 0.05, 0.15, 0.50),
    (0.01, 0.01, 0.03, 0.15, 0.80),
    (0.10, 0.20, 0.40, 0.20, 0.10),
)


@given(MARKS)
def test_a_mean_lies_in_its_interval_inside_the_scale(values: list[int]) -> None:
    mean = mean_interval(Sums.of(values))
    assert mean.estimate is not None
    assert 1 <= mean.low <= mean.estimate + 1e-9
    assert mean.estimate - 1e-9 <= mean.high <= 5
    assert mean.low < mean.high


@given(MARKS, MARKS)
def test_sums_add_up(first: list[int], second: list[int]) -> None:
    assert Sums.of(first) + Sums.of(second) == Sums.of(first + second)


@given(MARKS)
def test_a_mean_mirrors_with_its_scale(values: list[int]) -> None:
    mean, other = (mean_interval(Sums.of(kept)) for kept in (values, [6 - value for value in values]))
    assert mean.low == pytest.approx(6 - other.high)


@given(MARKS, st.integers(2, 9))
def test_more_marks_of_the_same_kind_narrow_a_mean(values: list[int], times: int) -> None:
    few, many = mean_interval(Sums.of(values)), mean_interval(Sums.of(values * times))
    if few.low > 1 and few.high < 5:
        assert many.high - many.low < few.high - few.low


@given(st.tuples(*[st.integers(0, 400)] * 3).filter(lambda counts: sum(counts) > 1))
def test_the_net_promoter_score_is_this_mean_on_three_marks(counts: tuple[int, int, int]) -> None:
    promoters, _, detractors = counts
    sums = Sums(sum(counts), promoters - detractors, promoters + detractors)
    mean, score = mean_interval(sums, marks(-1, 1)), nps_interval(*counts)
    assert (100 * mean.low, 100 * mean.high) == pytest.approx((score.low, score.high))
    gap = nps_difference((3, 4, 5), counts)
    same = mean_difference(sums, Sums(12, -2, 8), marks(-1, 1))
    assert (100 * same.low, 100 * same.high) == pytest.approx((gap.low, gap.high))


@pytest.mark.parametrize("n", [5, 10, 20])
def test_the_adjusted_interval_covers_where_students_does_not(n: int) -> None:
    def bounds(counts: Sequence[int], method: str = "adjusted_wald") -> tuple[float, float]:
        sums = Sums.of(mark for mark, count in enumerate(counts, 1) for _ in range(count))
        mean = mean_interval(sums, method=method)
        return mean.low, mean.high

    profiles = PROFILES if n < 20 else PROFILES[:1]
    truths = [sum(mark * share for mark, share in enumerate(shares, 1)) for shares in profiles]
    covered = [coverage(n, shares, truth, bounds) for shares, truth in zip(profiles, truths, strict=True)]
    assert min(covered) >= 0.885  # the worst of the net promoter score with 5 answers
    assert 0.92 <= sum(covered) / len(covered) <= 0.98
    skewed = PROFILES[2]
    student = coverage(n, skewed, 4.72, lambda counts: bounds(counts, "t")) if n < 20 else 0.0
    assert student < 0.90


def test_unanimous_marks_do_not_claim_to_be_certain() -> None:
    mean = mean_interval(Sums(10, 50, 250))
    assert mean.estimate == 5
    assert mean.low < 4.7
    assert mean_interval(Sums(10, 50, 250), method="t").warnings == ("no spread",)


def test_students_interval_is_that_of_the_textbook() -> None:
    # Student (1908), sleep data, group 2: mean 2.33, 95 % interval 0.898 to 3.762 (R: t.test(extra ~ 1)).
    sums = Sums.of([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4])
    mean = mean_interval(sums, marks(-24, 24), method="t")
    assert (mean.estimate, mean.low, mean.high) == pytest.approx((2.33, 0.8976775, 3.7623225), abs=1e-6)


def test_no_mark_gives_no_mean_and_the_whole_scale() -> None:
    mean = mean_interval(Sums(0, 0, 0))
    assert (mean.estimate, mean.low, mean.high) == (None, 1, 5)


@pytest.mark.parametrize("sums", [(-1, 0, 0), (2, 5, 1), (2, 4, -1)])
def test_impossible_sums_are_refused(sums: tuple[int, float, float]) -> None:
    with pytest.raises(ValueError, match="impossible sums"):
        Sums(*sums)


def test_marks_off_the_scale_are_refused() -> None:
    with pytest.raises(ValueError, match="leaves the scale"):
        mean_interval(Sums.of([7, 8]))
    with pytest.raises(ValueError, match="two ends"):
        mean_interval(Sums.of([7, 8]), UNBOUNDED)
    with pytest.raises(ValueError, match="needs more"):
        mean_interval(Sums.of([4]), method="t")


@given(MARKS, MARKS)
def test_a_difference_of_means_turns_its_sign_with_its_sides(first: list[int], second: list[int]) -> None:
    there = mean_difference(Sums.of(first), Sums.of(second))
    back = mean_difference(Sums.of(second), Sums.of(first))
    assert there.low == pytest.approx(-back.high)
    assert there.counts == back.counts[::-1]


def test_a_difference_needs_marks_on_both_sides() -> None:
    with pytest.raises(ValueError, match="both sides"):
        mean_difference(Sums.of([1]), Sums(0, 0, 0))


@given(st.lists(st.floats(-50, 50), min_size=2, max_size=20))
def test_one_answer_a_cluster_gives_the_ordinary_error(values: list[float]) -> None:
    mean = sum(values) / len(values)
    plain = (sum((value - mean) ** 2 for value in values) / (len(values) - 1) / len(values)) ** 0.5
    assert cluster_mean(values, range(len(values))).se == pytest.approx(plain, abs=1e-9)


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(0, 5)), min_size=2, max_size=60))
def test_the_names_of_clusters_do_not_matter_and_sums_suffice(rows: list[tuple[int, int]]) -> None:
    values, names = [value for value, _ in rows], [name for _, name in rows]
    if len(set(names)) < 2:
        return
    one, other = cluster_mean(values, names), cluster_mean(values, [f"team {5 - name}" for name in names])
    sums = [Sums.of(v for v, n in rows if n == name) for name in range(7)]
    assert (one.estimate, one.low, one.high) == pytest.approx((other.estimate, other.low, other.high))
    assert cluster_mean_of_sums(sums).se == pytest.approx(one.se)
    assert one.n_eff <= one.n


def test_one_cluster_is_refused_and_few_are_warned_about() -> None:
    with pytest.raises(ValueError, match="at least 2"):
        cluster_mean([1, 2, 3], ["a", "a", "a"])
    assert cluster_mean([1, 2, 3], ["a", "a", "b"]).warnings == ("few clusters",)
    assert cluster_mean(list(range(20)), [place % 10 for place in range(20)]).warnings == ()


def test_answers_that_agree_inside_clusters_are_worth_less() -> None:
    torn = cluster_mean([1] * 20 + [5] * 20 + [1] * 20 + [5] * 20, sorted([1, 2, 3, 4] * 20), scale=marks())
    assert torn.n_eff < 10
    assert (torn.low, torn.high) == (1, 5)
