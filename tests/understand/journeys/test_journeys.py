"""The moments of the company: written, published, listened to, proposed by the field."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone, translation

from tests import house
from visavis.core.periods import from_text
from visavis.core.words import Role
from visavis.measure.means import Sums, mean_interval
from visavis.moments.exchanges.models import Mode
from visavis.moments.references.models import Edition, Moment
from visavis.moments.references.services import install_moments
from visavis.people.access.models import JournalEntry
from visavis.people.access.viewer import NOBODY, Viewer, system
from visavis.understand.journeys import page, queries, services
from visavis.understand.journeys.counting import NOWHERE, Placed, placed
from visavis.understand.journeys.models import Idea
from visavis.understand.journeys.sheets import Sheet, changes, covering, sheet_of
from visavis.web.filters import Filters

NOW = dt.datetime(2025, 12, 1, 9, tzinfo=dt.UTC)
YEAR = Filters(from_text("2025-01-01..2025-12-31", house.TODAY))


@pytest.fixture
def keeper(db: None) -> Viewer:
    install_moments(by=system(), sector="insurer", at=timezone.now())
    return house.viewer(house.company(), Role.QUALITY)


def count(viewer: Viewer, number: int = 0) -> Placed:
    sheets = queries.sheets_of(viewer, number) if number else queries.sheets_in_force(viewer)
    assert sheets is not None
    return placed(viewer, YEAR, sheets)


def returns(moment: str, found: Placed) -> int:
    lived = found.moments.get(moment)
    return lived.returns if lived else 0


def save(keeper: Viewer, **turned: object) -> None:
    code = str(turned.pop("code"))
    there = queries.sheets_drafted(keeper).get(code)
    sheet = sheet_of((there.as_row() if there else {"code": code}) | turned)
    services.save_sheet(by=keeper, sheet=sheet, seen=there.stamp if there else "", at=NOW)


def publish(keeper: Viewer, reason: str = "Relu avec le terrain") -> Edition:
    seen = services.draft_stamp(queries.sheets_drafted(keeper))
    return services.publish(by=keeper, reason=reason, seen=seen, at=NOW)


def test_a_return_stands_where_its_reason_says_when_one_moment_alone_covers_it(keeper: Viewer) -> None:
    team = house.unit()
    house.response(team, reason=house.reason("complaint"), satisfaction=2)
    house.response(team, reason=house.reason("claim"), satisfaction=4)
    found = count(keeper)
    assert returns("complaint", found) == 1
    assert found.moments["complaint"].satisfied == 0
    assert returns(NOWHERE, found) == 1
    assert found.by_reason == {"claim": 1}


def test_the_words_place_a_return_whose_reason_does_not(keeper: Viewer) -> None:
    said = house.response(house.unit(), reason=house.reason("claim"), satisfaction=5)
    first = Moment.objects.get(code="first_claim")
    house.verbatim(said, moment=first, polarity="positive", intensity=4, read_at=NOW)
    found = count(keeper)
    assert returns("first_claim", found) == 1
    assert returns(NOWHERE, found) == 0
    assert found.by_reason == {}
    assert found.moments["first_claim"].felt.total == 4


def test_a_return_with_several_texts_stands_once(keeper: Viewer) -> None:
    said = house.response(house.unit(), reason=house.reason("claim"), satisfaction=5)
    for number, code in enumerate(("first_claim", "complaint")):
        at = Moment.objects.get(code=code)
        house.verbatim(said, id=said.pk + number, question_key=f"q{number}", moment=at, read_at=NOW)
    found = count(keeper)
    assert (returns("first_claim", found), returns("complaint", found), returns(NOWHERE, found)) == (1, 0, 0)
    assert found.by_reason == {}
    assert found.moments["complaint"].felt.n == 1


def test_what_the_file_names_wins_over_the_reason(keeper: Viewer) -> None:
    named = Moment.objects.get(code="sponsor")
    house.response(house.unit(), reason=house.reason("complaint"), moment=named)
    found = count(keeper)
    assert (returns("sponsor", found), returns("complaint", found)) == (1, 0)


def test_a_page_is_read_again_under_either_version(keeper: Viewer) -> None:
    house.response(house.unit(), reason=house.reason("complaint"))
    save(keeper, code="complaint", reasons=[])
    save(keeper, code="cancel", reasons=["complaint"])
    edition = publish(keeper)
    assert edition.number == 2
    assert returns("cancel", count(keeper)) == 1
    assert returns("complaint", count(keeper, 1)) == 1


def test_nothing_of_the_draft_is_used_before_it_is_published(keeper: Viewer) -> None:
    save(keeper, code="bill", name={"fr": "Comprendre sa facture"})
    assert not Moment.objects.filter(code="bill").exists()
    assert "bill" not in queries.sheets_in_force(keeper)
    publish(keeper)
    assert Moment.objects.get(code="bill").name == {"fr": "Comprendre sa facture"}
    assert not queries.drafts(keeper).exists()


def test_the_draft_leaves_its_trace(keeper: Viewer) -> None:
    save(keeper, code="complaint", stake="ordinary")
    services.discard(by=keeper, code="complaint")
    services.discard(by=keeper, code="complaint")
    told = JournalEntry.objects.filter(verb__startswith="moments.").order_by("pk")
    assert [line.verb for line in told] == ["moments.drafted", "moments.discarded"]


def test_a_retired_moment_keeps_its_history(keeper: Viewer) -> None:
    house.response(house.unit(), reason=house.reason("complaint"))
    save(keeper, code="complaint", retired=True)
    publish(keeper)
    assert Moment.objects.get(code="complaint").retired_in is not None
    assert returns("complaint", count(keeper)) == 0
    assert returns("complaint", count(keeper, 1)) == 1
    save(keeper, code="complaint", retired=False)
    publish(keeper, "Repris")
    assert Moment.objects.get(code="complaint").retired_in is None


def test_two_people_who_write_one_moment_both_find_out(keeper: Viewer) -> None:
    sheet = queries.sheets_in_force(keeper)["complaint"]
    save(keeper, code="complaint", stake="ordinary")
    with pytest.raises(services.MeanwhileError) as meanwhile:
        services.save_sheet(by=keeper, sheet=sheet, seen=sheet.stamp, at=NOW)
    assert meanwhile.value.sheet is not None
    assert meanwhile.value.sheet.stake == "ordinary"


def test_publishing_needs_a_change_a_reason_and_the_draft_that_was_on_screen(keeper: Viewer) -> None:
    seen = services.draft_stamp(queries.sheets_drafted(keeper))
    with pytest.raises(ValidationError):
        services.publish(by=keeper, reason="Rien", seen=seen, at=NOW)
    save(keeper, code="complaint", stake="ordinary")
    with pytest.raises(services.MeanwhileError):
        services.publish(by=keeper, reason="Trop tôt", seen=seen, at=NOW)
    with pytest.raises(ValidationError):
        publish(keeper, "  ")


def test_only_who_keeps_references_writes_them(keeper: Viewer) -> None:
    manager = house.viewer(house.unit())
    sheet = queries.sheets_in_force(manager)["complaint"]
    with pytest.raises(PermissionDenied):
        services.save_sheet(by=manager, sheet=sheet, seen=sheet.stamp, at=NOW)
    with pytest.raises(PermissionDenied):
        services.discard(by=manager, code="complaint")
    assert queries.sheets_in_force(NOBODY) == {}
    assert queries.sheets_of(NOBODY, 1) is None


def test_a_code_that_is_an_address_is_refused(keeper: Viewer) -> None:
    with pytest.raises(ValidationError):
        save(keeper, code="versions", name={"fr": "Versions"})


def test_the_field_proposes_and_its_author_reads_the_answer(keeper: Viewer) -> None:
    adviser = house.viewer(house.unit(), Role.ADVISER, house.person())
    idea = services.propose(by=adviser, moment=None, text="Le premier virement", at=NOW)
    assert queries.waiting(keeper) == 1
    services.answer(by=keeper, idea=idea, taken=True, words="Ajouté dans la version 2.", at=NOW)
    [hers] = queries.ideas(adviser)
    assert (hers.state, hers.answer) == (Idea.State.TAKEN, "Ajouté dans la version 2.")
    assert list(queries.ideas(house.viewer(house.unit()))) == []
    told = list(JournalEntry.objects.filter(verb__startswith="moments.").values_list("words", flat=True))
    assert "virement" not in str(told)


def test_an_answer_is_a_sentence(keeper: Viewer) -> None:
    adviser = house.viewer(house.unit(), Role.ADVISER, house.person())
    idea = services.propose(by=adviser, moment=None, text="Le premier virement", at=NOW)
    with pytest.raises(ValidationError):
        services.answer(by=keeper, idea=idea, taken=False, words=" ", at=NOW)


def test_the_day_of_review_comes_back_when_it_is_due(keeper: Viewer) -> None:
    moment = Moment.objects.get(code="complaint")
    services.plan_review(by=keeper, moment=moment, on=dt.date(2025, 11, 3))
    assert [one.code for one in queries.due(keeper, today=house.TODAY)] == ["complaint"]
    assert not queries.due(house.viewer(house.unit()), today=house.TODAY).exists()


def test_enchantment_is_held_against_exposure(keeper: Viewer) -> None:
    team = house.unit()
    people, screens = house.channel("phone"), house.channel("selfcare", mode=Mode.SELFCARE)
    for channel, strong, plain in ((people, 30, 30), (screens, 10, 10)):
        for place in range(strong + plain):
            said = house.response(team, channel=channel, customer=house.customer())
            force = 4 if place < strong else 1
            house.verbatim(said, polarity="positive", intensity=force, read_at=NOW)
    found = count(keeper)
    assert found.lift is not None
    assert found.lift.share_of_enchantment == pytest.approx(0.75)
    assert found.lift.lift == pytest.approx(1.0)
    assert "pas encore concluant" in page.enchantment(found, "fr")


def test_a_shared_reason_places_nothing_and_lists_tell_what_nothing_listens_to(keeper: Viewer) -> None:
    sheets = queries.sheets_in_force(keeper)
    assert "claim" not in covering(sheets)
    lines = page.lines(sheets, count(keeper), "fr")
    heard = {line.sheet.code: line.heard for line in lines}
    assert heard["start_shift"]
    assert not heard["welcome"]
    assert not heard["complaint"]


def test_differences_between_versions_name_what_turned(keeper: Viewer) -> None:
    save(keeper, code="complaint", stake="ordinary")
    [change] = changes(queries.sheets_in_force(keeper), queries.sheets_drafted(keeper))
    assert (change.way, change.turned) == ("changed", ["stake"])


def test_an_answer_to_a_study_is_a_return_of_no_moment_and_of_no_figure(keeper: Viewer) -> None:
    house.response(house.company(), source="mirror")
    found = count(keeper)
    assert found.moments == {}
    assert found.by_reason == {}


def _line(code: str, stage: str, mean: float) -> page.Line:
    felt = mean_interval(Sums(60, 60 * mean, 60 * (mean * mean + 0.25)), page.FELT)
    return page.Line(Sheet(code, stage=stage), code.title(), "", 60, None, felt, (), heard=True)


def test_the_journey_ends_on_what_closes_it_and_on_nothing_else() -> None:
    lived = [_line("join", "smot", 1.5), _line("grieve", "smot", 0.25)]
    with translation.override("fr"):
        unheard = page.curve(lived, "fr")
        heard = page.curve([*lived, _line("review", "tmot", 0.5), _line("leave", "tmot", -0.5)], "fr")
    assert unheard is not None
    assert heard is not None
    assert unheard.said.endswith("La fin du parcours n’est pas assez entendue pour être dite.")
    assert heard.said.replace("\xa0", " ").endswith("Le parcours finit sur « Review », « Leave ».")
