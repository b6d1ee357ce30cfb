"""What the page « Ce que vaut la lecture » shows of one voice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from visavis.core.words import Voice
from visavis.listen.surveys.models import VOICES
from visavis.people.access.policy import LISTED_VOICES, Right
from visavis.people.access.viewer import Viewer
from visavis.text.precision import available
from visavis.understand.learning import second
from visavis.understand.learning.models import Distillation, Fit, Kind, Publication
from visavis.understand.learning.pictures import Pictures, Shares, pictures, shares
from visavis.understand.learning.queries import fit_in_force
from visavis.understand.learning.rates import Checks, checks
from visavis.understand.learning.told import model_words, why_words
from visavis.understand.themes.models import Work
from visavis.web.navigation import Link
from visavis.web.rows import TaskState

__all__ = ["Page", "may_see", "model_words", "of"]

#: Candidates shown, the latest first.
_SHOWN = 8


@dataclass(frozen=True, slots=True)
class FitRow:
    """One candidate as shown: its name, when, its decision in a sentence, what may be done with it."""

    fit: Fit
    name: str
    why: str
    in_force: bool
    may_choose: bool


@dataclass(frozen=True, slots=True)
class History:
    """The models of one kind.

    Attributes:
        kind: what they read.
        now: the one in force, in words.
        shipped: whether that is the engine as shipped.
        rows: candidates, the latest first.
        publications: what was in force, the latest first: (when, words, reason).
        reading: texts still to be read again.
    """

    kind: Kind
    now: str
    shipped: bool
    rows: Sequence[FitRow]
    publications: Sequence[tuple[dt.datetime, str, str]]
    reading: bool


@dataclass(frozen=True, slots=True)
class Page:
    """The page of one voice.

    Attributes:
        voice: whose texts.
        voices: all of them, for the tabs.
        listed: whether texts of this voice may be read singly at all: otherwise nothing can be checked.
        known: the checks.
        pictures: figures and charts; none without enough answers.
        shares: shares with and without the errors of the engine; none without the right to figures.
        histories: the models, kind by kind.
        task: how far the second opinion went; none for a voice whose tone is not read.
        second: its state.
        may_choose: whether this viewer may put models in force.
        may_answer: whether this viewer has the queue.
        lesson: what the larger model taught; none for a voice whose tone is not read.
    """

    voice: Voice
    voices: Sequence[Link]
    listed: bool
    known: Checks
    pictures: Pictures | None
    shares: Shares | None
    histories: Sequence[History]
    task: TaskState | None
    second: second.Progress | None
    may_choose: bool
    may_answer: bool
    lesson: Lesson | None = None


@dataclass(frozen=True, slots=True)
class Lesson:
    """What the larger model taught: its work under way, and what came of the last one."""

    installed: bool
    task: TaskState | None
    told: str

    @property
    def free(self) -> bool:
        """Whether it may be asked to teach."""
        return self.task is None or self.task.is_over


def may_see(viewer: Viewer) -> bool:
    """Whether the page is open to this viewer: who owns the references, who runs the instance."""
    return viewer.may(Right.REFERENCES) or viewer.may(Right.SETTINGS)


def of(viewer: Viewer, voice: Voice, today: dt.date, language: str) -> Page:
    """Gather the page.

    Args:
        viewer: who looks; must pass ``may_see``.
        voice: whose texts.
        today: the company's day.
        language: "fr" or "en".
    """
    known = checks(voice)
    opinion = second.progress(voice) if voice.tone_may_be_read else None
    kinds = [kind for kind in Kind if kind is Kind.THEMES or voice.tone_may_be_read]
    return Page(
        voice=voice,
        voices=[Link(label, f"?voix={one}", one == voice.value) for one, label in VOICES],
        listed=voice in LISTED_VOICES,
        known=known,
        pictures=pictures(known, voice, language) if known.draws else None,
        shares=shares(viewer, known, voice, today, language),
        histories=[_history(viewer, kind, voice, language) for kind in kinds],
        task=_task(opinion) if opinion and opinion.on and opinion.installed else None,
        second=opinion,
        may_choose=viewer.may(Right.REFERENCES),
        may_answer=viewer.may(Right.CORRECT),
        lesson=_lesson(language) if opinion else None,
    )


def _task(opinion: second.Progress) -> TaskState:
    state = "running" if opinion.done < opinion.total else "done"
    return TaskState(opinion.done, opinion.total, "", state=state)


def _lesson(language: str) -> Lesson:
    last = Distillation.objects.select_related("fit").defer("fit__content").order_by("-pk").first()
    installed = available()
    if last is None:
        return Lesson(installed, None, "")
    if last.state in {Work.State.QUEUED, Work.State.RUNNING}:
        state = "waiting" if last.state == Work.State.QUEUED else "running"
        return Lesson(installed, TaskState(last.done, last.total, _("texts"), state=state), "")
    if last.state == Work.State.FAILED:
        problem = _("The larger model stopped (%(problem)s).") % {"problem": last.problem}
        return Lesson(installed, TaskState(last.done, last.total, "", state="failed", problem=problem), "")
    fit = last.fit
    told = f"{model_words(fit)}. {why_words(fit, language)}" if fit else ""
    return Lesson(installed, None, told or _("The last time, it had nothing new to teach."))


def _history(viewer: Viewer, kind: Kind, voice: Voice, language: str) -> History:
    rows = Fit.objects.filter(kind=kind, voice=voice).defer("content").order_by("-number")[:_SHOWN]
    lines = Publication.objects.filter(kind=kind, voice=voice).select_related("fit").defer("fit__content")
    publications = list(lines.order_by("-pk")[:_SHOWN])
    now = fit_in_force(kind, voice)
    mine = viewer.may(Right.REFERENCES)
    return History(
        kind=kind,
        now=model_words(now),
        shipped=now is None,
        rows=[_row(fit, now, language, mine=mine) for fit in rows],
        publications=[(line.at, model_words(line.fit), line.reason) for line in publications],
        reading=any(not line.done for line in publications[:1]),
    )


def _row(fit: Fit, now: Fit | None, language: str, *, mine: bool) -> FitRow:
    in_force = now is not None and now.pk == fit.pk
    may = mine and fit.passed and not in_force
    return FitRow(fit, model_words(fit), why_words(fit, language), in_force, may)
