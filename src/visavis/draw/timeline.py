"""How does it move? Lines with ribbons over time, and the events that may explain them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from string import ascii_uppercase

from visavis.core.words import Voice
from visavis.draw.axes import Axis, apart, month_ticks, reach
from visavis.draw.frame import Frame, demand, dotted, legend, level_words, spot, ticks
from visavis.draw.palette import LOOKS
from visavis.draw.paper import Colour, Table, hint, linked, rule, tag, text, width_of, wrap
from visavis.draw.words import full_day, month
from visavis.measure.estimates import Display, Estimate, Scale
from visavis.measure.figures import count, number

_TOP, _TALL = 26, 128
#: Room for the names at the right end of lines, by whether width is wanting.
_NAMES = {False: 140.0, True: 76.0}


@dataclass(frozen=True, slots=True)
class Line:
    """A figure over time. With a voice it is the subject; without, a grey line to compare with."""

    name: str
    points: Sequence[tuple[date, Estimate]]
    voice: Voice | None = None
    href: str = ""


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened on a day, told under the chart by its letter."""

    day: date
    label: str


@dataclass(frozen=True, slots=True)
class _Plane:
    first: date
    last: date
    across: Axis
    up: Axis
    scale: Scale

    @property
    def bottom(self) -> float:
        return self.up.start

    def at(self, day: date, value: float) -> tuple[float, float]:
        return self.across.at(day.toordinal()), self.up.at(value)


def timeline(
    lines: Sequence[Line],
    frame: Frame,
    *,
    events: Sequence[Happening] = (),
    period: tuple[date, date] | None = None,
) -> str:
    """Draw lines over time, each on the ribbon of its intervals, with lettered events.

    A point under 5 answers breaks its line; under 30 its dot is hollow.

    Args:
        lines: at least one, each with at least one point, days going up, all on one scale.
        frame: how to draw.
        events: what happened; those outside the period are left out. Letters follow the days.
        period: first and last day of the axis, to align charts; those of the points by default.

    Returns:
        An ``<svg>``, with the list of events written under the axis.

    Raises:
        TypeError: if a point is a bare number.
        ValueError: if there is no point, or scales differ.
    """
    plane = _plane(lines, frame, period)
    shown = lettered(events, plane.first, plane.last)
    parts = [_ground(plane, frame), *_happenings(shown, plane, frame)]
    parts.append(_strokes(lines, plane, frame))
    return _close(lines, shown, plane.bottom, parts, frame)


def twin_timeline(
    panels: Sequence[tuple[str, Sequence[Line]]], frame: Frame, *, events: Sequence[Happening] = ()
) -> str:
    """Draw panels above each other on the same days, each on its own scale, the events through all of them.

    Args:
        panels: at least one, the name of its figure and its lines, as ``timeline`` takes them.
        frame: how to draw.
        events: as in ``timeline``.

    Returns:
        An ``<svg>``; the voice of a panel's first spoken line gives its name a sign and a colour.

    Raises:
        TypeError: if a point is a bare number.
        ValueError: if a panel has no point, or two scales.
    """
    days = [day for _, lines in panels for line in lines for day, _ in line.points]
    if not days:
        raise ValueError("a twin timeline draws at least one point")
    period, step = (min(days), max(days)), _TALL + 44
    planes = [
        _plane(lines, frame, period, _TOP + 20 + place * step) for place, (_, lines) in enumerate(panels)
    ]
    edge = min(plane.across.end for plane in planes)
    planes = [replace(plane, across=replace(plane.across, end=edge)) for plane in planes]
    shown = lettered(events, *period)
    whole = replace(planes[-1], up=replace(planes[-1].up, end=planes[0].up.end))
    parts = _happenings(shown, whole, frame)
    for plane, (name, lines) in zip(planes, panels, strict=True):
        parts += [_ground(plane, frame, days=plane is planes[-1]), _caption(name, lines, plane, frame)]
        parts.append(_strokes(lines, plane, frame))
    return _close([line for _, lines in panels for line in lines], shown, planes[-1].bottom, parts, frame)


def _caption(name: str, lines: Sequence[Line], plane: _Plane, frame: Frame) -> str:
    look = next((LOOKS[line.voice] for line in lines if line.voice), None)
    words = f"{look.sign} {name}" if look else name
    colour = look.colour(frame.palette) if look else frame.palette.ink_2
    left, base = plane.across.start, plane.up.end - 8
    # A ground of its own: the lines of events do not cross the words.
    ground = tag(
        "rect", x=left, y=base - 12, width=width_of(words, 13), height=16, fill=frame.palette.surface
    )
    return ground + text(left, base, words, colour, 13, font_weight=650)


