"""A store that is full, read-only or away: pages say so, keep what was typed, and read on while they can."""

from __future__ import annotations

import errno
from typing import Any

import psycopg
import pytest
from bs4 import BeautifulSoup
from django.db import DatabaseError, InterfaceError, OperationalError, ProgrammingError, connection, utils
from django.db.transaction import TransactionManagementError

from tests import house
from tests.conftest import ON_POSTGRES
from visavis.core.words import Role
from visavis.web.outages import comes_of_outage, is_outage

WORDS = "Rappelé à midi : le dossier est complet, le paiement part demain.\nElle remercie."


@pytest.fixture
def treated() -> tuple[house.Member, Any]:
    """Somebody who treats returns, and a case of hers."""
    team = house.unit()
    member = house.member(team, Role.QUALITY)
    member.client.raise_request_exception = False
    return member, house.case(house.response(team, satisfaction=1, text="Trop long."))


def _post(treated: tuple[house.Member, Any]) -> Any:
    member, case = treated
    data = {"step-kind": "note", "step-text": WORDS, "step-version": case.version}
    return member.client.post(f"/agir/dossiers/{case.pk}/step/", data)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(ON_POSTGRES, reason="about a file")
def test_what_was_typed_is_given_back_and_reading_goes_on(treated: tuple[house.Member, Any]) -> None:
    member, case = treated
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = ON")
        try:
            refused = _post(treated)
            page = member.client.get(f"/agir/dossiers/{case.pk}/")
        finally:
            cursor.execute("PRAGMA query_only = OFF")
    assert refused.status_code == 503
    assert refused["Retry-After"] == "30"
    shown = BeautifulSoup(refused.content, "html.parser")
    (kept,) = shown.select("main textarea")
    assert kept.text.strip() == WORDS
    form = kept.find_parent("form")
    assert form
    sent = {str(one["name"]): str(one["value"]) for one in form.select("input") if one.get("name")}
    assert (sent["step-kind"], sent["step-version"]) == ("note", str(case.version))
    assert page.status_code == 200
    again = member.client.post(str(form["action"]), sent | {"step-text": kept.text.strip()})
    assert again.status_code == 302
    case.refresh_from_db()
    assert case.version == 2


@pytest.mark.django_db
def test_a_database_that_is_away_is_told_without_asking_it(
    treated: tuple[house.Member, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    member, _case = treated

    def away(*_words: object) -> None:
        error = OperationalError("unable to open database file")
        raise error

    with connection.execute_wrapper(away):
        told = member.client.get("/agir/dossiers/")
        written = _post(treated)
    assert (told.status_code, written.status_code) == (503, 503)
    assert WORDS.splitlines()[0] in written.content.decode().replace("&#x27;", "’")
    assert "Rien ne peut être enregistré" in told.content.decode()
    assert member.client.get("/agir/dossiers/").status_code == 200


@pytest.mark.django_db
def test_no_secret_is_written_into_a_page(client: Any) -> None:
    client.raise_request_exception = False

    def full(*_words: object) -> None:
        raise OperationalError("database or disk is full")

    with connection.execute_wrapper(full):
        answer = client.post("/compte/login/", {"login": "a@acme.example", "password": "mon grand secret"})
    assert answer.status_code == 503
    assert "mon grand secret" not in answer.content.decode()


@pytest.mark.parametrize(
    ("error", "outage"),
    [
        (OperationalError("database or disk is full"), True),
        (OperationalError("attempt to write a readonly database"), True),
        (OperationalError("no such column: x"), False),
        (InterfaceError("connection already closed"), True),
        (InterfaceError("the cursor is closed"), False),
        (InterfaceError("Error binding parameter 1: type 'dict' is not supported"), False),
        (OSError(errno.ENOSPC, "No space left on device"), True),
        (OSError(errno.ENOENT, "No such file"), False),
        (ValueError("database is locked"), False),
        (None, False),
    ],
)
def test_only_what_the_store_says_is_an_outage(error: BaseException | None, *, outage: bool) -> None:
    assert is_outage(error) is outage


def test_what_fails_because_the_store_is_away_is_an_outage_too() -> None:
    second = ProgrammingError("Cannot open a new connection in an atomic block.")
    second.__context__ = OperationalError("unable to open database file")
    assert comes_of_outage(second)
    assert not comes_of_outage(ProgrammingError("no such column"))


def test_what_follows_an_outage_or_holds_one_among_others_is_an_outage_too() -> None:
    """Django forbids queries after a failed one in its own words; several failures come as a group."""
    away = OperationalError("unable to open database file")
    after = TransactionManagementError("An error occurred in the current transaction.")
    after.__cause__ = away
    assert comes_of_outage(after)
    assert comes_of_outage(ExceptionGroup("releases", [ValueError("none"), away]))
    assert not comes_of_outage(ExceptionGroup("releases", [ValueError("none")]))


def _driver(kind: type[psycopg.Error], words: str) -> DatabaseError:
    """What Django makes of an error of PostgreSQL's driver, that names a state of the server or not."""
    theirs = next(each for each in kind.__mro__ if each.__module__ == "psycopg")
    error = getattr(utils, theirs.__name__)(words)
    error.__cause__ = kind(words)
    assert isinstance(error, DatabaseError)
    return error


@pytest.mark.parametrize(
    ("kind", "words", "outage"),
    [
        (psycopg.InternalError, "received 2 results from command 'COMMIT'", True),
        (psycopg.InternalError, "got no result from the query", True),
        (psycopg.errors.DeadlockDetected, "deadlock detected", True),
        (psycopg.errors.AdminShutdown, "terminating connection due to administrator command", True),
        (psycopg.errors.UndefinedColumn, "column x does not exist", False),
        (psycopg.DatabaseError, "server closed the connection unexpectedly", True),
        (psycopg.ProgrammingError, "connection in transaction status UNKNOWN", True),
        (psycopg.ProgrammingError, "connection in transaction status INTRANS", False),
        (psycopg.ProgrammingError, "the query has 1 placeholder but 0 parameters were passed", False),
    ],
)
def test_a_driver_that_lost_its_server_may_say_so_in_other_words(
    kind: type[psycopg.Error], words: str, *, outage: bool
) -> None:
    assert is_outage(_driver(kind, words)) is outage
