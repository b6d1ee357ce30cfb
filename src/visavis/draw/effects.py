"""What changed, and how sure is it? Differences, each with its interval, on both sides of zero."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from visavis.core.words import Voice
from visavis.draw.axes import Axis, reach
from visavis.draw.frame import Frame, legend, ticks
from visavis.draw.palette import LOOKS
from visavis.draw.paper import Table, fit, hint, linked, rule, text, width_of
from visavis.measure.estimates import POINTS, UNBOUNDED, Difference, Display, Kind, Scale
from visavis.measure.figures import factor, gap, number
from visavis.measure.sentences import difference_sentence, verdict, word

_ROW, _STACKED_ROW, _TOP = 46, 62, 4


@dataclass(frozen=True, slots=True)
class Effect:
    """One difference: what it is about, how far, where it leads."""

    label: str
    difference: Difference
    href: str = ""


def effect_list(effects: Sequence[Effect], frame: Frame, *, voice: Voice, margin: float | None = None) -> str:
    """Draw differences on a common axis around zero, each with its interval and its word of certainty.

    Args:
        effects: at least one, all on one scale; drawn in the order given.
        frame: how to draw.
        voice: whose figures differ: gives colour and shape.
        margin: how far from zero is still no difference, in the unit of the differences.

    Returns:
        An ``<svg>``. A difference that is not clear is hollow and grey; under the floor it is words.

    Raises:
        ValueError: if there is no effect, or scales differ.
    """
    if len({one.difference.scale for one in effects}) != 1:
        raise ValueError("at least one difference, all on one scale")
    axis, scale = _around_zero(effects, frame)
    row = _STACKED_ROW if frame.stacked else _ROW
    bottom = _TOP + row * len(effects)
    parts = [
        text(x, bottom + 15, words, frame.palette.ink_2, text_anchor="middle")
        for x, words in ticks(axis, scale, frame.language, 4 if frame.stacked else 6)
    ]
    parts += [_effect(one, _TOP + row * n, axis, (frame, voice, margin)) for n, one in enumerate(effects)]
    foot, height = legend(bottom + 22, (frame.whiskers(one.difference for one in effects),), frame)
    described = [
        frame.word("colon", first=one.label, then=_said(one.difference, frame, margin)) for one in effects
    ]
    return frame.close(height, described, [*parts, foot])


def _said(difference: Difference, frame: Frame, margin: float | None) -> str:
    return difference_sentence(difference, frame.language, margin=margin, noun=frame.nouns)


def _around_zero(effects: Sequence[Effect], frame: Frame) -> tuple[Axis, Scale]:
    """An axis that holds zero, in points for shares, in the unit of the scale otherwise."""
    kind = effects[0].difference.scale
    scale = POINTS if kind.kind is Kind.SHARE else Scale(kind.kind, -2 * kind.half, 2 * kind.half)
    scale = UNBOUNDED if scale.half == float("inf") else scale
    by = factor(kind)
    ends = [by * bound for one in effects for bound in (one.difference.low, one.difference.high)]
    low, high = reach([*ends, 0.0], scale)
    return Axis(low, high, 14, frame.width - 14), scale


def _effect(effect: Effect, top: float, axis: Axis, how: tuple[Frame, Voice, float | None]) -> str:
    frame, voice, margin = how
    palette, difference, y = frame.palette, effect.difference, top + (48 if frame.stacked else 32)
    found = verdict(difference, margin)
    said = word(found, frame.language) if found else ""
    value = gap(difference, frame.language).value
    words = ", ".join(filter(None, (value, said)))
    aside = 0.0 if frame.stacked else width_of(words) + 12
    end = (
        {"y": top + 30, "x": 0} if frame.stacked else {"y": top + 14, "x": frame.width, "text_anchor": "end"}
    )
    parts = [
        hint(_said(difference, frame, margin)),
        text(0, top + 14, fit(effect.label, frame.width - aside, 14), palette.ink, 14, font_weight=500),
        text(words=words, fill=palette.ink_2, **end),
        rule(axis.at(0), y - 11, axis.at(0), y + 11, palette.ink_2, stroke_width=1.5),
    ]
    if difference.display is Display.HIDDEN:
        return linked(
            effect.href, *parts[:2], text(0, y + 4, _said(difference, frame, margin), palette.ink_2)
        )
    by = factor(difference.scale)
    low, high = axis.at(by * difference.low), axis.at(by * difference.high)
    clear = difference.display is Display.FULL and difference.excludes_zero
    colour = LOOKS[voice].colour(palette) if clear else palette.ink_2
    at = (axis.at(by * difference.observed), y)
    shape = LOOKS[voice].shape
    filled = shape(*at, 6.0, fill=colour)
    hollow = shape(*at, 5.0, fill=palette.surface, stroke=colour, stroke_width=2)
    line = rule(low, y, high, y, colour, stroke_width=3, stroke_linecap="round", opacity=0.5)
    return linked(effect.href, *parts, line, filled if clear else hollow)


def effect_table(effects: Sequence[Effect], frame: Frame) -> Table:
    """Return the table twin: what, difference, interval, answers on each side."""
    header = (frame.of, frame.word("change"), frame.word("interval"), frame.word("n"))
    return Table(header, tuple(_effect_cells(one, frame) for one in effects))


def _effect_cells(effect: Effect, frame: Frame) -> tuple[str, ...]:
    pieces, language = gap(effect.difference, frame.language), frame.language
    sides = " / ".join(number(count, language) for count in effect.difference.counts)
    return (effect.label, pieces.value or "–", pieces.span or "–", sides)
