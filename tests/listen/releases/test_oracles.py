"""A team whose answers are held back, beside one where nobody answered: nothing that is answered differs."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import house
from tests.guards import HouseClient
from tests.listen.releases import company as told
from tests.listen.releases.further import whole
from visavis.core.words import Role
from visavis.listen.campaigns.models import Campaign
from visavis.listen.releases.models import Release, ReleasedCell, ReleasedFigure
from visavis.people.units.models import Unit

pytestmark = pytest.mark.django_db
#: Two teams of as many people, whose names are as long: three of the first answered, none of the second.
HELD, EMPTY = "aaaa", "bbbb"


@pytest.fixture
def wave() -> Campaign:
    """A published wave of four teams."""
    root = house.company()
    teams = {code: house.unit(code, root) for code in (HELD, EMPTY, "cccc", "dddd")}
    for each in teams.values():
        for place in range(14):
            house.assignment(house.person(f"{each.code}{place:02}"), each)
    made = told.wave(told.barometer())
    for code, marks in {
        HELD: [1, 5, 2],
        "cccc": [1, 2, 3, 4, 5, 4] * 2,
        "dddd": [5, 4, 3, 2, 1, 2] * 2,
    }.items():
        told.answers(made, teams[code], marks)
    told.open_gate()
    told.release(made)
    return made


def test_what_is_held_back_weighs_as_much_as_nothing(wave: Campaign, settings: Any) -> None:
    """To its manager, and to somebody who sees all: same status, headers, length, words and work."""
    settings.TODAY = house.TODAY
    whole_company = house.member(house.company(), Role.QUALITY).client
    for seen in (None, whole_company):
        assert not _differing(wave, seen)
    _show_naively(wave)
    assert _differing(wave, whole_company)


def _differing(wave: Campaign, seen: HouseClient | None) -> list[str]:
    """Addresses that answer otherwise of one team than of the other."""
    held, empty = (_answers(wave, team, seen) for team in (HELD, EMPTY))
    assert held.keys() == empty.keys()
    return [url for url in held if held[url] != empty[url]]


def _show_naively(wave: Campaign) -> None:
    """As a gateway would that shows whoever was asked."""
    path = Unit.objects.get(code=HELD).path
    cell = ReleasedCell.objects.create(
        release=Release.objects.get(campaign=wave), cut="unit", place=path, position=99, unit_path=path,
        names={"fr": HELD, "en": HELD}, members=[path], people=3, state="shown",
    )  # fmt: skip
    ReleasedFigure.objects.create(cell=cell, key="climate", counts={"1": 1, "2": 1, "5": 1}, n=3)


def _answers(wave: Campaign, team: str, who: HouseClient | None) -> dict[str, str]:
    """Every address about a team, without its name; its own manager's, or somebody else's."""
    client = who or _manager(team)
    urls = (
        ["/", reverse("boards:team", args=[team])] if who is None else [reverse("boards:team", args=[team])]
    )
    pages = ["symmetry:symmetry", "restitution:report", "verbatims:list"]
    pages += [] if who else ["pairs:double", "correspondences:list"]
    urls += [f"{reverse(name)}?perimetre={team}" for name in pages]
    urls += [
        f"{reverse('verbatims:list')}?perimetre={team}&{query}"
        for query in ("voix=employee", "q=bien", "page=2")
    ]
    if who is None:
        urls += [reverse("barometer:wave", args=[wave.code])]
        urls += [reverse("barometer:export", args=[wave.code, form]) for form in ("csv", "json", "xlsx")]
    client.get("/")  # what a first visit prepares is not asked of a team
    return {url.replace(team, "team"): _weighed(client, url) for url in urls}


def _weighed(client: HouseClient, url: str) -> str:
    """What an address answers, and how many times it asked the database: work is time."""
    with CaptureQueriesContext(connection) as asked:
        said = whole(client.get(url))
    return f"{len(asked)} queries\n{_nameless(said)}"


def _manager(team: str) -> HouseClient:
    """The browser of a team's manager, whose address is as long as another's."""
    account = house.account(email=f"{team}@acme.example")
    house.grant(account, Unit.objects.get(code=team), Role.MANAGER)
    client = HouseClient()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _nameless(said: str) -> str:
    """An answer that calls both teams alike, whichever is chosen: they show together, with a neighbour."""
    return re.sub(rf"(?i){HELD}|{EMPTY}", "team", said).replace('" selected', '" ')
