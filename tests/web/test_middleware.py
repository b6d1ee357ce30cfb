from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.test import RequestFactory

from tests import house
from visavis.people.access import journal
from visavis.people.access.models import JournalEntry
from visavis.people.access.viewer import NOBODY
from visavis.people.units.models import Unit
from visavis.web.middleware import (
    ReadOnly,
    ReadOnlyMiddleware,
    RefusalMiddleware,
    WroteWhileReadingError,
    only_reads,
    writes_on_get,
)

journal.tells("web.tested", "tested")


def answer(view: Any, method: str = "get") -> HttpResponse:
    """What ``view`` answers behind the guard."""
    middleware = ReadOnlyMiddleware(view)
    request = getattr(RequestFactory(), method)("/")
    guarded = ReadOnlyMiddleware(lambda given: _through(middleware, view, given))
    return guarded(request)


def _through(middleware: ReadOnlyMiddleware, view: Any, request: HttpRequest) -> HttpResponse:
    middleware.process_view(request, view, (), {})
    response: HttpResponse = view(request)
    return response


def writes(request: HttpRequest) -> HttpResponse:
    house.unit("x")
    return HttpResponse("written")


def reads(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(Unit.objects.count()))


def tells(request: HttpRequest) -> HttpResponse:
    journal.write(by=NOBODY, verb="web.tested")
    return HttpResponse("told")


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_a_page_that_writes_while_it_is_read_is_refused(method: str) -> None:
    with pytest.raises(WroteWhileReadingError):
        answer(writes, method)
    assert not Unit.objects.filter(code="x").exists()


@pytest.mark.django_db
def test_a_post_writes() -> None:
    answer(writes, "post")
    assert Unit.objects.filter(code="x").exists()


@pytest.mark.django_db
def test_reading_reads() -> None:
    assert answer(reads).content == b"0"


@pytest.mark.django_db
def test_the_journal_of_reads_may_be_written() -> None:
    answer(tells)
    assert JournalEntry.objects.get().verb == "web.tested"


@pytest.mark.django_db
def test_a_view_that_is_marked_may_write() -> None:
    @writes_on_get
    def marked(request: HttpRequest) -> HttpResponse:
        return writes(request)

    assert answer(marked).content == b"written"


@pytest.mark.django_db
def test_raw_sql_and_a_disguised_write_are_caught() -> None:
    def sly(request: HttpRequest) -> HttpResponse:
        with connection.cursor() as cursor:
            cursor.execute("WITH a AS (SELECT 1) UPDATE people_units_unit SET name = 'x'")
        return HttpResponse()

    with pytest.raises(WroteWhileReadingError):
        answer(sly)


@pytest.mark.parametrize(
    ("sql", "let"),
    [
        ('SELECT "s"."a" FROM "django_session" WHERE "s"."a" = %s LIMIT 21 FOR UPDATE', True),
        ('UPDATE "django_session" SET a = 1', True),
        ('SELECT "s"."a" FROM "people_units_unit" WHERE "s"."a" = %s FOR UPDATE', False),
        ('SELECT (SELECT 1 FROM "django_session" WHERE a = 1), b FROM "people_units_unit" FOR UPDATE', False),
        ('SELECT a FROM "people_units_unit", "django_session" WHERE a = 1 FOR UPDATE', False),
    ],
)
def test_only_sessions_counts_and_the_journal_may_be_held_or_written(sql: str, let: bool) -> None:
    done: list[str] = []

    def run(told: str, *_rest: object) -> None:
        done.append(told)

    try:
        ReadOnly()(run, sql, (), many=False, context={})
    except WroteWhileReadingError:
        assert not let
    assert done == [sql] * let


@pytest.mark.parametrize(
    ("sql", "reading"),
    [
        ('SELECT "update", "delete" FROM "insert"', True),
        ("SELECT 1 -- DELETE", True),
        ("SELECT REPLACE(name, 'a', 'b') FROM t", True),
        ("  (SELECT 1) UNION (SELECT 2)", True),
        ("SAVEPOINT s1", True),
        ("BEGIN IMMEDIATE", True),
        ("WITH a AS (SELECT 1) SELECT * FROM a", True),
        ("SELECT * FROM t FOR UPDATE", False),
        ("SELECT 1 INTO t", False),
        ("INSERT INTO t VALUES (1)", False),
        ("REPLACE INTO t VALUES (1)", False),
        ("WITH a AS (DELETE FROM t RETURNING *) SELECT * FROM a", False),
        ("DROP TABLE t", False),
        ("VACUUM", False),
    ],
)
def test_reading_is_told_from_writing(sql: str, reading: bool) -> None:
    assert only_reads(sql) is reading


@pytest.mark.django_db
def test_what_a_signed_in_person_reads_is_not_kept_by_the_browser() -> None:
    answer = house.member().client.get("/aide/")
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_nothing_of_the_device_is_asked_for(client: Any) -> None:
    answer = client.get("/aide/")
    assert "camera=()" in answer["Permissions-Policy"]
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Cache-Control" not in answer


@pytest.mark.django_db
def test_reading_a_public_page_opens_no_session(client: Any) -> None:
    assert "sessionid" not in client.get("/aide/").cookies


@pytest.mark.django_db
def test_a_bare_refusal_gets_a_page() -> None:
    request = RequestFactory().get("/")
    response = RefusalMiddleware(lambda _: HttpResponseNotAllowed(["POST"]))(request)
    assert response.status_code == 405
    assert response["Allow"] == "POST"
    assert b"<main" in response.content


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("account", "cookie", "browser", "spoken"),
    [
        ("en", "fr", "fr", "en"),
        ("", "en", "fr", "en"),
        ("", "", "en-US,fr;q=0.5", "en"),
        ("", "", "de", "fr"),
        ("", "", "", "fr"),
        ("", "xx", "", "fr"),
    ],
)
def test_the_language_is_the_account_s_then_the_cookie_s_then_the_browser_s(
    account: str, cookie: str, browser: str, spoken: str
) -> None:
    member = house.member()
    member.account.language = account
    member.account.save()
    member.client.cookies["visavis_language"] = cookie
    answer = member.client.get("/aide/", headers={"accept-language": browser})
    assert answer["Content-Language"] == spoken
    assert f'<html lang="{spoken}"' in answer.content.decode()