def _strokes(lines: Sequence[Line], plane: _Plane, frame: Frame) -> str:
    """The lines, grey ones under the others, and their names."""
    drawn = (_line(line, plane, frame) for line in sorted(lines, key=lambda line: line.voice is not None))
    return "".join(drawn) + _names(lines, plane, frame)


def _close(
    lines: Sequence[Line],
    shown: Sequence[tuple[str, Happening]],
    bottom: float,
    parts: Sequence[str],
    frame: Frame,
) -> str:
    """The events and the notes under the drawing, and the whole of it in words."""
    events_told = [_event_words(letter, event, frame) for letter, event in shown]
    foot, height = _foot(lines, events_told, bottom, frame)
    told = [_last_words(line, frame) for line in lines] + events_told
    return frame.close(height, told, [*parts, foot])


def lettered(events: Sequence[Happening], first: date, last: date) -> list[tuple[str, Happening]]:
    """Give letters to the events of a period, in the order of their days: A, B, …, Z, A2, B2 and so on."""
    inside = sorted((e for e in events if first <= e.day <= last), key=lambda event: event.day)
    return [(ascii_uppercase[i % 26] + (str(i // 26 + 1) if i > 25 else ""), e) for i, e in enumerate(inside)]


def _plane(
    lines: Sequence[Line], frame: Frame, period: tuple[date, date] | None, top: float = _TOP
) -> _Plane:
    estimates = [demand(estimate) for line in lines for _, estimate in line.points]
    if len({estimate.scale for estimate in estimates}) != 1 or not all(line.points for line in lines):
        raise ValueError("a timeline draws at least one point a line, all on one scale")
    days = [day for line in lines for day, _ in line.points]
    first, last = period or (min(days), max(days))
    seen = [estimate for estimate in estimates if estimate.display is not Display.HIDDEN]
    low, high = reach([*(e.low for e in seen), *(e.high for e in seen)], estimates[0].scale)
    widest = _NAMES[frame.stacked]
    right = frame.width - min(widest, max(width_of(line.name, 13) for line in lines) + 12)
    start, end = first.toordinal(), max(last.toordinal(), first.toordinal() + 1)
    across, up = Axis(start, end, 44, right), Axis(low, high, top + _TALL, top)
    return _Plane(first, last, across, up, estimates[0].scale)


def _ground(plane: _Plane, frame: Frame, *, days: bool = True) -> str:
    palette, left, right = frame.palette, plane.across.start, plane.across.end
    parts = []
    for y, words in ticks(plane.up, plane.scale, frame.language, 5):
        parts.append(rule(left, y, right, y, palette.line, stroke_width=1, opacity=0.22))
        parts.append(text(left - 8, y + 4, words, palette.ink_2, text_anchor="end"))
    months = month_ticks(plane.first, plane.last, 3 if frame.stacked else 6) if days else []
    for place, day in enumerate(months):
        year = place == 0 or months[place - 1].year != day.year
        x = max(plane.across.at(day.toordinal()), left)
        words = month(day, frame.language, year=year)
        parts.append(text(x, plane.bottom + 18, words, palette.ink_2, text_anchor="middle"))
    return "".join(parts)


def _happenings(shown: Sequence[tuple[str, Happening]], plane: _Plane, frame: Frame) -> list[str]:
    """The events, their letters pushed apart where days are close."""
    days = [plane.across.at(event.day.toordinal()) for _, event in shown]
    letters = zip(shown, apart(days, 11, plane.across.end + 4), strict=True)
    return [_event(letter, at, event, plane, frame) for (letter, event), at in letters]


def _event(letter: str, at: float, event: Happening, plane: _Plane, frame: Frame) -> str:
    x = plane.across.at(event.day.toordinal())
    top = min(_TOP - 10, plane.up.end - 10)
    words = text(at, top, letter, frame.palette.ink, text_anchor="middle", font_weight=650)
    line = dotted(x, top + 5, plane.bottom, frame.palette)
    return tag("g", hint(_event_words(letter, event, frame)), words, line)


def _event_words(letter: str, event: Happening, frame: Frame) -> str:
    return f"{letter}. {event.label} ({full_day(event.day, frame.language)})"


def _colour(line: Line, frame: Frame) -> Colour:
    return LOOKS[line.voice].colour(frame.palette) if line.voice else frame.palette.ink_2


def _line(line: Line, plane: _Plane, frame: Frame) -> str:
    """Ribbon, stroke and dots, once for each run of points that may be shown."""
    parts = []
    for hidden, run in groupby(line.points, key=lambda point: point[1].display is Display.HIDDEN):
        if not hidden:
            parts.append(_run(list(run), line, plane, frame))
    return "".join(parts)


def _run(run: list[tuple[date, Estimate]], line: Line, plane: _Plane, frame: Frame) -> str:
    colour, dashed = _colour(line, frame), None if line.voice else "4 3"
    over = [plane.at(day, estimate.high) for day, estimate in run]
    under = [plane.at(day, estimate.low) for day, estimate in reversed(run)]
    middle = [plane.at(day, estimate.estimate or 0.0) for day, estimate in run]
    # A lone point has no area: its ribbon is stroked so that its interval still shows.
    ribbon = tag("polygon", points=_path(over + under), fill=colour, opacity=0.16, stroke=colour)
    stroke = {"stroke": colour, "stroke_width": 2 if line.voice else 1.5, "stroke_dasharray": dashed}
    drawn = tag("polyline", points=_path(middle), fill="none", **stroke)
    dots = (_dot(point, line.voice, plane, frame) for point in run if line.voice)
    return ribbon + drawn + "".join(dots)


def _path(points: list[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def _dot(point: tuple[date, Estimate], voice: Voice | None, plane: _Plane, frame: Frame) -> str:
    day, estimate = point
    if voice is None:
        return ""
    said = hint(frame.say(full_day(day, frame.language), estimate))
    at = plane.at(day, estimate.estimate or 0.0)
    return tag("g", said, spot(estimate, at, voice, frame.palette, 3.5))


def _names(lines: Sequence[Line], plane: _Plane, frame: Frame) -> str:
    """Names at the right end of each line, pushed apart where they would touch."""
    ends = [plane.up.at(line.points[-1][1].estimate or plane.up.low) + 4 for line in lines]
    left, room = plane.across.end + 9, frame.width - plane.across.end - 10
    names = [wrap(line.name, room, 2 if frame.stacked else 1, 13) for line in lines]
    gap = 16.0 * max(map(len, names))
    parts = []
    for line, name, y in zip(lines, names, apart(ends, gap, plane.bottom + 20 - gap), strict=True):
        weight, colour = 650 if line.voice else None, _colour(line, frame)
        rows = (
            text(left, y + 16 * row, words, colour, 13, font_weight=weight) for row, words in enumerate(name)
        )
        parts.append(linked(line.href, "".join(rows)))
    return "".join(parts)


def _last_words(line: Line, frame: Frame) -> str:
    day, estimate = line.points[-1]
    return frame.say(f"{line.name}, {full_day(day, frame.language)}", estimate)


def _foot(lines: Sequence[Line], events: Sequence[str], bottom: float, frame: Frame) -> tuple[str, float]:
    counts = [estimate.n for line in lines for _, estimate in line.points]
    level = level_words(lines[0].points[0][1].level, frame.language)
    low, high = number(min(counts), frame.language), count(max(counts), frame.language, frame.nouns)
    notes = [frame.word("ribbons", level=level), frame.word("per_point", low=low, high=high)]
    parts, y = [], bottom + 26.0
    for words in (*events, " ".join(notes)):
        written_down, y = legend(y, (words,), frame)
        parts.append(written_down)
    return "".join(parts), y


def timeline_table(lines: Sequence[Line], frame: Frame, titles: Sequence[str] = ()) -> Table:
    """Return the table twin: a row a day, a line a column; ``titles`` are the panels of lines of one name."""
    named = [frame.word("colon", first=one, then=line.name) for one, line in zip(titles, lines, strict=False)]
    header = (frame.word("period"), *(named or [line.name for line in lines]))
    days = sorted({day for line in lines for day, _ in line.points})
    known = [dict(line.points) for line in lines]
    rows = (
        (full_day(day, frame.language), *(_cell(points.get(day), frame) for points in known)) for day in days
    )
    return Table(header, tuple(rows))


def _cell(estimate: Estimate | None, frame: Frame) -> str:
    return frame.say("", demand(estimate)) if estimate else "–"
