"""How are we, against what? The interval bar, and the list of dots with whiskers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from visavis.core.words import Voice
from visavis.draw.axes import Axis, reach
from visavis.draw.frame import (
    Frame,
    Reference,
    change_mark,
    change_words,
    dashes,
    demand,
    dotted,
    figures,
    legend,
    mark,
    ticks,
    tint,
    written,
)
from visavis.draw.paper import Table, fit, hint, linked, rule, tag, text, width_of
from visavis.measure.estimates import Difference, Display, Estimate
from visavis.measure.figures import count, decimals_for, show
from visavis.measure.sentences import difference_sentence


def interval_bar(
    estimate: Estimate,
    frame: Frame,
    *,
    voice: Voice,
    reference: Reference | None = None,
    domain: tuple[float, float] | None = None,
) -> str:
    """Draw one figure: a dot on its interval, against a reference.

    Args:
        estimate: the figure; under 5 answers the words take the place of the drawing.
        frame: its title names the figure, as the sentence for who does not see it does.
        voice: who speaks: gives colour and shape.
        reference: what it is held against, in the unit of the estimate.
        domain: ends of the axis in the unit of the estimate; those of the scale by default, and when
            others, written under the axis.

    Returns:
        An ``<svg>`` 24 pixels high (40 with the ends written).

    Raises:
        TypeError: if ``estimate`` is a bare number.
    """
    scale, palette = demand(estimate).scale, frame.palette
    low, high = domain or (scale.low, scale.high)
    axis, y = Axis(low, high, 8, frame.width - 8), 12
    told = [frame.say(frame.title, estimate), dashes(reference, scale, frame)]
    ends = (_end(low, 0, "start", estimate, frame), _end(high, frame.width, "end", estimate, frame))
    parts = [
        rule(0, y, frame.width, y, palette.line, stroke_width=1, opacity=0.35),
        _band(estimate, axis, y, voice, frame),
        dotted(axis.at(reference.value), 1, 23, palette) if reference else "",
        mark(estimate, axis, y, voice, palette),
        *(ends if domain else ()),
    ]
    return frame.close(40 if domain else 24, filter(None, told), parts)


def _end(value: float, x: float, anchor: str, estimate: Estimate, frame: Frame) -> str:
    return text(
        x, 37, written(value, estimate.scale, frame.language), frame.palette.ink_2, text_anchor=anchor
    )


def _band(estimate: Estimate, axis: Axis, y: float, voice: Voice, frame: Frame) -> str:
    if estimate.display is Display.HIDDEN:
        return _too_few(0, y, estimate, frame)
    low, high = axis.at(estimate.low), axis.at(estimate.high)
    fill = tint(estimate, voice, frame.palette)
    return tag("rect", x=low, y=y - 5, width=max(2.0, high - low), height=10, rx=5, fill=fill, opacity=0.38)


def interval_table(estimate: Estimate, frame: Frame) -> Table:
    """Return the table twin of ``interval_bar``: value, interval, answers."""
    header = tuple(frame.word(name) for name in ("value", "interval", "n"))
    return Table((frame.of, *header), ((frame.title, *figures(estimate, frame)),))


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a list: what it is about, its figure, a detail, its change, where it leads."""

    label: str
    estimate: Estimate
    detail: str = ""
    change: Difference | None = None
    href: str = ""


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the pieces of a row stand, in pixels, and how fine its figures are."""

    label: float
    value: tuple[float, float]
    axis: Axis
    change: float
    height: float
    line: float
    decimals: int
    ticks: list[tuple[float, str]]


def dot_list(rows: Sequence[Row], frame: Frame, *, voice: Voice, reference: Reference | None = None) -> str:
    """Draw one figure a row on a common axis: label, detail and n, value, whisker, change.

    Args:
        rows: at least one; all estimates on one scale; drawn in the order given.
        frame: how to draw.
        voice: who speaks: gives colour and shape.
        reference: a dotted line across all rows, in the unit of the estimates.

    Returns:
        An ``<svg>``; a change shows = unless it is clear with 30 answers on both sides.

    Raises:
        TypeError: if a row has a bare number for an estimate.
        ValueError: if there is no row, scales differ, or a link leaves the site by another way than http.
    """
    columns, scale = _columns(rows, frame, reference), demand(rows[0].estimate).scale
    bottom = 4 + columns.height * len(rows)
    grey, held = frame.palette.ink_2, reference.value if reference else None
    parts = [text(x, bottom + 15, words, grey, text_anchor="middle") for x, words in columns.ticks]
    tops = [4 + columns.height * index for index in range(len(rows))]
    spans = [(top + columns.line - 10, top + columns.line + 10) for top in tops]
    parts += [_lines(columns, ends, held, frame) for ends in (spans if frame.stacked else [(0.0, bottom)])]
    parts += [_row(row, top, columns, frame, voice) for row, top in zip(rows, tops, strict=True)]
    changes = frame.changes if any(row.change for row in rows) else ""
    notes = (frame.whiskers(row.estimate for row in rows), dashes(reference, scale, frame), changes)
    foot, height = legend(bottom + 22, notes, frame)
    return frame.close(height, [_reading(row, frame) for row in rows], [*parts, foot])


def _columns(rows: Sequence[Row], frame: Frame, reference: Reference | None) -> _Columns:
    if len({demand(row.estimate).scale for row in rows}) != 1:
        raise ValueError("a list draws at least one estimate, all on one scale")
    scale, width = rows[0].estimate.scale, frame.width
    seen = [row.estimate for row in rows if row.estimate.display is not Display.HIDDEN]
    held = [reference.value] if reference else []
    low, high = reach([*(e.low for e in seen), *(e.high for e in seen), *held], scale)
    decimals = decimals_for(scale, min((e.n for e in seen), default=0))
    room = 62 if any(row.change for row in rows) else 8
    left = 0.0 if frame.stacked else 0.45 * width
    axis = Axis(low, high, left + (16 if frame.stacked else 24), width - room - 12)
    marks = ticks(axis, scale, frame.language, 4 if frame.stacked else 5)
    if frame.stacked:
        return _Columns(width - 50, (width, 15), axis, width, 64, 47, decimals, marks)
    return _Columns(left - 50, (left, 25), axis, width, 42, 20, decimals, marks)


def _lines(columns: _Columns, ends: tuple[float, float], held: float | None, frame: Frame) -> str:
    """Grid and reference behind all rows; only beside each whisker when rows are stacked."""
    low, high = ends
    grid = [rule(x, low, x, high, frame.palette.line, stroke_width=1, opacity=0.22) for x, _ in columns.ticks]
    return "".join(grid) + ("" if held is None else dotted(columns.axis.at(held), low, high, frame.palette))


def _row(row: Row, top: float, columns: _Columns, frame: Frame, voice: Voice) -> str:
    palette, estimate, y = frame.palette, row.estimate, top + columns.line
    under = ", ".join(filter(None, (count(estimate.n, frame.language, frame.nouns), row.detail)))
    ink = palette.ink if estimate.display is Display.FULL else palette.ink_2
    x, down = columns.value
    parts = [
        hint(_reading(row, frame)),
        text(0, top + 15, fit(row.label, columns.label, 13), palette.ink, 13, font_weight=550),
        text(0, top + 31, fit(under, columns.label), palette.ink_2),
        text(x, top + down, _short(estimate, columns, frame), ink, 14, font_weight=650, text_anchor="end"),
        _whisker(estimate, y, columns.axis, frame, voice),
        change_mark(columns.change, y + 4, row.change, frame, columns.decimals),
    ]
    return linked(row.href, *parts)


def _short(estimate: Estimate, columns: _Columns, frame: Frame) -> str:
    if estimate.estimate is None or estimate.display is Display.HIDDEN:
        return "–"
    return written(estimate.estimate, estimate.scale, frame.language, columns.decimals)


def _whisker(estimate: Estimate, y: float, axis: Axis, frame: Frame, voice: Voice) -> str:
    palette = frame.palette
    if estimate.display is Display.HIDDEN:
        return _too_few(axis.start, y, estimate, frame)
    low, high = axis.at(estimate.low), axis.at(estimate.high)
    colour = tint(estimate, voice, palette)
    line = rule(low, y, high, y, colour, stroke_width=3, stroke_linecap="round", opacity=0.5)
    return line + mark(estimate, axis, y, voice, palette)


def _too_few(x: float, y: float, estimate: Estimate, frame: Frame) -> str:
    """Words in place of a figure, on a ground that hides the lines behind them."""
    words = show(estimate, frame.language, frame.nouns)
    ground = {"width": width_of(words) + 12, "height": 20, "fill": frame.palette.surface}
    return tag("rect", x=max(0.0, x - 2), y=y - 10, **ground) + text(x, y + 4, words, frame.palette.ink_2)


def _reading(row: Row, frame: Frame) -> str:
    said = frame.say(row.label, row.estimate)
    if row.change is None:
        return said
    change = difference_sentence(row.change, frame.language, noun=frame.nouns)
    return f"{said}{frame.word('semicolon')}{change}"


def dot_table(rows: Sequence[Row], frame: Frame) -> Table:
    """Return the table twin of ``dot_list``: label, detail, value, interval, answers, changes if any."""
    changed = any(row.change for row in rows)
    names = (*(frame.word(name) for name in ("value", "interval", "n")), *((frame.changing,) * changed))
    return Table((frame.of, "", *names), tuple(_cells(row, frame, changed=changed) for row in rows))


def _cells(row: Row, frame: Frame, *, changed: bool) -> tuple[str, ...]:
    change = " ".join(filter(None, change_words(row.change, frame.language)))
    return (row.label, row.detail, *figures(row.estimate, frame), *((change,) * changed))
