"""Letters leave once, or wait: outages, refusals, crashes, two workers, rights withdrawn meanwhile."""

from __future__ import annotations

import datetime as dt
import ssl
import threading
from io import StringIO
from ipaddress import IPv4Address
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from django.core import mail
from django.core.management import call_command
from django.db import connection
from pydantic import ValidationError

from tests import house
from tests.share.letters.mail_server import MailServer, listening
from tests.share.letters.postbox import AT, TODAY, heard, letter, reader, subscription
from visavis.core.words import Role
from visavis.people.access.models import Grant, JournalEntry
from visavis.people.access.viewer import system
from visavis.people.units.models import Unit
from visavis.share.alerts.pictures import title_of
from visavis.share.letters import jobs, services
from visavis.share.letters.links import token
from visavis.share.letters.models import Kind, Letter, Problem, State, Stop, Subscription
from visavis.share.letters.planning import plan
from visavis.share.letters.sending import BATCH, LEASE, MOST_REFUSALS, recover, send_due, wait
from visavis.site.options import Options

pytestmark = pytest.mark.django_db
_HOUR, _MINUTE = dt.timedelta(hours=1), dt.timedelta(minutes=1)
#: These talk to a server of their own, on this machine.
real_socket = pytest.mark.allow_hosts(["127.0.0.1"])


@pytest.fixture(autouse=True)
def _sends(settings: Any) -> None:
    settings.SENDS_LETTERS = True
    settings.ADDRESS = "https://visavis.example.org"


@pytest.fixture
def team() -> Unit:
    """A team that was heard in November."""
    made = house.unit("lys")
    heard(made)
    return made


def _send(at: dt.datetime = AT) -> int:
    return send_due(at=at, today=at.date())


def _states() -> list[str]:
    return list(Letter.objects.order_by("pk").values_list("state", flat=True))


def test_a_letter_leaves_whole_and_once(team: Unit) -> None:
    found = letter(team)
    assert (jobs.sweep(at=AT, today=TODAY), jobs.sweep(at=AT + _MINUTE, today=TODAY)) == (1, 0)
    (sent,) = mail.outbox
    assert sent.to == [found.account.email]
    assert sent.subject == "Rapport de novembre 2025, Lys"
    assert sent.extra_headers["Message-ID"] == found.message_id
    stop = f"https://visavis.example.org/ne-plus-recevoir/{token(found.subscription_id, found.account_id)}/"
    assert sent.extra_headers["List-Unsubscribe"] == f"<{stop}>"
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert stop in sent.body
    found.refresh_from_db()
    assert (found.state, found.text, found.attempts) == (State.SENT, sent.body, 1)
    assert JournalEntry.objects.get(verb="letters.sent").words == {"number": 1}


def test_without_a_mail_server_letters_wait_and_the_page_says_so(team: Unit, settings: Any) -> None:
    settings.SENDS_LETTERS = False
    found = letter(team)
    assert jobs.sweep(at=AT, today=TODAY) == 0
    assert not mail.outbox
    assert _states() == [State.WAITING]
    admin = house.member(house.company(), Role.ADMIN)
    assert "VISAVIS_SMTP_HOST" in admin.client.get("/admin/envois/").content.decode()
    page = house.member(team, Role.QUALITY).client.get(f"/partager/envois/lettres/{found.pk}/")
    assert "80\u00a0%" in page.content.decode()


