"""What the planted effects became in one draw, by plain arithmetic on the drawn rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from visavis.demo.vaubrune.barometer import waves
from visavis.demo.vaubrune.story import Story
from visavis.demo.vaubrune.world import (
    CHANNELS,
    CHAT,
    CODES,
    MAIL,
    PHONE,
    PILOT,
    REASONS,
    SITES,
    TEAMS,
    WAITING,
    WEEKS,
    Array,
    team_index,
    teams_where,
)

Values = dict[str, object]


@dataclass(frozen=True, slots=True)
class Marks:
    """Answers with the exchange they speak of, in columns."""

    satisfied: Array
    note: Array
    team: Array
    week: Array
    day: Array
    reason: Array
    channel: Array
    person: Array

    def of(self, mask: Array) -> float:
        """Share satisfied, in points."""
        return 100 * float(self.satisfied[mask].mean()) if mask.any() else float("nan")


def marks_of(story: Story) -> Marks:
    """The answers of a story."""
    rows, seen = story.told.contact, story.seen
    return Marks(
        story.told.satisfaction >= 4, story.told.satisfaction, seen.team[rows], seen.day[rows] // 7,
        seen.day[rows], seen.reason[rows], seen.channel[rows], seen.adviser[rows],
    )  # fmt: skip


def between(values: Array, start: int, stop: int) -> Array:
    """Mask of ``start <= values < stop``."""
    return (values >= start) & (values < stop)


def change(values: Array, treated: Array, control: Array, before: Array, after: Array) -> float:
    """Difference in differences of plain means."""

    def mean(who: Array, when: Array) -> float:
        return float(values[who & when].mean())

    return mean(treated, after) - mean(treated, before) - mean(control, after) + mean(control, before)


def links(story: Story, marks: Marks) -> Values:
    """E1: climate and customers, team by team."""
    kept = np.array([team.seats > 4 for team in TEAMS])
    climate = _by_team(story.said.marks["climate"], story.said.team)
    raw = 100 * _by_team(marks.satisfied[marks.team >= 0], marks.team[marks.team >= 0])
    adjusted = 100 * _like_for_like(marks)
    site = np.array([list(SITES).index(team.site) for team in TEAMS])
    pairs = [(climate[kept], raw[kept]), (_centred(climate, site)[kept], _centred(adjusted, site)[kept])]
    return {
        "raw_r": _r(*pairs[0]),
        "adjusted_r": _r(*pairs[1]),
        "teams": int(kept.sum()),
        "exceptions": list(story.life.exceptions),
        "by_team": {
            code: {
                "climate": round(float(c), 3),
                "satisfied": round(float(s), 2),
                "adjusted": round(float(a), 2),
            }
            for code, c, s, a in zip(CODES, climate, raw, adjusted, strict=True)
        },
    }


def _by_team(values: Array, team: Array) -> Array:
    counts = np.bincount(team, minlength=len(CODES))
    return np.bincount(team, weights=values.astype(float), minlength=len(CODES)) / np.maximum(1, counts)


def _like_for_like(marks: Marks) -> Array:
    """Team effects of a linear model with reason and channel, shape (24,)."""
    rows = marks.team >= 0
    design = np.hstack(
        [
            np.eye(len(CODES))[marks.team[rows]],
            np.eye(len(REASONS))[marks.reason[rows]][:, 1:],
            np.eye(len(CHANNELS))[marks.channel[rows]][:, 1:-1],
        ]
    )
    return solved(design, marks.satisfied[rows])[: len(CODES)]


def solved(design: Array, answer: Array) -> Array:
    """Least squares by the normal equations: one coefficient a column of ``design``."""
    return np.asarray(np.linalg.lstsq(design.T @ design, design.T @ answer.astype(float), rcond=None)[0])


def _centred(values: Array, group: Array) -> Array:
    sizes = np.array([team.seats > 4 for team in TEAMS])
    means = np.array([values[(group == number) & sizes].mean() for number in range(len(SITES))])
    return np.asarray(values - means[group])


def _r(one: Array, two: Array) -> float:
    return round(float(np.corrcoef(one, two)[0, 1]), 3)


def server(story: Story, marks: Marks) -> Values:
    """E2: the phone against mail and chat, when the voice server came and when it was repaired."""
    start, stop = story.planted.server_from, story.planted.server_until
    phone, written = marks.channel == PHONE, np.isin(marks.channel, (MAIL, CHAT))
    before, during = between(marks.week, 10, start), between(marks.week, start, stop)
    after = between(marks.week, stop, story.planted.schedule_from)
    points = 100.0 * marks.satisfied
    return {
        "drop_points": round(change(points, phone, written, before, during), 2),
        "repair_points": round(change(points, phone, written, during, after), 2),
        "broken_on": f"W{start}",
        "repaired_on": f"W{stop}",
    }


def _wave_mask(story: Story, first: str, last: str) -> Array:
    months = np.array([f"{day:%Y-%m}" for day in waves()])[story.said.wave]
    return np.asarray((months >= first) & (months <= last))


def schedules(story: Story, marks: Marks) -> Values:
    """E3, E4, E5: Roubaix against Angers."""
    climate, said_team = story.said.marks["climate"].astype(float), story.said.team
    roubaix, angers = teams_where(site="roubaix"), teams_where(site="angers")
    here, there = roubaix[marks.team] & (marks.team >= 0), angers[marks.team] & (marks.team >= 0)
    lag = story.planted.schedule_from + story.planted.lag_weeks
    before, after = between(marks.week, 10, story.planted.schedule_from), between(marks.week, lag, 52)
    waves_before, waves_after = (
        _wave_mask(story, "2024-09", "2025-04"),
        _wave_mask(story, "2025-05", "2025-06"),
    )
    return {
        "E3_climate": round(
            change(climate, roubaix[said_team], angers[said_team], waves_before, waves_after), 3
        ),
        "E4_points": round(change(100.0 * marks.satisfied, here, there, before, after), 2),
        "E4_note": round(change(marks.note.astype(float), here, there, before, after), 3),
        "E5_lag_weeks": _best_lag(marks, here, there, story.planted.schedule_from),
    }


def _best_lag(marks: Marks, here: Array, there: Array, start: int) -> int:
    """Weeks after ``start`` where one step best fits the weekly gap between both sites."""
    weekly = [
        [float(marks.note[who & (marks.week == week)].mean()) for week in range(10, 52)]
        for who in (here, there)
    ]
    gap = np.array(weekly[0]) - np.array(weekly[1])
    fits = {lag: _step_error(gap, start + lag - 10) for lag in range(13)}
    return min(fits, key=lambda lag: fits[lag])


def _step_error(series: Array, at: int) -> float:
    return float(sum(((part - part.mean()) ** 2).sum() for part in (series[:at], series[at:])))


def pilot(story: Story, marks: Marks) -> Values:
    """E6, E7: the four pilot teams against the four that waited; then the extension."""
    piloted, waited = _teams(PILOT), _teams(WAITING)
    climate, said_team = story.said.marks["climate"].astype(float), story.said.team
    before, after = _wave_mask(story, "2024-09", "2025-06"), _wave_mask(story, "2025-08", "2025-10")
    last = _wave_mask(story, "2025-11", "2025-11")
    here, there = piloted[marks.team] & (marks.team >= 0), waited[marks.team] & (marks.team >= 0)
    earlier, later = between(marks.week, 10, 52), between(marks.week, 54, WEEKS)
    points = 100.0 * marks.satisfied
    return {
        "E6_climate": round(change(climate, piloted[said_team], waited[said_team], before, after), 3),
        "E7_points": round(change(points, here, there, earlier, later), 2),
        "E7_note": round(change(marks.note.astype(float), here, there, earlier, later), 3),
        "extension_climate": round(
            change(climate, waited[said_team], piloted[said_team], after, last), 3
        ),
        "extension_points": round(
            change(points, there, here, between(marks.week, 54, 62), between(marks.week, 62, WEEKS)), 2
        ),
    }  # fmt: skip


def _teams(codes: tuple[str, ...]) -> Array:
    mask = np.zeros(len(CODES), dtype=bool)
    mask[[team_index(code) for code in codes]] = True
    return mask


def pairs(story: Story) -> Values:
    """E8, E9, E10: the two views of one exchange."""
    both, left, right = np.intersect1d(story.told.contact, story.lived.contact, return_indices=True)
    satisfied = story.told.satisfaction[left] >= 4
    well = story.lived.feeling[right] >= 4
    reason = story.seen.reason[both]
    by_reason = {
        code: {
            "n": int((reason == number).sum()),
            "blind_spot": round(100 * float((~satisfied & well)[reason == number].mean()), 1),
            "takes_upon": round(100 * float((satisfied & ~well)[reason == number].mean()), 1),
        }
        for number, code in enumerate(REASONS)
    }
    return {
        "pairs": len(both),
        "well_means": "feeling >= 4",
        "by_reason": by_reason,
        "spearman": _spearman(story.told.satisfaction[left], story.lived.feeling[right]),
        "quadrants": {
            "all_well": round(100 * float((satisfied & well).mean()), 1),
            "takes_upon": round(100 * float((satisfied & ~well).mean()), 1),
            "hard_both": round(100 * float((~satisfied & ~well).mean()), 1),
            "blind_spot": round(100 * float((~satisfied & well).mean()), 1),
        },
    }


def _spearman(one: Array, two: Array) -> float:
    def ranks(values: Array) -> Array:
        _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
        ends = np.cumsum(counts)
        return np.asarray((ends - (counts - 1) / 2)[inverse])

    return _r(ranks(one), ranks(two))
