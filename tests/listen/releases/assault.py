"""The whole suite against one company: every surface, by several people, and what they get together."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from django.test import override_settings
from django.urls import reverse

from tests import house
from tests.guards import HouseClient
from tests.listen.releases import everywhere, further
from tests.listen.releases.attacked import suite
from tests.listen.releases.company import NOW, wave
from tests.listen.releases.faced import THEMES, Faced
from tests.listen.releases.handed import HANDED, handed
from tests.listen.releases.naive import Naive
from tests.listen.releases.readings import SURFACES
from tests.listen.releases.solving import Attacker, Claim
from tests.listen.releases.surfaces import Reader
from tests.scope import quickly
from visavis.core.words import Role
from visavis.listen.releases import jobs
from visavis.people.access.viewer import system
from visavis.people.units.models import Unit

ATTACKS = ("direct", "nested", "linear", "program", "time", "comments", "live")
#: Everything that everybody reads, put together; the same, as if no figure had been rounded.
TOGETHER, UNROUNDED = "together", "unrounded"
#: All that was read before and after people were erased and moved, and marks corrected.
LATER = "later"
#: Not an attack: how many figures were read, for an attacker who reads nothing finds nothing.
READ = "read"
CLASSES = {"recommend_employer": {"9": "promoter", "7": "passive", "4": "detractor"}}
HARMLESS = {f"theme:{code}": "0" for code in (*THEMES, "top")} | {"texts": "1"}
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


def assault(
    seed: int, floor: int, *, naive: bool = False, people: int = 240, roles: int = 1, deep: bool = False
) -> Found:
    """Build a company, publish, read everything as several people, attack.

    Args:
        seed: of the company.
        floor: fewest people of a figure.
        naive: whether its gateway is naive.
        people: of the company.
        roles: how many of the roles look at every address there is, besides those who read.
        deep: whether they also look at headers, weights, parts of files, e-mails, every filter and sort, and
            whether all is read once more after somebody was erased, moved, or a mark corrected.

    Returns:
        Surface and attack -> what was found: groups, people's answers, comments, addresses; what was read.
    """
    with override_settings(SMALLEST_GROUP=floor, TODAY=house.TODAY), quickly():
        return _assault(seed, floor, naive=naive, people=people, roles=roles, deep=deep)


def _assault(seed: int, floor: int, *, naive: bool, people: int, roles: int, deep: bool) -> Found:
    drawn = suite().Naive(seed=seed, k=floor, N=people)
    company = Naive(drawn, seed, floor) if naive else Faced(drawn, seed)
    who = readers(company)
    read = _read(who)
    _are_true(company, [claim for claims in read.values() for claim in claims])
    found = {
        (surface, attack): n
        for surface, claims in read.items()
        for attack, n in _attacks(company, claims, floor)
    }
    every_claim = [claim for claims in read.values() for claim in claims]
    found |= {(surface, READ): n for surface, n in Counter(claim.surface for claim in every_claim).items()}
    attacker = _attacker(company, every_claim, floor)
    found |= {(TOGETHER, attack): getattr(attacker, attack)() for attack in ATTACKS[:5]}
    given = _attacker(company, list(handed(company, next(iter(who.values())))), floor)
    found |= {(HANDED, attack): getattr(given, attack)() for attack in ATTACKS[:5]}
    sharp = _attacker(company, _unrounded(company, every_claim), floor)
    found[UNROUNDED, "program"] = sharp.program()
    found[TOGETHER, "comments"] = comments(company, who, sharp)
    others = everywhere.readers(company, seed + floor, roles)
    if deep:
        found |= _later(company, who, every_claim, floor)
    found[TOGETHER, "live"] = live(company, who, others, deep=deep)
    return found


def _read(who: dict[str, Reader]) -> dict[str, list[Claim]]:
    """All that people read, by surface."""
    read: dict[str, list[Claim]] = {surface: [] for surface in SURFACES}
    for reader in who.values():
        for surface, of in SURFACES.items():
            read[surface] += of(reader)
        assert not reader.problems, reader.problems
    return read


def _later(company: Faced, who: dict[str, Reader], before: list[Claim], floor: int) -> Found:
    """All is read once more after people and marks have changed: claims that changed, and both together."""
    gone = further.aftermath(company)
    if isinstance(company, Naive):
        company.gone.add(gone)
        company.publish()
    jobs.release_due(by=system(), today=house.TODAY, now=NOW)
    after = [claim for claims in _read(who).values() for claim in claims]
    told = {(one.surface, one.question, one.group, one.weights, one.more): one for one in before}
    keys = {(one.surface, one.question, one.group, one.weights, one.more): one for one in after}
    changed = sum(told.get(key) != one for key, one in keys.items()) + sum(key not in keys for key in told)
    attacker = _attacker(company, [*before, *after], floor)
    found = {(LATER, "changed"): changed, (LATER, READ): len(after)}
    return found | {(LATER, attack): getattr(attacker, attack)() for attack in ATTACKS[:5]}


def _are_true(company: Faced, claims: list[Claim]) -> None:
    """What was read holds of what was said: an attacker who reads wrongly would find nothing."""
    for claim in claims:
        assert claim.low - 1e-6 <= _truth(company, claim) <= claim.high + 1e-6, claim


def _truth(company: Faced, claim: Claim) -> float:
    """What a claim sums, unrounded."""
    return sum(
        weights.get(company.rosters[code][at].said[claim.question], 0.0)
        for group, weights in claim.terms()
        for code, at in group
    )


def _unrounded(company: Faced, claims: list[Claim]) -> list[Claim]:
    """All that was read, as if nothing had been rounded: what a drawing or any other inversion could add."""
    exact = ((claim, _truth(company, claim)) for claim in claims)
    return [replace(claim, surface=UNROUNDED, low=told, high=told) for claim, told in exact]


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
        for each in company.waves:
            page = reader.get(reverse("barometer:wave", args=[each.code])).decode()
            for level, text, themes in re.findall(_COMMENT, page, re.DOTALL):
                yield each.code, text, level, [one for one in THEMES if f"· {one}" in themes]
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


def live(
    company: Faced, who: dict[str, Reader], others: dict[Role, HouseClient], *, deep: bool = False
) -> int:
    """Addresses that change when somebody answers after the close, or a wave that is open, and all that is
    due is published again: those that were read, and every address there is for some others; e-mails too.
    """
    look = further.sweep if deep else everywhere.sweep
    opened = wave(company.questions, dt.date(2025, 12, 31))
    company.answer(opened, company.naive.resp[:12])
    before = look(company, others)
    mails = further.letters(company) if deep else []
    company.answer_late()
    company.answer(opened, company.naive.resp[12:13])
    if isinstance(company, Naive):
        company.publish()
    jobs.release_due(by=system(), today=house.TODAY, now=NOW)
    after = look(company, others)
    moved = sorted(f"{role} {url}" for (role, url), told in before.items() if after.get((role, url)) != told)
    moved += [f"{role} {url}" for role, url in after if (role, url) not in before]
    moved += everywhere.opened(before)
    if deep:
        again = further.letters(company)
        moved += [one[:60] for one in {*mails} ^ {*again}] + further.stowed(before)
        moved += ["an e-mail quotes somebody"] * further.quoted(mails)
    reader = next(iter(who.values()))
    for (url, query), told in dict(reader.seen).items():
        if set(dict(query).values()) <= {"", "tout"}:
            reader.get(url, **dict(query))
            moved += [url] * (reader.seen[url, query] != told)
    if moved and not isinstance(company, Naive):
        print("moved:", *moved, sep="\n  ")  # noqa: T201 - who looks for a leak wants to know where
    return len(moved)


def leaks(found: Found) -> Found:
    """What attacks found."""
    return {where: n for where, n in found.items() if n and where[1] != READ}