@pytest.mark.parametrize("how", ["grant", "role", "stop", "account", "pause"])
def test_what_changed_between_the_outbox_and_the_sending_holds(team: Unit, how: str) -> None:
    to = reader(team, Role.QUALITY)
    facts: dict[str, Any] = {"role": Role.QUALITY, "held_at": team} if how == "role" else {}
    made = subscription(team, None if facts else to, **facts)
    plan(at=AT, today=TODAY)
    if how == "grant":
        Grant.objects.filter(account=to).update(role=Role.MANAGER)
    elif how == "role":
        Grant.objects.filter(account=to).update(role=Role.DIRECTION)
    elif how == "stop":
        Stop.objects.create(subscription=made, account=to, at=AT)
    elif how == "account":
        type(to).objects.filter(pk=to.pk).update(is_active=False)
    else:
        Subscription.objects.update(active=False)
    assert _send() == 0
    assert not mail.outbox
    found = Letter.objects.get()
    problems = {
        "grant": "no_right",
        "role": "no_role",
        "stop": "stopped",
        "account": "closed",
        "pause": "paused",
    }
    assert (found.state, found.problem, found.text) == (State.WITHHELD, problems[how], "")


def test_a_letter_about_nothing_and_one_that_waited_too_long_stay(team: Unit) -> None:
    silent = letter(house.unit())
    _send()
    old = letter(team)
    _send(AT + dt.timedelta(days=63))
    problems = dict(Letter.objects.values_list("pk", "problem").order_by("pk"))
    assert problems == {silent.pk: Problem.NOTHING, old.pk: Problem.TOO_LATE}
    assert not mail.outbox


@real_socket
def test_an_outage_loses_nothing_and_doubles_nothing(team: Unit, settings: Any) -> None:
    for _ in range(5):
        subscription(team, reader(team))
    plan(at=AT, today=TODAY)
    with MailServer() as closed:
        port = closed.port
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 2
    at, tried = AT, 0
    while at < AT + 24 * _HOUR:
        tried += jobs.sweep(at=at, today=at.date()) or 0
        at += 5 * _MINUTE
    assert tried == 0
    assert sorted(_states()) == [State.FAILED] + [State.WAITING] * 4
    probe = Letter.objects.get(state=State.FAILED)
    assert (probe.problem, probe.refusals) == (Problem.UNREACHABLE, 0)
    assert 20 <= probe.attempts <= 40  # once an hour at most, not once a sweep
    with listening(settings, port) as server:
        at = max(at, probe.next_at)
        assert jobs.sweep(at=at, today=at.date()) == 5
        jobs.sweep(at=at + _HOUR, today=at.date())
    assert sorted(str(one["Message-ID"]) for one in server.received) == sorted(
        Letter.objects.values_list("message_id", flat=True)
    )


@real_socket
def test_what_arrives_is_the_letter_as_text_and_as_a_page(team: Unit, settings: Any) -> None:
    found = letter(team, reader(team, email="élodie@acme.example".replace("é", "e")))
    with listening(settings) as server:
        assert _send() == 1
    (arrived,) = server.received
    text, page = arrived.iter_parts()
    found.refresh_from_db()
    assert [text.get_content_type(), page.get_content_type()] == ["text/plain", "text/html"]
    assert text.get_content().replace("\r\n", "\n") == found.text
    assert page.get_content().replace("\r\n", "\n").strip() == found.html.strip()
    assert str(arrived["Subject"]) == found.subject


@real_socket
@pytest.mark.parametrize(
    ("said", "state", "problem", "others"),
    [
        ("550 no such user", State.GIVEN_UP, Problem.ADDRESS, State.SENT),
        ("450 come back", State.FAILED, Problem.BUSY, State.SENT),
        ("421 closing", State.FAILED, Problem.UNREACHABLE, State.WAITING),
    ],
)
def test_a_refused_letter_holds_nobody_back_but_a_closing_server_does(
    team: Unit, settings: Any, said: str, state: State, problem: Problem, others: State
) -> None:
    refused, fine = letter(team, reader(team, email="bad@acme.example")), letter(team)
    with listening(settings) as server:
        server.refuse = lambda line: said if "bad@acme" in line else ""
        _send()
    refused.refresh_from_db()
    fine.refresh_from_db()
    assert (refused.state, refused.problem, fine.state) == (state, problem, others)


