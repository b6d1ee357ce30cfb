"""A study as a file: one row a question, both sides, the gap, its verdict and its detail."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from visavis.core.words import Voice
from visavis.measure.estimates import Display
from visavis.understand.mirror.findings import Line
from visavis.understand.mirror.queries import Held
from visavis.understand.mirror.sentences import likeness
from visavis.web.downloads import Cell

_SIDES = {
    Voice.CUSTOMER: (_("Customers: wording"), _("Customers: answers"), _("Customers: mean"),
                     _("Customers: low"), _("Customers: high")),
    Voice.EMPLOYEE: (_("Employees: wording"), _("Employees: answers"), _("Employees: mean"),
                     _("Employees: low"), _("Employees: high")),
}  # fmt: skip
_GAP = (
    _("Gap"), _("Gap: low"), _("Gap: high"), _("Level of the interval"), _("Verdict"), _("Margin"),
    _("Cliff’s delta"), _("Cliff’s delta: low"), _("Cliff’s delta: high"),
)  # fmt: skip


def header() -> list[str]:
    """Names of the columns, in the language in force."""
    names = [_("Study"), _("Design"), _("Question"), *(each for side in _SIDES.values() for each in side)]
    return [str(name) for name in (*names, *_GAP)]


def rows(held: Held, found: Sequence[Line], language: str) -> Iterator[tuple[Cell, ...]]:
    """One row a question, in the order of the page.

    Args:
        held: the study.
        found: its questions.
        language: "fr" or "en".
    """
    for line in found:
        yield (
            held.sides.label,
            held.study.get_design_display(),
            line.asked.key,
            *(cell for voice in Voice for cell in _side(line, voice)),
            *_gap(held, line, language),
        )


def _side(line: Line, voice: Voice) -> tuple[Cell, ...]:
    mean = line.means[voice]
    if mean.display is Display.HIDDEN or mean.estimate is None:
        return line.asked.wording[voice], gettext("fewer than 5"), None, None, None
    told = (round(each, 3) for each in (mean.estimate, mean.low, mean.high))
    return line.asked.wording[voice], mean.n, *told


def _gap(held: Held, line: Line, language: str) -> tuple[Cell, ...]:
    if line.gap.display is Display.HIDDEN:
        return (*(None,) * 4, "", held.study.margin, None, None, None)
    gap = (round(each, 3) for each in (line.gap.observed, line.gap.low, line.gap.high, line.gap.level))
    cliff = (round(each, 3) for each in (line.cliff.delta or 0.0, line.cliff.low, line.cliff.high))
    return *gap, likeness(line, language), held.study.margin, *cliff
