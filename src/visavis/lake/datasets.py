"""What can be asked: four sets of facts, what they can be cut by, and the sums that can be taken of them.

Facts hold no free text and no key of a customer. Calendars are cut by the company's own days before they
arrive here, so no engine is ever asked for a time zone; all that is asked are sums, which add up.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Dimension(StrEnum):
    """What facts are cut by or filtered on. All are whole numbers but ``unit`` and ``product``."""

    MONTH = "month"  # 202511
    WEEK = "week"  # its Monday, 20251103
    DAY = "day"  # 20251107
    UNIT = "unit"  # path of that day, "/vaubrune/roubaix/"
    ADVISER = "adviser"
    CHANNEL = "channel"
    REASON = "reason"
    LEVEL = "level"
    MOMENT = "moment"
    PRODUCT = "product"
    THEME = "theme"
    TONE = "tone"  # -1, 0, 1: negative, mixed or neutral, positive
    QUESTION = "question"


#: Kept as text; the rest are whole numbers.
TEXTUAL: Final = frozenset({Dimension.UNIT, Dimension.PRODUCT})


@dataclass(frozen=True, slots=True)
class Measure:
    """A sum: its name, and what one fact adds to it, as portable SQL over the columns of its facts."""

    name: str
    adds: str


def _when(condition: str) -> str:
    return f"CASE WHEN {condition} THEN 1 ELSE 0 END"


@dataclass(frozen=True, slots=True)
class Dataset:
    """A table of facts.

    Attributes:
        name: of its table or view, in every engine.
        dimensions: the columns that it is cut by, in the order of its files.
        columns: what else a fact holds, all whole numbers, possibly absent.
        measures: the sums that may be asked, by name.
        kept: the dimensions of its cube: few values each, so that a month fits in some hundred rows.
    """

    name: str
    dimensions: tuple[Dimension, ...]
    columns: tuple[str, ...]
    measures: tuple[Measure, ...]
    kept: tuple[Dimension, ...]

    def measure(self, name: str) -> Measure:
        """One of its sums.

        Raises:
            KeyError: if it has none of this name.
        """
        return {one.name: one for one in self.measures}[name]

    @property
    def cube(self) -> str:
        """The name of the table of its sums by month."""
        return f"{self.name}_cube"


_WHERE: Final = (
    Dimension.MONTH, Dimension.WEEK, Dimension.DAY, Dimension.UNIT, Dimension.ADVISER, Dimension.CHANNEL,
    Dimension.REASON, Dimension.LEVEL, Dimension.MOMENT, Dimension.PRODUCT,
)  # fmt: skip
#: What a report narrows: with more, a cube of themes would have as many cells as facts.
_NARROWED: Final = (Dimension.MONTH, Dimension.CHANNEL, Dimension.REASON)

#: One row a return of a customer.
RETURNS: Final = Dataset(
    "returns",
    _WHERE,
    ("satisfaction", "recommendation"),
    (
        Measure("returns", "1"),
        Measure("marked", _when("satisfaction IS NOT NULL")),
        Measure("satisfied", _when("satisfaction >= 4")),
        Measure("promoters", _when("recommendation >= 9")),
        Measure("passives", _when("recommendation BETWEEN 7 AND 8")),
        Measure("detractors", _when("recommendation <= 6")),
        Measure("satisfaction_sum", "COALESCE(satisfaction, 0)"),
        Measure("satisfaction_squares", "COALESCE(satisfaction * satisfaction, 0)"),
    ),
    (*_NARROWED, Dimension.LEVEL, Dimension.MOMENT, Dimension.PRODUCT),
)
#: One row a text of a customer; ``is_read`` is 0 while it waits for its reading.
TEXTS: Final = Dataset(
    "texts",
    (*_WHERE, Dimension.TONE),
    ("is_read",),
    (Measure("texts", "1"), Measure("heard", "is_read")),
    (*_NARROWED, Dimension.TONE),
)
#: One row a theme heard in a text.
MENTIONS: Final = Dataset(
    "mentions",
    (*_WHERE, Dimension.THEME, Dimension.TONE),
    (),
    (
        Measure("mentions", "1"),
        Measure("negative", _when("tone = -1")),
        Measure("mixed", _when("tone = 0")),
        Measure("positive", _when("tone = 1")),
    ),
    (*_NARROWED, Dimension.THEME),
)
#: One row a mark given to a question.
ANSWERS: Final = Dataset(
    "answers",
    (*_WHERE, Dimension.QUESTION),
    ("mark",),
    (
        Measure("answers", "1"),
        Measure("mark_sum", "COALESCE(mark, 0)"),
        Measure("mark_squares", "COALESCE(mark * mark, 0)"),
    ),
    (*_NARROWED, Dimension.QUESTION),
)
DATASETS: Final = (RETURNS, TEXTS, MENTIONS, ANSWERS)
