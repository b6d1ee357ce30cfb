"""Parity of attention: what is written of each voice, listened to, and acted on. Counts, side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from visavis.core.periods import Period
from visavis.core.words import Voice
from visavis.listen.releases.queries import releases
from visavis.listen.returns.narrowing import narrow
from visavis.listen.returns.queries import counted
from visavis.listen.surveys.models import Question
from visavis.moments.references.models import Moment
from visavis.people.access.viewer import Viewer
from visavis.understand.journeys.queries import sheets_in_force
from visavis.understand.journeys.sheets import live
from visavis.understand.themes.models import Theme
from visavis.web.filters import Filters

#: How many returns of each voice were acted on over a period, as far as a viewer may know; none: 0.
Acted = Callable[[Viewer, Period], Mapping[Voice, int]]
_ACTED: list[Acted] = []


def acts(count: Acted) -> None:
    """Let a room of a higher floor tell what it acted on; done once, in its ``apps.py ready()``."""
    if count not in _ACTED:
        _ACTED.append(count)


@dataclass(frozen=True, slots=True)
class Attention:
    """One line of the parity: what is counted, for customers and for employees."""

    label: str
    customers: int
    employees: int


def parity(viewer: Viewer, filters: Filters, returns: int | None = None) -> list[Attention]:
    """Count how each voice is documented, listened to and acted on.

    Args:
        viewer: who looks; employees' answers are those released to her.
        filters: the period; scope, channel and reason limit customers only.
        returns: how many customers' returns these are, where they are counted already.
    """
    sheets = live(sheets_in_force(viewer))
    truths = sum(sheet.kind == Moment.Kind.TRUTH for sheet in sheets)
    themes = Theme.objects.filter(retired_in__isnull=True, parent__isnull=False)
    heard = list(themes.order_by("pk").values_list("voices", flat=True))
    asked = Question.objects.order_by().values_list("questionnaire__voice", "key").distinct()
    questions = [voice for voice, _key in asked]
    period = filters.period
    waves = releases(viewer, "wave", first=period.first, last=period.last)
    if returns is None:
        returns = narrow(counted(viewer, Voice.CUSTOMER), filters).count()
    lines = [
        Attention(_("Moments described"), truths, len(sheets) - truths),
        Attention(_("Themes listened for"), *(sum(voice in one for one in heard) for voice in Voice)),
        Attention(_("Questions asked"), *(questions.count(voice) for voice in Voice)),
        Attention(_("Answers heard over the period"), returns, sum(wave.answered or 0 for wave in waves)),
    ]
    if _ACTED:
        counts = [count(viewer, period) for count in _ACTED]
        done = [sum(each.get(voice, 0) for each in counts) for voice in Voice]
        lines.append(Attention(_("Returns acted on over the period"), *done))
    return lines
