"""What the data allow to say of two themes: who came first, whether they go together over teams."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial

from visavis.core.words import Voice
from visavis.measure.estimates import Display
from visavis.measure.latent import LatentCorrelation, between_team_correlation, latent_correlation_interval
from visavis.measure.leads import Order, Said, who_first
from visavis.measure.links import Deviations, chance_of, correlation_between
from visavis.measure.surveys import fdr
from visavis.measure.watching import FEWEST
from visavis.understand.correspondences.queries import Both, Team

#: Share of false discoveries accepted on a page.
FALSE = 0.05
#: Texts of each side under which a team is left out of the links.
LEAST_EMPLOYEES, LEAST_CUSTOMERS = 5, 10
#: Teams, beyond one a site, under which nothing is compared.
LEAST_TEAMS = 4
#: Mentions over all teams under which a theme is too rare to be compared between them.
LEAST_MENTIONS = 20
#: A link of which the interval stays under this is refuted.
SLIGHT = 0.2

#: Codes of two themes, the customers' first.
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class First:
    """Two themes over the weeks: when each voice rose, who came first, whether that is clear.

    ``order`` has the employees first: its lead is positive when they precede.
    """

    pair: Pair
    order: Order
    employees_on: dt.date | None
    customers_on: dt.date | None
    clear: bool


def firsts(both: Both, pairs: Sequence[Pair], draws: int = 999) -> dict[Pair, First]:
    """Say of each pair which voice spoke of it more, first, false discoveries held over the page.

    Args:
        both: both voices, with their weeks.
        pairs: themes to hold together.
        draws: of the test.

    Returns:
        The pairs of which at least one voice rose.
    """
    weeks = {pair: known for pair in pairs if len(known := _known(both, pair)) > FEWEST}
    orders = {
        pair: _by_calendar(
            _who_first(
                _said(both, Voice.EMPLOYEE, pair[1], known),
                _said(both, Voice.CUSTOMER, pair[0], known),
                draws,
            ),
            [both.weeks[at] for at in known],
        )
        for pair, known in weeks.items()
    }
    risen = {pair: one for pair, one in orders.items() if one.first is not None or one.second is not None}
    tested = [pair for pair, one in risen.items() if one.p_value is not None]
    adjusted = dict(zip(tested, fdr([risen[pair].p_value or 0.0 for pair in tested]).adjusted, strict=True))
    return {
        pair: First(
            pair,
            order,
            None if order.first is None else both.weeks[weeks[pair][order.first]],
            None if order.second is None else both.weeks[weeks[pair][order.second]],
            adjusted.get(pair, 1.0) <= FALSE,
        )
        for pair, order in risen.items()
    }


@lru_cache(maxsize=1024)
def _who_first(ours: Said, theirs: Said, draws: int) -> Order:
    """The same weeks give the same draws: what was drawn for them is remembered as long as they stand."""
    return who_first(ours, theirs, draws=draws)


def _by_calendar(order: Order, weeks: Sequence[dt.date]) -> Order:
    """A lead in weeks of the calendar: those with too few texts were passed over, yet they went by."""
    if order.first is None or order.second is None:
        return order
    lead, low, high = (each or 0 for each in (order.lead, order.low, order.high))
    passed = (weeks[order.second] - weeks[order.first]).days // 7 - lead
    return replace(order, lead=lead + passed, low=low + passed, high=high + passed)


def _known(both: Both, pair: Pair) -> list[int]:
    """The places of the weeks in which it is known how often each voice spoke of its theme."""
    sides = (Voice.EMPLOYEE, pair[1]), (Voice.CUSTOMER, pair[0])
    weeks = [(both.weekly.get(voice, ()), code) for voice, code in sides]
    told = [[week.told(code)[1] for week in each] for each, code in weeks]
    return [at for at, texts in enumerate(zip(*told, strict=True)) if all(texts)]


def _said(both: Both, voice: Voice, code: str, known: Sequence[int]) -> Said:
    told = [both.weekly[voice][at].told(code) for at in known]
    return Said(tuple(times for times, _texts in told), tuple(texts for _times, texts in told))


def across(both: Both, pairs: Sequence[Pair], *, clear_only: bool = False) -> dict[Pair, LatentCorrelation]:
    """Measure whether teams whose employees speak of one theme have customers who complain of the other.

    Each team is held against those of its own site, its customers against what their requests lead to expect
    anywhere; sampling errors are freed on both sides, and the intervals drawn at one level for all the pairs.

    Args:
        both: both voices, with their teams.
        pairs: themes to hold together.
        clear_only: keep those alone whose interval lies above zero.

    Returns:
        The pairs that can be measured: both themes frequent enough, teams enough.
    """
    columns = _Columns([team for team in both.teams if _enough(team)])
    observed = {pair: r for pair in pairs if (r := columns.observed(pair)) is not None}
    if not observed:
        return {}
    chances = {pair: chance_of(r, columns.teams(pair) - 2) for pair, r in observed.items()}
    level = 1 - FALSE * max(1, fdr(list(chances.values()), FALSE).rejected) / len(observed)
    wanted = [pair for pair, p in chances.items() if not clear_only or (p <= FALSE and observed[pair] > 0)]
    found = {pair: columns.link(pair, level) for pair in wanted}
    return {pair: link for pair, link in found.items() if link and (supports(link) or not clear_only)}


def _enough(team: Team) -> bool:
    return (
        team.employees.texts >= LEAST_EMPLOYEES
        and sum(told.texts for told in team.customers.values()) >= LEAST_CUSTOMERS
    )


@dataclass(frozen=True, slots=True)
class _Side:
    """One theme over the teams: distance of each from its site, variance of that distance."""

    values: list[float]
    variances: list[float]
    around: Deviations


#: Teams to hold together, by site.
_Sites = tuple[tuple[int, ...], ...]
#: A figure of each team, with its variance.
_Shares = Mapping[str, tuple[float, float]]


class _Columns:
    """Both sides of the teams, theme by theme, each worked out once."""

    def __init__(self, teams: Sequence[Team]) -> None:
        self._teams = teams
        self._of: dict[str, _Sites] = {}
        self._shares: dict[_Sites, Mapping[Voice, Callable[[str], _Shares]]] = {}
        self._known: dict[tuple[Voice, str, _Sites], _Side | None] = {}

    def teams(self, pair: Pair) -> int:
        """How many teams stand behind a link: a site's own mean takes one of its teams away."""
        sites = self._sites(pair[1])
        return sum(map(len, sites)) - len(sites) + 1

    def _sites(self, code: str) -> _Sites:
        """Places of the teams of which it is known how often employees spoke of a theme, by site."""
        if code not in self._of:
            sites: dict[str, list[int]] = defaultdict(list)
            for at, team in enumerate(self._teams):
                if team.employees.told(code)[1] >= LEAST_EMPLOYEES:
                    sites[team.site].append(at)
            self._of[code] = tuple(tuple(site) for site in sites.values() if len(site) > 1)
        return self._of[code]

    def observed(self, pair: Pair) -> float | None:
        """The link as it shows; none where teams are too few, or a side is too rare or never varies."""
        if self.teams(pair) < LEAST_TEAMS:
            return None
        theirs, ours = self._both(pair)
        return correlation_between(ours.around, theirs.around) if theirs and ours else None

    def link(self, pair: Pair, level: float) -> LatentCorrelation | None:
        """The link freed of errors, with its interval."""
        theirs, ours = self._both(pair)
        if theirs is None or ours is None:
            return None
        found = between_team_correlation(ours.values, theirs.values, ours.variances, theirs.variances)
        if found.observed is None:
            return None
        return latent_correlation_interval(
            found.observed, self.teams(pair), found.reliability_x, found.reliability_y, level
        )

    def _both(self, pair: Pair) -> tuple[_Side | None, _Side | None]:
        sites = self._sites(pair[1])
        return self._side(Voice.CUSTOMER, pair[0], sites), self._side(Voice.EMPLOYEE, pair[1], sites)

    def _side(self, voice: Voice, code: str, sites: _Sites) -> _Side | None:
        key = voice, code, sites
        if key not in self._known:
            held = [[self._teams[at] for at in site] for site in sites]
            if sites not in self._shares:
                teams = [team for site in held for team in site]
                self._shares[sites] = {
                    Voice.CUSTOMER: _Requests(teams).beyond,
                    Voice.EMPLOYEE: partial(_employees, teams),
                }
            self._known[key] = _centred(held, self._shares[sites][voice](code))
        return self._known[key]


