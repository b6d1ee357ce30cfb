"""Contact metrics: reached or not, clear or not, resolved as the customer says it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import isfinite

from visavis.measure.estimates import Estimate, marks
from visavis.measure.means import Sums, cluster_mean_of_sums, mean_interval
from visavis.measure.shares import TopBox, proportion_interval, top_box


def clustered_share(parts: Iterable[tuple[int, int]], level: float = 0.95) -> Estimate:
    """Estimate a share whose cases come in clusters (days, customers, advisers).

    Wilson's interval on ``n / deff`` cases, ``deff`` from the spread between clusters and never below 1:
    clusters widen the interval and never narrow it.

    Args:
        parts: for each cluster, how many said yes and of how many.
        level: coverage wanted, strictly between 0 and 1.

    Returns:
        An ``Estimate``; without any case ``estimate=None`` on [0, 1]. Warned about under 10 clusters.

    Raises:
        ValueError: if a count is impossible.

    Source:
        J. N. K. Rao and A. J. Scott (1992), Biometrics 48, 577-585; E. B. Wilson (1927).

    >>> clustered_share([(5, 10), (9, 10), (1, 10)]).n_eff < 30
    True
    """
    kept = [(yes, n) for yes, n in parts if n]
    if not all(0 <= yes <= n for yes, n in kept):
        raise ValueError("each cluster has 0 <= yes <= n")
    yes, n = sum(yes for yes, _ in kept), sum(n for _, n in kept)
    if len(kept) < 2:
        return replace(proportion_interval(yes, n, level), warnings=("few clusters",) if n else ())
    spread = cluster_mean_of_sums([Sums(size, hits, hits) for hits, size in kept], level)
    share = proportion_interval(yes, n, level, design_effect=max(1.0, n / spread.n_eff))
    return replace(share, warnings=spread.warnings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reachability:
    """Share of attempts that were answered, attempts given up at once left out."""

    share: Estimate
    offered: int
    answered: int
    given_up_at_once: int


def reachability(
    offered: Sequence[int],
    answered: Sequence[int],
    given_up_at_once: Sequence[int] | None = None,
    level: float = 0.95,
) -> Reachability:
    """Estimate the share of attempts that were answered: ``answered / (offered - given up at once)``.

    Attempts of one day share its weather: days are clusters. Print which seconds « at once » means.

    Args:
        offered: attempts of each day.
        answered: those that were answered.
        given_up_at_once: those given up before the company could answer; none by default.
        level: coverage wanted, strictly between 0 and 1.

    Returns:
        A ``Reachability``; the share has no value without any attempt.

    Raises:
        ValueError: if lengths differ or counts of a day contradict each other.

    Source:
        ISO 18295-1 (2017) asks for it; definition as above.

    >>> reachability([100, 100], [90, 70], [0, 10]).share.estimate
    0.8421052631578947
    """
    at_once = [0] * len(offered) if given_up_at_once is None else list(given_up_at_once)
    days = list(zip(offered, answered, at_once, strict=True))
    if any(min(day) < 0 or yes + short > tried for day in days for tried, yes, short in [day]):
        raise ValueError("each day has 0 <= answered + given up at once <= offered")
    return Reachability(
        share=clustered_share([(yes, tried - short) for tried, yes, short in days], level),
        offered=sum(offered),
        answered=sum(answered),
        given_up_at_once=sum(at_once),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Clarity:
    """How clear answers were: share of the marks that count as clear, and mean mark."""

    share: TopBox
    mean: Estimate


def clarity(counts: Sequence[int], clear: Sequence[int] = (4, 5), level: float = 0.95) -> Clarity:
    """Estimate how clear answers were from marks of « was the answer clear? ».

    Args:
        counts: how many gave mark 1, 2, 3… in that order; at least 2 marks on the scale.
        clear: the marks that count as clear.
        level: coverage wanted, strictly between 0 and 1.

    Returns:
        Share with Wilson's interval, mean with the adjusted one: never the mean alone.

    Raises:
        ValueError: if a count is negative or a clear mark is not on the scale.

    Source:
        As ``top_box`` and ``mean_interval``.

    >>> clarity([1, 1, 2, 8, 8]).share.estimate
    0.8
    """
    share = top_box(counts, clear, level)
    values = list(enumerate(counts, 1))
    sums = Sums(
        sum(counts),
        sum(mark * count for mark, count in values),
        sum(mark * mark * count for mark, count in values),
    )
    return Clarity(share=share, mean=mean_interval(sums, marks(1, len(counts)), level))


def resolution_asked(answers: Sequence[bool], customers: Sequence[object], level: float = 0.95) -> Estimate:
    """Estimate the share of customers' answers that say the request is resolved.

    Args:
        answers: whether each answer says so. « Partly » is no.
        customers: who gave each, in the same order: answers of one customer go together.
        level: coverage wanted, strictly between 0 and 1.

    Returns:
        An ``Estimate`` of a share.

    Raises:
        ValueError: if lengths differ.

    Source:
        As ``clustered_share``. Those who do not answer are not in it: print the response rate beside it.

    >>> resolution_asked([True, False, True, True], ["a", "b", "c", "d"]).estimate
    0.75
    """
    return clustered_share(_by(customers, answers), level)


def _by(customers: Sequence[object], answers: Sequence[bool]) -> list[tuple[int, int]]:
    groups: dict[object, list[bool]] = {}
    for customer, answer in zip(customers, answers, strict=True):
        groups.setdefault(customer, []).append(answer)
    return [(sum(kept), len(kept)) for kept in groups.values()]


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """What customers say of contacts that nothing followed, and of those that something did."""

    said_resolved_when_quiet: Estimate
    said_resolved_when_repeated: Estimate
    agreement: Estimate


def resolution_calibration(
    asked: Sequence[bool], inferred: Sequence[bool], level: float = 0.95
) -> Calibration:
    """Say how far silence may be read as resolution: both answers on the same contacts.

    Args:
        asked: whether the customer says that the request is resolved.
        inferred: whether no repeat followed the same contact.
        level: coverage wanted, strictly between 0 and 1.

    Returns:
        Share of « resolved » among quiet contacts, among repeated ones, and share that agree. A quiet
        contact of which few say « resolved » is a customer who gave up.

    Raises:
        ValueError: if lengths differ.

    Source:
        Predictive values with Wilson's intervals (E. B. Wilson 1927).

    >>> resolution_calibration([True, True, False], [True, False, False]).agreement.estimate
    0.6666666666666666
    """
    pairs = list(zip(asked, inferred, strict=True))
    quiet = [said for said, silent in pairs if silent]
    repeated = [said for said, silent in pairs if not silent]
    return Calibration(
        said_resolved_when_quiet=proportion_interval(sum(quiet), len(quiet), level),
        said_resolved_when_repeated=proportion_interval(sum(repeated), len(repeated), level),
        agreement=proportion_interval(sum(a == b for a, b in pairs), len(pairs), level),
    )


def check_days(days: Iterable[float], since: float, until: float) -> None:
    """Refuse contacts outside the days that were observed.

    Args:
        days: one number a contact, in days, as ``since`` and ``until``.
        since: the first day observed.
        until: the last one.

    Raises:
        ValueError: if a day is not finite or leaves [since, until].
    """
    if not all(isfinite(day) and since <= day <= until for day in days):
        raise ValueError(f"contacts lie between {since} and {until}")
