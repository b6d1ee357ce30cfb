"""The attack suite against what is published, through HTTP: it finds nobody; and it does find the naive.

On twenty companies, floors 5 and 10: ``ATTACKED_COMPANIES=20 pytest tests/listen/releases/test_attacks.py``.
"""

from __future__ import annotations

import datetime as dt
import os
from types import ModuleType
from typing import Any

import pytest
from django.urls import reverse

from tests.listen.releases.attacked import Company, Marked, Seen, published, suite
from tests.listen.releases.company import CLOSED
from visavis.listen.releases.models import Release

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def attacks() -> ModuleType:
    return suite()


def place(members: tuple[str, ...]) -> str:
    """What a page calls a group: a path or a value, or codes joined."""
    return members[0] if len(members) == 1 else "+".join(each.strip("/").split("/")[-1] for each in members)


def _found(attacks: ModuleType, target: Any, floor: int) -> dict[str, int]:
    """How many groups, people or comments each attack gets."""
    rows = attacks.collect(target, 1)
    return {
        "direct": len(attacks.a1_direct(rows, floor)),
        "nested": len(attacks.a2_nested(rows, floor)),
        "linear": len(attacks.a3_linear(rows)),
        "program": len(attacks.a4_lp(rows)),
        "comments": sum(len(attacks.a6_comment_intersection(target, w, 1, 10)) for w in target.waves()),
    }


#: How many companies are drawn for each floor.
COMPANIES = int(os.environ.get("ATTACKED_COMPANIES", "1"))


@pytest.mark.parametrize("floor", [5, 10])
@pytest.mark.parametrize("seed", range(1, COMPANIES + 1))
def test_no_attack_finds_anybody(seed: int, floor: int, attacks: ModuleType, settings: Any) -> None:
    settings.SMALLEST_GROUP = floor
    company = Company(attacks.Naive(seed=seed, k=floor))
    asked = company.wave()
    published(company, asked)
    seen = Seen(company, [asked], "json")
    assert len(attacks.collect(seen, 1)) > 15
    assert not any(_found(attacks, seen, floor).values())
    for surface in ("csv", "xlsx"):
        assert Seen(company, [asked], surface).read == seen.read


def test_the_same_attacks_find_people_in_a_naive_release(attacks: ModuleType) -> None:
    naive = attacks.Naive(seed=1, k=5)
    rows = attacks.collect(naive, 2)
    assert len(attacks.a2_nested(rows, 5)) > 10
    assert attacks.a3_linear(rows)
    assert attacks.a6_comment_intersection(naive, "w1", 2, 10)


def test_the_page_shows_what_is_released_and_nothing_else(attacks: ModuleType) -> None:
    company = Company(attacks.Naive(seed=4, k=5, N=120))
    asked = company.wave()
    published(company, asked)
    seen = Seen(company, [asked], "json")
    page = company.reader.client.get(reverse("barometer:wave", args=[asked.code])).content.decode()
    shown = Marked(page, "recommend_employer").shown
    told = {
        members[0]
        if len(members) == 1
        else "+".join(each.strip("/").split("/")[-1] for each in members): group
        for (_cut, members), group in seen.read[asked.code].items()
        if group
    }
    assert shown.keys() == told.keys()
    for where, (n, score) in shown.items():
        group = told[where]
        assert n == group["n"]
        assert score == pytest.approx(100 * (group["promoters"] - group["detractors"]) / n)


def test_one_more_answer_after_the_close_changes_nothing(attacks: ModuleType) -> None:
    company = Company(attacks.Naive(seed=5, k=5, N=120))
    late, *_ = company.naive.resp
    asked = company.wave(less=frozenset({late["person"]}))
    published(company, asked)
    before = Seen(company, [asked], "json")
    company.answer(asked, [late])
    published(company, asked)
    after = Seen(company, [asked], "json")
    filters = list(before.filters())
    assert not attacks.a7_live(before.release, after.release, filters, asked.code)
    assert [before.release(asked.code, each) for each in filters] == [
        after.release(asked.code, each) for each in filters
    ]
    assert Release.objects.count() == 1


def test_an_open_wave_shows_nothing_of_itself(attacks: ModuleType) -> None:
    company = Company(attacks.Naive(seed=6, k=5, N=60))
    closed, opened = company.wave(), company.wave(dt.date(2025, 12, 31))
    published(company, closed)
    client = company.reader.client
    assert client.get(reverse("barometer:wave", args=[opened.code])).status_code == 404
    assert f"/barometre/{opened.code}/" not in client.get(reverse("barometer:list")).content.decode()


def test_two_waves_that_differ_by_one_person_carry_no_answer_over(attacks: ModuleType) -> None:
    """A wave counts its own answers: what is told of somebody in one is in no other."""
    company = Company(attacks.Naive(seed=7, k=5, N=120))
    gone = frozenset({company.naive.resp[0]["person"]})
    first, second = company.wave(), company.wave(CLOSED + dt.timedelta(days=28), less=gone)
    published(company, first, second)
    seen = Seen(company, [first, second], "json")
    rows = [
        (wave, chosen, frozenset((wave, person) for person in group), told)
        for wave, chosen, group, told in attacks.collect(seen, 1)
    ]
    assert not attacks.a5_time(rows, 5)
    for wave, less in ((first.code, frozenset()), (second.code, gone)):
        whole = seen.release(wave, {})
        assert whole
        assert whole["n"] == len(company.naive.resp) - len(less)
