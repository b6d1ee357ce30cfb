"""What do they talk about? One bar a theme, as long as its count, split − = +."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from visavis.draw.frame import Frame, change_mark, change_words, legend
from visavis.draw.paper import Table, fit, hint, linked, tag, text
from visavis.measure.estimates import Difference, Display, Estimate
from visavis.measure.figures import count, number, show, span
from visavis.measure.sentences import difference_sentence
from visavis.measure.shares import proportion_interval

_MINUS = "\u2212"


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme: how many returns speak of it with which tone, how its share changed, where it leads."""

    label: str
    negative: int
    neutral: int
    positive: int
    change: Difference | None = None
    href: str = ""

    @property
    def n(self) -> int:
        """All returns that speak of it."""
        return self.negative + self.neutral + self.positive

    @property
    def leading(self) -> tuple[str, Estimate]:
        """The sign that prevails among the two that count, with its share of all returns of the theme."""
        if self.positive > self.negative:
            return "+", proportion_interval(self.positive, self.n)
        return _MINUS, proportion_interval(self.negative, self.n)


def theme_bars(themes: Sequence[Theme], frame: Frame) -> str:
    """Draw themes in the order given: bar split by tone, n, the prevailing share with its interval.

    Args:
        themes: at least one; counts of returns, from 0.
        frame: how to draw; ``noun`` says what is counted.

    Returns:
        An ``<svg>``. Under 5 returns a bar is not split; under 30 its share is grey.

    Raises:
        ValueError: if there is no theme, or a count is negative.
    """
    longest = max((theme.n for theme in themes), default=0)
    if not themes or min(min(t.negative, t.neutral, t.positive) for t in themes) < 0:
        raise ValueError("themes need counts from 0, and at least one theme")
    height = 62 if frame.stacked else 42
    changed = any(theme.change for theme in themes)
    ends = (max(1, longest), frame.width - (62 if changed else 0))
    parts = [_theme(theme, 4 + height * index, ends, frame) for index, theme in enumerate(themes)]
    changes = frame.changes if changed else ""
    foot, whole = legend(height * len(themes) + 8, (frame.word("signs"), changes), frame)
    return frame.close(whole, [_reading(theme, frame) for theme in themes], [*parts, foot])


def _theme(theme: Theme, top: float, ends: tuple[int, float], frame: Frame) -> str:
    (longest, right), width, palette = ends, frame.width, frame.palette
    left, y = (0.0, top + 40) if frame.stacked else (0.38 * width, top + 9)
    room = width if frame.stacked else right - 112 - left
    label = (right - 50) if frame.stacked else left - 14
    at_change = (width, top + 15) if frame.stacked else (width, top + 20)
    parts = [
        hint(_reading(theme, frame)),
        text(0, top + 15, fit(theme.label, label, 13), palette.ink, 13, font_weight=550),
        text(0, top + 31, count(theme.n, frame.language, frame.nouns), palette.ink_2),
        _bar(theme, (left, y), room * theme.n / longest, frame),
        _share(theme, right, top, frame),
        change_mark(*at_change, theme.change, frame, 0),
    ]
    return linked(theme.href, *parts)


def _share(theme: Theme, x: float, top: float, frame: Frame) -> str:
    """The prevailing sign and its share, with the interval under it."""
    sign, share = theme.leading
    if share.display is Display.HIDDEN:
        return ""
    inks = {"+": frame.palette.positive, _MINUS: frame.palette.negative}
    ink = inks[sign] if share.display is Display.FULL else frame.palette.ink_2
    value = f"{sign}\u00a0{show(share, frame.language)}"
    return "".join(
        (
            text(x, top + 15, value, ink, 13, font_weight=650, text_anchor="end"),
            text(x, top + 31, span(share, frame.language), frame.palette.ink_2, text_anchor="end"),
        )
    )


def _bar(theme: Theme, corner: tuple[float, float], length: float, frame: Frame) -> str:
    (x, y), palette, parts = corner, frame.palette, []
    tones = [
        (theme.negative, _MINUS, palette.negative, 1.0, palette.surface),
        (theme.neutral, "=", palette.line, 0.35, palette.ink),
        (theme.positive, "+", palette.positive, 1.0, palette.surface),
    ]
    if theme.leading[1].display is Display.HIDDEN:
        tones = [(theme.n, "", palette.line, 0.35, palette.ink)]
    for amount, sign, fill, opacity, ink in tones:
        size = length * amount / max(1, theme.n)
        if amount:
            box = {"x": x, "y": y, "width": max(1.0, size - 1.5), "height": 16, "rx": 3}
            parts.append(tag("rect", **box, fill=fill, opacity=opacity))
        if sign and size >= 20:
            parts.append(text(x + size / 2, y + 12.5, sign, ink, text_anchor="middle", font_weight=650))
        x += size
    return "".join(parts)


def _reading(theme: Theme, frame: Frame) -> str:
    sign, share = theme.leading
    said = frame.say(f"{theme.label} ({sign})", share)
    if theme.change is None:
        return said
    change = difference_sentence(theme.change, frame.language, noun=frame.nouns)
    return f"{said}{frame.word('semicolon')}{change}"


def theme_table(themes: Sequence[Theme], frame: Frame) -> Table:
    """Return the table twin: theme, n, the three counts, prevailing share and interval, change."""
    names = ("n", "negative", "neutral", "positive", "value", "interval")
    header = (frame.of, *(frame.word(name) for name in names), frame.changing)
    return Table(header, tuple(_cells(theme, frame) for theme in themes))


def _cells(theme: Theme, frame: Frame) -> tuple[str, ...]:
    sign, share = theme.leading
    shown = share.display is not Display.HIDDEN
    tones = (theme.negative, theme.neutral, theme.positive)
    counts = (number(tone, frame.language) if shown else "–" for tone in tones)
    value = (
        f"{sign}\u00a0{show(share, frame.language)}" if shown else show(share, frame.language, frame.nouns)
    )
    change = " ".join(filter(None, change_words(theme.change, frame.language, 0)))
    return (theme.label, number(theme.n, frame.language), *counts, value, span(share, frame.language), change)
