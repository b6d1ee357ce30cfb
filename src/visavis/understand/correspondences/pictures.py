"""The charts of the page, each with its table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from visavis.core.words import Voice
from visavis.draw.faces import Gap as Drawn
from visavis.draw.faces import dumbbell, dumbbell_table
from visavis.draw.frame import Frame
from visavis.draw.paper import Picture
from visavis.draw.timeline import Happening, Line, timeline_table, twin_timeline
from visavis.measure.estimates import Estimate
from visavis.measure.sentences import difference_sentence, verdict, word
from visavis.measure.shares import proportion_interval
from visavis.understand.correspondences.evidence import First
from visavis.understand.correspondences.gaps import Gap
from visavis.understand.correspondences.queries import Both

#: How far both voices are still alike: three points of their texts.
ALIKE = 0.03


def voice_names() -> dict[Voice, str]:
    """What each side is called."""
    return {Voice.CUSTOMER: _("Customers"), Voice.EMPLOYEE: _("Employees")}


def nouns() -> tuple[str, str]:
    """Singular and plural of what the page counts."""
    return _("text"), _("texts")


def gap_words(gap: Gap, language: str) -> str:
    """What may be said of the difference, in a word where it may be told."""
    said = verdict(gap.difference, ALIKE)
    return word(said, language) if said else difference_sentence(gap.difference, language, noun=nouns())


def faces(found: Sequence[Gap], labels: Mapping[str, str], language: str) -> Picture | None:
    """Draw each theme of both voices on one axis, in the order of the taxonomy."""
    if not found:
        return None
    title = _("Share of each voice’s texts")
    frame = Frame(title, language, of=_("Theme"), noun=nouns())
    rows = [
        Drawn(
            labels[gap.code],
            {Voice.CUSTOMER: gap.customers, Voice.EMPLOYEE: gap.employees},
            gap_words(gap, language),
        )
        for gap in found
    ]
    return Picture(
        title,
        dumbbell(rows, frame),
        dumbbell(rows, frame.narrow()),
        dumbbell_table(rows, frame, voice_names()),
    )


def over_time(both: Both, first: First, labels: Mapping[str, str], language: str) -> Picture:
    """Draw both voices week after week, with the two dates."""
    codes = {Voice.EMPLOYEE: first.pair[1], Voice.CUSTOMER: first.pair[0]}
    lines = [
        (
            _("%(voice)s, share of the texts of a week") % {"voice": voice_names()[voice]},
            [Line(labels[code], _points(both, voice, code), voice)],
        )
        for voice, code in codes.items()
    ]
    events = [Happening(day, label) for day, label in _dates(first) if day]
    title = labels[first.pair[0]] if first.pair[0] == first.pair[1] else _pair(first, labels)
    frame = Frame(title, language, of=_("Week"), noun=nouns())
    drawn = [twin_timeline(lines, one, events=events) for one in (frame, frame.narrow())]
    told = [line for _name, held in lines for line in held]
    return Picture(title, drawn[0], drawn[1], timeline_table(told, frame, [name for name, _held in lines]))


def _pair(first: First, labels: Mapping[str, str]) -> str:
    return f"{labels[first.pair[0]]} ↔ {labels[first.pair[1]]}"


def _points(both: Both, voice: Voice, code: str) -> list[tuple[dt.date, Estimate]]:
    """The share of each week in which it is known."""
    told = [(day, *week.told(code)) for day, week in zip(both.weeks, both.weekly[voice], strict=True)]
    return [(day, proportion_interval(times, texts)) for day, times, texts in told if texts]


def _dates(first: First) -> list[tuple[dt.date | None, str]]:
    return [
        (first.employees_on, _("employees speak of it more")),
        (first.customers_on, _("customers speak of it more")),
    ]
