"""Same exchange, two views: a square of four shares, one voice up, the other across."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from visavis.core.words import Voice
from visavis.draw.frame import Frame, legend
from visavis.draw.palette import LOOKS, Palette
from visavis.draw.paper import Colour, Table, hint, linked, tag, text, wrap
from visavis.measure.estimates import Display, Estimate
from visavis.measure.figures import count, number, show, span
from visavis.measure.shares import proportion_interval

#: Between cells, and left of them for the words that climb; in pixels.
_GAP, _LEFT = 4, 26


@dataclass(frozen=True, slots=True)
class Corner:
    """One of the four: its name, how many fell there, where it leads."""

    label: str
    n: int
    href: str = ""


@dataclass(frozen=True, slots=True)
class Towards:
    """What grows along a side of the square, and whose voice says it."""

    label: str
    voice: Voice


def quadrants(
    corners: Sequence[Corner], frame: Frame, *, up: Towards, across: Towards, effect: float = 1.0
) -> str:
    """Draw how exchanges fall in four corners.

    Args:
        corners: four: top left, top right, bottom left, bottom right.
        frame: how to draw; ``noun`` says what is counted.
        up: what is better at the top.
        across: what is better on the right.
        effect: by how much clusters inflate the variance of the shares, at least 1.

    Returns:
        An ``<svg>`` with the share of each corner, its interval, and n below; under 5 no share.

    Raises:
        ValueError: unless there are four corners, with counts from 0.
    """
    shares = _shares(corners, effect)
    size = ((min(frame.width, 400) - _LEFT - _GAP) / 2, 92.0)
    bottom = 2 * size[1] + _GAP
    cells = [
        _cell(corner, share, place, size, frame)
        for place, (corner, share) in enumerate(zip(corners, shares, strict=True))
    ]
    sides = [_upwards(up, bottom / 2, frame), _across(across, _LEFT + size[0], bottom + 17, frame)]
    foot, height = legend(bottom + 24, (_below(shares[0], frame),), frame)
    told = [frame.say(corner.label, share) for corner, share in zip(corners, shares, strict=True)]
    return frame.close(height, told, [*cells, *sides, foot])


def _shares(corners: Sequence[Corner], effect: float) -> list[Estimate]:
    if len(corners) != 4 or min(corner.n for corner in corners) < 0:
        raise ValueError("a square has four corners, with counts from 0")
    n = sum(corner.n for corner in corners)
    return [proportion_interval(corner.n, n, design_effect=effect) for corner in corners]


def _tints(palette: Palette) -> tuple[Colour, ...]:
    """Corner by corner: carried by the employee, well for both, hard for both, unseen by the employee."""
    return palette.employees_soft, palette.positive_soft, palette.negative_soft, palette.customers_soft


def _cell(corner: Corner, share: Estimate, place: int, size: tuple[float, float], frame: Frame) -> str:
    palette, (width, height) = frame.palette, size
    x, y = _LEFT + (width + _GAP) * (place % 2), (height + _GAP) * (place // 2)
    middle = x + width / 2
    full = share.display is Display.FULL
    value = "–" if share.display is Display.HIDDEN else show(share, frame.language)
    ink = palette.ink if full else palette.ink_2
    names = wrap(corner.label, width - 8)
    top = y + 38 - 8 * (len(names) - 1)
    return linked(
        corner.href,
        hint(frame.say(corner.label, share)),
        tag("rect", x=x, y=y, width=width, height=height, rx=5, fill=_tints(palette)[place]),
        text(middle, top, value, ink, 21, font_weight=650, text_anchor="middle"),
        *(
            text(middle, top + 18 + 15 * line, name, palette.ink, text_anchor="middle")
            for line, name in enumerate(names)
        ),
        text(
            middle,
            top + 19 + 15 * len(names),
            span(share, frame.language),
            palette.ink_2,
            text_anchor="middle",
        ),
    )


def _upwards(up: Towards, y: float, frame: Frame) -> str:
    look = LOOKS[up.voice]
    turn = f"rotate(-90 12 {y:.0f})"
    words = f"{look.sign} {up.label} →"
    return text(12, y, words, look.colour(frame.palette), text_anchor="middle", transform=turn)


def _across(across: Towards, x: float, y: float, frame: Frame) -> str:
    look = LOOKS[across.voice]
    words = f"{look.sign} {across.label} →"
    return text(x, y, words, look.colour(frame.palette), text_anchor="middle")


def _below(share: Estimate, frame: Frame) -> str:
    """How many exchanges the square rests on, and a word when they are few."""
    many = count(share.n, frame.language, frame.nouns)
    words = {
        Display.FULL: many,
        Display.INDICATIVE: f"{many}, {frame.word('indicative')}",
        Display.HIDDEN: frame.say("", share),
    }
    return words[share.display]


def quadrant_table(corners: Sequence[Corner], frame: Frame, effect: float = 1.0) -> Table:
    """Return the table twin: corner, share, interval, how many fell there, out of how many."""
    header = (frame.of, *(frame.word(name) for name in ("value", "interval", "n")))
    return Table(
        header,
        tuple(
            (
                corner.label,
                show(share, frame.language, frame.nouns),
                span(share, frame.language) or "–",
                _out_of(corner, share, frame),
            )
            for corner, share in zip(corners, _shares(corners, effect), strict=True)
        ),
    )


def _out_of(corner: Corner, share: Estimate, frame: Frame) -> str:
    if share.display is Display.HIDDEN:
        return number(share.n, frame.language)
    return frame.word("out_of", part=number(corner.n, frame.language), whole=number(share.n, frame.language))
