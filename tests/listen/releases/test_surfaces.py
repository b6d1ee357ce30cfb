"""The suite through every surface, on one small company; on twenty: ``python benchmarks/attacks.py``."""

from __future__ import annotations

from typing import Any

import pytest

from tests import house
from tests.listen.releases.assault import ATTACKS, READ, TOGETHER, assault, leaks, readers
from tests.listen.releases.attacked import suite
from tests.listen.releases.faced import Faced, Known
from tests.listen.releases.handed import HANDED
from tests.listen.releases.readings import READ_OF, SURFACES
from tests.listen.releases.solving import Attacker, Claim
from visavis.core.words import Voice
from visavis.listen.returns.models import Answer, Response, Verbatim

pytestmark = pytest.mark.django_db
#: What sixty people are too few for.
FEW = {"correspondences weeks"}


def test_nobody_is_found_on_any_surface_nor_by_all_of_them() -> None:
    found = assault(3, 5, people=60)
    assert {attack for surface, attack in found if surface == TOGETHER} == set(ATTACKS)
    assert not leaks(found)
    assert {surface for surface, attack in found if attack == READ} >= READ_OF - FEW


def test_the_same_suite_finds_people_in_what_a_naive_gateway_releases() -> None:
    found = assault(3, 5, naive=True, people=60, roles=0)
    assert all(found[TOGETHER, attack] for attack in ATTACKS)
    assert all(found[HANDED, attack] for attack in ATTACKS[:5])
    assert {surface for surface, _attack in leaks(found)} >= {"barometer", "correspondences", "pairs"}


def test_pages_and_files_say_the_same_whatever_becomes_of_the_answers(settings: Any) -> None:
    """Three roles read everything, answers are rewritten and texts vanish: they read the same."""
    settings.TODAY = house.TODAY
    company = Faced(suite().Naive(seed=4, k=5, N=50), 4)
    wanted = ("direction", "adviser", "manager site0")
    who = {name: one for name, one in readers(company, every=True).items() if name.startswith(wanted)}
    assert len(who) == len(wanted)
    claims = {name: _read(reader) for name, reader in who.items()}
    before = {name: dict(reader.seen) for name, reader in who.items()}
    assert all(claims[name] for name in who)
    Answer.objects.filter(response__voice=Voice.EMPLOYEE).update(value=1.0)
    Response.objects.filter(voice=Voice.EMPLOYEE).update(traits={})
    Verbatim.objects.filter(voice=Voice.EMPLOYEE).delete()
    for name, reader in who.items():
        for url, query in before[name]:
            reader.get(url, **dict(query))
        assert reader.seen == before[name]


def _read(reader: Any) -> set[Claim]:
    """All but what is on paper, which is dated by the minute."""
    undated = (read for name, read in SURFACES.items() if name not in {"paper", "report"})
    return {claim for read in undated for claim in read(reader)}


def test_an_attacker_undoes_a_sum_by_another() -> None:
    """Nine people: what is left of a whole, what a combination gives, what a margin forces."""
    company = {"w": [_one(at, "1" if at in {0, 1, 2} else "5") for at in range(9)]}

    def told(*places: int) -> Claim:
        group = frozenset(("w", at) for at in places)
        n = sum(company["w"][at].said["q"] == "1" for at in places)
        return Claim("page", "q", group, (("1", 1.0),), n, n)

    alone = Attacker([told(*range(9)), told(*range(8))], company, 5)
    assert (alone.direct(), alone.nested(), alone.linear(), alone.program()) == (0, 1, 1, 1)
    whole = Attacker([told(*range(9))], company, 5)
    assert (whole.direct(), whole.nested(), whole.linear(), whole.program()) == (0, 0, 0, 0)
    alike = Attacker([told(*range(9)), told(3, 4, 5, 6, 7, 8)], company, 3)
    assert (alike.nested(), alike.linear(), alike.program()) == (0, 0, 2)


def _one(person: int, answer: str) -> Known:
    return Known(person, "/acme/", {}, house.TODAY, {"q": answer})
