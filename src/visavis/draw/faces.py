"""Face to face: both voices on the same rows, customers on the left, employees on the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from visavis.core.words import Voice
from visavis.draw.axes import Axis, reach
from visavis.draw.frame import (
    Frame,
    Reference,
    dashes,
    demand,
    dotted,
    face_cells,
    face_header,
    held_at,
    legend,
    mark,
    ticks,
    tint,
)
from visavis.draw.palette import LOOKS, Side
from visavis.draw.paper import Table, fit, hint, linked, rule, tag, text, width_of
from visavis.measure.estimates import Display, Estimate, Scale
from visavis.measure.figures import show

#: Height of a row and of the head, and the room of the names in the middle, in pixels.
_ROW, _STACKED_ROW, _HEAD, _NAMES = 26, 46, 44, 150
#: Room of a tick and its words, in pixels.
_TICK = 40


@dataclass(frozen=True, slots=True)
class Pair:
    """One row: what it is about, one figure a voice (absent where there is none), where it leads."""

    label: str
    estimates: Mapping[Voice, Estimate]
    href: str = ""


@dataclass(frozen=True, slots=True)
class Half:
    """One side: what its figures are, and what they are held against."""

    label: str
    reference: Reference | None = None


@dataclass(frozen=True, slots=True)
class _Wing:
    """One side of the drawing, ready to receive its figures."""

    voice: Voice
    half: Half
    scale: Scale
    axis: Axis


def butterfly(pairs: Sequence[Pair], frame: Frame, halves: Mapping[Voice, Half]) -> str:
    """Draw one row a unit: the customers' figure on the left, the employees' on the right, each whiskered.

    Args:
        pairs: at least one; the estimates of a voice all on one scale; drawn in the order given.
        frame: how to draw.
        halves: the name of each side and its reference.

    Returns:
        An ``<svg>``. A figure under the floor is replaced by words. Better is outwards on both sides.

    Raises:
        TypeError: if an estimate is a bare number.
        ValueError: if there is no row, a side has no figure at all, or two scales.
    """
    wings = [_wing(voice, pairs, frame, halves[voice]) for voice in Voice]
    row = _STACKED_ROW if frame.stacked else _ROW
    bottom = _HEAD + row * len(pairs)
    parts = [_head(wing, bottom, frame) for wing in wings]
    parts += [_pair(pair, _HEAD + row * place, wings, frame) for place, pair in enumerate(pairs)]
    drawn = [one for voice in Voice for one in _estimates(pairs, voice)]
    foot, height = legend(bottom + 4, (frame.whiskers(drawn), *_held(wings, frame)), frame)
    return frame.close(height, [_reading(pair, wings, frame) for pair in pairs], [*parts, foot])


def _held(wings: Sequence[_Wing], frame: Frame) -> list[str]:
    """Say what the dotted lines are, in one sentence when both are the same thing."""
    references = [wing.half.reference for wing in wings]
    names = {reference.name for reference in references if reference}
    if None in references or len(names) > 1:
        return [dashes(wing.half.reference, wing.scale, frame) for wing in wings]
    left, right = (held_at(one.half.reference, one.scale, frame) for one in wings)
    return [frame.word("both_dashes", name=names.pop(), left=left, right=right)]


def _estimates(pairs: Sequence[Pair], voice: Voice) -> list[Estimate]:
    return [demand(pair.estimates[voice]) for pair in pairs if voice in pair.estimates]


def _wing(voice: Voice, pairs: Sequence[Pair], frame: Frame, half: Half) -> _Wing:
    estimates = _estimates(pairs, voice)
    if len({one.scale for one in estimates}) != 1:
        raise ValueError("a side draws at least one estimate, all on one scale")
    seen = [one for one in estimates if one.display is not Display.HIDDEN]
    held = [half.reference.value] if half.reference else []
    low, high = reach([*(e.low for e in seen), *(e.high for e in seen), *held], estimates[0].scale)
    names = 0 if frame.stacked else _NAMES
    room = (frame.width - names) / 2 - 12
    ends = (room, 20.0) if LOOKS[voice].side is Side.LEFT else (frame.width - room, frame.width - 20.0)
    return _Wing(voice, half, estimates[0].scale, Axis(low, high, *ends))


def _head(wing: _Wing, bottom: float, frame: Frame) -> str:
    look, palette, axis = LOOKS[wing.voice], frame.palette, wing.axis
    middle = (axis.start + axis.end) / 2
    room = abs(axis.end - axis.start) + 20
    name = fit(f"{look.sign} {wing.half.label}", room, 13)
    parts = [text(middle, 13, name, look.colour(palette), 13, text_anchor="middle", font_weight=650)]
    for x, words in ticks(axis, wing.scale, frame.language, round(room / _TICK)):
        parts.append(text(x, 31, words, palette.ink_2, text_anchor="middle"))
        parts.append(rule(x, 36, x, bottom, palette.line, stroke_width=1, opacity=0.22))
    if wing.half.reference:
        parts.append(dotted(axis.at(wing.half.reference.value), 36, bottom, palette))
    return "".join(parts)


def _pair(pair: Pair, top: float, wings: Sequence[_Wing], frame: Frame) -> str:
    y = top + (32 if frame.stacked else _ROW / 2)
    room = frame.width if frame.stacked else _NAMES
    label = fit(pair.label, room - 12, 13)
    ground = width_of(label, 13) + 8
    parts = [
        hint(_reading(pair, wings, frame)),
        tag(
            "rect", x=frame.width / 2 - ground / 2, y=top + 3, width=ground, height=18,
            fill=frame.palette.surface,
        ),
        text(
            frame.width / 2, top + (15 if frame.stacked else 17), label, frame.palette.ink, 13,
            text_anchor="middle",
        ),
        *(_figure(pair.estimates.get(wing.voice), wing, y, frame) for wing in wings),
    ]  # fmt: skip
    return linked(pair.href, *parts)


def _figure(estimate: Estimate | None, wing: _Wing, y: float, frame: Frame) -> str:
    axis, palette = wing.axis, frame.palette
    if estimate is None or estimate.display is Display.HIDDEN:
        words = "–" if estimate is None else show(estimate, frame.language, frame.nouns)
        middle, room = (axis.start + axis.end) / 2, width_of(words) + 8
        ground = tag("rect", x=middle - room / 2, y=y - 9, width=room, height=18, fill=palette.surface)
        return ground + text(middle, y + 4, words, palette.ink_2, text_anchor="middle")
    low, high = axis.at(estimate.low), axis.at(estimate.high)
    colour = tint(estimate, wing.voice, palette)
    line = rule(low, y, high, y, colour, stroke_width=3, stroke_linecap="round", opacity=0.5)
    return line + mark(estimate, axis, y, wing.voice, palette)


def _reading(pair: Pair, wings: Sequence[_Wing], frame: Frame) -> str:
    known = [(wing, pair.estimates[wing.voice]) for wing in wings if wing.voice in pair.estimates]
    told = [frame.say(wing.half.label, estimate) for wing, estimate in known]
    return frame.word("colon", first=pair.label, then=frame.word("semicolon").join(told))


def butterfly_table(pairs: Sequence[Pair], frame: Frame, halves: Mapping[Voice, Half]) -> Table:
    """Return the table twin: row, then for each voice its value, interval and answers."""
    names = {voice: halves[voice].label for voice in Voice}
    rows = tuple(face_cells(pair.label, pair.estimates, frame) for pair in pairs)
    return Table(face_header(frame, names), rows)


@dataclass(frozen=True, slots=True)
class Gap:
    """One question asked to both: its words, the figure of each voice, the word on the gap between them."""

    label: str
    estimates: Mapping[Voice, Estimate]
    verdict: str
    href: str = ""


def dumbbell(gaps: Sequence[Gap], frame: Frame) -> str:
    """Draw the same questions answered by both voices: two marks a row, joined, on one common axis.

    Args:
        gaps: at least one, both voices in each, all estimates on one scale; drawn in the order given.
        frame: how to draw.

    Returns:
        An ``<svg>``; a row of which a side is under the floor shows words.

    Raises:
        TypeError: if an estimate is a bare number.
        ValueError: if there is no row, a voice is missing, or scales differ.
    """
    seen = [demand(gap.estimates[voice]) for gap in gaps for voice in Voice if voice in gap.estimates]
    if len({one.scale for one in seen}) != 1 or len(seen) != len(gaps) * len(Voice):
        raise ValueError("each row has a figure of both voices, all on one scale")
    axis, scale, row = _common(seen, frame), seen[0].scale, 78 if frame.stacked else 62
    bottom = 8 + row * len(gaps)
    parts = [
        rule(x, 0, x, bottom, frame.palette.line, stroke_width=1, opacity=0.22)
        + text(x, bottom + 15, words, frame.palette.ink_2, text_anchor="middle")
        for x, words in ticks(axis, scale, frame.language, 4 if frame.stacked else 6)
    ]
    parts += [_joined(gap, 8 + row * place, axis, frame) for place, gap in enumerate(gaps)]
    foot, height = legend(bottom + 22, (frame.whiskers(seen),), frame)
    return frame.close(height, [_told(gap, frame) for gap in gaps], [*parts, foot])


def _common(estimates: Sequence[Estimate], frame: Frame) -> Axis:
    shown = [one for one in estimates if one.display is not Display.HIDDEN]
    low, high = reach([*(e.low for e in shown), *(e.high for e in shown)], estimates[0].scale)
    return Axis(low, high, 14, frame.width - 14)


def _joined(gap: Gap, top: float, axis: Axis, frame: Frame) -> str:
    palette, y = frame.palette, top + (56 if frame.stacked else 40)
    aside = 0.0 if frame.stacked else width_of(gap.verdict) + 12
    end = (
        {"y": top + 32, "x": 0} if frame.stacked else {"y": top + 14, "x": frame.width, "text_anchor": "end"}
    )
    parts = [
        hint(_told(gap, frame)),
        text(0, top + 14, fit(gap.label, frame.width - aside, 14), palette.ink, 14, font_weight=500),
        text(words=fit(gap.verdict, frame.width), fill=palette.ink_2, **end),
    ]
    if any(one.display is Display.HIDDEN for one in gap.estimates.values()):
        fewest = min(gap.estimates.values(), key=lambda one: one.n)
        return linked(
            gap.href, *parts, text(0, y + 4, show(fewest, frame.language, frame.nouns), palette.ink_2)
        )
    ends = [axis.at(one.estimate or 0.0) for one in gap.estimates.values()]
    parts.append(rule(min(ends), y, max(ends), y, palette.ink_2, stroke_width=2, opacity=0.5))
    for voice in Voice:
        estimate = gap.estimates[voice]
        low, high, colour = axis.at(estimate.low), axis.at(estimate.high), tint(estimate, voice, palette)
        parts.append(rule(low, y, high, y, colour, stroke_width=6, stroke_linecap="round", opacity=0.3))
    parts += [mark(gap.estimates[voice], axis, y, voice, palette) for voice in Voice]
    return linked(gap.href, *parts)


def _told(gap: Gap, frame: Frame) -> str:
    figures = [f"{LOOKS[voice].sign} {frame.say('', gap.estimates[voice])}" for voice in Voice]
    told = frame.word("colon", first=gap.label, then=frame.word("semicolon").join(figures))
    return f"{told}. {gap.verdict}"


def dumbbell_table(gaps: Sequence[Gap], frame: Frame, names: Mapping[Voice, str]) -> Table:
    """Return the table twin: question, then for each voice its value, interval, answers, then the verdict."""
    rows = tuple((*face_cells(gap.label, gap.estimates, frame), gap.verdict) for gap in gaps)
    return Table((*face_header(frame, names), frame.word("verdict")), rows)
