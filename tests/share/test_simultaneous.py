"""Two people at once: no edit is lost without a word, on every screen that changes what others may change."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any, NamedTuple

import pytest
from bs4 import BeautifulSoup
from django.db import connection

from tests import house
from tests.house import TODAY
from visavis.core.stamps import MeanwhileError, stamps_of
from visavis.core.words import Role, Voice
from visavis.people.access.viewer import Viewer
from visavis.share.law import answering
from visavis.share.law.documents.live import facts_asked, tell_facts
from visavis.share.law.keeping import days_of
from visavis.share.law.models import PrivacyRequest, SettingChange
from visavis.share.law.purposes import Purpose
from visavis.share.law.seeking import Subject
from visavis.understand.journeys.models import Idea

PAIRS = 300
AT = dt.datetime(2025, 12, 1, 9, tzinfo=dt.UTC)
#: What is told of one round: refused, or not.
Told = tuple[str, str, MeanwhileError | None]


def _tell(by: Viewer, pair: int, who: str, meet: Barrier) -> Told:
    """Change one fact of what both saw: the same one in even rounds, each her own in odd ones."""
    seen = facts_asked()
    meet.wait()
    key = "controller" if pair % 2 == 0 or who == "first" else "dpo"
    text = f"{who} {pair}"
    try:
        tell_facts(by=by, told=seen | {key: text}, at=AT, seen=stamps_of(seen))
    except MeanwhileError as found:
        return key, text, found
    finally:
        meet.wait()
    return key, text, None


def _rounds(by: Viewer, who: str, meet: Barrier) -> list[tuple[Told, dict[str, str]]]:
    told = []
    try:
        for pair in range(PAIRS):
            one = _tell(by, pair, who, meet)
            told.append((one, facts_asked()))
            meet.wait()
    except BaseException:
        meet.abort()
        raise
    finally:
        connection.close()
    return told


@pytest.mark.django_db(transaction=True)
def test_of_three_hundred_pairs_of_simultaneous_edits_none_is_lost_untold() -> None:
    by, meet = house.viewer(house.company(), Role.DPO), Barrier(2)
    with ThreadPoolExecutor(2) as two:
        both = [two.submit(_rounds, by, who, meet) for who in ("first", "second")]
        first, second = (one.result() for one in both)
    for pair, ((one, after), (other, _same)) in enumerate(zip(first, second, strict=True)):
        refused = [told for told in (one, other) if told[2]]
        kept = [told for told in (one, other) if not told[2]]
        assert len(refused) == (pair % 2 == 0)
        assert all(after[key] == text for key, text, _none in kept)
        for key, _text, found in refused:
            assert found
            assert found.names == (key,)
            assert found.now[key] == kept[0][1]  # the second to come sees what the first wrote


def _shown(page: BeautifulSoup, action: str) -> dict[str, str]:
    """What the form of a page would send as it is, boxes and choices apart."""
    (form,) = (
        one
        for one in page.find_all("form")
        if one.get("action") == action and one.select("[name=seen], [name=on]")
    )
    told = {str(field["name"]): field.text.strip() for field in form.select("textarea")}
    return told | {
        str(field["name"]): str(field.get("value", ""))
        for field in form.select("input[name]")
        if field["type"] not in {"radio", "checkbox"}
    }


class Screen(NamedTuple):
    """A page with a form: who sends it, where it is shown, where it is sent."""

    member: house.Member
    url: str
    action: str = ""

    def shown(self) -> dict[str, str]:
        """What the form holds now."""
        page = BeautifulSoup(self.member.client.get(self.url).content, "html.parser")
        return _shown(page, self.action)

    def send(self, sent: dict[str, str]) -> Any:
        """Send it."""
        return self.member.client.post(self.action or self.url, sent)

    def must_show_both(self, sent: dict[str, str], *, theirs: str, mine: str) -> dict[str, str]:
        """Send what was shown before: both versions come back. Returns what sending again would send."""
        answer = self.send(sent)
        assert answer.status_code == 422
        page = BeautifulSoup(answer.content, "html.parser")
        cells = [cell.get_text(strip=True) for cell in page.select("form .table-frame td")]
        assert cells == [theirs, mine]
        return _shown(page, self.action)


@pytest.mark.django_db
def test_what_the_company_tells() -> None:
    screen = Screen(house.member(house.company(), Role.DPO), "/admin/donnees/entreprise/")
    shown = screen.shown()
    assert screen.send(shown | {"host": "Chez nous", "dpo": "dpo@a.example"}).status_code == 302
    again = screen.must_show_both(shown | {"host": "Chez eux"}, theirs="Chez nous", mine="Chez eux")
    assert (again["host"], again["dpo"]) == ("Chez eux", "dpo@a.example")
    assert screen.send(again).status_code == 302
    assert (facts_asked()["host"], facts_asked()["dpo"]) == ("Chez eux", "dpo@a.example")
    assert screen.send(screen.shown() | {"host": ""}).status_code == 302
    assert facts_asked()["host"] == ""


@pytest.mark.django_db
def test_a_keeping_time() -> None:
    dpo = house.member(house.company(), Role.DPO)
    screen = Screen(dpo, f"/admin/donnees/durees/{Purpose.TEXTS}/")
    shown = screen.shown()
    assert screen.send(shown | {"days": "400"}).status_code == 302
    again = screen.must_show_both(shown | {"days": "300"}, theirs="400", mine="300")
    assert days_of(Purpose.TEXTS) == 400
    assert screen.send(again).status_code == 302
    assert days_of(Purpose.TEXTS) == 300


@pytest.mark.django_db
def test_turning_a_model_off_twice_turns_nothing_on() -> None:
    screen = Screen(house.member(house.company(), Role.DPO), "/admin/donnees/ia/ton/")
    shown = screen.shown()
    assert screen.send(shown | {"reason": "Erreurs"}).status_code == 302
    assert screen.send(shown | {"reason": "Trop d’erreurs"}).status_code == 422
    assert SettingChange.objects.count() == 1


@pytest.mark.django_db
def test_what_is_known_of_an_employee() -> None:
    who, dpo = house.person(name="Anne Petit"), house.member(house.company(), Role.DPO)
    made = answering.receive(
        by=dpo.viewer,
        kind=PrivacyRequest.Kind.RECTIFICATION,
        subject=Subject(Voice.EMPLOYEE, person=who),
        received_on=TODAY,
        today=TODAY,
    )
    url = f"/admin/donnees/demandes/{made.pk}/"
    screen = Screen(dpo, url, f"{url}rectifier/")
    shown = screen.shown()
    who.name = "Anne Legrand"
    who.save()
    again = screen.must_show_both(shown | {"name": "Anne Grand"}, theirs="Anne Legrand", mine="Anne Grand")
    assert screen.send(again).status_code == 302
    who.refresh_from_db()
    assert who.name == "Anne Grand"


@pytest.mark.django_db
def test_why_a_figure_departed() -> None:
    team = house.unit()
    alert = house.alert(team)
    url = f"/comprendre/alertes/{alert.pk}/"
    screen = Screen(house.member(house.company(), Role.QUALITY), url, f"{url}expliquer/")
    shown = screen.shown()
    assert screen.send(shown | {"text": "Les travaux."}).status_code == 302
    again = screen.must_show_both(shown | {"text": "La grève."}, theirs="Les travaux.", mine="La grève.")
    assert screen.send(again).status_code == 302
    alert.refresh_from_db()
    assert alert.explanation == "La grève."


@pytest.mark.django_db
def test_the_day_on_which_a_moment_is_looked_at_again() -> None:
    moment = house.moment()
    url = f"/comprendre/moments/{moment.code}/"
    screen = Screen(house.member(house.company(), Role.QUALITY), url, f"{url}revoir/")
    shown = screen.shown()
    assert screen.send(shown | {"on": "2026-01-05"}).status_code == 302
    theirs, mine = "5\u00a0janvier\u00a02026", "7\u00a0mars\u00a02026"
    again = screen.must_show_both(shown | {"on": "2026-03-07"}, theirs=theirs, mine=mine)
    assert screen.send(again).status_code == 302
    moment.refresh_from_db()
    assert moment.review_on == dt.date(2026, 3, 7)


@pytest.mark.django_db
def test_the_answer_to_a_proposal() -> None:
    idea = Idea.objects.create(text="Un accueil le samedi", made_at=AT)
    url = f"/comprendre/moments/propositions/{idea.pk}/repondre/"
    screen = Screen(house.member(house.company(), Role.QUALITY), url)
    shown = screen.shown()
    assert screen.send(shown | {"taken": "yes", "words": "Dès mars."}).status_code == 302
    answer = screen.send(shown | {"taken": "no", "words": "Pas cette année."})
    assert answer.status_code == 422
    told = answer.content.decode()
    assert "Dès mars." in told
    assert "Pas cette année." in told
    idea.refresh_from_db()
    assert (idea.state, idea.answer) == (Idea.State.TAKEN, "Dès mars.")