@real_socket
@pytest.mark.parametrize(
    ("command", "said", "problem"),
    [("MAIL", "550 who are you", Problem.SENDER), ("", "554 not today", Problem.UNREACHABLE)],
)
def test_a_problem_of_the_server_or_the_options_makes_all_wait(
    team: Unit, settings: Any, command: str, said: str, problem: Problem
) -> None:
    letter(team)
    with listening(settings) as server:
        server.greeting = server.greeting if command else said
        server.refuse = lambda line: said if command and line.upper().startswith(command) else ""
        assert _send() == 0
        for hours in range(1, 2 * MOST_REFUSALS):
            _send(AT + hours * 2 * _HOUR)
    assert (Letter.objects.get().state, Letter.objects.get().problem) == (State.FAILED, problem)


@real_socket
def test_a_connection_that_breaks_at_the_end_sends_again_under_the_same_identity(
    team: Unit, settings: Any
) -> None:
    found = letter(team)
    with listening(settings) as server:
        server.hangs_up = True
        assert _send() == 0
        server.hangs_up = False
        assert _send(AT + _HOUR) == 1
    assert [str(one["Message-ID"]) for one in server.received] == [found.message_id]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1 that nobody signed, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "tests")])
    now = dt.datetime.now(dt.UTC)
    names = x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(now).not_valid_after(now + dt.timedelta(days=1))
    signed = made.add_extension(names, critical=False).sign(key, hashes.SHA256())
    path = tmp_path_factory.mktemp("certificate") / "server.pem"
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(secret + signed.public_bytes(Encoding.PEM))
    return path


@real_socket
@pytest.mark.parametrize("trusted", [True, False])
def test_letters_are_encrypted_on_the_way_and_given_to_no_server_that_cannot_be_trusted(
    team: Unit, settings: Any, monkeypatch: pytest.MonkeyPatch, certificate: Path, *, trusted: bool
) -> None:
    waiting = letter(team)
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with listening(settings) as server:
        settings.EMAIL_USE_TLS = True
        server.secret = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        server.secret.load_cert_chain(certificate)
        assert send_due(at=AT, today=TODAY) == int(trusted)
    waiting.refresh_from_db()
    assert (server.encrypted, len(server.received)) == ((1, 1) if trusted else (server.encrypted, 0))
    assert waiting.state == (State.SENT if trusted else State.FAILED)


@real_socket
def test_a_server_that_does_not_encrypt_gets_nothing_when_encryption_is_asked(
    team: Unit, settings: Any
) -> None:
    waiting = letter(team)
    with listening(settings) as server:
        settings.EMAIL_USE_TLS = True
        assert send_due(at=AT, today=TODAY) == 0
    waiting.refresh_from_db()
    assert (server.received, waiting.state) == ([], State.FAILED)


def test_a_letter_refused_again_and_again_is_given_up(team: Unit, settings: Any, monkeypatch: Any) -> None:
    found = letter(team)
    Letter.objects.filter(pk=found.pk).update(period="no period")
    fine = letter(team)
    at = AT
    for _ in range(MOST_REFUSALS):
        _send(at)
        at += 2 * _HOUR
    found.refresh_from_db()
    fine.refresh_from_db()
    assert (found.state, found.problem, found.refusals) == (State.GIVEN_UP, Problem.UNWRITTEN, MOST_REFUSALS)
    assert fine.state == State.SENT


def test_a_letter_waits_twice_as_long_each_time_up_to_an_hour() -> None:
    waits = [wait(Letter(pk=7, attempts=attempts)) for attempts in range(1, 40)]
    assert _MINUTE <= waits[0] < 1.2 * _MINUTE
    assert all(after >= 1.6 * before for before, after in pairwise(waits[:6]))
    assert max(waits) <= 1.2 * _HOUR


def test_a_worker_killed_before_the_server_sent_nothing_and_the_letter_leaves(team: Unit) -> None:
    found = letter(team)
    Letter.objects.filter(pk=found.pk).update(state=State.SENDING, claim="dead", claimed_at=AT)
    recover(at=AT + _MINUTE)
    assert _send(AT + _MINUTE) == 0
    later = AT + LEASE + _MINUTE
    recover(at=later)
    assert _send(later) == 1


