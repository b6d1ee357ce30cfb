"""What waits for each role: her own, the supervisor's teams, nothing of a neighbour, nobody ranked."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests import house
from visavis.act.inbox.models import Case, Why
from visavis.core.words import Polarity, Role, Voice
from visavis.listen.returns.feelings import feeling_question, record_feeling, to_feel
from visavis.listen.returns.models import Answer, Response
from visavis.people.access.viewer import viewer_of
from visavis.share.boards.markers import own_markers, own_pairs

pytestmark = pytest.mark.django_db
NINE = timezone.make_aware(dt.datetime.combine(house.TODAY, dt.time(9)))


@pytest.fixture(autouse=True)
def _monday(settings: Any) -> None:
    settings.TODAY = house.TODAY


def _text(answer: Any) -> str:
    return BeautifulSoup(answer.content, "html.parser").get_text(" ").replace("\u00a0", " ")


def test_an_adviser_opens_on_her_returns_with_the_reason_of_each_rank() -> None:
    them = house.cast(Role.ADVISER)
    mine = them.owner.account.person
    late = house.response(them.ours, person=mine, satisfaction=1, text="Je résilie si rien ne change.")
    house.case(late, mine, why=Why.CHURN, rank=1, due_on=house.TODAY)
    house.case(house.response(them.ours, person=mine, satisfaction=2), mine, why=Why.REPEAT, rank=3)
    house.case(house.response(them.theirs, text="Le retour d'une autre."), them.neighbour.account.person)
    text = _text(them.owner.client.get("/"))
    assert "2 retours à traiter" in text
    assert text.index("Menace de partir, à rappeler avant ce soir") < text.index("Deuxième contact")
    assert "« Je résilie si rien ne change. »" in text
    assert "d'une autre" not in text


def test_with_nothing_to_treat_the_page_says_so_kindly() -> None:
    them = house.cast(Role.ADVISER)
    text = _text(them.owner.client.get("/"))
    assert "Rien à traiter" in text
    house.assert_scores_carry_n_and_interval(them.owner.client.get("/").content, at_least=0)


def test_own_markers_say_n_and_interval_and_compare_with_the_rest_of_the_team() -> None:
    them = house.cast(Role.ADVISER)
    mine, colleagues = them.owner.account.person, [house.person() for _ in range(5)]
    for number in range(40):
        house.response(them.ours, person=mine, satisfaction=5 if number % 4 else 1)
        house.response(them.ours, person=colleagues[number % 5], satisfaction=5 if number % 2 else 1)
    marker = own_markers(them.owner.viewer, today=house.TODAY)[0]
    assert (marker.estimate.n, marker.estimate.estimate) == (40, 0.75)
    assert marker.team is not None
    assert (marker.team.n, marker.team.estimate) == (40, 0.5)
    house.assert_scores_carry_n_and_interval(them.owner.client.get("/").content)


@pytest.mark.parametrize(
    ("others", "least", "compared"), [(1, 5, False), (4, 5, False), (5, 5, True), (5, 6, False), (5, 3, True)]
)
def test_the_rest_of_the_team_is_never_a_colleague_or_a_few(
    others: int, least: int, compared: bool, settings: Any
) -> None:
    settings.SMALLEST_GROUP = least
    them = house.cast(Role.ADVISER)
    clarity = house.question(house.questionnaire(), "clarity")
    colleagues = [house.person() for _ in range(others)]
    for who in [them.owner.account.person] * 40 + colleagues * (40 // others):
        house.answer(house.response(them.ours, person=who, satisfaction=5), clarity)
    for _ in range(40):
        house.response(them.ours, satisfaction=1)
    seen = [
        marker
        for marker in own_markers(them.owner.viewer, today=house.TODAY)
        if marker.voice.tone_may_be_read
    ]
    assert len(seen) == 2
    assert [(marker.team is not None, marker.gap is not None) for marker in seen] == [
        (compared, compared)
    ] * 2


def test_one_tap_keeps_a_ressenti_that_nobody_else_can_read() -> None:
    them = house.cast(Role.ADVISER)
    exchange = house.interaction(them.ours, them.owner.account.person)
    page = them.owner.client.get("/")
    assert "Comment avez-vous vécu cet échange ?" in _text(page)
    them.owner.client.post(f"/mon-ressenti/{exchange.pk}/", {"feeling": "2"})
    felt = Response.objects.get(source=Response.Source.FEELING)
    assert (felt.author, felt.interaction, Answer.objects.get(response=felt).value) == (
        them.owner.account.person,
        exchange,
        2,
    )
    boss = house.member(house.company(), Role.MANAGER)
    for url in (
        "/",
        f"/equipe/{them.ours.code}/",
        "/ecouter/fichier-du-jour/?periode=tout",
        "/agir/dossiers/",
    ):
        assert "Difficile" not in _text(boss.client.get(url))


def test_a_tap_by_htmx_leaves_the_card_as_a_fresh_visit_would_show_it() -> None:
    them = house.cast(Role.ADVISER)
    first = house.interaction(them.ours, them.owner.account.person)
    house.interaction(them.ours, them.owner.account.person)
    swapped = them.owner.client.post(
        f"/mon-ressenti/{first.pk}/", {"feeling": "5"}, headers={"HX-Request": "true"}
    )
    fresh = BeautifulSoup(them.owner.client.get("/").content, "html.parser").select_one("#feel")
    card = BeautifulSoup(swapped.content, "html.parser").select_one("#feel")
    assert card is not None
    assert fresh is not None
    assert card.get_text(" ", strip=True) == fresh.get_text(" ", strip=True)


def test_a_ressenti_comes_before_the_customer_is_heard_or_not_at_all() -> None:
    them = house.cast(Role.ADVISER)
    exchange = house.interaction(them.ours, them.owner.account.person)
    house.response(them.ours, interaction=exchange, person=them.owner.account.person, satisfaction=1)
    them.owner.client.post(f"/mon-ressenti/{exchange.pk}/", {"feeling": "5"})
    assert not Response.objects.filter(source=Response.Source.FEELING).exists()


def test_somebody_else_cannot_feel_for_her() -> None:
    them = house.cast(Role.ADVISER)
    exchange = house.interaction(them.ours, them.owner.account.person)
    assert them.neighbour.client.post(f"/mon-ressenti/{exchange.pk}/", {"feeling": "5"}).status_code == 404
    assert not Response.objects.exists()


def test_her_pairs_fall_in_the_four_corners() -> None:
    them = house.cast(Role.ADVISER)
    mine = them.owner.account.person
    question = feeling_question()
    for mark, feeling in ((5, 5), (5, 1), (1, 5), (1, 1), (4, 4)):
        exchange = house.interaction(them.ours, mine)
        record_feeling(by=them.owner.viewer, interaction=exchange, feeling=feeling, at=NINE)
        house.response(them.ours, interaction=exchange, person=mine, satisfaction=mark)
        again = house.TODAY + dt.timedelta(days=3)
        house.response(them.ours, interaction=exchange, person=mine, satisfaction=6 - mark, on=again)
    pairs = own_pairs(them.owner.viewer, today=house.TODAY)
    assert (pairs.well, pairs.borne, pairs.blind, pairs.hard) == (2, 1, 1, 1)
    assert question.role == "feeling"
    assert "5 échanges où le client et vous avez répondu" in _text(them.owner.client.get("/"))


def test_a_case_is_noted_and_closed_through_its_page_and_what_was_typed_is_never_lost() -> None:
    them = house.cast(Role.ADVISER)
    mine = them.owner.account.person
    case = house.case(house.response(them.ours, person=mine, text="Toujours pas de réponse."), mine)
    page, client = f"/agir/dossiers/{case.pk}/", them.owner.client
    assert "« Toujours pas de réponse. »" in _text(client.get(page))
    client.post(
        f"{page}step/", {"step-kind": "call", "step-text": "Message laissé.", "step-version": case.version}
    )
    stale = client.post(f"{page}close/", {"close-outcome": "Rappelée hier.", "close-version": case.version})
    assert stale.status_code == 422
    assert "Rappelée hier." in stale.content.decode()
    case.refresh_from_db()
    done = client.post(f"{page}close/", {"close-outcome": "Rappelée hier.", "close-version": case.version})
    assert done.status_code == 302
    case.refresh_from_db()
    assert case.status == Case.Status.CLOSED
    assert "Rien à traiter" in _text(client.get("/"))


def test_a_supervisor_sees_her_team_by_name_and_never_by_score() -> None:
    them = house.cast(Role.MANAGER)
    people = [house.person(code) for code in ("zoe", "abel")]
    for who, good in zip(people, (40, 10), strict=True):
        house.assignment(who, them.ours)
        for number in range(40):
            house.response(them.ours, person=who, satisfaction=5 if number < good else 1)
    page = them.owner.client.get(f"/equipe/{them.ours.code}/")
    text = _text(page)
    assert text.index("Camille abel") < text.index("Camille zoe")
    assert "80 réponses" in text
    house.assert_scores_carry_n_and_interval(page.content)
    assert them.neighbour.client.get(f"/equipe/{them.ours.code}/").status_code == 404


def test_hr_opens_a_team_without_the_names_of_advisers() -> None:
    team = house.unit()
    house.assignment(house.person("abel"), team)
    hr = house.member(team, Role.HR)
    assert "Camille abel" not in _text(hr.client.get(f"/equipe/{team.code}/"))


@pytest.mark.parametrize("role", list(Role))
def test_each_role_has_its_first_page(role: Role) -> None:
    page = house.member(house.unit(), role).client.get("/")
    assert page.status_code == 200
    assert "Bonjour" in _text(page)


def test_an_account_without_role_is_told_whom_to_ask() -> None:
    assert "pas encore de rôle" in _text(house.member().client.get("/"))


def test_no_employee_text_or_mark_reaches_a_first_page() -> None:
    team = house.unit()
    house.response(team, Voice.EMPLOYEE, text="Les plannings changent sans cesse.", author=house.person())
    for role in Role:
        assert "plannings changent" not in _text(house.member(team, role).client.get("/"))


def test_the_page_of_an_adviser_costs_few_queries(django_assert_max_num_queries: Any) -> None:
    them = house.cast(Role.ADVISER)
    mine = them.owner.account.person
    theme = house.theme()
    for _ in range(5):
        said = house.response(them.ours, person=mine, satisfaction=1)
        text = house.verbatim(said, polarity=Polarity.NEGATIVE, read_at=timezone.now())
        house.annotation(text, theme, polarity=Polarity.NEGATIVE, certainty=0.9)
        house.case(said, mine, opened_on=house.TODAY - dt.timedelta(days=1))
    them.owner.client.get("/")
    with django_assert_max_num_queries(40):
        them.owner.client.get("/")
    assert viewer_of(them.owner.account, today=house.TODAY).person_id == mine.pk  # type: ignore[union-attr]


def test_a_return_says_its_hour_in_the_time_of_the_company() -> None:
    them = house.cast(Role.ADVISER)
    at = timezone.make_aware(dt.datetime.combine(house.TODAY - dt.timedelta(days=1), dt.time(17, 40)))
    house.response(them.ours, person=them.owner.account.person, on=at.date(), heard_at=at, satisfaction=4)
    assert "hier, 17 h 40" in _text(them.owner.client.get("/mes-retours/"))


def test_who_looks_after_several_sees_where_a_return_is_and_who_has_it() -> None:
    them = house.cast(Role.MANAGER)
    who = house.person(name="Inès Morel")
    house.case(house.response(them.ours, person=who, satisfaction=1), who)
    house.case(house.response(them.ours, satisfaction=1))
    text = _text(them.owner.client.get("/"))
    assert f"{them.ours.name} · Inès Morel" in text
    assert f"{them.ours.name} · sans responsable" in text


@pytest.mark.parametrize("given", ["9" * 5000, "²", "0", "6", "\0", ""])
def test_a_ressenti_is_one_of_the_five_words(given: str) -> None:
    them = house.cast(Role.ADVISER)
    exchange = house.interaction(them.ours, them.owner.account.person)
    answer = them.owner.client.post(f"/mon-ressenti/{exchange.pk}/", {"feeling": given}, follow=True)
    assert "Choisissez l’une des cinq réponses." in _text(answer)
    assert not Response.objects.exists()


def test_a_week_later_an_exchange_is_no_longer_noted() -> None:
    them = house.cast(Role.ADVISER)
    last, old = (
        house.interaction(them.ours, them.owner.account.person, on=house.TODAY - dt.timedelta(days=days))
        for days in (6, 7)
    )
    assert list(to_feel(them.owner.viewer, today=house.TODAY)) == [last]
    record_feeling(by=them.owner.viewer, interaction=last, feeling=4, at=NINE)
    with pytest.raises(ValidationError):
        record_feeling(by=them.owner.viewer, interaction=old, feeling=4, at=NINE)
    assert Response.objects.get().interaction == last


def test_the_exchanges_left_to_note_are_all_counted() -> None:
    them = house.cast(Role.ADVISER)
    exchanges = [house.interaction(them.ours, them.owner.account.person) for _ in range(5)]
    assert "1 sur 5" in _text(them.owner.client.get("/"))
    them.owner.client.post(f"/mon-ressenti/{exchanges[0].pk}/", {"feeling": "4"})
    assert "1 sur 4" in _text(them.owner.client.get("/"))


def test_without_enough_colleagues_the_page_speaks_of_no_team_line() -> None:
    them = house.cast(Role.ADVISER)
    for _ in range(6):
        house.response(them.ours, person=them.owner.account.person, satisfaction=5)
    text = _text(them.owner.client.get("/"))
    assert "La barre claire est la marge d’incertitude." in text
    assert "le reste de l’équipe" not in text
    assert "Aucun écart avec l’équipe" not in text


def test_an_administrator_begins_with_steps_that_leave_once_they_are_done() -> None:
    client = house.member(house.company(), Role.ADMIN).client
    assert "Importer l’organisation" in _text(client.get("/"))
    team = house.unit()
    house.assignment(house.person(), team)
    house.moment()
    house.theme("wait.phone", house.theme("wait"))
    house.interaction(team)
    house.response(team)
    assert "Importer une vague" in _text(client.get("/"))
    house.response(team, Voice.EMPLOYEE, source=Response.Source.BAROMETER, campaign=house.campaign())
    for path in ("/", "/admin/demarrer/"):
        page = BeautifulSoup(client.get(path).content, "html.parser")
        assert "En place" in page.get_text()
        assert "1 vague reçue" in page.get_text().replace("\u00a0", " ")
        assert not [one.text for one in page.select("main li .button")]
