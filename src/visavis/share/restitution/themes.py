"""What is spoken about in a period: themes with their tone, their weight among the texts, their change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from django.db.models import Count, Q, QuerySet

from visavis.core.words import Polarity
from visavis.listen.returns.models import Verbatim
from visavis.measure.estimates import Difference, Estimate
from visavis.measure.families import AtLevel
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
    again: AtLevel | None = field(default=None, compare=False, repr=False)

    def at(self, level: float) -> ThemeLine:
        """The same with the change at ``level``."""
        return replace(self, change=self.again(level)) if self.again else self

    @property
    def heard(self) -> int:
        """How many texts speak of it."""
        return self.negative + self.mixed + self.positive


@dataclass(frozen=True, slots=True)
class Heard:
    """What a set of texts speaks about: how many were read, how many wait, the tones of each theme."""

    read: int = 0
    unread: int = 0
    tones: Mapping[int, tuple[int, int, int]] = field(default_factory=dict)


def heard_in(texts: QuerySet[Verbatim] | None) -> Heard:
    """Count what a set of texts speaks about, in two queries; no set, nothing heard.

    A text whose words changed waits to be read again: what was heard in the old words does not count.
    """
    if texts is None:
        return Heard()
    counts = texts.order_by().aggregate(read=Count("read_at"), whole=Count("pk"))
    heard = Annotation.objects.current().filter(
        verbatim__in=texts.filter(read_at__isnull=False).order_by(), theme__isnull=False, refused=False
    )
    negative, mixed, positive = (Count("pk", filter=tone) for tone in _TONES)
    grouped = heard.order_by().values("theme_id").annotate(negative=negative, mixed=mixed, positive=positive)
    tones = {row["theme_id"]: (row["negative"], row["mixed"], row["positive"]) for row in grouped}
    return Heard(counts["read"], counts["whole"] - counts["read"], tones)


def theme_lines(heard: Heard, before: Heard | None = None) -> list[ThemeLine]:
    """Themes heard in a set of texts, the most spoken about first.

    Args:
        heard: from ``heard_in``.
        before: the same for the period before, to compare shares of texts.

    Returns:
        One line a theme heard at least once.
    """
    past = before or Heard()
    found = []
    for theme in Theme.objects.filter(pk__in=list(heard.tones)).order_by("pk"):
        counts = heard.tones[theme.pk]
        number, then = sum(counts), sum(past.tones.get(theme.pk, (0, 0, 0)))
        again = partial(proportion_difference, number, heard.read, then, past.read) if past.read else None
        share = proportion_interval(number, heard.read)
        change = again(0.95) if again else None
        found.append(ThemeLine(theme.code, theme.label, *counts, share, change, again))
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