def test_a_worker_killed_while_sending_is_seen_and_only_a_person_sends_again(team: Unit) -> None:
    found = letter(team)
    facts = {"state": State.SENDING, "claim": "dead", "claimed_at": AT, "handed_at": AT}
    Letter.objects.filter(pk=found.pk).update(**facts)
    later = AT + LEASE + _MINUTE
    assert jobs.sweep(at=later, today=TODAY) == 0
    admin = house.member(house.company(), Role.ADMIN)
    page = admin.client.get("/admin/envois/?etat=unsure").content.decode()
    assert "le message est peut-être parti" in page
    assert admin.client.post(f"/admin/envois/{found.pk}/reessayer/").status_code == 302
    Letter.objects.update(next_at=later)
    assert jobs.sweep(at=later, today=TODAY) == 1
    assert mail.outbox[0].extra_headers["Message-ID"] == found.message_id


def test_a_letter_that_left_is_not_tried_again(team: Unit) -> None:
    found = letter(team)
    _send()
    assert not services.retry(by=system(), letter=found, at=AT + _HOUR)
    assert _send(AT + _HOUR) == 0
    assert len(mail.outbox) == 1


@real_socket
@pytest.mark.django_db(transaction=True)
def test_two_workers_send_each_letter_once(settings: Any) -> None:
    team = house.unit()
    heard(team)
    for _ in range(12):
        subscription(team, reader(team), kind=Kind.REPORT)
    plan(at=AT, today=TODAY)
    start, sent = threading.Barrier(2), []

    def work() -> None:
        start.wait()
        sent.append(_send())
        connection.close()

    with listening(settings) as server:
        workers = [threading.Thread(target=work) for _ in range(2)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    names = [str(one["Message-ID"]) for one in server.received]
    assert sorted(names) == sorted(Letter.objects.values_list("message_id", flat=True))
    assert sum(sent) == len(names) == 12 <= BATCH


def test_the_command_says_what_became_of_the_outbox(team: Unit, settings: Any) -> None:
    letter(team)
    Letter.objects.update(next_at=AT - dt.timedelta(days=400))
    settings.TODAY = TODAY
    said = StringIO()
    call_command("letters", stdout=said)
    assert "E-mails envoyés\u00a0: 1. En attente\u00a0: 0." in said.getvalue()


def test_a_mail_server_needs_a_sender() -> None:
    with pytest.raises(ValidationError, match="SMTP_SENDER"):
        Options(smtp_host="mail.example.org", smtp_sender="nobody")
    assert Options(smtp_host="mail.example.org", smtp_sender="V <v@example.org>").smtp_port == 587
    assert "hush-hush" not in repr(Options(smtp_password="hush-hush"))


def test_alerts_of_the_week_are_told_to_who_sees_them_and_nothing_is_sent_of_a_quiet_week(team: Unit) -> None:
    monday = dt.date(2025, 11, 24)
    facts: dict[str, Any] = {"week": monday, "since": monday, "since_first": monday, "since_last": monday}
    alert = house.alert(team, **facts)
    private = house.alert(team, of=house.watch(team, "volume", everyone=False), **facts)
    made = subscription(team, reader(team), kind=Kind.ALERTS)
    plan(at=AT, today=TODAY)
    waiting = Letter.objects.get(subscription=made)
    assert waiting.period == "2025-11-24..2025-11-30"
    assert send_due(at=AT, today=TODAY) == 1
    [sent] = mail.outbox
    assert title_of(alert) in sent.body
    assert title_of(private) not in sent.body
    later = AT + dt.timedelta(days=7)
    plan(at=later, today=later.date())
    assert send_due(at=later, today=later.date()) == 0
    quiet = Letter.objects.exclude(pk=waiting.pk).get()
    assert (quiet.state, quiet.problem) == (State.WITHHELD, Problem.NOTHING)
