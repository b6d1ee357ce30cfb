"""The same question answered by both voices: how each spreads its answers, back to back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from visavis.core.words import Voice
from visavis.draw.frame import Frame, face_cells, face_header, legend, tint
from visavis.draw.palette import LOOKS, Side
from visavis.draw.paper import Table, fit, hint, linked, rule, tag, text, width_of
from visavis.measure.estimates import Display, Estimate
from visavis.measure.figures import count, show
from visavis.measure.shares import proportion_interval

#: Height of a row and of the head, room of the value beyond a bar, least room of the answers in the middle.
_ROW, _HEAD, _VALUE, _NAMES = 24, 24, 50, 34


@dataclass(frozen=True, slots=True)
class Step:
    """One answer, and how many of each voice gave it."""

    label: str
    counts: Mapping[Voice, int]


def back_to_back(steps: Sequence[Step], frame: Frame, names: Mapping[Voice, str]) -> str:
    """Draw the share of each answer among customers on the left, among employees on the right.

    Args:
        steps: the answers, each with its count of both voices; drawn from the top in the order given.
        frame: how to draw.
        names: who answers, in a word or two.

    Returns:
        An ``<svg>``: bars on one scale, each with the interval of its share; a side of fewer than 5 answers
        shows words.

    Raises:
        ValueError: if there is no answer, or a count is under 0.
    """
    shares = [_shares(step, steps) for step in steps]
    if not shares:
        raise ValueError("at least one answer")
    middle = max(_NAMES, *(width_of(step.label) + 12 for step in steps))
    middle = min(middle, frame.width / 4)
    shown = [one for both in shares for one in both.values() if one.display is not Display.HIDDEN]
    most = max((one.high for one in shown), default=1.0)
    plane = _Plane(frame, middle, most, _HEAD + _ROW * len(steps))
    parts = [_head(voice, shares[0][voice], names[voice], plane) for voice in Voice]
    parts += [
        _row(step, both, _HEAD + _ROW * place, plane)
        for place, (step, both) in enumerate(zip(steps, shares, strict=True))
    ]
    below = (_answered(shares[0], frame) if frame.stacked else "", frame.whiskers(shares[0].values()))
    foot, height = legend(plane.bottom + 4, below, frame)
    told = [_told(step, both, frame) for step, both in zip(steps, shares, strict=True)]
    return frame.close(height, told, [*parts, foot])


@dataclass(frozen=True, slots=True)
class _Plane:
    """Where bars start, and how long the longest may be."""

    frame: Frame
    middle: float
    most: float
    bottom: float

    def start(self, voice: Voice) -> float:
        return self.frame.width / 2 + self.way(voice) * self.middle / 2

    def way(self, voice: Voice) -> int:
        return -1 if LOOKS[voice].side is Side.LEFT else 1

    def at(self, share: float, voice: Voice) -> float:
        room = (self.frame.width - self.middle) / 2 - _VALUE
        return self.start(voice) + self.way(voice) * room * share / (self.most or 1.0)


def _shares(step: Step, steps: Sequence[Step]) -> dict[Voice, Estimate]:
    return {
        voice: proportion_interval(step.counts[voice], sum(one.counts[voice] for one in steps))
        for voice in Voice
    }


def _head(voice: Voice, share: Estimate, name: str, plane: _Plane) -> str:
    frame, look = plane.frame, LOOKS[voice]
    room = (frame.width - plane.middle) / 2
    anchor = "end" if look.side is Side.LEFT else "start"
    many = count(share.n, frame.language, frame.nouns)
    whole = f"{look.sign} {name}, {many}"
    words = f"{look.sign} {fit(name, room - 20, 13)}" if frame.stacked else fit(whole, room, 13)
    parts = [
        text(
            plane.start(voice), 14, words, look.colour(frame.palette), 13, text_anchor=anchor, font_weight=650
        )
    ]
    if share.display is Display.HIDDEN:
        few = fit(show(share, frame.language, frame.nouns), room)
        parts.append(text(plane.start(voice), _HEAD + 16, few, frame.palette.ink_2, text_anchor=anchor))
    return "".join(parts)


def _answered(both: Mapping[Voice, Estimate], frame: Frame) -> str:
    """How many of each voice answered, where the heads have no room for it."""
    told = [f"{LOOKS[voice].sign} {count(both[voice].n, frame.language, frame.nouns)}" for voice in Voice]
    return frame.word("semicolon").join(told) + "."


def _row(step: Step, both: Mapping[Voice, Estimate], top: float, plane: _Plane) -> str:
    frame = plane.frame
    label = text(
        frame.width / 2, top + 16, fit(step.label, plane.middle - 4), frame.palette.ink, text_anchor="middle"
    )
    bars = [_bar(both[voice], voice, top, plane) for voice in Voice]
    return linked("", hint(_told(step, both, frame)), label, *bars)


def _bar(share: Estimate, voice: Voice, top: float, plane: _Plane) -> str:
    if share.display is Display.HIDDEN or share.estimate is None:
        return ""
    frame, y = plane.frame, top + _ROW / 2
    start, end = plane.start(voice), plane.at(share.estimate, voice)
    low, high = plane.at(share.low, voice), plane.at(share.high, voice)
    way, ink = plane.way(voice), frame.palette.ink_2
    anchor = "start" if way > 0 else "end"
    return "".join(
        (
            tag(
                "rect", x=min(start, end), y=top + 4, width=abs(end - start), height=_ROW - 8, rx=2,
                fill=tint(share, voice, frame.palette), opacity=0.75,
            ),
            rule(low, y, high, y, frame.palette.ink, stroke_width=1.5, opacity=0.7),
            text(high + way * 5, y + 4, show(share, frame.language), ink, text_anchor=anchor),
        )
    )  # fmt: skip


def _told(step: Step, both: Mapping[Voice, Estimate], frame: Frame) -> str:
    told = [f"{LOOKS[voice].sign} {frame.say('', both[voice])}" for voice in Voice]
    return frame.word("colon", first=step.label, then=frame.word("semicolon").join(told))


def back_to_back_table(steps: Sequence[Step], frame: Frame, names: Mapping[Voice, str]) -> Table:
    """Return the table twin: answer, then for each voice its share, interval and out of how many."""
    rows = tuple(face_cells(step.label, _shares(step, steps), frame) for step in steps)
    return Table(face_header(frame, names), rows)
