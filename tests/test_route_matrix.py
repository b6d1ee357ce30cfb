"""Every address, tried by whoever may, by a neighbour, by a stranger and by nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests import scope
from tests.guards import HouseClient
from tests.house import Cast
from tests.matrix import EVERY_ROLE, Row, rows
from visavis.core.words import Role

#: Imported before any test says that this is a demo: the site's addresses are settled once.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("every_address")]

ROWS = rows()
#: What may differ between two answers that say the same: the address asked for, and tokens drawn for each.
TOKEN = re.compile(rb'(name="csrfmiddlewaretoken" value|nonce|data-csrf)="[^"]*"')


def routes(resolver: URLResolver, spaces: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Each route below ``resolver``: its full name and its pattern."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from ((name, f"{pattern.pattern}{path}") for name, path in routes(pattern, inner))
        elif isinstance(pattern, URLPattern):
            yield ":".join([*spaces, pattern.name or ""]), str(pattern.pattern)


def unmatched(found: list[tuple[str, str]], rows: list[Row]) -> list[str]:
    """Routes without a row, rows without a route, routes without a name."""
    known, named = {row.name for row in rows}, {name for name, _ in found}
    nameless = [f"/{path} has no name" for name, path in found if not name.rpartition(":")[2]]
    missing = [
        f"/{path} ({name}) has no row: see tests/matrix.py" for name, path in found if name not in known
    ]
    return nameless + missing + [f"{name} has a row and no route" for name in sorted(known - named)]


def test_every_route_has_its_row_and_every_row_its_route() -> None:
    assert not unmatched(list(routes(get_resolver())), ROWS)


def test_a_new_route_without_a_row_is_named() -> None:
    found = [*routes(get_resolver()), ("room:new", "nouveau/")]
    assert "/nouveau/ (room:new) has no row: see tests/matrix.py" in unmatched(found, ROWS)
    assert unmatched([("account_login", "compte/login/")], [Row("gone")])[-1] == "gone has a row and no route"


def test_the_addresses_of_the_demo_exist_in_the_demo_only() -> None:
    assert not [name for name, _ in routes(get_resolver("visavis.site.urls")) if name.startswith("demo:")]


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[scope.World]:
    """The company, built once and gone at the end."""
    with django_db_blocker.unblock(), transaction.atomic(), scope.quickly():
        yield scope.build()
        transaction.set_rollback(True)


@pytest.fixture(params=ROWS, ids=lambda row: row.name)
def row(request: pytest.FixtureRequest, settings: Any) -> Row:
    """Each row in turn."""
    found: Row = request.param
    settings.DEMO = found.demo
    return found


def _answer(
    row: Row, cast: Cast, client: HouseClient, words: dict[str, Any] | None = None
) -> tuple[Any, str]:
    """What somebody gets for the owner's object, or for other words; undone, signed in or not as before."""
    held = client.cookies.output()
    with transaction.atomic():
        words = words if words is not None else row.of(cast) if row.of else {}
        path = reverse(row.name, kwargs={**row.words, **words})
        data = row.data(cast) if callable(row.data) else row.data
        answer = getattr(client, row.method)(path, data)
        transaction.set_rollback(True)
    if client.cookies.output() != held:
        client.cookies.clear()
        client.cookies.load(held.replace("Set-Cookie: ", ""))
    return answer, path


def test_whoever_may_gets_the_page(row: Row, world: scope.World, db: None) -> None:
    for role in sorted(EVERY_ROLE if row.may is None else row.may):
        cast = world.cast(row, role)
        answer, path = _answer(row, cast, cast.owner.client)
        assert answer.status_code == row.answers, f"{role} at {path}"


def test_another_role_is_refused(row: Row, world: scope.World, db: None) -> None:
    for role in sorted(EVERY_ROLE - (EVERY_ROLE if row.may is None else row.may)):
        cast = world.cast(row, role)
        answer, path = _answer(row, cast, cast.owner.client)
        assert answer.status_code in row.for_others, f"{role} at {path}"


def test_who_has_no_role_is_refused_and_nobody_is_sent_to_sign_in(
    row: Row, world: scope.World, db: None
) -> None:
    cast = world.cast(row, sorted(row.may or {Role.MANAGER})[0])
    answer, path = _answer(row, cast, cast.stranger.client)
    wanted = {row.answers} if row.may is None and not row.of else row.for_others
    assert answer.status_code in wanted, path
    answer, path = _answer(row, cast, HouseClient(), row.absent)
    assert answer.status_code == row.for_nobody, path
    if answer.status_code == 302 and not row.public:
        assert answer["Location"].startswith(reverse("account_login")), path


def test_a_route_with_an_object_says_what_an_absent_one_is() -> None:
    """``tests/test_scope_matrix.py`` tries that both answer alike to whoever has neither."""
    takes_words = {name for name, path in routes(get_resolver()) if re.search(r"[<(]", path)}
    assert not [row.name for row in ROWS if row.of and not row.absent]
    assert not [row.name for row in ROWS if row.name in takes_words and not (row.of or row.words)]
