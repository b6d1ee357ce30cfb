"""The questions that are timed: the report from its cubes, five wide ones from facts, an adviser's page."""

from __future__ import annotations

from datetime import date

from benchmarks.wide.facts import MONTHS

from visavis.core.periods import Period
from visavis.lake.datasets import MENTIONS, RETURNS, Dimension
from visavis.lake.questions import Question

D = Dimension


def _months(first: int, last: int) -> Period:
    begin = date(MONTHS[first] // 100, MONTHS[first] % 100, 1)
    end = MONTHS[last]
    after = date(end // 100 + end % 100 // 12, end % 100 % 12 + 1, 1)
    return Period(begin, after, f"{begin}..{after}")


SPAN, YEAR, LATEST, BEFORE, QUARTER, EARLIER = (
    _months(13, 25), _months(14, 25), _months(25, 25), _months(24, 24), _months(23, 25), _months(20, 22),
)  # fmt: skip
_ALL = tuple(one.name for one in RETURNS.measures)
_TONES = ("mentions", "negative", "mixed", "positive")

#: Each family: the questions that it asks.
WIDE: dict[str, tuple[Question, ...]] = {
    "report, 13 months": (Question(RETURNS, _ALL, (D.MONTH, D.REASON, D.CHANNEL, D.LEVEL), SPAN),),
    "theme drivers, 2 months": tuple(Question(MENTIONS, _TONES, (D.THEME,), one) for one in (LATEST, BEFORE)),
    "moment x theme x tone": (Question(MENTIONS, ("mentions",), (D.MOMENT, D.THEME, D.TONE), YEAR),),
    "deteriorations by team": tuple(
        Question(MENTIONS, _TONES, (D.UNIT, D.THEME), one) for one in (QUARTER, EARLIER)
    ),
    "symmetry, team x month": (
        Question(
            RETURNS,
            ("marked", "satisfied", "satisfaction_sum", "satisfaction_squares"),
            (D.UNIT, D.MONTH),
            YEAR,
        ),
    ),
}
#: The monthly report as the product asks it, of the sums by month.
REPORT: tuple[Question, ...] = tuple(
    question
    for period in (LATEST, BEFORE)
    for question in (
        Question(RETURNS, _ALL, (D.REASON, D.CHANNEL, D.LEVEL), period),
        Question(RETURNS, _ALL, (D.MOMENT,), period),
        Question(RETURNS, _ALL, (D.PRODUCT,), period),
        Question(MENTIONS, _TONES, (D.THEME,), period),
    )
)


def of_adviser(adviser: int) -> tuple[Question, ...]:
    """An adviser's own figures over three months, and by month."""
    kept = {D.ADVISER: (adviser,)}
    return (
        Question(RETURNS, _ALL, (), QUARTER, filters=kept),
        Question(RETURNS, ("marked", "satisfied"), (D.MONTH,), QUARTER, filters=kept),
    )
