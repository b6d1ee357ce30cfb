"""The ordered rules of priority: the first that matches gives the rank and the sentence. No hidden score."""

from __future__ import annotations

from dataclasses import dataclass

from visavis.act.inbox.models import Rule, Why
from visavis.core.words import Polarity

#: Marks at which a customer is unhappy or delighted.
UNHAPPY_MARK, DELIGHTED_MARK = 2, 5
UNHAPPY_RECOMMENDATION, DELIGHTED_RECOMMENDATION = 6, 9


@dataclass(frozen=True, slots=True)
class Heard:
    """What the rules look at in one return: only the customer's own words and marks, and the stake."""

    satisfaction: int | None = None
    recommendation: int | None = None
    polarity: str = ""
    callback: bool = False
    churn: bool = False
    repeat: bool = False
    high_stake: bool = False
    has_text: bool = False

    @property
    def unhappy(self) -> bool:
        """The declared mark decides; the tone of the text only speaks when there is no mark."""
        if self.satisfaction is not None:
            return self.satisfaction <= UNHAPPY_MARK
        if self.recommendation is not None:
            return self.recommendation <= UNHAPPY_RECOMMENDATION
        return self.polarity == Polarity.NEGATIVE

    @property
    def delighted(self) -> bool:
        """Very happy, and said in words that can be shared."""
        if not self.has_text:
            return False
        if self.satisfaction is not None:
            return self.satisfaction >= DELIGHTED_MARK
        if self.recommendation is not None:
            return self.recommendation >= DELIGHTED_RECOMMENDATION
        return self.polarity == Polarity.POSITIVE


@dataclass(frozen=True, slots=True)
class Order:
    """One rule in force: its rank and the days it leaves."""

    why: Why
    rank: int
    due_days: int | None


#: What the product proposes (product.md §2.8); each company may change ranks, delays, or switch one off.
DEFAULT_ORDER = (
    Order(Why.CALLBACK, 1, 1),
    Order(Why.CHURN, 1, 1),
    Order(Why.STAKE, 2, 2),
    Order(Why.REPEAT, 3, 2),
    Order(Why.UNHAPPY, 4, 5),
    Order(Why.DELIGHTED, 5, None),
)


def order_in_force() -> tuple[Order, ...]:
    """The company's rules, in the order in which they are tried."""
    kept = [
        Order(Why(row.why), row.rank, row.due_days)
        for row in Rule.objects.filter(active=True).order_by("rank", "pk")
    ]
    return tuple(kept) if kept or Rule.objects.exists() else DEFAULT_ORDER


def _matches(why: Why, heard: Heard) -> bool:
    return {
        Why.CALLBACK: heard.callback,
        Why.CHURN: heard.unhappy and heard.churn,
        Why.STAKE: heard.unhappy and heard.high_stake,
        Why.REPEAT: heard.unhappy and heard.repeat,
        Why.UNHAPPY: heard.unhappy,
        Why.DELIGHTED: heard.delighted,
    }[why]


def decide(heard: Heard, order: tuple[Order, ...]) -> Order | None:
    """Find the first rule that matches.

    Args:
        heard: what the customer said.
        order: rules in force, in the order in which they are tried.

    Returns:
        The rule, or None when there is nothing to treat.
    """
    return next((rule for rule in order if _matches(rule.why, heard)), None)
