"""An adviser's own pairs: her exchanges on which the customer and she have both spoken. Hers alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from visavis.core.periods import Period
from visavis.listen.returns.models import Answer, Response, Verbatim
from visavis.listen.returns.queries import (
    SATISFIED_FROM,
    in_questions_order,
    own_feelings,
    own_returns,
    verbatims,
)
from visavis.listen.surveys.models import Question
from visavis.measure.agreement import Quadrants, quadrants
from visavis.people.access.viewer import Viewer

#: Feelings that count as an exchange well lived, as marks count as satisfied.
GOOD_FROM = SATISFIED_FROM


@dataclass(frozen=True, slots=True)
class Own:
    """One of her exchanges, seen from both sides.

    Attributes:
        said: the customer's return.
        felt: her ressenti.
        mark: the customer's mark, from 1 to 5.
        feeling: hers, from 1 to 5.
    """

    said: Response
    felt: Response
    mark: int
    feeling: int

    @property
    def corner(self) -> str:
        """``well``, ``borne``, ``blind`` or ``hard``."""
        return _CORNERS[self.mark >= SATISFIED_FROM, self.feeling >= GOOD_FROM]


#: Whether the customer is satisfied, whether she lived it well.
_CORNERS = {(True, True): "well", (True, False): "borne", (False, True): "blind", (False, False): "hard"}
CORNERS = ("borne", "well", "hard", "blind")


def own_pairs(viewer: Viewer, period: Period) -> list[Own]:
    """The viewer's exchanges seen from both sides, the latest first.

    Each counts once, by the first mark that its customer gave: the nearest to the exchange, as hers is.

    Args:
        viewer: the adviser; nobody else's pairs are ever read here.
        period: days on which she noted her ressenti.
    """
    felt = own_feelings(viewer).filter(heard_on__gte=period.first, heard_on__lt=period.after)
    marks = Answer.objects.filter(response__in=felt.order_by(), question__role=Question.Role.FEELING)
    feelings = dict(marks.order_by("pk").values_list("response_id", "value"))
    hers = {row.interaction_id: row for row in felt if row.interaction_id and feelings.get(row.pk)}
    theirs = own_returns(viewer).filter(interaction__in=list(hers), satisfaction__isnull=False)
    # The latest first: what is kept of each exchange is the first.
    first = {row.interaction_id: row for row in theirs.order_by("-heard_on", "-heard_at", "-pk")}
    return [
        Own(first[exchange], row, first[exchange].satisfaction or 0, int(feelings[row.pk] or 0))
        for exchange, row in hers.items()
        if exchange in first
    ]


def square_of(pairs: Sequence[Own]) -> Quadrants:
    """How her pairs fall in four."""
    return quadrants([pair.mark for pair in pairs], [pair.feeling for pair in pairs], GOOD_FROM)


def words_of(viewer: Viewer, pairs: Sequence[Own]) -> dict[int, str]:
    """What was written on both sides, by return and by ressenti; nothing where nobody wrote.

    Args:
        viewer: the adviser.
        pairs: hers, from ``own_pairs``.
    """
    told = verbatims(viewer).filter(response__in=[pair.said.pk for pair in pairs])
    found: dict[int, str] = {}
    for text in in_questions_order(told):
        found.setdefault(text.response_id, text.shown)
    hers = own_feelings(viewer).filter(pk__in=[pair.felt.pk for pair in pairs])
    texts = Verbatim.objects.filter(response__in=hers.order_by()).order_by("-pk")
    return found | {text.response_id: text.shown for text in texts}
