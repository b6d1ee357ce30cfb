"""What is spoken about in a period: themes with their tone, their weight among the texts, their change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from visavis.core.words import Polarity
from visavis.listen.returns.models import Response, Verbatim
from visavis.measure.estimates import Difference, Estimate
from visavis.measure.shares import proportion_difference, proportion_interval
from visavis.understand.themes.models import Theme
from visavis.understand.verbatims.models import Annotation

#: Negative, mixed or neutral, positive: the three parts of a theme's bar.
_TONES = (
    Q(polarity=Polarity.NEGATIVE),
    Q(polarity__in=("", Polarity.NEUTRAL, Polarity.MIXED)),
    Q(polarity=Polarity.POSITIVE),
)


@dataclass(frozen=True, slots=True)
class ThemeLine:
    """One theme in a set of texts."""

    code: str
    label: str
    negative: int
    mixed: int
    positive: int
    share: Estimate
    change: Difference | None

    @property
    def heard(self) -> int:
        """How many texts speak of it."""
        return self.negative + self.mixed + self.positive


def theme_lines(rows: QuerySet[Response], before: QuerySet[Response] | None = None) -> list[ThemeLine]:
    """Themes heard in a set of returns, the most spoken about first.

    Args:
        rows: the returns, already limited to what the viewer may see.
        before: those of the period before, to compare shares of texts.

    Returns:
        One line a theme heard at least once.
    """
    texts, earlier = _texts(rows), _texts(before) if before is not None else 0
    past = _heard(before) if before is not None else {}
    heard = _heard(rows)
    found = []
    for theme in Theme.objects.filter(pk__in=heard).order_by("pk"):
        counts = heard[theme.pk]
        number = sum(counts)
        then = sum(past.get(theme.pk, (0, 0, 0)))
        change = proportion_difference(number, texts, then, earlier) if earlier else None
        found.append(ThemeLine(theme.code, theme.label, *counts, proportion_interval(number, texts), change))
    return sorted(found, key=lambda line: (-line.heard, line.code))


def priority_axes(lines: Iterable[ThemeLine], most: int = 3) -> list[ThemeLine]:
    """The themes proposed to the Direction: those that most returns complain about.

    Args:
        lines: themes of the period.
        most: how many at most.

    Returns:
        Themes with at least five complaints, the most complained about first.
    """
    complained = [line for line in lines if line.negative >= 5]
    return sorted(complained, key=lambda line: (-line.negative, line.code))[:most]


def _texts(rows: QuerySet[Response]) -> int:
    return Verbatim.objects.filter(response__in=rows.order_by(), read_at__isnull=False).count()


def _heard(rows: QuerySet[Response]) -> dict[int, tuple[int, int, int]]:
    heard = Annotation.objects.current().filter(
        verbatim__response__in=rows.order_by(), theme__isnull=False, refused=False
    )
    negative, mixed, positive = (Count("pk", filter=tone) for tone in _TONES)
    grouped = heard.order_by().values("theme_id").annotate(negative=negative, mixed=mixed, positive=positive)
    return {row["theme_id"]: (row["negative"], row["mixed"], row["positive"]) for row in grouped}