def _centred(sites: Sequence[Sequence[Team]], shares: _Shares) -> _Side | None:
    if not shares:
        return None
    values, variances = [], []
    for site in sites:
        held = [shares[team.place] for team in site]
        middle = sum(value for value, _variance in held) / len(held)
        values += [value - middle for value, _variance in held]
        variances += [variance * (1 - 1 / len(held)) for _value, variance in held]
    return _Side(values, variances, Deviations.of(values))


def _employees(teams: Sequence[Team], code: str) -> _Shares:
    """Share of the employees' texts of each team, and its variance at the share of all."""
    told = {team.place: team.employees.told(code) for team in teams}
    mean = _mean(told.values())
    if mean is None:
        return {}
    return {place: (times / texts, mean * (1 - mean) / texts) for place, (times, texts) in told.items()}


class _Requests:
    """Customers of some teams by their requests, laid out once for all the themes held against them."""

    def __init__(self, teams: Sequence[Team]) -> None:
        kinds: dict[tuple[str, ...], int] = {}
        self._cells: dict[str, list[tuple[int, int]]] = {}
        self._texts: dict[int, int] = defaultdict(int)
        self._heard: dict[str, dict[tuple[str, int], int]] = defaultdict(dict)
        for team in teams:
            cells = self._cells[team.place] = []
            for kind, told in team.customers.items():
                at = kinds.setdefault(kind, len(kinds))
                cells.append((at, told.texts))
                self._texts[at] += told.texts
                for code, times in told.times.items():
                    self._heard[code][team.place, at] = times

    def beyond(self, code: str) -> _Shares:
        """How far the complaints of each team's customers lie from what their requests lead to expect.

        Source:
            Indirect standardisation: N. E. Breslow and N. E. Day (1987), Statistical Methods in Cancer
            Research II, chapter 2.
        """
        heard = self._heard.get(code, {})
        mean = _mean([(sum(heard.values()), sum(self._texts.values()))])
        if mean is None:
            return {}
        times: dict[int, int] = defaultdict(int)
        for (_place, at), each in heard.items():
            times[at] += each
        usual = {at: times[at] / texts for at, texts in self._texts.items()}
        found = {}
        for place, cells in self._cells.items():
            texts = sum(each for _at, each in cells)
            beyond = sum(heard.get((place, at), 0) - each * usual[at] for at, each in cells)
            found[place] = beyond / texts, mean * (1 - mean) / texts
        return found


def _mean(told: Collection[tuple[int, int]]) -> float | None:
    """The share of all the texts that speak of a theme; none where too few do."""
    times = sum(each for each, _texts in told)
    return times / sum(texts for _times, texts in told) if times >= LEAST_MENTIONS else None


def supports(link: LatentCorrelation | None) -> bool:
    """Whether teams show that both go together."""
    return link is not None and link.display is Display.FULL and link.low > 0


def refutes(link: LatentCorrelation | None) -> bool:
    """Whether teams show that they hardly do, if at all."""
    return link is not None and link.display is Display.FULL and link.high < SLIGHT
