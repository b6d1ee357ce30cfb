"""The charts of a study, on screen and on paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from visavis.core.words import Voice
from visavis.draw.effects import Effect, effect_list, effect_table
from visavis.draw.faces import Gap, dumbbell, dumbbell_table
from visavis.draw.frame import Frame
from visavis.draw.mirrors import Step, back_to_back, back_to_back_table
from visavis.draw.palette import PAGE, Palette
from visavis.draw.paper import WIDE, Picture, Table
from visavis.understand.mirror import sentences
from visavis.understand.mirror.findings import Guess, Line, spread
from visavis.understand.mirror.services import ENDS


@dataclass(frozen=True, slots=True)
class Canvas:
    """On what to draw: a language, colours, a width."""

    language: str
    palette: Palette = PAGE
    width: int = WIDE

    def frame(self, title: str, of: str) -> Frame:
        """A frame of that title."""
        return Frame(title, self.language, self.palette, self.width, of=of)


def names() -> dict[Voice, str]:
    """Who answers."""
    return {Voice.CUSTOMER: _("Customers"), Voice.EMPLOYEE: _("Employees")}


def _picture(frame: Frame, drawn: Callable[[Frame], str], table: Table) -> Picture:
    return Picture(frame.title, drawn(frame), drawn(frame.narrow()), table)


def gaps(found: Sequence[Line], on: Canvas, links: Mapping[str, str]) -> Picture:
    """Draw every question: both means joined, and the word on the gap between them."""
    rows = [
        Gap(line.asked.label, line.means, sentences.verdict(line, on.language), links.get(line.asked.key, ""))
        for line in found
    ]
    frame = on.frame(_("The same questions, both sides"), _("Question"))
    return _picture(frame, lambda one: dumbbell(rows, one), dumbbell_table(rows, frame, names()))


def distributions(line: Line, on: Canvas) -> Picture:
    """Draw how each side spreads its answers to one question, back to back, the highest mark on top."""
    low, high = ENDS[line.asked.scale]
    counts = {voice: spread(line.asked, figure) for voice, figure in line.figures.items()}
    steps = [
        Step(str(mark), {voice: counts[voice][mark - low] for voice in Voice})
        for mark in range(high, low - 1, -1)
    ]
    frame = on.frame(line.asked.label, _("Mark"))
    return _picture(
        frame,
        lambda one: back_to_back(steps, one, names()),
        back_to_back_table(steps, frame, names()),
    )


def guesses(found: Sequence[Guess], on: Canvas) -> Picture:
    """Draw how far above the customers each team guesses."""
    rows = [Effect(one.cell.label, one.bias) for one in found]
    frame = on.frame(_("How far teams guess above customers, in marks"), _("Team"))
    return _picture(
        frame, lambda each: effect_list(rows, each, voice=Voice.EMPLOYEE), effect_table(rows, frame)
    )
