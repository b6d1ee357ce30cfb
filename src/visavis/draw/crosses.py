"""Does one thing go with another? Each unit a cross: one voice upwards, the other across."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from visavis.core.words import Voice
from visavis.draw.axes import Axis, reach
from visavis.draw.frame import Frame, demand, face_cells, face_header, legend, spot, ticks, tint
from visavis.draw.palette import LOOKS
from visavis.draw.paper import Table, fit, hint, linked, rule, text
from visavis.measure.estimates import Display, Estimate

_TOP, _TALL = 10, 240


@dataclass(frozen=True, slots=True)
class Spot:
    """One unit of a scatter: its name, one figure a voice, whether it goes against the rest."""

    label: str
    estimates: Mapping[Voice, Estimate]
    exception: bool = False
    href: str = ""


def scatter(spots: Sequence[Spot], frame: Frame, names: Mapping[Voice, str]) -> str:
    """Draw each unit as a cross: the customers' interval upwards, the employees' across.

    Args:
        spots: at least one, both voices in each; a voice on one scale; units under the floor are left out.
        frame: how to draw.
        names: what each voice's figure is, written along its axis.

    Returns:
        An ``<svg>``; exceptions carry their names.

    Raises:
        TypeError: if an estimate is a bare number.
        ValueError: if no unit can be shown, or scales differ.
    """
    shown = [
        one for one in spots if all(demand(e).display is not Display.HIDDEN for e in one.estimates.values())
    ]
    axes = {voice: _side(shown, voice, frame) for voice in Voice}
    parts = [_grid(axes, shown, frame), *(_cross(one, axes, frame) for one in shown)]
    across, up = (f"{LOOKS[voice].sign} {names[voice]}" for voice in (Voice.EMPLOYEE, Voice.CUSTOMER))
    parts.append(text(0, 12, f"{up} ↑", LOOKS[Voice.CUSTOMER].colour(frame.palette), 13, font_weight=650))
    end = _TOP + 18 + _TALL
    paint = LOOKS[Voice.EMPLOYEE].colour(frame.palette)
    parts.append(text(frame.width, end + 34, f"{across} →", paint, 13, text_anchor="end", font_weight=650))
    foot, height = legend(
        end + 40, (frame.whiskers(e for one in shown for e in one.estimates.values()),), frame
    )
    return frame.close(height, [_said(one, names, frame) for one in shown], [*parts, foot])


def _side(spots: Sequence[Spot], voice: Voice, frame: Frame) -> Axis:
    estimates = [one.estimates[voice] for one in spots]
    if len({one.scale for one in estimates}) != 1:
        raise ValueError("at least one unit to show, all of a voice on one scale")
    low, high = reach([*(e.low for e in estimates), *(e.high for e in estimates)], estimates[0].scale)
    upwards = (_TOP + 18.0 + _TALL, _TOP + 18.0)
    return Axis(low, high, *{Voice.CUSTOMER: upwards, Voice.EMPLOYEE: (46.0, frame.width - 12.0)}[voice])


def _grid(axes: Mapping[Voice, Axis], spots: Sequence[Spot], frame: Frame) -> str:
    palette, up, across = frame.palette, axes[Voice.CUSTOMER], axes[Voice.EMPLOYEE]
    scales = {voice: spots[0].estimates[voice].scale for voice in Voice}
    parts = []
    for y, words in ticks(up, scales[Voice.CUSTOMER], frame.language, 5):
        parts.append(rule(across.start, y, across.end, y, palette.line, stroke_width=1, opacity=0.22))
        parts.append(text(across.start - 6, y + 4, words, palette.ink_2, text_anchor="end"))
    for x, words in ticks(across, scales[Voice.EMPLOYEE], frame.language, 4 if frame.stacked else 6):
        parts.append(rule(x, up.end, x, up.start, palette.line, stroke_width=1, opacity=0.22))
        parts.append(text(x, up.start + 16, words, palette.ink_2, text_anchor="middle"))
    return "".join(parts)


def _cross(one: Spot, axes: Mapping[Voice, Axis], frame: Frame) -> str:
    up, across = axes[Voice.CUSTOMER], axes[Voice.EMPLOYEE]
    customer, employee = one.estimates[Voice.CUSTOMER], one.estimates[Voice.EMPLOYEE]
    x, y = across.at(employee.estimate or 0.0), up.at(customer.estimate or 0.0)
    paint = {"stroke_width": 1.5, "opacity": 0.4}
    tall = rule(
        x,
        up.at(customer.low),
        x,
        up.at(customer.high),
        tint(customer, Voice.CUSTOMER, frame.palette),
        **paint,
    )
    wide = rule(
        across.at(employee.low),
        y,
        across.at(employee.high),
        y,
        tint(employee, Voice.EMPLOYEE, frame.palette),
        **paint,
    )
    late = x > across.end - 90
    anchor, aside = ("end", -9) if late else ("start", 9)
    name = text(x + aside, y - 7, fit(one.label, 110), frame.palette.ink, text_anchor=anchor, font_weight=650)
    dot = spot(customer, (x, y), Voice.CUSTOMER, frame.palette, 4.5)
    return linked(one.href, hint(one.label), tall, wide, dot, name if one.exception else "")


def _said(one: Spot, names: Mapping[Voice, str], frame: Frame) -> str:
    told = frame.word("semicolon").join(frame.say(names[voice], one.estimates[voice]) for voice in Voice)
    return frame.word("colon", first=one.label, then=told)


def scatter_table(spots: Sequence[Spot], frame: Frame, names: Mapping[Voice, str]) -> Table:
    """Return the table twin: unit, then for each voice its value, interval and answers."""
    rows = tuple(face_cells(one.label, one.estimates, frame) for one in spots)
    return Table(face_header(frame, names), rows)
