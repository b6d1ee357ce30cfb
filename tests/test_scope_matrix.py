"""Route × role × somebody else's object, from the map of addresses: nothing leaks, nothing is left out.

Each cell is a person who stands where they should not, and one of: an object of the owner's (must answer
exactly as one that does not exist), a page (must show nothing of the owner's team), a filter on the owner's
team (must answer as a filter on no team), a method that the address does not take.
What is refused writes nothing.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from itertools import islice
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection, transaction
from django.http import HttpResponseBase, StreamingHttpResponse
from django.urls import reverse

from tests import printed, scope
from tests.guards import HouseClient
from tests.matrix import EVERY_ROLE, Row, rows
from tests.test_route_matrix import TOKEN, routes, unmatched
from visavis.core.words import Role
from visavis.people.access.models import JournalEntry
from visavis.people.accounts.models import Tally
from visavis.web.middleware import only_reads

pytestmark = pytest.mark.usefixtures("every_address")

ROWS = rows()
SCOPED = [row for row in ROWS if row.of]
#: Read by a reason sent along, too: files about people.
PAGES = [row for row in ROWS if not row.of and (row.method == "get" or "export" in row.name)]
#: The key by which an address is narrowed to a team.
FILTER = "perimetre"
#: Drawn for each answer: a token, as the scripts send it back; who took a file, when, under which line.
_DRAWN = re.compile(rb'"X-CSRFToken": "[^"]*"|J-\d+ [^"<;]*')
_WRITES_ANYWAY = ("django_session", JournalEntry._meta.db_table, Tally._meta.db_table)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[scope.World]:
    """The company, built once and gone at the end."""
    with django_db_blocker.unblock(), transaction.atomic(), scope.quickly():
        yield scope.build()
        transaction.set_rollback(True)


@contextmanager
def undone() -> Iterator[list[str]]:
    """What is done inside is undone; the statements that would have written are listed."""
    written: list[str] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if not only_reads(sql) and not any(table in sql for table in _WRITES_ANYWAY):
            written.append(sql)
        return execute(sql, params, many, context)

    with transaction.atomic():
        with connection.execute_wrapper(note):
            yield written
        transaction.set_rollback(True)


def ask(client: HouseClient, row: Row, words: dict[str, Any], data: Any, query: str = "") -> tuple[Any, str]:
    path = reverse(row.name, kwargs={**row.words, **words})
    return getattr(client, row.method)(path + query, data), path


def body(answer: HttpResponseBase) -> bytes:
    """All that an answer holds: archives opened, the words of what is printed."""
    if isinstance(answer, StreamingHttpResponse):
        return b"".join(answer.streaming_content)  # type: ignore[arg-type]
    return opened(answer.content)  # type: ignore[attr-defined]


def opened(content: bytes) -> bytes:
    """What can be read in a file, without the instant at which it was made."""
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = [name for name in packed.namelist() if not name.startswith("docProps/")]
            return b"".join(opened(packed.read(name)) for name in names)
    return read(content).encode() if content[:5] == b"%PDF-" else content


#: Each sheet is read once, as it is printed once.
read = cache(printed.words_of)


def said(answer: Any, *asked: str) -> tuple[int, bytes, str]:
    """Status, body and destination, without what the address itself changes."""
    told, place = _DRAWN.sub(b"", TOKEN.sub(b"", body(answer))), str(answer.get("Location", ""))
    for words in (*asked, *map(quote, asked)):
        told = re.sub(re.escape(words).encode() + rb"(?![a-z0-9])", b"ASKED", told)
        place = re.sub(re.escape(words) + "(?![a-z0-9])", "ASKED", place)
    return answer.status_code, told, place


def cells_of_objects(row: Row) -> list[tuple[str, str]]:
    return list(scope.elsewhere(row))


def cells_of_pages(row: Row) -> list[tuple[str, str]]:
    """Everybody who stands elsewhere, whatever they may do there."""
    return [(role.value, place) for role in sorted(EVERY_ROLE) for place in scope.places(row)] + [
        ("", who) for who in scope.WITHOUT
    ]


def cells_of_filters(row: Row) -> list[tuple[str, str]]:
    """Whoever may open the page, from the next team."""
    return [(role.value, "beside") for role in sorted(EVERY_ROLE if row.may is None else row.may)]


METHODS = ("get", "post", "put", "patch", "delete")


def cells_of_methods(row: Row) -> list[tuple[str, str]]:
    """Methods that change, by somebody far away, on an address that is for reading; all on the others."""
    taken = {"get"} if row.method == "get" else {"post"}
    return [(who, method) for who in ("nobody", "stranger") for method in METHODS if method not in taken]


def test_no_route_is_left_out_and_the_matrix_has_over_five_thousand_cells() -> None:
    from django.urls import get_resolver

    assert not unmatched(list(routes(get_resolver())), ROWS)
    count = Counter(
        objects=sum(len(cells_of_objects(row)) for row in SCOPED),
        pages=sum(len(cells_of_pages(row)) for row in PAGES),
        filters=sum(len(cells_of_filters(row)) for row in PAGES),
        methods=sum(len(cells_of_methods(row)) for row in ROWS),
    )
    assert count.total() >= 5000, f"{count} over {len(ROWS)} routes"


def _owner_role(row: Row) -> Role:
    return sorted(row.may or {Role.MANAGER})[0]


@pytest.mark.parametrize("row", SCOPED, ids=lambda row: row.name)
def test_somebody_else_s_object_answers_as_none(
    row: Row, world: scope.World, settings: Any, db: None
) -> None:
    settings.DEMO = row.demo
    cast = world.cast(row, _owner_role(row))
    assert row.of
    with transaction.atomic():
        words = row.of(cast)
        data = row.data(cast) if callable(row.data) else row.data
        none: dict[str, Any] = {}
        for who in cells_of_objects(row):
            client = world.people[who]
            with undone() as written:
                answer, path = ask(client, row, words, data)
                theirs = said(answer, path)
                if theirs != none.get(who[0]):  # otherwise the same as to a colleague elsewhere
                    answer, path = ask(client, row, row.absent, data)
                    none[who[0]] = said(answer, path)
            assert theirs == none[who[0]], f"{row.name} as {who}"
            assert theirs[0] in {302, 403, 404} if who[1] in scope.WITHOUT else theirs[0] in {403, 404}, who
            assert theirs[0] != 302 or "/compte/login/" in theirs[2], who
            assert not written, (row.name, who, written)
        transaction.set_rollback(True)


@pytest.mark.parametrize("row", PAGES, ids=lambda row: row.name)
def test_a_page_shows_nothing_of_where_its_reader_has_no_right(
    row: Row, world: scope.World, settings: Any, db: None
) -> None:
    settings.DEMO = row.demo
    for who in cells_of_pages(row):
        answer, path = ask(world.people[who], row, {}, {})
        assert answer.status_code < 500, (path, who)
        assert scope.CANARY.encode() not in body(answer), f"{path} shows the team to {who}"


@pytest.mark.parametrize("row", PAGES, ids=lambda row: row.name)
def test_a_filter_on_somebody_else_s_team_answers_as_one_on_none(
    row: Row, world: scope.World, settings: Any, db: None
) -> None:
    settings.DEMO = row.demo
    for who in cells_of_filters(row):
        theirs, none = filtered(world, row, who)
        if theirs != none:  # a minute may have passed, or a first visit: not twice
            theirs, none = filtered(world, row, who)
        assert theirs == none, f"{row.name} as {who}"
        assert scope.CANARY.encode() not in theirs[1]


def filtered(world: scope.World, row: Row, who: tuple[str, str]) -> list[tuple[int, bytes, str]]:
    """What a page says when narrowed to the owner's team, then to a team that is not."""
    codes = (world.here.code, "zzzzzz")
    return [said(ask(world.people[who], row, {}, {}, f"?{FILTER}={code}")[0], code) for code in codes]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_another_method_does_nothing(row: Row, world: scope.World, settings: Any, db: None) -> None:
    settings.DEMO = row.demo
    path = reverse(row.name, kwargs={**row.words, **row.absent})
    for who, method in cells_of_methods(row):
        with undone() as written:
            answer = getattr(world.people["", who], method)(path)
        assert answer.status_code < 500, (path, method)
        assert not written, (path, method, written)


def test_the_team_is_seen_by_who_belongs_there(world: scope.World, db: None) -> None:
    """Otherwise the canary would sing nowhere and prove nothing."""
    seen = (row.name for row in PAGES if not row.at_root and _is_seen(world, row))
    assert len(list(islice(seen, 10))) == 10


def _is_seen(world: scope.World, row: Row) -> bool:
    """Whether the page shows the team to anybody who belongs there."""
    casts = (world.casts[role] for role in sorted(row.may or EVERY_ROLE))
    return any(scope.CANARY.encode() in body(ask(cast.owner.client, row, {}, {})[0]) for cast in casts)


def test_the_count_of_cells_bites() -> None:
    """A new route without a row is told by name; a leak is told apart from a refusal."""
    assert re.search("new", unmatched([*[(row.name, row.name) for row in ROWS], ("room:new", "n/")], ROWS)[0])
