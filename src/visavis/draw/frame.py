"""What all charts share: their frame, the mark of an estimate, its reference, its words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from visavis.core.words import Voice
from visavis.draw.axes import Axis
from visavis.draw.palette import LOOKS, PAGE, Palette
from visavis.draw.paper import BESIDE, NARROW, WIDE, Colour, paragraph, rule, sheet, stacked, text, wrap
from visavis.draw.words import word
from visavis.measure.estimates import Difference, Display, Estimate, Kind, Scale
from visavis.measure.figures import (
    ANSWERS,
    Noun,
    code,
    decimals_for,
    decimals_of,
    factor,
    gap,
    number,
    show,
    span,
)
from visavis.measure.sentences import arrow, sentence


@dataclass(frozen=True, slots=True)
class Frame:
    """How to draw: a title, a language, colours, a width in pixels; what the rows are and what they count.

    ``change`` names what the differences on the right are, when they are not changes over time.
    """

    title: str
    language: str = "fr"
    palette: Palette = PAGE
    width: int = WIDE
    of: str = ""
    noun: Noun | None = None
    change: str = ""

    @property
    def stacked(self) -> bool:
        """Whether rows stand under each other for want of width."""
        return stacked(self.width)

    @property
    def nouns(self) -> Noun:
        """Singular and plural of what is counted."""
        return self.noun or ANSWERS[code(self.language)]

    @property
    def changing(self) -> str:
        """What the column of differences is called."""
        return self.change or self.word("change")

    @property
    def changes(self) -> str:
        """What the legend says of that column."""
        name = self.changing
        return self.word("equals", change=name[:1].lower() + name[1:])

    def narrow(self) -> Frame:
        """Return the same frame for a phone or a thin column."""
        return replace(self, width=NARROW)

    def beside(self) -> Frame:
        """Return the same frame for a chart that stands beside another."""
        return replace(self, width=BESIDE)

    def word(self, key: str, /, **values: object) -> str:
        """Return one of the words of charts in this language."""
        return word(key, self.language, **values)

    def say(self, label: str, estimate: Estimate) -> str:
        """Say an estimate in one sentence."""
        return sentence(estimate, self.language, subject=label, noun=self.nouns)

    def whiskers(self, estimates: Iterable[Estimate | Difference]) -> str:
        """Say at which level intervals are drawn; from which to which, where a page widened some of them."""
        levels = [one.level for one in estimates]
        low, high = (level_words(level, self.language) for level in (min(levels), max(levels)))
        if low == high:
            return self.word("whiskers", level=low)
        return self.word("whiskers_between", low=low, high=high)

    def close(self, height: float, description: Iterable[str], parts: Iterable[str]) -> str:
        """Close the drawing."""
        told = ". ".join(description)
        return sheet(self.title, told, (self.width, height), self.palette.font, parts)


@dataclass(frozen=True, slots=True)
class Reference:
    """What figures are held against: the team, the company, a target. Drawn as a dotted line."""

    value: float
    name: str


def demand(estimate: Estimate) -> Estimate:
    """Let an estimate through; refuse a bare number, which has neither interval nor n.

    Raises:
        TypeError: for anything but an ``Estimate``.
    """
    if not isinstance(estimate, Estimate):
        raise TypeError(f"a chart draws estimates with their interval and n, not {estimate!r}")
    return estimate


def mark(estimate: Estimate, axis: Axis, y: float, voice: Voice, palette: Palette) -> str:
    """Draw the value of an estimate on a horizontal axis; nothing when it is hidden."""
    if estimate.estimate is None or estimate.display is Display.HIDDEN:
        return ""
    return spot(estimate, (axis.at(estimate.estimate), y), voice, palette, 6.0)


def spot(estimate: Estimate, at: tuple[float, float], voice: Voice, palette: Palette, r: float) -> str:
    """Draw the shape of a voice: filled with its colour, hollow and grey when indicative."""
    look = LOOKS[voice]
    if estimate.display is Display.INDICATIVE:
        return look.shape(*at, r - 1, fill=palette.surface, stroke=palette.ink_2, stroke_width=2)
    return look.shape(*at, r, fill=look.colour(palette))


def tint(estimate: Estimate, voice: Voice, palette: Palette) -> Colour:
    """Return the colour of an interval: that of the voice, grey when indicative."""
    return LOOKS[voice].colour(palette) if estimate.display is Display.FULL else palette.ink_2


def dotted(x: float, top: float, bottom: float, palette: Palette) -> str:
    """Draw the line of a reference or of an event."""
    return rule(x, top, x, bottom, palette.ink_2, stroke_width=1.5, stroke_dasharray="3 3")


def written(value: float, scale: Scale, language: str, decimals: int | None = None) -> str:
    """Write a value of a scale: « 80 % », « 3,5 », « +20 »; as many decimals as it needs by default."""
    by = value * factor(scale)
    few = decimals_of(by) if decimals is None else decimals
    digits = number(by, language, few, signed=scale.kind is Kind.POINTS)
    percent = "\u00a0%" if code(language) == "fr" else "%"
    return digits + (percent if scale.kind is Kind.SHARE else "")


def level_words(level: float, language: str) -> str:
    """Write a level of coverage out of a hundred: « 95 », « 97,5 », never rounded up to 100."""
    return number(100 * level, language, decimals_of(round(100 * level, 1 if level < 0.9995 else 3)))


def ticks(axis: Axis, scale: Scale, language: str, most: int) -> list[tuple[float, str]]:
    """Return the ticks of an axis with their words, all with as many decimals."""
    values = axis.ticks(most)
    decimals = max((decimals_of(value * factor(scale)) for value in values), default=0)
    return [(axis.at(value), written(value, scale, language, decimals)) for value in values]


def change_words(change: Difference | None, language: str, decimals: int | None = None) -> tuple[str, str]:
    """Return what a change shows, its value and its arrow; nothing under 30 answers on a side."""
    if change is None or change.display is not Display.FULL:
        return "", ""
    return gap(change, language, decimals).value, arrow(change)


def change_mark(x: float, y: float, change: Difference | None, frame: Frame, decimals: int) -> str:
    """Write a change that ends at ``x``: strong with its arrow when clear, quiet with = when not."""
    value, sign = change_words(change, frame.language, decimals)
    clear = sign not in {"", "="}
    paint = frame.palette.ink if clear else frame.palette.ink_2
    weight = 650 if clear else None
    return "".join(
        text(x - left, y, words, paint, 13, text_anchor="end", font_weight=weight)
        for words, left in ((value, 18.0), (sign, 0.0))
        if words
    )


def legend(y: float, sentences: Iterable[str], frame: Frame) -> tuple[str, float]:
    """Write the legend under a chart; return it with the height that the chart then has."""
    lines = wrap(" ".join(filter(None, sentences)), frame.width - 4, lines=6)
    return paragraph(0, y + 14, lines, frame.palette.ink_2), y + 16 * len(lines) + 4


def dashes(reference: Reference | None, scale: Scale, frame: Frame) -> str:
    """Say what the dotted line is; nothing without one."""
    if reference is None:
        return ""
    return frame.word("dashes", name=reference.name, value=held_at(reference, scale, frame))


def held_at(reference: Reference | None, scale: Scale, frame: Frame) -> str:
    """Write the value of a dotted line; nothing without one."""
    return written(reference.value, scale, frame.language, decimals_for(scale, 0)) if reference else ""


def figures(estimate: Estimate, frame: Frame) -> tuple[str, str, str]:
    """Return the cells of a figure in a table: value, interval, answers."""
    language = frame.language
    value = show(demand(estimate), language, frame.nouns)
    return value, span(estimate, language) or "–", number(estimate.n, language)


def face_header(frame: Frame, names: Mapping[Voice, str]) -> tuple[str, ...]:
    """Return the header of a table of both voices: what rows are, then three columns a voice."""
    words = [frame.word(name).lower() for name in ("value", "interval", "n")]
    return (frame.of, *(f"{names[voice]}, {word}" for voice in Voice for word in words))


def face_cells(label: str, estimates: Mapping[Voice, Estimate], frame: Frame) -> tuple[str, ...]:
    """Return the row of such a table; dashes where a voice has no figure."""
    cells = [label]
    for voice in Voice:
        cells += figures(estimates[voice], frame) if voice in estimates else ("–", "–", "–")
    return tuple(cells)
