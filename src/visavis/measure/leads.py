"""Which of two voices speaks of something more, first; and how often chance alone makes such a lead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

from visavis.measure.estimates import check_level
from visavis.measure.watching import FEWEST, WEIGHT, WIDTH, Baseline, share_baseline

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]
    Whole = NDArray[np.int64]

#: Width that a departure must reach once for its first week to count: a page watches dozens of series.
SURE = 5.0
#: Weeks around both alarms in which mentions are given back to one voice or the other.
_AROUND = 4


@dataclass(frozen=True, slots=True)
class Said:
    """One voice, week after week: texts that speak of a theme, among texts."""

    times: Sequence[int]
    texts: Sequence[int]

    def __post_init__(self) -> None:
        if len(self.times) != len(self.texts):
            raise ValueError("one number of texts for each number of mentions")
        if not all(0 <= x <= n and n > 0 for x, n in zip(self.times, self.texts, strict=True)):
            raise ValueError("a week has texts, and no more mentions than texts")


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """When each voice left its usual share, and whether one came first.

    ``first`` and ``second`` are places of weeks, ``None`` where nothing rose. ``lead`` counts weeks from the
    first voice to the second, negative when the second came first; ``low`` and ``high`` bound it. ``p_value``
    says how often voices that rise together are so far apart; all are ``None`` unless both rose.
    """

    first: int | None
    second: int | None
    lead: int | None = None
    low: int | None = None
    high: int | None = None
    p_value: float | None = None
    draws: int = 0


def first_alarm(said: Said, start: int = FEWEST) -> int | None:
    """Find the first week in which a voice speaks of a theme clearly more than it used to.

    The share is smoothed in standard errors from a frozen baseline, as alerts are. The alarm is the week it
    leaves the usual limits for, provided that it goes on to a width of 5: with the usual limits alone, dozens
    of series over a year would ring by chance on nearly every page.

    Args:
        said: the weeks, oldest first, each with texts.
        start: how many of the first weeks are the baseline, at least 2.

    Returns:
        The place of the week, or ``None``.

    Raises:
        ValueError: if the baseline has fewer than 2 weeks.

    Source:
        ``watching.watched`` (S. W. Roberts 1959; W. A. Jensen et al. 2006 on limits from estimates).

    >>> first_alarm(Said([1, 0] * 10 + [9] * 4, [40] * 24))
    20
    """
    import numpy as np

    if start < 2:
        raise ValueError("a baseline needs at least 2 weeks")
    if len(said.times) <= start:
        return None
    rows = np.array([said.times[start:]], dtype=np.int64)
    place = int(_alarms(rows, _Chart.of(said, start))[0])
    return None if place == rows.shape[1] else start + place


@dataclass(frozen=True, slots=True)
class _Chart:
    """A frozen baseline, and the texts of the weeks after it."""

    baseline: Baseline
    texts: Matrix
    error: float

    @classmethod
    def of(cls, said: Said, start: int) -> _Chart:
        import numpy as np

        baseline = share_baseline(said.times[:start], said.texts[:start])
        texts = np.array(said.texts[start:], dtype=float)
        error = sqrt(1 + float(texts.mean()) / baseline.weight * (2 - WEIGHT) / WEIGHT)
        return cls(baseline, texts, error)


def _alarms(rows: Whole, chart: _Chart) -> Whole:
    """The week of the alarm of each row of mentions; the number of weeks where there is none."""
    import numpy as np

    base, width = chart.baseline, chart.error * sqrt(WEIGHT / (2 - WEIGHT))
    scores = (rows / chart.texts - base.centre) * np.sqrt(chart.texts) / base.spread
    count, weeks = rows.shape
    found = np.full(count, weeks)
    smooth, since = np.zeros(count), np.full(count, weeks)
    for week in range(weeks):
        smooth = smooth + WEIGHT * (scores[:, week] - smooth)
        since = np.where(smooth > WIDTH * width, np.minimum(since, week), weeks)
        found = np.minimum(found, np.where(smooth > SURE * width, since, weeks))
    return found


def who_first(
    first: Said,
    second: Said,
    start: int = FEWEST,
    *,
    draws: int = 999,
    level: float = 0.95,
    seed: int = 0,
) -> Order:
    """Say which of two voices came first to speak of a theme more, with a test by exchange of labels.

    Around the alarms, each mention is given back to one voice or the other at random: the mentions of each
    week stay, whose they are does not. The odds of a week are those of voices that rise together, each from
    its own level to its own level, by what each writes in that week. The test looks at how far ahead of its
    part one voice ever runs. Whoever writes more, or rises more, is not first by that alone. Descriptive: it
    says which precedes, and no more.

    Args:
        first: one voice, the weeks oldest first.
        second: the other one, over the same weeks.
        start: how many of the first weeks are the baseline of both.
        draws: of labels, and of the range of the lead.
        level: coverage of that range.
        seed: of the draws.

    Returns:
        The alarms; the lead with its range and its p where both voices rose. The p is that of a run in the
        direction of the lead; 1 where there is none.

    Raises:
        ValueError: if weeks differ, or there is no draw.

    Source:
        Permutation of labels inside strata: E. S. Edgington and P. Onghena (2007), Randomization Tests,
        chapters 4 and 11; the run is the bridge of cumulative sums (R. L. Brown, J. Durbin and J. M. Evans
        1975, JRSS B 37, 149-192); B. Phipson and G. K. Smyth (2010), Stat. Appl. Genet. Mol. Biol. 9(1), 39,
        on p that is never 0.
    """
    import numpy as np

    if len(first.times) != len(second.times) or draws < 1:
        raise ValueError("both voices have the same weeks, and there is at least one draw")
    check_level(level)
    one, other = first_alarm(first, start), first_alarm(second, start)
    if one is None or other is None:
        return Order(first=one, second=other)
    places, lead, source = (one, other), other - one, np.random.default_rng(seed)
    near = slice(max(start, min(places) - _AROUND), max(places) + _AROUND + 1)
    charts = [_Chart.of(said, start) for said in (first, second)]
    told = [np.array(said.times[start:], dtype=np.int64) for said in (first, second)]
    drawn = [_alarms(_redrawn(x, chart, draws, source), chart) for x, chart in zip(told, charts, strict=True)]
    tails = np.quantile(drawn[1] - drawn[0], [(1 - level) / 2, (1 + level) / 2])
    window = [_Window.of(said, start, near) for said in (first, second)]
    return Order(
        first=places[0],
        second=places[1],
        lead=lead,
        low=min(lead, int(np.floor(tails[0]))),
        high=max(lead, int(np.ceil(tails[1]))),
        p_value=_chance(window, (lead > 0) - (lead < 0), draws, source),
        draws=draws,
    )


def _redrawn(told: Whole, chart: _Chart, draws: int, source: np.random.Generator) -> Whole:
    """One voice as it might have been: each week drawn anew around its own share."""
    texts = chart.texts.astype("int64")
    return source.binomial(texts, told / texts, (draws, len(texts)))


@dataclass(frozen=True, slots=True)
class _Window:
    """One voice around both alarms: mentions, texts, its usual share and how much it rose on the whole."""

    times: Matrix
    texts: Matrix
    usual: float
    rise: float

    @classmethod
    def of(cls, said: Said, start: int, near: slice) -> _Window:
        import numpy as np

        times, texts = (np.array(part[near], dtype=float) for part in (said.times, said.texts))
        # Half a mention more: a voice that never spoke of it may still be given a mention.
        usual = (sum(said.times[:start]) + 0.5) / (sum(said.texts[:start]) + 1)
        return cls(times, texts, usual, max(0.0, float(times.sum() / texts.sum()) - usual))


def _chance(voices: Sequence[_Window], way: int, draws: int, source: np.random.Generator) -> float:
    """How often exchanged labels run as far ahead, in either direction, as these do in theirs."""
    import numpy as np

    one, other = voices
    both = one.times + other.times
    usual = one.texts * one.usual + other.texts * other.usual
    rise = one.texts * one.rise + other.texts * other.rise
    shape = np.maximum(0.0, both - usual) / np.maximum(rise, 1e-9)
    parts = [each.texts * (each.usual + each.rise * shape) for each in voices]
    odds = parts[0] / (parts[0] + parts[1])
    spread = np.cumsum(both * odds * (1 - odds))
    if way == 0 or spread[-1] <= 0:
        return 1.0
    rows = np.vstack([one.times, source.binomial(both.astype("int64"), odds, (draws, len(both)))])
    run = np.cumsum(rows - both * odds, axis=1)
    bridge = run - run[:, -1:] * spread / spread[-1]
    found = float((way * bridge[0]).max())
    hits = int((np.abs(bridge[1:]).max(axis=1) >= found - 1e-9).sum())
    return (hits + 1) / (draws + 1)
