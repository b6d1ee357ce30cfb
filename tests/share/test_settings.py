"""Administering: first steps, accounts and rights, organisation, references, journal."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied

from tests import house
from visavis.core.words import Role
from visavis.moments.exchanges.models import Channel
from visavis.moments.references.models import Edition, Moment
from visavis.people.access import journal
from visavis.people.access.models import Grant, JournalEntry
from visavis.people.access.policy import RIGHTS, Right
from visavis.people.access.services import grant_role
from visavis.people.access.viewer import system
from visavis.people.accounts.models import Account
from visavis.people.accounts.services import open_account
from visavis.people.persons.models import ROLES
from visavis.people.units.models import Unit
from visavis.share.settings.matrix import WORDS, matrix
from visavis.share.settings.queries import accounts, tree
from visavis.understand.themes.models import Theme

pytestmark = pytest.mark.django_db


def text_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", BeautifulSoup(answer.content, "html.parser").main.get_text(" "))  # type: ignore[union-attr]


def admin(where: Unit | None = None) -> house.Member:
    return house.member(where or house.company(), Role.ADMIN)


def test_an_account_is_opened_with_its_first_role_and_its_password_shown_once() -> None:
    member = admin()
    team = house.unit("lys")
    house.person("A0412", name="Inès Morel")
    told = {
        "email": "Ines@Acme.example",
        "staff": "A0412",
        "role": "adviser",
        "unit": "lys",
        "language": "fr",
    }
    answer = member.client.post("/admin/droits/nouveau/", told)
    made = Account.objects.get(email="ines@acme.example")
    password = re.search(r"<code>([^<]+)</code>", answer.content.decode())
    assert password is not None
    assert made.check_password(password[1])
    assert "no-store" in answer["Cache-Control"]
    assert Grant.objects.filter(account=made, role="adviser", unit=team).exists()
    assert password[1] not in member.client.get(f"/admin/droits/{made.pk}/").content.decode()
    assert password[1] not in " ".join(str(entry.words) for entry in JournalEntry.objects.all())


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("email", "admin", "adresse"),
        ("staff", "NOBODY", "matricule"),
        ("role", "king", ""),
        ("unit", "nowhere", ""),
    ],
)
def test_an_account_with_a_wrong_word_is_not_opened_and_says_why(field: str, value: str, said: str) -> None:
    house.unit("lys")
    member = admin()
    before = Account.objects.count()
    told = {"email": "x@acme.example", "role": "adviser", "unit": "lys"} | {field: value}
    answer = member.client.post("/admin/droits/nouveau/", told)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Account.objects.count() == before


def test_a_taken_address_is_refused_and_nothing_is_half_done() -> None:
    member = admin()
    told = {"email": member.account.email, "role": "adviser", "unit": "acme"}
    assert member.client.post("/admin/droits/nouveau/", told).status_code == 422
    assert Grant.objects.filter(role="adviser").count() == 0


def test_a_role_is_given_and_withdrawn_and_both_are_told() -> None:
    member, team = admin(), house.unit("lys")
    someone = house.account()
    url = f"/admin/droits/{someone.pk}/"
    member.client.post(f"{url}role/", {"role": "manager", "unit": "lys"})
    grant = Grant.objects.get(account=someone, unit=team)
    assert (
        "Responsable" in text_of(member.client.get(url))
        or "manager" in text_of(member.client.get(url)).lower()
    )
    member.client.post(f"{url}role/{grant.pk}/retirer/")
    assert not Grant.objects.filter(account=someone).exists()
    told = text_of(member.client.get("/admin/journal/"))
    assert "Lys" in told
    assert "manager" not in told or "Manager" in told


def test_nobody_withdraws_their_own_last_right_to_the_settings() -> None:
    member = admin()
    own = Grant.objects.get(account=member.account)
    answer = member.client.post(f"/admin/droits/{member.account.pk}/role/{own.pk}/retirer/", follow=True)
    assert "dernier droit" in text_of(answer)
    assert Grant.objects.filter(pk=own.pk).exists()
    second = house.grant(member.account, house.unit("lys"), Role.ADMIN)
    member.client.post(f"/admin/droits/{member.account.pk}/role/{second.pk}/retirer/")
    assert Grant.objects.get(pk=second.pk).ends_on is not None


def test_nobody_closes_their_own_account_and_a_closed_one_is_out_at_once() -> None:
    member, other = admin(), house.member(house.company(), Role.QUALITY)
    member.client.post(f"/admin/droits/{member.account.pk}/fermer/")
    assert Account.objects.get(pk=member.account.pk).is_active
    assert other.client.get("/admin/references/").status_code == 200
    member.client.post(f"/admin/droits/{other.account.pk}/fermer/")
    assert not Account.objects.get(pk=other.account.pk).is_active
    assert other.client.get("/admin/references/").status_code == 302


def test_a_lost_password_is_drawn_anew_and_shown_once() -> None:
    member, other = admin(), house.member(house.company(), Role.QUALITY)
    answer = member.client.post(f"/admin/droits/{other.account.pk}/mot-de-passe/")
    password = re.search(r"<code>([^<]+)</code>", answer.content.decode())
    assert password is not None
    assert Account.objects.get(pk=other.account.pk).check_password(password[1])
    assert other.client.get("/admin/references/").status_code == 302
    assert "nouveau mot de passe" in text_of(member.client.get("/admin/journal/"))


def test_an_administrator_of_a_branch_rules_that_branch_and_no_other() -> None:
    them = house.cast(Role.ADMIN)
    member = them.owner
    outside = house.member(them.theirs, Role.MANAGER)
    for what in ("", "role/", "fermer/"):
        url = f"/admin/droits/{outside.account.pk}/{what}"
        answer = (
            member.client.get(url) if not what else member.client.post(url, {"role": "admin", "unit": "acme"})
        )
        assert answer.status_code == 404
    own = f"/admin/droits/{member.account.pk}/role/"
    assert member.client.post(own, {"role": "admin", "unit": "acme"}).status_code == 422
    assert member.client.post(own, {"role": "admin", "unit": them.theirs.code}).status_code == 422
    assert Grant.objects.filter(account=member.account).count() == 1
    assert outside.account not in accounts(member.viewer, today=house.TODAY)
    assert Account.objects.get(pk=outside.account.pk).is_active


def test_a_role_of_several_branches_is_closed_by_who_rules_them_all() -> None:
    them = house.cast(Role.ADMIN)
    both = house.member(them.ours, Role.MANAGER)
    house.grant(both.account, them.theirs, Role.MANAGER)
    assert them.owner.client.post(f"/admin/droits/{both.account.pk}/fermer/").status_code == 404
    assert Account.objects.get(pk=both.account.pk).is_active


def test_the_tree_is_the_one_of_the_day() -> None:
    region = house.unit("nord")
    house.unit("lys", region, closed_on=dt.date(2025, 11, 1))
    house.unit("aa", region, opened_on=dt.date(2025, 12, 1))
    member = admin()
    before = [node.unit.code for node in tree(member.viewer, day=dt.date(2025, 10, 1))]
    after = [node.unit.code for node in tree(member.viewer, day=dt.date(2025, 12, 2))]
    assert before == ["acme", "nord", "lys"]
    assert after == ["acme", "nord", "aa"]
    assert "Lys" in text_of(member.client.get("/admin/organisation/?jour=2025-10-01"))
    assert member.client.get("/admin/organisation/?jour=hier").status_code == 200


def test_people_are_shown_where_they_work_that_day() -> None:
    team, who = house.unit("lys"), house.person("A0412", name="<b>Inès</b> Morel")
    house.assignment(who, team, starts_on=dt.date(2025, 1, 1), ends_on=dt.date(2025, 6, 30))
    member = admin()
    page = member.client.get("/admin/organisation/lys/?jour=2025-06-30")
    assert "<b>Inès</b>" not in page.content.decode()
    assert "<b>Inès</b> Morel" in text_of(page)
    assert "A0412" not in text_of(member.client.get("/admin/organisation/lys/?jour=2025-07-01"))


def test_the_journal_is_filtered_paged_and_taken_away() -> None:
    member, other = admin(), admin()
    for number in range(60):
        journal.write(by=member.viewer, verb="imports.started", file=f"=cmd{number}.csv")
    journal.write(by=other.viewer, verb="imports.cancelled", file="b.csv")
    page = member.client.get("/admin/journal/")
    assert "61" in text_of(page)
    only = text_of(member.client.get(f"/admin/journal/?geste=imports.cancelled&qui={other.account.pk}"))
    assert "b.csv" in only
    assert "cmd" not in only
    assert member.client.get("/admin/journal/?qui=abc&geste=%00").status_code == 200
    file: Any = member.client.get(f"/admin/journal/export.csv?qui={member.account.pk}&geste=")
    lines = b"".join(file.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 61
    assert lines[0].startswith('"Quand";"Qui";"Quoi"')
    kept = JournalEntry.objects.get(verb="settings.journal_exported")
    assert (kept.account, kept.words) == (member.account, {"number": 60})
    assert "a exporté le journal (lignes\u00a0: 60)" in member.client.get("/admin/journal/").content.decode()


def test_the_journal_of_a_branch_holds_that_branch() -> None:
    them = house.cast(Role.ADMIN)
    journal.write(by=system(), verb="imports.started", file="ours.csv", unit_path=them.ours.path)
    journal.write(by=system(), verb="imports.started", file="theirs.csv", unit_path=them.theirs.path)
    journal.write(by=system(), verb="imports.started", file="nowhere.csv")
    told = text_of(them.owner.client.get("/admin/journal/"))
    assert "ours.csv" in told
    assert "theirs.csv" not in told
    assert "nowhere.csv" not in told


def test_the_matrix_says_the_policy_to_everybody_signed_in() -> None:
    assert set(WORDS) == set(Right)
    for row in matrix():
        right = next(right for right, words in WORDS.items() if words is row.words)
        held = {
            role for (role, words), (said, has) in zip(ROLES, row.held, strict=True) if has and said == words
        }
        assert held == {role for role in Role if right in RIGHTS[role]}
    assert house.member().client.get("/admin/droits/matrice/").status_code == 200


@time_machine.travel("2025-12-01 09:00", tick=False)
def test_a_model_of_a_sector_says_what_it_holds_and_installs_all_of_it() -> None:
    member = house.member(house.company(), Role.QUALITY)
    page = text_of(member.client.get("/admin/references/modele/"))
    assert "Mutuelle" in page
    answer = member.client.post("/admin/references/modele/", {"sector": "insurer"}, follow=True)
    assert Moment.objects.filter(kind="truth").exists()
    assert Moment.objects.filter(kind="life").exists()
    assert Theme.objects.filter(parent__isnull=False).exists()
    assert Channel.objects.exists()
    assert Edition.objects.count() == 2
    assert Moment.objects.filter(kind="truth").first().label in text_of(answer)  # type: ignore[union-attr]
    counts = (Moment.objects.count(), Theme.objects.count(), Channel.objects.count(), Edition.objects.count())
    member.client.post("/admin/references/modele/", {"sector": "insurer"})
    assert counts == (
        Moment.objects.count(), Theme.objects.count(), Channel.objects.count(), Edition.objects.count(),
    )  # fmt: skip
    for page_name in ("themes/", "listes/", "editions/"):
        assert member.client.get(f"/admin/references/{page_name}").status_code == 200


def test_an_unknown_sector_installs_nothing() -> None:
    member = house.member(house.company(), Role.QUALITY)
    member.client.post("/admin/references/modele/", {"sector": "../../etc"})
    assert not Moment.objects.exists()


def test_the_administrator_reads_the_models_and_leaves_the_choice_to_quality() -> None:
    member = admin()
    assert "Partir de ce modèle" not in member.client.get("/admin/references/modele/").content.decode()
    assert member.client.post("/admin/references/modele/", {"sector": "insurer"}).status_code == 404
    assert not Moment.objects.exists()


def test_every_moment_stands_once_face_to_face_or_alone() -> None:
    house.moment("claim", facing=["pride"])
    house.moment("silence")
    for code in ("pride", "arrival"):
        house.moment(code, kind=Moment.Kind.LIFE, stage=Moment.Stage.DAILY)
    member = house.member(house.company(), Role.QUALITY)
    soup: Any = BeautifulSoup(member.client.get("/admin/references/").content, "html.parser")
    rows = [
        [cell.get_text(" ", strip=True) for cell in row.find_all("td")] for row in soup.tbody.find_all("tr")
    ]
    assert next(("claim" in one, "pride" in other) for one, other in rows) == (True, True)
    assert sum("arrival" in other for _, other in rows) == 1
    assert len(rows) == 3


def test_the_references_lead_whoever_may_change_the_themes_to_their_page() -> None:
    company = house.company()
    for role, led in ((Role.QUALITY, True), (Role.ADMIN, False)):
        member = house.member(company, role)
        soup: Any = BeautifulSoup(member.client.get("/admin/references/").content, "html.parser")
        link = soup.main.find("a", string="Changer les thèmes")
        assert (link is not None) == led
        assert link is None or member.client.get(link["href"]).status_code == 200


def test_the_first_steps_follow_what_is_there() -> None:
    member = admin()
    page = text_of(member.client.get("/admin/demarrer/"))
    assert "Organisation" in page
    assert "visavis demo" in page
    house.assignment(house.person(), house.unit("lys"))
    assert "1 personne" in text_of(member.client.get("/admin/demarrer/")).replace("\u00a0", " ")


def test_only_the_settings_right_opens_the_settings() -> None:
    for role in set(Role) - {Role.ADMIN}:
        client = house.member(house.company(), role).client
        for url in (
            "/admin/droits/",
            "/admin/droits/nouveau/",
            "/admin/organisation/",
            "/admin/journal/",
            "/admin/journal/export.csv",
        ):
            assert client.get(url).status_code == 404, (role, url)


def test_an_administrator_of_a_branch_never_becomes_an_adviser_of_another() -> None:
    them = house.cast(Role.ADMIN)
    victim, team = house.person("B0001", name="Léa Petit"), them.theirs
    house.assignment(victim, team)
    house.response(team, person=victim, text="Une réponse parfaite.")
    told = {"email": "double@acme.example", "role": "adviser", "unit": them.ours.code}
    answers = [
        them.owner.client.post("/admin/droits/nouveau/", told | {"staff": code})
        for code in ("B0001", "B9999")
    ]
    assert [answer.status_code for answer in answers] == [422, 422]
    assert all("Personne n’a ce matricule." in text_of(answer) for answer in answers)
    assert not Account.objects.filter(email="double@acme.example").exists()
    with pytest.raises(PermissionDenied):
        open_account(by=them.owner.viewer, email="double@acme.example", today=house.TODAY, person=victim)


def test_nor_takes_the_account_that_she_has_without_a_role() -> None:
    them = house.cast(Role.ADMIN)
    victim = house.person("B0001")
    house.assignment(victim, them.theirs)
    asleep = house.account(victim)
    url = f"/admin/droits/{asleep.pk}/"
    assert them.owner.client.post(f"{url}mot-de-passe/").status_code == 404
    assert them.owner.client.post(f"{url}fermer/").status_code == 404
    asleep.refresh_from_db()
    assert asleep.is_active
    assert asleep.check_password(house.PASSWORD)
    with pytest.raises(PermissionDenied):
        grant_role(
            by=them.owner.viewer, account=asleep, role=Role.ADVISER, unit=them.theirs, today=house.TODAY
        )


def test_an_account_is_opened_for_who_works_on_the_branch_and_from_the_top_for_who_works_nowhere() -> None:
    them = house.cast(Role.ADMIN)
    here, nowhere = house.person("B0001"), house.person("B0002")
    house.assignment(here, them.ours)
    told = {"role": "adviser", "unit": them.ours.code}
    client, top = them.owner.client, admin().client

    def opened(by: Any, code: str) -> int:
        answer = by.post("/admin/droits/nouveau/", told | {"staff": code, "email": f"{code}@acme.example"})
        return int(answer.status_code)

    assert opened(client, here.code) == 200
    assert opened(client, nowhere.code) == 422
    assert opened(top, nowhere.code) == 200


def test_a_right_that_ends_is_still_held_today() -> None:
    them = house.cast(Role.ADMIN)
    leaving = house.member(them.ours, Role.MANAGER)
    house.grant(leaving.account, them.theirs, Role.MANAGER, ends_on=dt.date(2999, 1, 1))
    assert them.owner.client.post(f"/admin/droits/{leaving.account.pk}/mot-de-passe/").status_code == 404


def test_a_right_below_does_not_stand_for_the_last_one_above() -> None:
    them = house.cast(Role.ADMIN)
    above, lys = Grant.objects.get(account=them.owner.account), house.unit("lys", them.ours)
    house.grant(them.owner.account, lys, Role.ADMIN)
    url = f"/admin/droits/{them.owner.account.pk}/role/{above.pk}/retirer/"
    assert "dernier droit" in text_of(them.owner.client.post(url, follow=True))
    above.refresh_from_db()
    assert above.ends_on is None
    house.grant(them.owner.account, house.company(), Role.ADMIN)
    them.owner.client.post(url)
    above.refresh_from_db()
    assert above.ends_on is not None


def test_a_control_character_in_an_address_finds_nothing() -> None:
    member = admin()
    boss = house.member(house.company(), Role.MANAGER)
    for client, url in (
        (member.client, "/admin/organisation/%00/"),
        (member.client, "/admin/organisation/a%1fb/"),
        (boss.client, "/equipe/%00/"),
    ):
        assert client.get(url).status_code == 404, url
    assert member.client.get("/admin/organisation/acme/").status_code == 200
    told = {"email": "x@acme.example", "role": "adviser", "unit": "\0"}
    assert member.client.post("/admin/droits/nouveau/", told).status_code == 422


@pytest.mark.parametrize("verb", ["%00", "nobody.does", "imports"])
def test_a_gesture_that_does_not_exist_filters_nothing(verb: str) -> None:
    member = admin()
    journal.write(by=member.viewer, verb="imports.started", file="a.csv")
    assert "a.csv" in text_of(member.client.get(f"/admin/journal/?geste={verb}"))
    file: Any = member.client.get(f"/admin/journal/export.csv?geste={verb}")
    assert "a.csv" in b"".join(file.streaming_content).decode("utf-8-sig")
