"""The whole suite against one company: every surface, by several people, and what they get together."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache

from django.test import override_settings
from django.urls import reverse

from tests import house
from tests.listen.releases.attacked import suite
from tests.listen.releases.company import NOW
from tests.listen.releases.faced import THEMES, Faced
from tests.listen.releases.naive import Naive
from tests.listen.releases.readings import SURFACES
from tests.listen.releases.solving import Attacker, Claim
from tests.listen.releases.surfaces import Reader
from visavis.core.words import Role
from visavis.listen.releases import jobs
from visavis.people.access.viewer import system
from visavis.people.units.models import Unit

ATTACKS = ("direct", "nested", "linear", "program", "time", "comments", "live")
#: Everything that everybody reads, put together.
TOGETHER = "together"
CLASSES = {"recommend_employer": {"9": "promoter", "7": "passive", "4": "detractor"}}
HARMLESS = {f"theme:{code}": "0" for code in (*THEMES, "top")}
#: Fewest people around a comment.
AROUND = 10
Found = dict[tuple[str, str], int]


def readers(company: Faced, *, every: bool = False) -> dict[str, Reader]:
    """People who look: of the company, of each site, of two teams; more roles when asked."""
    root, sites, teams = company.root, company.sites.values(), list(company.teams.values())
    seats: list[tuple[Role, Unit]] = [(Role.HR, root), *((Role.MANAGER, site) for site in sites)]
    seats.append((Role.MANAGER, teams[0]))
    if every:
        seats += [(role, root) for role in (Role.DIRECTION, Role.QUALITY, Role.READER)]
        seats += [(Role.ADVISER, teams[1])]
    return {
        f"{role} {unit.code}": Reader(company, house.member(unit, role).client, whole=unit == root)
        for role, unit in seats
    }


def assault(seed: int, floor: int, *, naive: bool = False, people: int = 240, every: bool = False) -> Found:
    """Build a company, publish, read everything as several people, attack.

    Args:
        seed: of the company.
        floor: fewest people of a figure.
        naive: whether its gateway is naive.
        people: of the company.
        every: whether every role reads.

    Returns:
        Surface and attack -> what was found: groups, people's answers, comments, addresses.
    """
    with override_settings(SMALLEST_GROUP=floor, TODAY=house.TODAY):
        return _assault(seed, floor, naive=naive, people=people, every=every)


def _assault(seed: int, floor: int, *, naive: bool, people: int, every: bool) -> Found:
    drawn = suite().Naive(seed=seed, k=floor, N=people)
    company = Naive(drawn, seed, floor) if naive else Faced(drawn, seed)
    who = readers(company, every=every)
    read: dict[str, list[Claim]] = {surface: [] for surface in SURFACES}
    for reader in who.values():
        for surface, of in SURFACES.items():
            read[surface] += of(reader)
        assert not reader.problems, reader.problems
    _are_true(company, [claim for claims in read.values() for claim in claims])
    found = {
        (surface, attack): n
        for surface, claims in read.items()
        for attack, n in _attacks(company, claims, floor)
    }
    every_claim = [claim for claims in read.values() for claim in claims]
    attacker = _attacker(company, every_claim, floor)
    found |= {(TOGETHER, attack): getattr(attacker, attack)() for attack in ATTACKS[:5]}
    found[TOGETHER, "comments"] = comments(company, who, attacker)
    found[TOGETHER, "live"] = live(company, who)
    return found


def _are_true(company: Faced, claims: list[Claim]) -> None:
    """What was read holds of what was said: an attacker who reads wrongly would find nothing."""
    for claim in claims:
        weights = dict(claim.weights)
        said = [company.rosters[code][at].said[claim.question] for code, at in claim.group]
        assert claim.low - 1e-6 <= sum(weights.get(each, 0.0) for each in said) <= claim.high + 1e-6, claim


def _attacker(company: Faced, claims: list[Claim], floor: int) -> Attacker:
    return Attacker(claims, company.rosters, floor, classes=CLASSES, harmless=HARMLESS)


def _attacks(company: Faced, claims: list[Claim], floor: int) -> Iterator[tuple[str, int]]:
    attacker = _attacker(company, claims, floor)
    return ((attack, int(getattr(attacker, attack)())) for attack in ATTACKS[:5])


def comments(company: Faced, who: dict[str, Reader], attacker: Attacker) -> int:
    """Comments around which there are too few people, by the level where they show and what they speak of."""
    around: dict[tuple[str, str], set[int]] = {}
    shown = list(_shown(company, who))
    for code, text, level, themes in shown:
        # What shows at a site is not the company's.
        own = tuple(
            {where for told, _, where, _ in shown if told == code and where != level and where > level}
        )
        told = [
            (at, one)
            for at, one in company.told(code)
            if one.path.startswith(level) and not one.path.startswith(own or ("?",))
        ]
        paths = _speaking(company, attacker, tuple(themes), level, told[0][1].day.month)
        people = {one.person for _, one in told if not paths or one.path in paths}
        around[code, text] = around.get((code, text), people) & people
    return sum(len(people) < AROUND for people in around.values())


@cache
def _speaking(
    company: Faced, attacker: Attacker, themes: tuple[str, ...], level: str, month: int
) -> frozenset[str]:
    """The units that may have spoken of some themes that month, by what was published; none: all may."""
    rows = {at: one for at, one in company.told("words") if one.day.month == month}
    among = whole = frozenset(at for at, one in rows.items() if one.path.startswith(level))
    for theme in themes:
        among = attacker.possible(f"theme:{theme}", "1", among)
    return frozenset(rows[at].path for at in among) if among != whole else frozenset()


def _shown(company: Faced, who: dict[str, Reader]) -> Iterator[tuple[str, str, str, list[str]]]:
    """Each comment shown to somebody: its release, its text, its level, what it speaks of."""
    for reader in who.values():
        for wave in company.waves:
            page = reader.get(reverse("barometer:wave", args=[wave.code])).decode()
            for level, text, themes in re.findall(_COMMENT, page, re.DOTALL):
                yield wave.code, text, level, [each for each in THEMES if f"· {each}" in themes]
    yield from _of_study(company, who)


_COMMENT = r'data-level="([^"]+)"><p>.*?numero (\d+) fin.*?</p><p class="muted">(.*?)</p>'


def _of_study(company: Faced, who: dict[str, Reader]) -> Iterator[tuple[str, str, str, list[str]]]:
    """Comments of the study show without their level: who of the sites reads one tells it."""
    code, roster = company.study.campaign.code, company.study_roster
    seen: dict[str, set[str]] = defaultdict(set)
    for site in company.sites.values():
        page = who[f"{Role.MANAGER} {site.code}"].get(
            reverse("mirror:study", args=[code]), question="clarity"
        )
        for text in re.findall(r"numero (\d+) fin", page.decode()):
            seen[text].add(site.path)
    for text, sites in seen.items():
        yield roster, text, sites.pop() if len(sites) == 1 else company.root.path, []


def live(company: Faced, who: dict[str, Reader]) -> int:
    """Addresses that change when somebody answers after the close and all that is due is published again."""
    company.answer_late()
    if isinstance(company, Naive):
        company.publish()
    jobs.release_due(by=system(), today=house.TODAY, now=NOW)
    changed = 0
    reader = next(iter(who.values()))
    for (url, query), told in dict(reader.seen).items():
        if set(dict(query).values()) <= {"", "tout"}:
            reader.get(url, **dict(query))
            changed += reader.seen[url, query] != told
    return changed


def total(founds: list[Found]) -> Found:
    """The sum of several assaults."""
    return dict(sum((Counter(found) for found in founds), Counter()))
