"""The gate of publication: what is learnt replaces what is in force only if the test does not fall. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from visavis.measure.estimates import FULL_FROM, Estimate, marks
from visavis.measure.means import Sums, mean_interval

#: A text read right is worth 1, a text read wrong 0: a candidate gains or loses between -1 and 1 a text.
_GAIN = marks(-1, 1)


class Why(StrEnum):
    """What decided, in the order in which it is looked at."""

    NOTHING = "nothing"  # it changes no reading
    FALLS = "falls"  # the test falls
    HOLDS = "holds"  # the test does not fall
    CROSS = "cross"  # too few test answers, but cross-validation gains clearly
    FEW = "few"  # too few test answers, and cross-validation proves nothing
    HELD = "held"  # somebody went back to an earlier model: a person decides


@dataclass(frozen=True, slots=True)
class Trial:
    """The same texts read before and after.

    Attributes:
        before: mean worth of what is in force, 0 to 1.
        after: mean worth of the candidate.
        gain: mean of ``after - before`` over the same texts, with its interval.
        changed: texts worth more or less than before.
    """

    before: float
    after: float
    gain: Estimate
    changed: int

    def told(self) -> dict[str, float | int]:
        """The trial as it is stored."""
        return {
            "n": self.gain.n,
            "before": round(self.before, 4),
            "after": round(self.after, 4),
            "gain": round(self.gain.estimate or 0.0, 4),
            "low": round(self.gain.low, 4),
            "high": round(self.gain.high, 4),
            "changed": self.changed,
        }


def trial(before: Sequence[float], after: Sequence[float]) -> Trial:
    """Hold two ways of reading the same texts against each other.

    Args:
        before: worth of each text as read today, 0 to 1.
        after: the same under the candidate, in the same order.

    Returns:
        The trial; without any text, a gain of unknown value over the whole scale.

    Raises:
        ValueError: if there are not as many texts on both sides.

    Source:
        Paired differences with the adjusted interval of ``mean_interval`` (B. Rocks 2016).
    """
    steps = [new - old for old, new in zip(before, after, strict=True)]
    n = max(1, len(steps))
    gain = mean_interval(Sums.of(steps), _GAIN)
    return Trial(sum(before) / n, sum(after) / n, gain, sum(step != 0 for step in steps))


def decide(test: Trial, cross: Trial | None) -> tuple[bool, Why]:
    """Decide whether a candidate is published.

    With at least 30 answers kept apart, they decide: published unless the mean falls. With fewer, what was
    learnt is tried on answers it did not learn from (cross-validation), and published only if the whole
    interval of its gain lies above zero; otherwise it waits.

    Args:
        test: on the answers kept apart.
        cross: by cross-validation; ``None`` when it could not be done.

    Returns:
        Whether it is published, and what decided.
    """
    if not test.gain.n and (cross is None or not cross.gain.n):
        return False, Why.FEW
    if not test.changed and (cross is None or not cross.changed):
        return False, Why.NOTHING
    if test.gain.n >= FULL_FROM:
        falls = (test.gain.estimate or 0.0) < 0
        return not falls, Why.FALLS if falls else Why.HOLDS
    if cross is not None and cross.gain.low > 0 and (test.gain.estimate or 0.0) >= 0:
        return True, Why.CROSS
    return False, Why.FEW


def agreement(read: Collection[str], said: Collection[str]) -> float:
    """How well the themes read in one text agree with those said: F1, 1 when both are empty.

    >>> agreement({"delay"}, {"delay", "price"}), agreement((), ())
    (0.6666666666666666, 1.0)
    """
    if not read and not said:
        return 1.0
    return 2 * len(set(read) & set(said)) / (len(read) + len(said))
