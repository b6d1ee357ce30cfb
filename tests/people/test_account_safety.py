"""Passwords, second steps and sessions, requirement by requirement (docs/asvs.csv, chapters 6 and 7)."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from pathlib import Path
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from bs4 import BeautifulSoup
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone

from tests import house
from tests.guards import HouseClient
from tests.people.test_signin import code_of, sign_in, text_of, two_steps
from visavis.core.words import Role
from visavis.people.access.models import JournalEntry
from visavis.people.access.viewer import system
from visavis.people.accounts import sealed
from visavis.people.accounts.counts import Counts, forget_past
from visavis.people.accounts.models import Account, Tally
from visavis.people.accounts.passwords import Breached, HouseWords
from visavis.people.accounts.services import open_account, renew_password
from visavis.people.accounts.throttle import may_ask

pytestmark = pytest.mark.django_db

MAIL = "ines@acme.example"
NEW = "zigzaguer sous la pluie"
NOW = dt.datetime(2025, 12, 1, 8, 0, 10, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _no_limit_left_by_another_test() -> None:
    cache.clear()


def is_in(client: HouseClient) -> bool:
    return "_auth_user_id" in client.session


def change(client: HouseClient, new: str, old: str = house.PASSWORD) -> Any:
    told = {"oldpassword": old, "password1": new, "password2": new}
    return client.post("/compte/password/change/", told)


def kept() -> Account:
    return Account.objects.get(email=MAIL)


def test_a_password_is_changed_by_whoever_knows_the_old_one_only(client: HouseClient) -> None:
    house.account(email=MAIL)
    sign_in(client, MAIL)
    change(client, NEW, old="not the right one")
    assert kept().check_password(house.PASSWORD)
    change(client, NEW)
    assert kept().check_password(NEW)


def test_a_password_is_masked_and_may_be_pasted_and_filled_in_by_a_manager() -> None:
    member = house.member(house.unit())
    for who, path in (
        (HouseClient(), "login/"),
        (member.client, "password/change/"),
        (member.client, "reauthenticate/"),
    ):
        page = BeautifulSoup(who.get(f"/compte/{path}").content, "html.parser")
        fields = [each for each in page.find_all("input") if "password" in str(each["name"])]
        assert fields
        for field in fields:
            assert field["type"] == "password"
            assert field["autocomplete"] in {"current-password", "new-password"}
            assert not [name for name in field.attrs if name.startswith("on")]


@pytest.mark.parametrize(
    "password", ["Zigzaguer  Sous la pluie ", "é€🌧 zigzaguer sous", "zx" + "0123456789" * 12]
)
def test_a_password_is_taken_as_typed_whatever_its_length(password: str, client: HouseClient) -> None:
    house.account(email=MAIL)
    sign_in(client, MAIL)
    change(client, password)
    for typed, opens in ((password, True), (password[:-1], False), (password.swapcase(), False)):
        other = HouseClient()
        sign_in(other, MAIL, typed)
        assert is_in(other) is opens


def test_a_password_of_ten_years_still_opens(client: HouseClient) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        house.account(email=MAIL)
        clock.shift(dt.timedelta(days=3650))
        sign_in(client, MAIL)
        assert is_in(client)


def test_a_drawn_password_opens_only_the_page_that_changes_it_and_ends_after_a_week(
    client: HouseClient,
) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        _, drawn = open_account(by=system(), email=MAIL, today=house.TODAY)
        sign_in(client, MAIL, drawn)
        assert is_in(client)
        assert client.get("/compte/sessions/").status_code == 200
        assert client.get("/")["Location"] == "/compte/password/change/"
        clock.shift(dt.timedelta(days=8))
        late = HouseClient()
        sign_in(late, MAIL, drawn)
        assert not is_in(late)


def test_a_drawn_password_that_was_changed_is_the_owner_s_for_good(client: HouseClient) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        account, _ = open_account(by=system(), email=MAIL, today=house.TODAY)
        drawn = renew_password(by=system(), account=account, today=house.TODAY)
        sign_in(client, MAIL, drawn)
        change(client, NEW, old=drawn)
        assert client.get("/").status_code == 200
        clock.shift(dt.timedelta(days=30))
        again = HouseClient()
        sign_in(again, MAIL, NEW)
        assert is_in(again)
        assert len(drawn) == 20
        assert not kept().check_password(drawn)


def test_a_password_may_not_rest_on_words_of_the_company() -> None:
    house.unit("vaubrune", name="Mutuelle de Vaubrûne")
    rule = HouseWords("Écureuil, Nord-Est")
    for guessed in (
        "Vaubrune-2025!",
        "mutuelle vaubrune",
        "Ecureuil.1234",
        "NordEst2025!!",
        "azertyuiop123",
        "Soleil2025!!",
    ):
        with pytest.raises(ValidationError):
            rule.validate(guessed)
    for good in ("un mot de passe tout neuf", "vaubrune au grand galop", "пароль из четырёх слов"):
        rule.validate(good)


def test_the_rule_on_words_holds_where_a_password_is_chosen(client: HouseClient) -> None:
    house.unit("vaubrune", name="Vaubrune")
    house.account(email=MAIL)
    sign_in(client, MAIL)
    page = change(client, "Vaubrune2025!")
    assert "devine" in text_of(page)
    assert kept().check_password(house.PASSWORD)


def test_a_password_of_the_operator_s_list_of_leaks_is_refused(tmp_path: Path) -> None:
    leaked = [f"leaked number {n}" for n in range(200)]
    hashes = sorted(hashlib.sha1(each.encode(), usedforsecurity=False).hexdigest().upper() for each in leaked)
    for name, tail in (("plain", ""), ("counted", ":12")):
        file = tmp_path / name
        file.write_text("".join(f"{each}{tail}\r\n" for each in hashes))
        for each in leaked:
            with pytest.raises(ValidationError):
                Breached(file).validate(each)
        for n in range(200, 300):
            Breached(file).validate(f"leaked number {n}")
    Breached(None).validate(leaked[0])


def test_an_older_way_of_keeping_a_password_is_left_at_the_next_sign_in(
    client: HouseClient, settings: Any
) -> None:
    ours = "visavis.people.accounts.hashers.Argon2id"
    settings.PASSWORD_HASHERS = [ours, "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    account = house.account(email=MAIL)
    Account.objects.filter(pk=account.pk).update(password=make_password(NEW, hasher="pbkdf2_sha256"))
    sign_in(client, MAIL, NEW)
    assert is_in(client)
    assert kept().password.startswith("argon2$argon2id$")
    assert kept().check_password(NEW)


def test_a_code_serves_once_and_for_its_half_minute(client: HouseClient) -> None:
    account = house.account(email=MAIL)
    with time_machine.travel(NOW, tick=False) as clock:
        secret = two_steps(client, account)
        clock.shift(dt.timedelta(minutes=1))
        code, tried = code_of(secret), []
        for wait in (0, 5, 60):
            clock.shift(dt.timedelta(seconds=wait))
            other = HouseClient()
            sign_in(other, MAIL)
            other.post("/compte/2fa/authenticate/", {"code": code})
            tried.append(is_in(other))
        assert tried == [True, False, False]


def test_rescue_codes_are_eight_figures_drawn_anew_for_each_account() -> None:
    drawn = []
    for address in (MAIL, "lea@acme.example"):
        client = HouseClient()
        two_steps(client, house.account(email=address))
        page = client.get("/compte/2fa/recovery-codes/").content.decode()
        drawn += re.findall(r"<code>(\d{8})</code>", page)
    assert len(set(drawn)) == 20


def test_secrets_of_second_steps_are_sealed_in_the_database(client: HouseClient) -> None:
    secret = two_steps(client, house.account(email=MAIL))
    for step in Authenticator.objects.order_by("pk"):
        assert secret not in str(step.data)
        assert all(
            step.data[place].startswith("sealed:") for place in ("secret", "seed") if place in step.data
        )


@pytest.fixture
def rings(settings: Any) -> list[str]:
    keys = ["first"]
    settings.SEALING_KEYS = lambda: keys
    return keys


def test_a_new_key_seals_and_older_ones_are_read_until_they_are_forgotten(
    rings: list[str], client: HouseClient
) -> None:
    secret = two_steps(client, house.account(email=MAIL))
    rings.insert(0, "second")
    assert enters(secret)
    assert sealed.seal_again(by=system()) == 2
    rings.remove("first")
    assert enters(secret)
    assert JournalEntry.objects.filter(verb="accounts.keys_renewed").count() == 1


def enters(secret: str) -> bool:
    cache.clear()  # a code serves once
    other = HouseClient()
    sign_in(other, MAIL)
    other.post("/compte/2fa/authenticate/", {"code": code_of(secret)})
    return is_in(other)


def test_a_secret_whose_key_is_gone_opens_nothing_and_stops_a_renewal(
    rings: list[str], client: HouseClient
) -> None:
    secret = two_steps(client, house.account(email=MAIL))
    rings[:] = ["another"]
    assert not enters(secret)
    before = [step.data for step in Authenticator.objects.order_by("pk")]
    with pytest.raises(sealed.UnreadableError):
        sealed.seal_again(by=system())
    assert [step.data for step in Authenticator.objects.order_by("pk")] == before


def test_a_secret_from_before_they_were_sealed_is_read_and_sealed(rings: list[str]) -> None:
    account = house.account(email=MAIL)
    step = Authenticator.objects.create(
        user=account, type=Authenticator.Type.TOTP, data={"secret": "ABCDEFGH"}
    )
    assert sealed.unseal("ABCDEFGH") == "ABCDEFGH"
    sealed.seal_again(by=system())
    step.refresh_from_db()
    assert step.data["secret"] != "ABCDEFGH"
    assert sealed.unseal(step.data["secret"]) == "ABCDEFGH"


def test_the_command_renews_and_forgets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    from visavis.site.options import Instance, instance

    here = Instance(tmp_path / "data")
    monkeypatch.setattr(instance(), "folder", here.folder)
    call_command("keys")
    before = {"signing": instance().secret_keys(), "sealing": instance().sealing_keys()}
    for name, read in (("signing", instance().secret_keys), ("sealing", instance().sealing_keys)):
        call_command("keys", renew=name)
        assert read()[1:] == before[name]
        assert len(read()[0]) >= 64
        call_command("keys", forget=name)
        assert len(read()) == 1
        assert read() != before[name]
    assert {path.stat().st_mode & 0o077 for path in here.folder.iterdir() if path.is_file()} == {0}
    assert "signing" in capsys.readouterr().out


def test_a_session_outlives_a_renewal_of_the_signing_key_and_ends_with_the_old_one(
    client: HouseClient, settings: Any
) -> None:
    house.account(email=MAIL)
    sign_in(client, MAIL)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another key of tests" * 3
    assert client.get("/compte/sessions/").status_code == 200
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [], "yet another key of tests" * 3
    assert client.get("/compte/sessions/").status_code == 302


def test_an_administrator_removes_a_lost_second_step_once_it_is_sure_who_asks(client: HouseClient) -> None:
    member, admin = house.member(house.unit()), house.member(house.company(), Role.ADMIN)
    two_steps(member.client, member.account)
    path = f"/admin/droits/{member.account.pk}/deuxieme-etape/"
    asked = admin.client.post(path, {"proof": "met"})
    assert asked["Location"].startswith("/compte/reauthenticate/")
    assert Authenticator.objects.filter(user=member.account).exists()
    admin.client.post("/compte/reauthenticate/", {"password": house.PASSWORD})
    admin.client.post(path, {})
    assert Authenticator.objects.filter(user=member.account).exists()
    admin.client.post(path, {"proof": "met"})
    assert not Authenticator.objects.filter(user=member.account).exists()
    assert not is_in(member.client) or member.client.get("/compte/sessions/").status_code == 302
    assert JournalEntry.objects.filter(verb="accounts.second_step_removed.met").count() == 1


def test_nobody_removes_the_own_second_step_by_that_way() -> None:
    admin = house.member(house.company(), Role.ADMIN)
    Authenticator.objects.create(user=admin.account, type=Authenticator.Type.TOTP, data={"secret": "x"})
    admin.client.post("/compte/reauthenticate/", {"password": house.PASSWORD})
    admin.client.post(f"/admin/droits/{admin.account.pk}/deuxieme-etape/", {"proof": "met"})
    assert Authenticator.objects.filter(user=admin.account).exists()


def test_a_session_has_a_key_of_its_own_that_the_server_drew_and_looks_up(client: HouseClient) -> None:
    account = house.account(email=MAIL)
    client.get("/compte/login/")
    keys = set()
    for _ in range(3):
        each = HouseClient()
        each.cookies["sessionid"] = "chosenbysomebodyelse0000000000000"
        sign_in(each, MAIL)
        keys.add(each.session.session_key)
        assert each.get("/compte/sessions/").status_code == 200
    assert len(keys) == 3
    assert all(re.fullmatch(r"[0-9a-z]{32}", str(key)) for key in keys)
    forged = HouseClient()
    forged.cookies["sessionid"] = "a" * 32
    assert forged.get("/compte/sessions/").status_code == 302
    assert Session.objects.filter(pk__in=keys).count() == 3
    assert account.pk


def test_a_sign_in_changes_the_key_and_a_sign_out_leaves_nothing_to_use(client: HouseClient) -> None:
    house.account(email=MAIL)
    sign_in(client, MAIL)
    before = client.session.session_key
    client.post("/compte/reauthenticate/", {"password": house.PASSWORD})
    after = client.session.session_key
    assert before != after
    assert not Session.objects.filter(pk=before).exists()
    client.post("/compte/logout/")
    stolen = HouseClient()
    stolen.cookies["sessionid"] = str(after)
    assert stolen.get("/compte/sessions/").status_code == 302


def test_closing_an_account_ends_its_sessions_at_once() -> None:
    member, admin = house.member(house.unit()), house.member(house.company(), Role.ADMIN)
    assert member.client.get("/compte/sessions/").status_code == 200
    admin.client.post(f"/admin/droits/{member.account.pk}/fermer/")
    assert member.client.get("/compte/sessions/").status_code == 302


def test_from_the_page_of_the_second_step_one_goes_on_to_end_the_other_sessions() -> None:
    member = house.member(house.unit())
    page = BeautifulSoup(member.client.get("/compte/2fa/").content, "html.parser")
    assert page.main is not None
    assert page.main.find("a", href="/compte/sessions/") is not None


@pytest.mark.parametrize("role", sorted(Role))
def test_the_way_out_stands_on_every_page(role: Role) -> None:
    member = house.member(house.company(), role)
    for path in ("/aide/", "/compte/sessions/", "/compte/2fa/"):
        page = BeautifulSoup(member.client.get(path).content, "html.parser")
        assert page.find("form", action="/compte/logout/") or page.find("a", href="/compte/logout/")


def test_an_account_takes_no_field_that_its_form_does_not_name() -> None:
    admin = house.member(house.company(), Role.ADMIN)
    told = {
        "email": "new@acme.example",
        "role": "adviser",
        "unit": house.company().code,
        "is_superuser": "on",
    }
    admin.client.post("/admin/droits/nouveau/", told | {"is_staff": "on", "password": NEW, "id": "1"})
    made = Account.objects.get(email="new@acme.example")
    assert (made.is_superuser, made.is_staff, made.has_drawn_password) == (False, False, True)
    assert not made.check_password(NEW)


def test_a_reset_link_ends_by_itself(client: HouseClient) -> None:
    from django.core import mail

    with time_machine.travel(NOW, tick=False) as clock:
        house.account(email=MAIL)
        client.post("/compte/password/reset/", {"email": MAIL})
        link = re.search(r"http://[^/]+(/compte/password/reset/key/\S+)", str(mail.outbox[0].body))
        assert link is not None
        clock.shift(dt.timedelta(days=4))
        assert "ne sert plus" in text_of(HouseClient().get(link[1], follow=True))
        clock.shift(dt.timedelta(days=-3))
        assert "ne sert plus" not in text_of(HouseClient().get(link[1], follow=True))


def test_reaching_a_limit_is_logged_without_the_address(client: HouseClient, caplog: Any) -> None:
    house.account(email=MAIL)
    with caplog.at_level("WARNING", logger="visavis.security"):
        for _ in range(6):
            sign_in(client, MAIL, "not the right one")
    told = [record.getMessage() for record in caplog.records if "limit" in record.getMessage()]
    assert told
    assert not [line for line in told if MAIL in line]


def test_a_sign_in_leads_to_no_other_host(client: HouseClient) -> None:
    house.account(email=MAIL)
    for elsewhere in ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"):
        answer = HouseClient().post(
            "/compte/login/", {"login": MAIL, "password": house.PASSWORD, "next": elsewhere}
        )
        assert "evil" not in answer.get("Location", "")
        assert "javascript" not in answer.get("Location", "")


def test_what_cannot_be_counted_is_refused(rf: Any, settings: Any) -> None:
    asks = rf.get("/", REMOTE_ADDR="192.0.2.7")
    assert [may_ask(asks, "test", times=2) for _ in range(3)] == [True, True, False]
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    assert not may_ask(asks, "test", times=2)


def test_every_process_counts_what_the_others_did(rf: Any) -> None:
    """A cache made anew, as another process has one, goes on from the same counts."""
    asks = rf.get("/", REMOTE_ADDR="192.0.2.7")
    assert [may_ask(asks, "test", times=3) for _ in range(2)] == [True, True]
    other = Counts("", {})
    assert other.add("code", "y", timeout=30)
    assert not cache.add("code", "z", timeout=30)
    assert (cache.get("code"), other.get("code"), other.get("none", "nothing")) == ("y", "y", "nothing")
    assert [may_ask(asks, "test", times=3) for _ in range(2)] == [True, False]
    assert not Tally.objects.filter(mark__contains="192.0.2.7").exists()
    assert "192.0.2.7" not in str(list(Tally.objects.values_list()))


def test_a_count_holds_no_longer_than_it_should(rf: Any) -> None:
    now = timezone.now()
    cache.set("one", 1, timeout=60)
    cache.set("lasting", 1, timeout=600)
    Tally.objects.filter(until__lt=now + dt.timedelta(seconds=120)).update(until=now)
    assert cache.get("one") is None
    with pytest.raises(ValueError, match="nothing"):
        cache.incr("one")
    assert cache.add("one", 5, timeout=60)
    assert cache.incr("one", 2) == 7
    assert cache.touch("one", timeout=-1)
    assert (forget_past(now=timezone.now()), cache.get("lasting"), cache.delete("one")) == (1, 1, False)
