"""A world to try every address in: two regions, and everybody who is not where they should be."""

from __future__ import annotations

import datetime as dt
import gc
import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any
from unittest.mock import patch
from zlib import crc32

import typst
from django.template.base import Template
from django.utils import timezone

from tests import house
from tests.guards import HouseClient
from tests.house import Cast, Member
from tests.matrix import EVERY_ROLE, Row
from visavis.core.words import Role, Voice
from visavis.people.access import middleware as access
from visavis.people.access.viewer import viewer_of
from visavis.people.accounts.sessions import note
from visavis.people.units.models import Event, Unit

#: Stands in every name and text of the team that is looked for; no other page may show it.
CANARY = "Kanarivogel"
#: Where somebody may stand who has nothing to do in the owner's team: beside it, far from it, no longer or
#: not yet in it.
PLACES = ("beside", "far", "ended", "later")
#: Neither has any right today: a route meets one of the two, the next route the other.
_GONE_OR_SOON = ("ended", "later")
#: Without any right at all.
WITHOUT = ("stranger", "closed", "nobody")
_SOON, _GONE = dt.date(2990, 1, 1), dt.date(2021, 1, 1)
_numbers = count(1)


@dataclass(frozen=True)
class World:
    """The company and its people.

    Attributes:
        here: the owner's team, full of canaries.
        beside: the next team; its code begins like the owner's.
        casts: for each role, the owner's team and an owner of that role there.
        roots: the same, the owner holding the role in the whole company.
        people: (role, place) -> a browser of somebody elsewhere; ("", "stranger")… for those without a role.
    """

    here: Unit
    beside: Unit
    casts: dict[Role, Cast]
    roots: dict[Role, Cast]
    people: dict[tuple[str, str], HouseClient]

    def cast(self, row: Row, role: Role) -> Cast:
        """Who stands in the team for ``row``."""
        return (self.roots if row.at_root else self.casts)[role]


@contextmanager
def quickly() -> Iterator[None]:
    """Thousands of answers: templates as they are served, each sheet printed once, rights gathered once.

    The tests' own templates copy every context, which takes longer than the pages; the same sheet is printed
    for each of those who may have it; nobody's grants change in this world; no refusal is written in the log.
    """
    with ExitStack() as kept:
        logging.disable(logging.CRITICAL)
        kept.callback(logging.disable, logging.NOTSET)
        gc.freeze()
        kept.callback(gc.unfreeze)
        render = lambda self, context: self.nodelist.render(context)  # noqa: E731
        kept.enter_context(patch.object(Template, "_render", render))
        kept.enter_context(patch.object(typst, "compile_with_warnings", _printed_once()))
        kept.enter_context(patch.object(access, "viewer_of", cache(viewer_of)))
        yield


def _printed_once() -> Callable[..., Any]:
    """The instant of printing aside, the same words give the same sheet."""
    made: dict[tuple[str, str, bool], Any] = {}
    really = typst.compile_with_warnings

    def compiled(template: Path, **asked: Any) -> Any:
        key = (str(template), asked["sys_inputs"]["page"], "pdf_standards" in asked)
        if key not in made:
            made[key] = really(template, **asked)
        return made[key]

    return compiled


def build() -> World:
    """Build the world in an empty instance."""
    north, south = house.unit("north"), house.unit("south")
    here = house.unit("escaut", north, name=f"Équipe {CANARY}")
    places = {"beside": house.unit("escautb", north), "far": house.unit("lys", south)}
    people: dict[tuple[str, str], HouseClient] = {}
    stranger = house.member()
    for role in Role:
        for place, unit in places.items():
            people[role.value, place] = _member(unit, role).client
        people[role.value, "ended"] = _held(here, role, ends_on=_GONE)
        people[role.value, "later"] = _held(here, role, starts_on=_SOON)
        people[role.value, "here"] = _member(here, role).client
        people[role.value, "branch"] = _member(north, role).client
    people["", "stranger"], people["", "nobody"] = stranger.client, HouseClient()
    people["", "closed"] = _closed(here)
    neighbour = _member(places["beside"], Role.ADVISER)
    casts = {
        role: Cast(here, places["beside"], _owner(here, here, role), neighbour, stranger) for role in Role
    }
    roots = {
        role: Cast(here, places["beside"], _owner(house.company(), here, role), neighbour, stranger)
        for role in Role
    }
    _speak(here)
    _settle(list(people.values()))
    return World(here, places["beside"], casts, roots, people)


def _settle(clients: list[HouseClient]) -> None:
    """One site for all, everybody noted as there: a browser's first answer sets up one of its own."""
    for client in clients:
        client.handler = clients[0].handler
        if client.cookies:
            session = client.session
            note(session, now=timezone.now(), agent="")
            session.save()


def _member(unit: Unit, role: Role) -> Member:
    who = house.person()
    house.assignment(who, unit, role)
    return house.member(unit, role, who)


def _owner(granted: Unit, works: Unit, role: Role) -> Member:
    who = house.person(name=f"{CANARY} {next(_numbers)}")
    house.assignment(who, works, role)
    return house.member(granted, role, who)


def _held(unit: Unit, role: Role, **dates: dt.date) -> HouseClient:
    """Somebody whose role here is over, or has not begun."""
    someone = house.member()
    house.grant(someone.account, unit, role, **dates)
    return someone.client


def _closed(unit: Unit) -> HouseClient:
    """Somebody whose account was closed while a browser was still open."""
    someone = house.member(unit, Role.DIRECTION)
    for role in (Role.ADMIN, Role.QUALITY):
        house.grant(someone.account, house.company(), role)
    type(someone.account).objects.filter(pk=someone.account.pk).update(is_active=False)
    return someone.client


def _speak(here: Unit) -> None:
    """Customers speak of the team and of its people; so do its employees; something happens there."""
    who = house.person(name=f"{CANARY} Dupont")
    house.assignment(who, here)
    for place in range(40):
        said = house.response(
            here, text=f"{CANARY} a bien répondu, cas {place}.", person=who, satisfaction=1 + place % 5
        )
        if place % 8 == 0:
            house.case(said, who)
    for _ in range(12):
        house.response(here, Voice.EMPLOYEE, text=f"{CANARY} parle de son travail.")
    names = {"fr": f"Panne {CANARY}", "en": f"{CANARY} outage"}
    facts = {"unit": here, "unit_path": here.path, "starts_on": house.TODAY}
    Event.objects.create(code="canary", kind=Event.Kind.INCIDENT, name=names, **facts)
    house.alert(here)


def places(row: Row) -> tuple[str, ...]:
    """Where those stand who try a route."""
    left_out = _GONE_OR_SOON[crc32(row.name.encode()) % 2]
    return tuple(place for place in PLACES if place != left_out)


def elsewhere(row: Row) -> Iterator[tuple[str, str]]:
    """Who must not have the owner's object of ``row``: a role and where its holder stands."""
    for role in sorted(EVERY_ROLE):
        may = row.may is None or role in row.may
        for place in places(row):
            if not (may and row.shared and place in {"beside", "far"}):
                yield role.value, place
        if not may or row.at_root or role in row.personal:
            yield role.value, "here"
        if not may or row.at_root:
            yield role.value, "branch"
    yield from (("", who) for who in WITHOUT)
