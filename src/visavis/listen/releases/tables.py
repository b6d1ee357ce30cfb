"""A released wave as tables: each figure with its n, its interval and the number of each answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from visavis.listen.releases.naming import cut_name
from visavis.listen.releases.results import Line, Results, Shown
from visavis.measure.estimates import Display
from visavis.web.downloads import Cell

HEADER = [
    _("Cut"), _("Group"), _("Members"), _("State"), _("Answered"), _("Asked"), _("Question"), _("Wording"),
    _("n"), _("Value"), _("Low (95%)"), _("High (95%)"), _("Number of each answer"),
]  # fmt: skip
Sheet = tuple[str, Sequence[str], Iterator[Sequence[Cell]]]


def header() -> list[str]:
    """The columns, in the language in force."""
    return [str(name) for name in HEADER]


def rows(found: Results) -> Iterator[tuple[Cell, ...]]:
    """Every figure of a wave, one a line; a masked one says so."""
    for cut, lines in {"unit": found.lines, **found.cuts}.items():
        for line in lines:
            for shown in line.shown:
                yield (*_group(cut, line), shown.asked.key, shown.asked.label, *_figure(shown))


def _group(cut: str, line: Line) -> tuple[Cell, ...]:
    cell = line.cell
    return cut_name(cut), cell.label, " + ".join(cell.members), cell.state, cell.people, cell.invited


def _figure(shown: Shown) -> tuple[Cell, ...]:
    if shown.figure is None:
        return None, gettext("Masked to protect the answers"), None, None, ""
    told = ", ".join(f"{answer}: {number}" for answer, number in shown.figure.counts.items())
    one = shown.estimate
    if one is None or one.estimate is None or one.display is Display.HIDDEN:
        return shown.figure.n, None, None, None, told
    return shown.figure.n, round(one.estimate, 2), round(one.low, 2), round(one.high, 2), told


def comments(found: Results) -> Iterator[tuple[Cell, ...]]:
    """The comments at their level, in the order drawn."""
    return ((level, comment.text, ", ".join(named)) for level, comment, named in found.comments)


def sheets(found: Results) -> list[Sheet]:
    """A wave as a workbook."""
    return [
        (gettext("Figures"), header(), rows(found)),
        (gettext("Comments"), [gettext("Level"), gettext("Text"), gettext("Themes")], comments(found)),
    ]


def as_json(found: Results) -> dict[str, Any]:
    """A wave for a machine: the same rows, nothing more."""
    release = found.release
    return {
        "wave": release.campaign.code if release.campaign else "",
        "first": release.first_on.isoformat(),
        "last": release.last_on.isoformat(),
        "published": release.published_at.isoformat(),
        "floor": release.floor,
        "people": release.answered,
        "invited": release.invited if release.answered else None,
        "cells": [
            _cell(cut, line) for cut, lines in {"unit": found.lines, **found.cuts}.items() for line in lines
        ],
        "comments": [
            {"level": comment.unit_path, "text": comment.text, "themes": list(comment.themes)}
            for _level, comment, _named in found.comments
        ],
    }


def _cell(cut: str, line: Line) -> dict[str, Any]:
    cell = line.cell
    return {
        "cut": cut,
        "place": cell.place,
        "label": cell.label,
        "members": list(cell.members),
        "state": cell.state,
        "people": cell.people,
        "invited": cell.invited,
        "figures": {
            one.asked.key: {"n": one.figure.n, "counts": dict(one.figure.counts)} if one.figure else None
            for one in line.shown
        },
    }
