"""What the pages of the moments show: lines with intervals, the curve of emotion, coverage."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, npgettext

from visavis.core.words import Voice
from visavis.draw.bars import Row, dot_list, dot_table
from visavis.draw.frame import Frame, Reference
from visavis.draw.paper import Table
from visavis.listen.surveys.models import Question
from visavis.measure.enchantment import peak_end
from visavis.measure.estimates import Display, Estimate, marks
from visavis.measure.means import mean_interval
from visavis.measure.sentences_of_links import lift_sentence
from visavis.measure.shares import proportion_interval
from visavis.moments.exchanges.models import Channel, Reason
from visavis.moments.references.models import Moment
from visavis.understand.journeys.counting import NOWHERE, STRONG, Lived, Placed
from visavis.understand.journeys.sheets import Change, Sheet, Sheets, live

#: Signed intensity: the tone's sign times its force.
FELT = marks(-STRONG, STRONG)
_STAGES = [stage.value for stage in Moment.Stage]
#: The stage that closes the journey of customers.
_CLOSING = Moment.Stage.TMOT


@dataclass(frozen=True, slots=True)
class Line:
    """One moment of the list.

    Attributes:
        sheet: as it is written in the version that is read.
        label: its name in the reader's language.
        stage: the stage in words.
        returns: customers' returns placed there; none for a moment that customers do not live.
        satisfied: share of satisfied customers.
        felt: mean signed intensity of the texts.
        facing: names of the moments on the other side.
        heard: whether something listens to it.
    """

    sheet: Sheet
    label: str
    stage: str
    returns: int | None
    satisfied: Estimate | None
    felt: Estimate | None
    facing: tuple[str, ...]
    heard: bool


@dataclass(frozen=True, slots=True)
class Curve:
    """The moments in the order of the journey, each with how strongly it was lived."""

    wide: str
    narrow: str
    table: Table
    said: str


#: Words of the fields of a sheet.
_FIELDS = {
    "kind": gettext_lazy("Who goes through it"),
    "stage": gettext_lazy("Stage of the journey"),
    "name": gettext_lazy("Name"),
    "description": gettext_lazy("Description"),
    "stake": gettext_lazy("Stake"),
    "reasons": gettext_lazy("Contact reasons that it covers"),
    "channels": gettext_lazy("Channels where it happens"),
    "facing": gettext_lazy("Moments that it faces on the other side"),
    "questions": gettext_lazy("Questions that listen to it"),
    "position": gettext_lazy("Place in the list"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """How one moment differs between two versions, in words."""

    code: str
    label: str
    way: str
    turned: tuple[str, ...]


def told(found: Sequence[Change], language: str) -> list[Told]:
    """Differences between two versions, in the reader's words."""
    return [
        Told(
            one.code,
            one.sheet.label(language),
            one.way,
            tuple(str(_FIELDS[name]) for name in one.turned),
        )
        for one in found
    ]


@dataclass(frozen=True, slots=True)
class Uncovered:
    """Returns of one contact reason that stand at no moment."""

    label: str
    returns: int


def in_journey_order(sheets: Sheets) -> list[Sheet]:
    """The moments in use, stage by stage, then in the company's order."""
    return sorted(live(sheets), key=lambda sheet: (_STAGES.index(sheet.stage), sheet.position, sheet.code))


def lines(sheets: Sheets, found: Placed | None, language: str) -> list[Line]:
    """Each moment in use with what customers say of it.

    Args:
        sheets: the version that is read.
        found: the counts; none for a viewer without figures.
        language: of the names.
    """
    return [line(sheet, sheets, found, language) for sheet in in_journey_order(sheets)]


def line(sheet: Sheet, sheets: Sheets, found: Placed | None, language: str) -> Line:
    """One moment with what customers say of it."""
    lived = found.moments.get(sheet.code, Lived()) if found and sheet.kind == Moment.Kind.TRUTH else None
    return Line(
        sheet,
        sheet.label(language),
        str(Moment.Stage(sheet.stage).label),
        lived.returns if lived else None,
        proportion_interval(lived.satisfied, lived.marked) if lived and lived.marked else None,
        mean_interval(lived.felt, FELT) if lived and lived.felt.n else None,
        tuple(sheets[code].label(language) for code in sheet.facing if code in sheets),
        bool(sheet.questions) or bool(lived and lived.returns),
    )


