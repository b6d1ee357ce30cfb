"""What a slice of the company counts: by the published sums where they can tell, by the rows otherwise."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from visavis.core.words import Voice
from visavis.lake.datasets import ANSWERS, MENTIONS, RETURNS, TEXTS, Dataset, Dimension
from visavis.lake.questions import Code, Question
from visavis.lake.statements import Row
from visavis.listen.returns.models import Response, Verbatim
from visavis.listen.returns.narrowing import narrow, narrow_texts
from visavis.listen.returns.queries import counted, counted_texts
from visavis.measure.means import Sums
from visavis.moments.exchanges.models import Channel, Reason
from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer
from visavis.people.units.models import Unit
from visavis.share.analytics import queries as analytics
from visavis.share.restitution.figures import Counts, Cube, asked_keys, cube, mark_sums
from visavis.share.restitution.themes import Heard, heard_in
from visavis.web.filters import Filters

#: In the order of ``figures.REQUEST``.
_REQUEST = (Dimension.REASON, Dimension.CHANNEL, Dimension.LEVEL)
_ASIDE = {"moment_id": Dimension.MOMENT, "product": Dimension.PRODUCT}
_COUNTS = ("returns", "marked", "satisfied", "promoters", "passives", "detractors")


@dataclass(frozen=True, slots=True)
class Slice:
    """What one viewer may count of a period, scope, channel and reason: returns, and the texts in them."""

    viewer: Viewer
    filters: Filters
    right: Right = Right.REPORT

    def before(self) -> Slice | None:
        """The same over the period before, when there is one."""
        period = self.filters.period.previous()
        return replace(self, filters=replace(self.filters, period=period)) if period else None

    def returns(self) -> QuerySet[Response]:
        """Customers' returns that may enter a figure."""
        rows = counted(self.viewer, Voice.CUSTOMER).filter(self.viewer.within(self.right))
        return narrow(rows, self.filters)

    def texts(self) -> QuerySet[Verbatim]:
        """Their texts."""
        rows = narrow_texts(counted_texts(self.viewer, Voice.CUSTOMER), self.filters)
        return rows.filter(self.viewer.within(self.right))

    def cube(self) -> Cube:
        """Returns counted by all that a report breaks down."""
        cells = self._sums(RETURNS, _COUNTS, _REQUEST)
        if cells is None:
            return cube(self.returns())
        aside = {name: self._sums(RETURNS, _COUNTS, (dimension,)) or [] for name, dimension in _ASIDE.items()}
        places = len(_REQUEST)
        return Cube(
            {row[:places]: _counts(row[places:]) for row in cells},
            {name: {row[0]: _counts(row[1:]) for row in rows} for name, rows in aside.items()},
        )

    def heard(self) -> Heard:
        """What its texts speak about."""
        texts = self._sums(TEXTS, ("texts", "heard"))
        themes = self._sums(MENTIONS, ("negative", "mixed", "positive"), (Dimension.THEME,))
        if texts is None or themes is None:
            return heard_in(self.texts())
        whole, read = map(_whole, texts[0])
        tones = {
            _whole(theme): (_whole(bad), _whole(mixed), _whole(good)) for theme, bad, mixed, good in themes
        }
        if any(sum(each) > read for each in tones.values()):
            # Texts were being read while the month was published: more were heard than counted as read.
            return heard_in(self.texts())
        return Heard(read, whole - read, tones)

    def marks(self) -> dict[str, Sums]:
        """Sums of the marks from 1 to 5 by question key."""
        rows = self._sums(ANSWERS, ("answers", "mark_sum", "mark_squares"), (Dimension.QUESTION,))
        if rows is None:
            return mark_sums(self.returns())
        keys, found = asked_keys(), dict[str, Sums]()
        for question, n, total, squares in rows:
            if key := keys.get(_whole(question)):
                found[key] = found.get(key, Sums(0, 0, 0)) + Sums(_whole(n), _whole(total), _whole(squares))
        return found

    def published_at(self) -> dt.datetime | None:
        """When the sums that its figures come from were published; none where the rows are counted."""
        question = self._question(RETURNS, _COUNTS, ())
        if question is None or not analytics.can_answer(self.viewer, self.right, question):
            return None
        return analytics.published_at(self.filters.period)

    def _sums(
        self, dataset: Dataset, measures: tuple[str, ...], by: tuple[Dimension, ...] = ()
    ) -> list[Row] | None:
        """Ask the published sums; none for a branch of the company, or a value that it does not know."""
        question = self._question(dataset, measures, by)
        return analytics.sums(self.viewer, self.right, question) if question else None

    def _question(
        self, dataset: Dataset, measures: tuple[str, ...], by: tuple[Dimension, ...]
    ) -> Question | None:
        kept = self._kept()
        if kept is None:
            return None
        return Question(dataset, measures, by, self.filters.period, filters=kept)

    def _kept(self) -> dict[Dimension, tuple[Code, ...]] | None:
        if self.filters.scope and not _is_root(self.filters.scope):
            return None
        wanted: list[tuple[Dimension, QuerySet[Channel] | QuerySet[Reason], str]] = [
            (Dimension.CHANNEL, Channel.objects.order_by("pk"), self.filters.channel),
            (Dimension.REASON, Reason.objects.order_by("pk"), self.filters.reason),
        ]
        kept: dict[Dimension, tuple[Code, ...]] = {}
        for dimension, terms, code in wanted:
            numbers = tuple(terms.filter(code=code).values_list("pk", flat=True)) if code else ()
            if code and not numbers:
                return None
            if numbers:
                kept[dimension] = numbers
        return kept


def _is_root(code: str) -> bool:
    return Unit.objects.filter(code=code, parent__isnull=True).exists()


def _whole(code: Code) -> int:
    return int(code or 0)


def _counts(sums: Row) -> Counts:
    return Counts(*map(_whole, sums))
