"""What a letter says, to whom, in which language; and who may have it sent."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied, ValidationError

from tests import house
from tests.share.letters.postbox import ADVISER, AT, TODAY, WORDS, heard, letter, reader, subscription
from visavis.core import periods
from visavis.core.words import Role
from visavis.people.access.viewer import viewer_of
from visavis.people.accounts.models import Account
from visavis.people.units.models import Unit
from visavis.share.letters import services
from visavis.share.letters.links import read, token
from visavis.share.letters.models import Kind, Letter, Problem, Stop, Subscription
from visavis.share.letters.planning import forget, plan
from visavis.share.letters.recipients import recipients
from visavis.share.letters.writing import Written, write
from visavis.share.restitution.frozen import freeze

pytestmark = pytest.mark.django_db

NOVEMBER = periods.month(2025, 11)


def _written(
    where: Unit, to: Account, kind: Kind = Kind.REPORT, period: periods.Period = NOVEMBER
) -> Written:
    return write(subscription(where, to, kind), to, period, today=TODAY)


def _words(html: str) -> str:
    return " ".join(BeautifulSoup(html, "html.parser").get_text(" ").split())


def test_a_report_has_the_figures_of_its_page_word_for_word() -> None:
    team = house.unit()
    heard(team)
    heard(team, dt.date(2025, 10, 6), satisfied=30, others=20)
    to = house.member(team, Role.DIRECTION)
    page = to.client.get(f"/comprendre/rapports/2025-11/?perimetre={team.code}")
    shown = _words(page.content.decode())
    written = _written(team, to.account)
    reading = _words(page.context["pictures"].reading)
    assert reading in shown
    for body in (" ".join(written.text.split()), _words(written.html)):
        assert reading in body
        for marker in page.context["pictures"].markers:
            assert _words(marker.said) in body
        assert "80 %, de 67 à 89 % (50 réponses)" in body
        assert "8 plaintes" in body
    assert page.context["report"].axes[0].label in written.text


def test_the_daily_file_counts_teams_and_what_waits() -> None:
    region = house.unit("north")
    lys, aa = house.unit("lys", region), house.unit("aa", region)
    day = dt.date(2025, 12, 2)
    heard(lys, day, satisfied=30, others=10)
    heard(aa, day, satisfied=2, others=1)
    house.case(house.response(lys), due_on=day)
    house.case(house.response(house.unit()), due_on=day)
    text = _written(region, reader(region, Role.QUALITY), Kind.DAY, periods.day(day)).text.replace(
        "\u00a0", " "
    )
    assert "Fichier du jour, mardi 2 décembre 2025, North" in text
    assert "43 retours" in text
    assert "75 %, de 60 à 86 % (40 réponses)" in text
    assert "- Aa\n  3 retours\n" in text
    assert (
        "Mardi 2 décembre 2025 : 43 retours.\n\nClients satisfaits : 74 %, de 60 à 85 % (43 réponses)."
        in text
    )
    assert "67 %" not in text
    assert "Retours à traiter\n  1\n- Dont en retard\n  1" in text
    assert f"/ecouter/fichier-du-jour/export.csv?perimetre=north&periode={day}" in text
    leads = _written(region, reader(region, Role.DIRECTION), Kind.DAY, periods.day(day)).text
    assert "43 retours" in leads.replace("\u00a0", " ")
    assert "Retours à traiter" not in leads


def test_no_word_of_a_customer_no_name_of_an_adviser_nothing_to_fetch() -> None:
    team = house.unit()
    heard(team)
    to = reader(team, Role.QUALITY)
    house.alert(team, week=dt.date(2025, 11, 1))
    for kind in Kind:
        written = _written(team, to, kind)
        assert written.heard
        for body in (written.text, written.html):
            assert "carte verte" not in body
            assert WORDS not in body
            assert ADVISER not in body
        soup = BeautifulSoup(written.html, "html.parser")
        assert not soup.find_all(["img", "script", "svg", "iframe"])
        assert [link["href"] for link in soup.find_all("link")] == ["data:,"]
        assert "url(" not in written.html
        assert all(str(link["href"]).startswith("http://localhost/") for link in soup.find_all("a"))


def test_a_letter_speaks_its_recipients_language() -> None:
    team = house.unit("lys")
    heard(team)
    french, english = reader(team, language="fr"), reader(team, language="en")
    assert _written(team, french).subject == "Rapport de novembre 2025, Lys"
    written = _written(team, english)
    assert written.subject == "Report of November 2025, Lys"
    assert '<html lang="en">' in written.html
    assert "80%, 67 to 89% (50\u00a0answers)" in written.text
    assert "réponses" not in written.text


def test_a_month_that_begins_with_a_vowel_is_elided() -> None:
    team = house.unit("lys")
    written = _written(team, reader(team), period=periods.month(2025, 10))
    assert written.subject == "Rapport d’octobre 2025, Lys"


def test_a_name_cannot_add_a_header_nor_turn_the_subject_around() -> None:
    team = house.unit("lys", name="Lys\r\nBcc: x@y.example \u202eabc <b>")
    written = _written(team, reader(team))
    assert written.subject == "Rapport de novembre 2025, Lys Bcc: x@y.example abc <b>"
    assert "<b>" not in written.html


def test_each_recipient_has_one_letter_a_period_however_often_it_is_planned() -> None:
    team = house.unit()
    holders = {reader(team, Role.MANAGER).pk, reader(team, Role.MANAGER).pk}
    reader(team, Role.QUALITY)
    reader(house.company(), Role.MANAGER)
    made = subscription(team, kind=Kind.DAY, role=Role.MANAGER, held_at=team)
    for _ in range(2):
        plan(at=AT, today=TODAY)
        Subscription.objects.update(planned="")
    letters = Letter.objects.filter(subscription=made)
    assert set(letters.values_list("account", flat=True)) == holders
    assert letters.count() == 2


def test_nothing_due_before_the_subscription_is_sent() -> None:
    team = house.unit()
    made = subscription(team, reader(team), since=AT + dt.timedelta(minutes=1))
    plan(at=AT + dt.timedelta(days=1), today=TODAY)
    assert not Letter.objects.filter(subscription=made).exists()
    plan(at=AT + dt.timedelta(days=40), today=TODAY)
    assert Letter.objects.get(subscription=made).period == "2025-12"


def test_a_paused_subscription_and_a_stopped_recipient_get_no_letter() -> None:
    team = house.unit()
    subscription(team, reader(team), active=False)
    made, who = subscription(team, other := reader(team)), other
    Stop.objects.create(subscription=made, account=who, at=AT)
    plan(at=AT, today=TODAY)
    assert not Letter.objects.exists()


def test_a_resumed_subscription_does_not_send_what_fell_due_meanwhile() -> None:
    team = house.unit()
    to = reader(team)
    made = subscription(team, to, made_by=to, active=False)
    by = viewer_of(to, today=TODAY)
    services.resume(by=by, subscription=made, at=AT + dt.timedelta(hours=2))
    plan(at=AT + dt.timedelta(hours=3), today=TODAY)
    assert not Letter.objects.exists()


@pytest.mark.parametrize(
    ("role", "kind", "may"),
    [
        (Role.READER, Kind.REPORT, True),
        (Role.READER, Kind.DAY, False),
        (Role.MANAGER, Kind.DAY, True),
        (Role.MANAGER, Kind.REPORT, False),
        (Role.ADVISER, Kind.DAY, False),
        (Role.ADMIN, Kind.REPORT, False),
    ],
)
def test_one_asks_for_oneself_what_one_may_read(role: Role, kind: Kind, may: bool) -> None:
    team = house.unit()
    me = reader(team, role)
    wish = Subscription(kind=kind, unit=team, account=me)
    by = viewer_of(me, today=TODAY)
    if may:
        assert services.subscribe(by=by, wish=wish, at=AT, today=TODAY).pk
    else:
        with pytest.raises(PermissionDenied):
            services.subscribe(by=by, wish=wish, at=AT, today=TODAY)


@pytest.mark.parametrize("role", list(Role))
def test_only_who_reads_month_and_day_has_letters_sent_to_others(role: Role) -> None:
    team = house.unit()
    other, by = reader(team), viewer_of(reader(team, role), today=TODAY)
    wish = Subscription(kind=Kind.REPORT, unit=team, account=other)
    if role in {Role.QUALITY, Role.DIRECTION}:
        assert services.subscribe(by=by, wish=wish, at=AT, today=TODAY).pk
        with pytest.raises(ValidationError):
            services.subscribe(
                by=by, wish=Subscription(kind=Kind.REPORT, unit=team, account=other), at=AT, today=TODAY
            )
    else:
        with pytest.raises(PermissionDenied):
            services.subscribe(by=by, wish=wish, at=AT, today=TODAY)


def test_a_neighbour_has_nothing_sent_about_our_branch_nor_to_its_roles() -> None:
    ours, theirs = house.unit(), house.unit()
    by = house.viewer(theirs, Role.QUALITY)
    for wish in (
        Subscription(kind=Kind.REPORT, unit=ours, role=Role.QUALITY, held_at=theirs),
        Subscription(kind=Kind.REPORT, unit=theirs, role=Role.QUALITY, held_at=ours),
    ):
        with pytest.raises(PermissionDenied):
            services.subscribe(by=by, wish=wish, at=AT, today=TODAY)


def test_a_recipient_who_may_not_read_is_refused_like_an_unknown_one() -> None:
    team = house.unit()
    editor = house.member(team, Role.QUALITY)
    house.account(email="nobody@acme.example")
    words = []
    for email in ("nobody@acme.example", "unknown@acme.example"):
        data = {
            "kind": "report",
            "unit": team.code,
            "to": "address",
            "email": email,
            "working_day": 3,
            "hour": 8,
        }
        answer = editor.client.post("/partager/envois/nouveau/", data)
        assert answer.status_code == 422
        words.append("Aucun compte autorisé à lire ce périmètre" in answer.content.decode())
    assert words == [True, True]
    assert not Subscription.objects.exists()


def test_the_page_says_who_receives_and_why_another_does_not() -> None:
    region = house.unit()
    team = house.unit(parent=region)
    able, stopped = reader(region, Role.MANAGER), reader(region, Role.MANAGER)
    made = subscription(region, kind=Kind.REPORT, role=Role.MANAGER, held_at=region)
    Stop.objects.create(subscription=made, account=stopped, at=AT)
    problems = {one.account.pk: one.problem for one in recipients(made, today=TODAY)}
    assert problems == {able.pk: Problem.NO_RIGHT, stopped.pk: Problem.STOPPED}
    editor = house.member(region, Role.QUALITY)
    page = editor.client.get(f"/partager/envois/{made.pk}/").content.decode()
    assert "Le destinataire n’a pas le droit de lire ce périmètre." in page
    assert "Le destinataire a arrêté ces e-mails." in page
    below = house.member(team, Role.QUALITY)
    assert below.client.get(f"/partager/envois/{made.pk}/").status_code == 404


def test_a_letter_of_somebody_else_is_shown_without_the_link_that_stops_it() -> None:
    team = house.unit()
    heard(team)
    to = reader(team)
    found = letter(team, to)
    editor = house.member(team, Role.QUALITY)
    signed = token(found.subscription_id, to.pk)
    for path in ("", "courriel/"):
        page = editor.client.get(f"/partager/envois/lettres/{found.pk}/{path}")
        assert page.status_code == 200
        assert "80\u00a0%" in page.content.decode()
        assert signed not in page.content.decode()


def test_the_page_of_a_letter_allows_its_colours_and_nothing_else_of_elsewhere() -> None:
    team = house.unit()
    editor = house.member(team, Role.QUALITY)
    found = letter(team, editor.account)
    policy = editor.client.get(f"/partager/envois/lettres/{found.pk}/courriel/")["Content-Security-Policy"]
    assert "style-src-attr 'unsafe-inline'" in policy
    assert "style-src 'self'" in policy
    assert "default-src 'none'" in policy


def test_the_outbox_of_an_administrator_says_nothing_of_what_letters_say() -> None:
    team = house.unit()
    heard(team)
    found = letter(team)
    admin = house.member(house.company(), Role.ADMIN)
    page = admin.client.get("/admin/envois/").content.decode()
    assert found.account.email in page
    assert "80\u00a0%" not in page
    assert admin.client.get(f"/partager/envois/lettres/{found.pk}/").status_code == 404
    assert admin.client.get(f"/partager/envois/{found.subscription_id}/apercu/").status_code == 404


def test_a_recipient_stops_her_letters_signed_out_and_only_a_post_does_it(client: Any) -> None:
    team = house.unit()
    found = letter(team)
    path = f"/ne-plus-recevoir/{token(found.subscription_id, found.account_id)}/"
    page = client.get(path)
    assert page.status_code == 200
    assert found.account.email not in page.content.decode()
    assert not Stop.objects.exists()
    strict = type(client)(enforce_csrf_checks=True)
    for _ in range(2):
        assert strict.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    stop = Stop.objects.get()
    assert (stop.subscription_id, stop.account_id) == (found.subscription_id, found.account_id)


def test_a_forged_link_is_answered_like_one_whose_account_is_gone(client: Any) -> None:
    made = subscription(team := house.unit(), reader(team))
    signed = token(made.pk, 987_654)
    answers = [client.get(f"/ne-plus-recevoir/{one}/") for one in (signed, f"{signed}x", "1:2:3", "a b")]
    assert {answer.status_code for answer in answers} == {404}
    assert read(f"{signed}x") is None


def test_nobody_takes_up_letters_for_somebody_who_stopped_them() -> None:
    team = house.unit()
    to, editor = reader(team), house.member(team, Role.QUALITY)
    made = subscription(team, to)
    services.stop(by=viewer_of(to, today=TODAY), subscription=made, at=AT)
    editor.client.post(f"/partager/envois/{made.pk}/recevoir/")
    assert Stop.objects.count() == 1
    services.take_up(by=viewer_of(to, today=TODAY), subscription=made)
    assert not Stop.objects.exists()


def test_somebody_who_lost_every_right_still_finds_the_door_to_stop() -> None:
    team = house.unit()
    gone = house.member()
    made = subscription(team, gone.account)
    page = gone.client.get("/partager/envois/").content.decode()
    assert "n’a pas le droit de lire ce périmètre" in page
    assert gone.client.get(f"/partager/envois/{made.pk}/apercu/").status_code in {403, 404}
    assert gone.client.post(f"/partager/envois/{made.pk}/ne-plus-recevoir/").status_code == 302
    assert Stop.objects.filter(account=gone.account).exists()


def test_the_outbox_forgets_what_letters_said_then_the_letters() -> None:
    found = letter(house.unit())
    facts = {"state": "sent", "sent_at": AT, "subject": "x", "text": "said", "html": "said"}
    Letter.objects.filter(pk=found.pk).update(**facts)
    forget(at=AT + dt.timedelta(days=32))
    found.refresh_from_db()
    assert (found.text, found.html, found.subject) == ("", "", "x")
    forget(at=AT + dt.timedelta(days=401))
    assert not Letter.objects.exists()


def test_a_report_that_was_frozen_is_told_as_it_was_frozen() -> None:
    team = house.unit()
    heard(team)
    freeze(unit=house.company(), month=NOVEMBER, at=AT)
    heard(team, satisfied=50, others=0)
    to = reader(house.company())
    assert "80\u00a0%, de 67 à 89\u00a0% (50\u00a0réponses)" in _written(house.company(), to).text
    assert "100\u00a0réponses" in _written(team, to).text


def test_an_address_in_a_name_is_no_link_where_a_letter_is_shown() -> None:
    team = house.unit("evil", name="http://evil.example/x www.evil.example")
    heard(team)
    to = house.member(team, Role.DIRECTION)
    found = subscription(team, to.account)
    page = BeautifulSoup(to.client.get(f"/partager/envois/{found.pk}/apercu/").content, "html.parser")
    assert "evil.example" in page.get_text()
    assert not page.select("main a[href*='evil.example']")
