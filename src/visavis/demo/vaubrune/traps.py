"""What a naive reader would conclude, beside what was planted: T1, T2, T3, T7."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import numpy as np

from visavis.demo.vaubrune.realised import Marks, Values, between, solved
from visavis.demo.vaubrune.story import Story
from visavis.demo.vaubrune.world import CHANNELS, CHAT, CODES, PHONE, REASONS, Array, index_of, teams_where


def november(marks: Marks) -> Values:
    """T2: what of November 2025 is its mix, and what is its own."""
    starts = [index_of(date(2025, 10, 1)), index_of(date(2025, 11, 1)), index_of(date(2025, 12, 1))]
    cell = marks.reason * len(CHANNELS) + marks.channel
    count = len(REASONS) * len(CHANNELS)
    weights, scores = [], []
    for first, last in pairwise(starts):
        rows = between(marks.day, first, last)
        sizes = np.bincount(cell[rows], minlength=count)
        scores.append(
            np.bincount(cell[rows], weights=marks.satisfied[rows], minlength=count) / np.maximum(1, sizes)
        )
        weights.append(sizes / sizes.sum())
    common = (weights[0] > 0) & (weights[1] > 0)
    total = 100 * float(weights[1] @ scores[1] - weights[0] @ scores[0])
    own = 100 * float((weights[1] * (scores[1] - scores[0]))[common].sum())
    return {"total": round(total, 2), "mix": round(total - own, 2), "own": round(own, 2)}


def traps(story: Story, marks: Marks) -> Values:
    """T1, T3, T7, as the naive reader would see them and as they are."""
    storm = story.planted
    rebound = marks.of(between(marks.week, storm.storm_until, storm.storm_until + 4)) - marks.of(
        between(marks.week, storm.storm_from, storm.storm_until)
    )
    camille = marks.person == story.crew.by_name["Camille Fournier"]
    yanis = marks.person == story.crew.by_name["Yanis Belkacem"]
    return {
        "T1_naive_points": round(rebound, 2),
        "T3_chat": {"all": _chat(marks, 0), "from_w30": _chat(marks, 30)},
        "T7_camille": {
            "n": int(camille.sum()),
            "raw_points": round(marks.of(camille) - marks.of(~camille & (marks.person >= 0)), 2),
            "adjusted_points": round(_adjusted_person(marks, camille), 2),
        },
        "T7_yanis": {"n": int(yanis.sum()), "satisfied": int(marks.satisfied[yanis].sum())},
    }


def _chat(marks: Marks, since: int) -> Values:
    rows = np.isin(marks.channel, (PHONE, CHAT)) & (marks.week >= since)
    chat = (marks.channel[rows] == CHAT).astype(float)
    design = np.hstack(
        [chat[:, None], np.eye(len(REASONS))[marks.reason[rows]], np.eye(len(CODES))[marks.team[rows]][:, 1:]]
    )
    raw = marks.of(rows & (marks.channel == CHAT)) - marks.of(rows & (marks.channel == PHONE))
    return {
        "raw_points": round(raw, 2),
        "adjusted_points": round(100 * float(solved(design, marks.satisfied[rows])[0]), 2),
    }


def _adjusted_person(marks: Marks, person: Array) -> float:
    """Her gap in a linear model with reason, channel, team and what the team's customers felt by period."""
    rows = marks.team >= 0
    period = np.searchsorted([19, 29, 41, 52], marks.week[rows], side="right")
    design = np.hstack(
        [
            person[rows][:, None].astype(float),
            np.eye(len(REASONS))[marks.reason[rows]],
            np.eye(len(CHANNELS))[marks.channel[rows]][:, 1:-1],
            np.eye(len(CODES))[marks.team[rows]][:, 1:],
            np.eye(5)[period][:, 1:] * teams_where(site="roubaix")[marks.team[rows]][:, None],
        ]
    )
    return 100 * float(solved(design, marks.satisfied[rows])[0])
