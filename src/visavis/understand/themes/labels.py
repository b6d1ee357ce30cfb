"""What the screens say of faults, reasons and states."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from visavis.understand.themes.files import Fault, Problem
from visavis.understand.themes.models import Work
from visavis.web.rows import TaskState

_STATES = {
    Work.State.QUEUED: "waiting",
    Work.State.RUNNING: "running",
    Work.State.READY: "done",
    Work.State.FAILED: "failed",
}


def told_problem(problem: Problem) -> str:
    """One fault of a file, and where."""
    sentences = {
        Fault.TOO_LARGE: _("the file is too large: 2 MB at most"),
        Fault.NOT_TEXT: _("this is not a text in UTF-8"),
        Fault.NOT_JSON: _("this JSON cannot be read"),
        Fault.NO_THEME_COLUMN: _("there is no column “theme”"),
        Fault.EMPTY: _("there is no theme in it"),
        Fault.BAD_CODE: _("“%(what)s” is no code: small letters, figures, dots, dashes, underscores"),
        Fault.BAD_VOICE: _("“%(what)s” is no voice: customer, employee, or both with | between"),
        Fault.BAD_LANGUAGE: _("“%(what)s” is no language: two letters, such as fr"),
        Fault.BAD_SHAPE: _("“%(what)s” is not as it should be"),
        Fault.NO_PARENT: _("“%(what)s”: the theme above is not there, or is retired"),
        Fault.NO_TARGET: _("“%(what)s”: the theme it is merged into is not there"),
        Fault.THREE_LEVELS: _("“%(what)s” would stand on a third level: there are two"),
        Fault.BAD_WORDS: _(
            "“%(what)s” is too long, holds no word that could be heard, or a sign that means nothing"
        ),
    }
    told = sentences[problem.fault] % {"what": problem.what[:80]}
    return (
        _("Line %(line)s: %(told)s.") % {"line": problem.line, "told": told} if problem.line else f"{told}."
    )


def task_of(work: Work, cancel: str = "") -> TaskState:
    """Long work as the piece that shows how far it is."""
    return TaskState(
        done=work.done,
        total=work.total,
        unit=_("texts"),
        state=_STATES[Work.State(work.state)],
        cancel_url=reverse(cancel, args=[work.pk]) if cancel else "",
        problem=_("It failed several times and was put aside (%(name)s).") % {"name": work.problem},
    )
