"""What a second reading changes, theme by theme and text by text, for whoever may read these texts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import get_language

from visavis.listen.returns.models import Verbatim
from visavis.listen.returns.queries import verbatims
from visavis.measure.figures import number
from visavis.people.access.policy import LISTED_VOICES, Right
from visavis.people.access.viewer import Viewer
from visavis.understand.themes.models import Rereading, RereadTheme, Theme
from visavis.understand.verbatims.marking import SHORT, Evidence, Shown, shown
from visavis.understand.verbatims.models import Annotation

#: Texts shown that read otherwise.
TOLD = 12


@dataclass(frozen=True, slots=True)
class ThemeCompared:
    """How many texts speak of a theme, today and under the second reading."""

    label: str
    before: int
    after: int
    gained: int
    lost: int

    @property
    def difference(self) -> int:
        """After less before."""
        return self.after - self.before

    @property
    def told(self) -> str:
        """The difference with its sign: all the texts were read twice, there is no interval to tell."""
        return number(self.difference, get_language() or "fr", signed=True)


def _mine(viewer: Viewer) -> Q:
    """Rows about texts that the viewer may read one by one."""
    return viewer.within(Right.RETURNS, "verbatim__unit_path") & Q(verbatim__voice__in=LISTED_VOICES)


def themes_compared(viewer: Viewer, rereading: Rereading) -> list[ThemeCompared]:
    """Count each theme before and after, the largest change first.

    Args:
        viewer: who reads: only texts that they may read are counted.
        rereading: a second reading that is ready.
    """
    told = Annotation.objects.current().filter(
        _mine(viewer), theme__isnull=False, refused=False, verbatim__read_at__isnull=False
    )
    before = dict(told.order_by().values_list("theme").annotate(number=Count("pk")))
    turned: dict[int, dict[str, int]] = defaultdict(dict)
    rows = RereadTheme.objects.filter(_mine(viewer), rereading=rereading)
    for theme, change, texts in (
        rows.exclude(change=RereadTheme.Change.KEPT)
        .order_by()
        .values_list("theme", "change")
        .annotate(number=Count("pk"))
    ):
        turned[theme][change] = texts
    return _sorted(
        [_one(theme, before.get(theme.pk, 0), turned[theme.pk]) for theme in Theme.objects.order_by("pk")]
    )


def _one(theme: Theme, before: int, turned: dict[str, int]) -> ThemeCompared:
    gained = turned.get(RereadTheme.Change.GAINED, 0)
    lost = turned.get(RereadTheme.Change.LOST, 0)
    return ThemeCompared(theme.label, before, before + gained - lost, gained, lost)


def _sorted(rows: list[ThemeCompared]) -> list[ThemeCompared]:
    kept = [row for row in rows if row.before or row.after]
    return sorted(kept, key=lambda row: (-(row.gained + row.lost), -row.before, row.label))


@dataclass(frozen=True, slots=True)
class Sample:
    """One text that reads otherwise: its words, and the themes that come and go."""

    shown: Shown
    gained: tuple[str, ...]
    lost: tuple[str, ...]


def samples(viewer: Viewer, rereading: Rereading) -> list[Sample]:
    """Some of the texts that gain or lose a theme, the latest first.

    Args:
        viewer: who reads: only texts that they may read.
        rereading: a second reading that is ready.
    """
    rows = RereadTheme.objects.filter(rereading=rereading).exclude(change=RereadTheme.Change.KEPT)
    mine = verbatims(viewer).filter(viewer.within(Right.RETURNS), pk__in=rows.order_by().values("verbatim"))
    texts = list(mine[:TOLD])
    told: dict[int, list[RereadTheme]] = defaultdict(list)
    for row in rows.filter(verbatim__in=texts).select_related("theme").order_by("pk"):
        told[row.verbatim_id].append(row)
    return [_sample(text, told[text.pk]) for text in texts]


def _sample(text: Verbatim, rows: list[RereadTheme]) -> Sample:
    evidence = [
        Evidence(start, end, row.polarity, row.theme.label) for row in rows for start, end in row.evidence
    ]
    sides = (
        tuple(row.theme.label for row in rows if row.change == change)
        for change in (RereadTheme.Change.GAINED, RereadTheme.Change.LOST)
    )
    return Sample(shown(text.shown, evidence, longest=SHORT), *sides)
