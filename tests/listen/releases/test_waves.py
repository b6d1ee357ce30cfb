"""A wave is published once, closed, behind its gate; few people show with others and never alone."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests import house
from tests.listen.releases.company import (
    CLOSED,
    NOW,
    answers,
    barometer,
    open_gate,
    release,
    say,
    staff,
    wave,
)
from tests.printed import words_of
from visavis.core.words import Role
from visavis.listen.campaigns.models import Campaign
from visavis.listen.releases import queries, services
from visavis.listen.releases.models import Release, ReleasedCell
from visavis.people.access.models import JournalEntry
from visavis.people.access.viewer import NOBODY, system
from visavis.people.units.models import Unit

pytestmark = pytest.mark.django_db


def cells(of: Release, cut: str = "unit") -> dict[str, queries.Cell]:
    return {cell.label: cell for cell in queries.cells(system(), [of], cut=cut)}


def towns() -> dict[str, Unit]:
    region = house.unit("agences", name="Agences")
    return {name: house.unit(name.lower(), region, name=name) for name in ("Tours", "Caen", "Malo")}


def test_a_closed_wave_gives_the_counts_of_each_unit() -> None:
    open_gate()
    asked, town = wave(barometer()), towns()
    answers(asked, town["Tours"], [1, 2, 3, 4, 5])
    answers(asked, town["Caen"], [4, 4, 4, 4, 5, 5])
    answers(asked, town["Malo"], [1, 1, 2, 3, 3])
    made = release(asked)
    shown = cells(made)
    assert (made.people, made.floor, made.audit["accepted"]) == (16, 5, True)
    assert shown["Caen"].figures == {"climate": queries.Figure(6, {"4": 4, "5": 2})}
    assert shown["Agences"].figures["climate"] == queries.Figure(16, {"1": 3, "2": 2, "3": 3, "4": 5, "5": 3})


def test_a_small_unit_shows_with_its_neighbour_and_stays_so() -> None:
    open_gate()
    questions, town = barometer(), towns()
    for name, number in (("Tours", 9), ("Caen", 9), ("Malo", 4)):
        staff(town[name], number)
    first, second = wave(questions), wave(questions, CLOSED + dt.timedelta(days=28))
    answers(first, town["Tours"], [1, 2, 3, 4, 5])
    answers(first, town["Caen"], [1, 2, 3, 4, 5])
    answers(first, town["Malo"], [1, 2, 3, 4])
    assert set(cells(release(first))) == {"Acme", "Agences", "Tours", "Caen et Malo"}
    staff(town["Malo"], 3)
    for name in town:
        answers(second, town[name], [1, 2, 3, 4, 5])
    again = cells(release(second))
    assert set(again) == {"Acme", "Agences", "Tours", "Caen et Malo"}
    assert again["Caen et Malo"].members == (town["Caen"].path, town["Malo"].path)
    assert (again["Caen et Malo"].state, again["Caen et Malo"].invited) == (ReleasedCell.State.MERGED, 16)
    both = queries.merged(system(), queries.releases(system(), "wave"))
    assert [(cell.label, cell.figures) for cell in both] == [("Caen et Malo", {})] * 2
    [tours] = [
        cell
        for cell in queries.pooled(system(), "wave", cut="unit", keys=["climate"])
        if cell.label == "Tours"
    ]
    assert tours.figures["climate"] == queries.Figure(10, {str(mark): 2 for mark in range(1, 6)})


def test_those_of_a_site_who_are_in_no_team_are_never_what_is_left_of_it() -> None:
    open_gate()
    asked, site = wave(barometer()), house.unit("site", name="Site")
    teams = [house.unit(f"t{number}", site, name=f"Équipe {number}") for number in range(2)]
    answers(asked, site, [2, 3])
    for team in teams:
        answers(asked, team, [1, 2, 3, 4, 5])
    shown = cells(release(asked))
    assert shown["Équipe 1 et Site, hors équipes"].figures["climate"] == queries.Figure(
        7, {"1": 1, "2": 2, "3": 2, "4": 1, "5": 1}
    )


def test_a_company_of_four_shows_nothing() -> None:
    open_gate()
    asked = wave(barometer())
    answers(asked, house.unit(), [1, 2, 3, 4])
    (only,) = cells(release(asked)).values()
    assert (only.state, only.people, only.figures) == (ReleasedCell.State.MASKED, None, {})


def test_how_few_answered_is_told_on_no_page_and_in_no_file(settings: Any) -> None:
    settings.TODAY = house.TODAY
    open_gate()
    asked = wave(barometer(), code="barometer-2025-11")
    answers(asked, house.unit(), [1, 2, 3, 4])
    release(asked)
    client = house.member(house.company(), Role.HR).client
    for address in ("", f"{asked.code}/"):
        page = client.get(f"/ecouter/barometre/{address}").content.decode()
        assert not re.search(r"\b4 (réponses?|personnes?)", page)
    file = client.get(f"/ecouter/barometre/{asked.code}/export.csv")["Content-Disposition"]
    assert '"barometre-2025-11.csv"' in file
    told = client.get(f"/ecouter/barometre/{asked.code}/export.json").json()
    assert (told["people"], told["invited"]) == (None, None)
    paper = words_of(client.get(f"/ecouter/barometre/{asked.code}/export.pdf").getvalue())
    assert "Répondu" not in paper
    parity = client.get("/comprendre/symetrie/?periode=tout").content.decode()
    assert re.search(r"Réponses entendues sur la période</th>\s*<td[^>]*>0</td>\s*<td[^>]*>0</td>", parity)
    keeper = house.member(house.company(), Role.ADMIN).client
    assert re.search(
        r"\(&lt; 5 personnes, 0 groupes? affiché", keeper.get("/admin/journal/").content.decode()
    )


def test_what_everybody_answers_is_hidden_and_cannot_be_worked_out_from_the_others() -> None:
    open_gate()
    asked, town = wave(barometer()), towns()
    answers(asked, town["Tours"], [4, 4, 4, 4, 4])
    answers(asked, town["Caen"], [1, 2, 3, 4, 5, 5, 5])
    answers(asked, town["Malo"], [1, 2, 3, 4, 5])
    shown = cells(release(asked))
    assert [name for name, cell in shown.items() if "climate" not in cell.figures] == ["Tours", "Malo"]
    assert shown["Agences"].figures["climate"].n == 17  # type: ignore[union-attr]


def test_all_promoters_is_everybody_s_answer_too() -> None:
    open_gate()
    asked = wave(barometer())
    answers(asked, house.unit(), [9, 9, 10, 10, 10], "recommend_employer")
    (company, _team) = cells(release(asked)).values()
    assert not company.figures


def test_a_sensitive_question_waits_for_eleven() -> None:
    open_gate()
    asked, town = wave(barometer(climate={}, harassment={"sensitive": True})), towns()
    for name in ("Tours", "Caen"):
        for mark in (1, 2, 3, 4, 5, 5):
            say(asked, town[name], {"climate": mark, "harassment": mark})
    shown = cells(release(asked))
    assert set(shown["Agences"].figures) == {"climate", "harassment"}
    assert set(shown["Tours"].figures) == {"climate"}


def test_the_company_is_cut_by_what_answers_say_of_themselves() -> None:
    open_gate()
    asked, team = wave(barometer()), house.unit()
    for mark in (1, 2, 3, 4, 5, 5):
        say(asked, team, {"climate": mark}, traits={"shift": "jour"})
        say(asked, team, {"climate": mark}, traits={"shift": "nuit"})
    say(asked, team, {"climate": 1}, traits={"shift": "soir"})
    made = release(asked)
    assert queries.cuts(system(), made) == ["shift"]
    shown = cells(made, "shift")
    assert {name: cell.people for name, cell in shown.items()} == {"jour": 6, "nuit et soir": 7}


def test_released_again_it_is_the_same_one() -> None:
    open_gate()
    asked, team = wave(barometer()), house.unit()
    answers(asked, team, [1, 2, 3, 4, 5])
    made = release(asked)
    answers(asked, team, [1])
    assert release(asked) == made
    assert queries.is_released(asked)
    assert cells(made)["Acme"].figures["climate"].n == 5  # type: ignore[union-attr]
    assert JournalEntry.objects.filter(verb="releases.published").count() == 1


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"closes_on": house.TODAY}, "encore ouverte"),
        ({"closes_on": None}, "encore ouverte"),
        ({"anonymity": Campaign.Anonymity.CONFIDENTIAL}, "anonymes"),
    ],
)
def test_only_closed_anonymous_waves_are_released(fields: dict[str, Any], told: str) -> None:
    open_gate()
    asked = wave(barometer(), **fields)
    with pytest.raises(ValidationError, match=told):
        release(asked)


def test_customers_have_no_wave_here() -> None:
    open_gate()
    asked = house.campaign(anonymity=Campaign.Anonymity.ANONYMOUS, closes_on=CLOSED)
    with pytest.raises(ValidationError):
        release(asked)


def test_nothing_is_released_before_the_gate() -> None:
    with pytest.raises(ValidationError, match="CSE"):
        release(wave(barometer()))
    assert not Release.objects.exists()


def test_only_human_resources_of_the_whole_company_release() -> None:
    open_gate()
    asked, team = wave(barometer()), house.unit()
    for viewer in (NOBODY, house.viewer(team, Role.HR), house.viewer(house.company(), Role.DIRECTION)):
        with pytest.raises(PermissionDenied):
            services.release_wave(by=viewer, campaign=asked, today=house.TODAY, now=NOW)
    viewer = house.viewer(house.company(), Role.HR)
    assert services.release_wave(by=viewer, campaign=asked, today=house.TODAY, now=NOW).pk


def test_a_branch_sees_itself_what_is_above_and_the_cuts_of_the_company() -> None:
    open_gate()
    asked, town = wave(barometer()), towns()
    for unit in town.values():
        for mark in (1, 2, 3, 4, 5):
            say(asked, unit, {"climate": mark}, traits={"shift": "jour" if mark % 2 else "nuit"})
    made = release(asked)

    def seen(viewer: object, cut: str = "unit") -> list[str]:
        return [cell.label for cell in queries.cells(viewer, [made], cut=cut)]  # type: ignore[arg-type]

    owner = house.viewer(town["Caen"])
    assert seen(owner) == ["Acme", "Agences", "Caen"]
    assert seen(owner, "shift") == ["jour", "nuit"]
    assert seen(house.viewer(house.company(), Role.HR)) == ["Acme", "Agences", "Tours", "Caen", "Malo"]
    for stranger in (NOBODY, house.viewer(), house.viewer(town["Caen"], Role.ADMIN)):
        assert seen(stranger) == seen(stranger, "shift") == []
        assert not queries.releases(stranger, "wave")
        assert not queries.cuts(stranger, made)


def test_sums_of_several_waves_add_up_place_by_place() -> None:
    open_gate()
    questions, team = barometer(), house.unit(name="Lys")
    for days in (0, 28):
        asked = wave(questions, CLOSED + dt.timedelta(days=days))
        answers(asked, team, [1, 2, 3, 4, 5])
        release(asked)
    company, lys = queries.pooled(system(), "wave", cut="unit", keys=["climate", "tools"])
    assert (company.label, lys.label) == ("Acme", "Lys")
    assert lys.figures == {"climate": queries.Figure(10, dict.fromkeys("12345", 2)), "tools": None}
    assert len(lys.releases) == 2