def curve(shown: Sequence[Line], language: str) -> Curve | None:
    """Draw how strongly each moment is lived, in the order of the journey; none without texts."""
    felt = [(each, each.felt) for each in shown if each.felt is not None]
    if not felt:
        return None
    rows = [Row(each.label, estimate) for each, estimate in felt]
    frame = Frame(
        _("Strength of what customers say, moment by moment"),
        language,
        of=_("Moment"),
        noun=(npgettext("counted", "text", "texts", 1), npgettext("counted", "text", "texts", 2)),
    )
    zero = Reference(0.0, _("neither good nor bad"))
    return Curve(
        dot_list(rows, frame, voice=Voice.CUSTOMER, reference=zero),
        dot_list(rows, frame.narrow(), voice=Voice.CUSTOMER, reference=zero),
        dot_table(rows, frame),
        _told(felt),
    )


def _told(felt: Sequence[tuple[Line, Estimate]]) -> str:
    """The strongest moment and the end of the journey, as far as enough texts tell them."""
    full = [(line, each) for line, each in felt if each.display is Display.FULL]
    if len(full) < 2:
        return _("Too few texts to say where emotion runs highest: it takes 30 a moment.")
    peak = _peak([(line.label, each) for line, each in full])
    return f"{peak} {_end([line.label for line, _each in full if line.sheet.stage == _CLOSING])}"


def _end(closing: Sequence[str]) -> str:
    """What the journey ends on: the moments of its last stage, which have no order among themselves."""
    if not closing:
        return _("The end of the journey is not heard enough to be told.")
    return _("The journey ends on %(names)s.") % {"names": _listed(closing)}


def _listed(names: Iterable[str]) -> str:
    return ", ".join(_("“%(name)s”") % {"name": name} for name in names)


def _peak(full: Sequence[tuple[str, Estimate]]) -> str:
    """The strongest moment, with those that the intervals do not tell apart from it."""
    values = [each.estimate or 0.0 for _label, each in full]
    memory = peak_end(values)
    label, top = full[memory.place]
    weakest = min(abs(top.low), abs(top.high)) if top.low * top.high > 0 else 0.0
    rivals = [
        name
        for at, (name, each) in enumerate(full)
        if at != memory.place and max(abs(each.low), abs(each.high)) >= weakest
    ]
    if rivals:
        return _("Among the strongest moments: %(names)s.") % {"names": _listed([label, *rivals[:3]])}
    return _("The strongest moment is “%(peak)s”.") % {"peak": label}


def enchantment(found: Placed, language: str) -> str:
    """Whether strong positive moments go with people more than with screens, from the interval alone."""
    if found.lift is None:
        return ""
    return lift_sentence(
        found.lift,
        language,
        subject=_("Enchantment moments"),
        with_people=_("after an exchange with a person"),
    )


def listening(sheet: Sheet) -> dict[str, list[str]]:
    """What listens to a moment, in the company's words: contact reasons, channels, questions."""

    def names(rows: Iterable[Reason | Channel | Question], codes: Collection[str]) -> list[str]:
        told = {getattr(row, "code", "") or getattr(row, "key", ""): row.label for row in rows}
        return [told.get(code, code) for code in codes]

    asked = Question.objects.filter(key__in=sheet.questions).order_by("-pk")
    return {
        "reasons": names(Reason.objects.order_by("pk"), sheet.reasons),
        "channels": names(Channel.objects.order_by("pk"), sheet.channels),
        "questions": names(asked, sheet.questions),
    }


def uncovered(found: Placed) -> tuple[int, list[Uncovered]]:
    """Returns that stand at no moment, in all and by contact reason, the most numerous first."""
    names = {reason.code: reason.label for reason in Reason.objects.order_by("pk")}
    nowhere = found.moments.get(NOWHERE, Lived()).returns
    rows = [Uncovered(names.get(code, _("without a reason")), n) for code, n in found.by_reason.items()]
    return nowhere, sorted(rows, key=lambda row: (-row.returns, row.label))
