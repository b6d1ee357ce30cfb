"""Writes one release, whole or not at all."""

from __future__ import annotations

import datetime as dt
import secrets
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import get_language

from visavis.core.languages import say
from visavis.listen.campaigns.models import Campaign
from visavis.listen.campaigns.naming import WAVE_CODE
from visavis.listen.releases.commenting import Comment
from visavis.listen.releases.floors import Floors
from visavis.listen.releases.hiding import Asked, Choice
from visavis.listen.releases.models import Kind, Release, ReleasedCell, ReleasedComment, ReleasedFigure
from visavis.listen.releases.naming import Naming, place_of
from visavis.listen.releases.planning import UNIT, Place, Planner, Row, Tree
from visavis.listen.releases.settling import settle
from visavis.measure.audits import Audit
from visavis.people.access import journal
from visavis.people.access.viewer import Viewer

#: Place of a cell, key of a figure, number of each answer.
Told = tuple[int, str, dict[str, int]]
Figures = Callable[[Sequence[Place], Sequence[Choice]], Iterable[Told]]


def each_question(choices: Sequence[Choice]) -> Iterable[Told]:
    """One figure a question."""
    return ((at, each.asked.key, each.counts(at)) for each in choices for at in sorted(each.shown))


@dataclass(slots=True)
class Draft:
    """What is about to be released.

    Attributes:
        kind: what it is of.
        first: first day.
        last: last day, included.
        rows: its contributions.
        tree: the units of its last day.
        asked: its questions.
        cuts: names of its cuts of the company, with the lasting order of their values.
        naming: what cells are called.
        campaign: of a wave or a mirror study.
        comments: those that qualify.
        parts: what each cell is parted by beside its place, the coarsest first.
        levels: how many levels of branches are shown.
        figures: what the cells show, of the questions settled.
    """

    kind: Kind
    first: dt.date
    last: dt.date
    rows: Sequence[Row]
    tree: Tree
    asked: Sequence[Asked]
    cuts: Mapping[str, Sequence[str]]
    naming: Naming
    campaign: Campaign | None = None
    comments: Sequence[Comment] = field(default_factory=list)
    parts: Sequence[str] = ()
    levels: int = 99
    figures: Figures = lambda _places, choices: each_question(choices)


def publish(draft: Draft, *, floors: Floors, by: Viewer, now: dt.datetime) -> Release:
    """Plan the cells, choose what they show, have it audited, write it with one line of the journal.

    Args:
        draft: what is to be released.
        floors: fewest people of each thing.
        by: who releases.
        now: the instant.

    Returns:
        The release.
    """
    planner = Planner(draft.rows, draft.tree, floor=floors.scores, together=_together(draft.kind))
    planner.hierarchy(draft.levels)
    for name, order in draft.cuts.items():
        planner.cut(name, order)
    planner.part(*draft.parts)
    choices = [Choice(asked, draft.rows, planner.places) for asked in draft.asked]
    proofs = settle(choices, planner.places, [row.person for row in draft.rows])
    release = _release(draft, floors, now, _told(planner, proofs))
    shown = _write_cells(release, draft, planner.places, list(draft.figures(planner.places, choices)))
    _write_comments(release, draft.comments)
    journal.write(
        by=by,
        verb="releases.published",
        about=release,
        unit_path=draft.tree.root,
        what=_named(draft),
        people=release.answered or f"< {release.floor}",
        cells=shown,
    )
    release.made_now = True
    return release


def _named(draft: Draft) -> str:
    """What ``naming.released_words`` says in any language; a campaign that is no wave, by its name."""
    if draft.campaign is None:
        return f"{draft.kind} {draft.first:%Y-%m}"
    code = draft.campaign.code
    return code if code.startswith(WAVE_CODE) else say(draft.campaign.name, get_language() or "fr") or code


def _together(kind: Kind) -> list[list[str]]:
    """The few whom the release before merged: they stay so."""
    last = Release.objects.filter(kind=kind).order_by("-pk").first()
    return last.audit.get("together", []) if last else []


def _told(planner: Planner, proofs: Sequence[Audit]) -> dict[str, object]:
    """What is kept of the audits: that all were accepted, and on how much."""
    return {
        "accepted": all(proof.accepted for proof in proofs),
        "audits": len(proofs),
        "cells": sum(proof.cells for proof in proofs),
        "together": [list(group) for group in planner.kept_together],
    }


def _release(draft: Draft, floors: Floors, now: dt.datetime, audit: dict[str, object]) -> Release:
    people = len({row.person for row in draft.rows})
    asked = draft.tree.asked(draft.tree.root)
    return Release.objects.create(
        kind=draft.kind,
        campaign=draft.campaign,
        first_on=draft.first,
        last_on=draft.last,
        floor=floors.scores,
        comment_floor=floors.comments,
        crosstab_floor=floors.crossed,
        sensitive_floor=floors.sensitive,
        invited=asked if asked >= people else None,
        people=people,
        published_at=now,
        audit=audit,
    )


def _write_cells(release: Release, draft: Draft, places: Sequence[Place], told: Sequence[Told]) -> int:
    """Write cells and figures; how many cells show something."""
    positions: Counter[str] = Counter()
    telling = {at for at, _key, _counts in told}
    cells: dict[int, ReleasedCell] = {}
    for at, place in enumerate(places):
        if not place.value:
            position = positions[place.cut]
            positions[place.cut] += 1
            cells[at] = _cell(release, draft, place, shown=at in telling, position=position)
    ReleasedCell.objects.bulk_create(cells.values())
    ReleasedFigure.objects.bulk_create(
        ReleasedFigure(cell=cells[at], key=key, counts=counts, n=sum(counts.values()))
        for at, key, counts in told
    )
    return len(telling)


def _cell(release: Release, draft: Draft, place: Place, *, shown: bool, position: int) -> ReleasedCell:
    state = ReleasedCell.State.MERGED if len(place.members) > 1 else ReleasedCell.State.SHOWN
    people = len({draft.rows[at].person for at in place.rows})
    asked = sum(map(draft.tree.asked, place.members)) if place.cut == UNIT else 0
    return ReleasedCell(
        release=release,
        cut=place.cut,
        place=place_of(place),
        position=position,
        names=draft.naming.names(place),
        unit_path=_scope(place, draft.tree.root),
        members=list(place.members),
        people=people if people >= release.floor else None,
        invited=asked if people >= release.floor and asked >= people else None,
        state=state if shown else ReleasedCell.State.MASKED,
    )


def _scope(place: Place, root: str) -> str:
    """The smallest branch that holds the members."""
    if place.cut != UNIT:
        return root
    first = place.members[0].rstrip("=")
    if len(place.members) == 1:
        return first
    paths = [member.rstrip("=").strip("/").split("/") for member in place.members]
    steps = []
    for names in zip(*paths, strict=False):
        if len(set(names)) > 1:
            break
        steps.append(names[0])
    return "/" + "/".join(steps) + "/"


def _write_comments(release: Release, comments: Iterable[Comment]) -> None:
    """Write comments in an order drawn once, under identities drawn too: nothing tells which came first."""
    drawn = list(comments)
    secrets.SystemRandom().shuffle(drawn)
    ReleasedComment.objects.bulk_create(
        ReleasedComment(
            id=secrets.randbits(62),
            release=release,
            unit_path=comment.path,
            order=order,
            question_key=comment.question,
            text=comment.text,
            themes=list(comment.themes),
        )
        for order, comment in enumerate(drawn)
    )
