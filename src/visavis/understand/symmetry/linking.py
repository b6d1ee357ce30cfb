"""The link between both sides of teams: as it stands, then at equal requests inside sites; its exceptions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from visavis.measure.latent import LatentCorrelation, between_team_correlation, latent_correlation_interval
from visavis.measure.quantiles import z
from visavis.understand.symmetry.teams import Team

#: Marks on each side under which a team is left out of the link.
LEAST_CLIMATE, LEAST_CUSTOMERS = 5, 30


@dataclass(frozen=True, slots=True)
class Links:
    """Both links, and the teams that they rest on; a link is none where it cannot be measured."""

    raw: LatentCorrelation | None
    fair: LatentCorrelation | None
    teams: int
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Exempt:
    """A team whose two sides go opposite ways.

    Attributes:
        label: the team.
        climate: how far its climate lies from that of the teams of its site, in marks.
        satisfied: how far its customers lie from them at equal requests, from -1 to 1.
        clear: whether both distances exclude zero.
    """

    label: str
    climate: float
    satisfied: float
    clear: bool


@dataclass(frozen=True, slots=True)
class _Point:
    team: Team
    x: float
    y: float
    raw: float
    var_x: float
    var_y: float
    var_raw: float


def _points(teams: Sequence[Team]) -> list[_Point]:
    found = []
    for team in teams:
        won, n = team.satisfied
        if team.climate.n < LEAST_CLIMATE or n < LEAST_CUSTOMERS or team.likened is None:
            continue
        x, y = team.climate.total / team.climate.n, won / n
        found.append(_Point(team, x, team.likened.value, y, 0.0, team.likened.variance, y * (1 - y) / n))
    spread = _within(found)
    return [
        _Point(one.team, one.x, one.y, one.raw, spread / one.team.climate.n, one.var_y, one.var_raw)
        for one in found
    ]


def _within(points: Sequence[_Point]) -> float:
    """Variance of marks inside teams, pooled: a small unanimous team is not a certain one."""
    square = sum(p.team.climate.squares - p.team.climate.total**2 / p.team.climate.n for p in points)
    return square / max(1, sum(p.team.climate.n - 1 for p in points))


def links(teams: Sequence[Team]) -> Links:
    """Measure the link between climate and customers over teams.

    The fair one compares each team with those of its own site, at equal reasons and channels: a fixed
    difference between sites, or between trades, cannot make it.

    Args:
        teams: both sides of each.

    Returns:
        The links; those left out have under 5 marks of climate or 30 customers.
    """
    points = _points(teams)
    kept = {one.team.place for one in points}
    left = tuple(team.label for team in teams if team.place not in kept)
    if len(points) < 4:
        return Links(None, None, len(points), left)
    raw = between_team_correlation(
        [p.x for p in points], [p.raw for p in points], [p.var_x for p in points], [p.var_raw for p in points]
    ).interval()
    return Links(raw, _fair(points), len(points), left)


def _fair(points: Sequence[_Point]) -> LatentCorrelation | None:
    sites: dict[str, list[_Point]] = defaultdict(list)
    for point in points:
        sites[point.team.site].append(point)
    inside = [site for site in sites.values() if len(site) > 1]
    x, y, var_x, var_y = [], [], [], []
    for site in inside:
        middle = _middle(site)
        x += [p.x - middle[0] for p in site]
        y += [p.y - middle[1] for p in site]
        # A site's own mean takes one of its teams away.
        shrink = 1 - 1 / len(site)
        var_x += [p.var_x * shrink for p in site]
        var_y += [p.var_y * shrink for p in site]
    teams = len(x) - len(inside) + 1
    if len(x) < 4 or teams < 4:
        return None
    found = between_team_correlation(x, y, var_x, var_y)
    if found.observed is None:
        return None
    return latent_correlation_interval(found.observed, teams, found.reliability_x, found.reliability_y)


def _middle(site: Sequence[_Point]) -> tuple[float, float]:
    return sum(p.x for p in site) / len(site), sum(p.y for p in site) / len(site)


def exceptions(teams: Sequence[Team], level: float = 0.95) -> list[Exempt]:
    """The teams whose two sides go opposite ways inside their site, at least one of them clearly.

    Args:
        teams: both sides of each.
        level: of the intervals.

    Returns:
        Those where both are clear first, then the farthest apart.
    """
    sites: dict[str, list[_Point]] = defaultdict(list)
    for point in _points(teams):
        sites[point.team.site].append(point)
    found = []
    for site in sites.values():
        middle = _middle(site)
        for p in site:
            ways = ((p.x - middle[0], p.var_x), (p.y - middle[1], p.var_y))
            clear = [abs(way) > z(level) * variance**0.5 for way, variance in ways]
            if len(site) > 2 and ways[0][0] * ways[1][0] < 0 and any(clear):
                found.append(Exempt(p.team.label, ways[0][0], ways[1][0], all(clear)))
    return sorted(found, key=lambda one: (not one.clear, -abs(one.climate * one.satisfied)))
