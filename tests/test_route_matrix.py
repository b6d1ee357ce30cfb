"""Every address, tried by whoever may, by a neighbour, by a stranger and by nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests import demo_urls, house
from tests.guards import HouseClient
from tests.matrix import EVERY_ROLE, Row, rows
from visavis.core.words import Role

#: Imported before any test says that this is a demo: the site's addresses are settled once.
pytestmark = [pytest.mark.django_db, pytest.mark.urls(demo_urls.__name__)]

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


@pytest.mark.urls("visavis.site.urls")
def test_the_addresses_of_the_demo_exist_in_the_demo_only() -> None:
    assert not [name for name, _ in routes(get_resolver()) if name.startswith("demo:")]


def _ask(client: HouseClient, row: Row, cast: house.Cast, words: dict[str, Any]) -> tuple[Any, str]:
    path = reverse(row.name, kwargs={**row.words, **words})
    data = row.data(cast) if callable(row.data) else row.data
    return getattr(client, row.method)(path, data), path


def _said(answer: Any, path: str) -> tuple[int, bytes]:
    """Status and body, without what the address itself changes."""
    body = TOKEN.sub(b"", answer.content)
    return answer.status_code, body.replace(path.encode(), b"PATH")


@pytest.fixture(params=ROWS, ids=lambda row: row.name)
def row(request: pytest.FixtureRequest, settings: Any) -> Row:
    """Each row in turn."""
    found: Row = request.param
    settings.DEMO = found.demo
    return found


def _owned(row: Row, cast: house.Cast) -> dict[str, Any]:
    return row.of(cast) if row.of else {}


def test_whoever_may_gets_the_page(row: Row) -> None:
    roles = sorted(EVERY_ROLE if row.may is None else row.may)
    for role in roles:
        cast = house.cast(role, at_root=row.at_root)
        answer, path = _ask(cast.owner.client, row, cast, _owned(row, cast))
        assert answer.status_code == row.answers, f"{role} at {path}"


def test_another_role_is_refused(row: Row) -> None:
    for role in sorted(EVERY_ROLE - (EVERY_ROLE if row.may is None else row.may)):
        cast = house.cast(role, at_root=row.at_root)
        answer, path = _ask(cast.owner.client, row, cast, _owned(row, cast))
        assert answer.status_code in row.for_others, f"{role} at {path}"


def test_a_stranger_is_refused(row: Row) -> None:
    cast = house.cast(sorted(row.may or {Role.MANAGER})[0], at_root=row.at_root)
    answer, path = _ask(cast.stranger.client, row, cast, _owned(row, cast))
    wanted = {row.answers} if row.may is None and not row.of else row.for_others
    assert answer.status_code in wanted, path


def test_nobody_is_sent_to_sign_in(row: Row) -> None:
    cast = house.cast(at_root=row.at_root)
    answer, path = _ask(HouseClient(), row, cast, row.absent)
    assert answer.status_code == row.for_nobody, path
    if answer.status_code == 302 and not row.public:
        assert answer["Location"].startswith(reverse("account_login")), path


WITH_OBJECT = [row for row in ROWS if row.of]
NOT_THEIRS = [
    pytest.param(row, member, id=f"{row.name}-{member}")
    for row in WITH_OBJECT
    for member in ("neighbour", "stranger")
    if not (row.shared and member == "neighbour")
]


def test_a_route_with_an_object_says_what_an_absent_one_is() -> None:
    takes_words = {name for name, path in routes(get_resolver()) if re.search(r"[<(]", path)}
    assert not [row.name for row in WITH_OBJECT if not row.absent]
    assert not [row.name for row in ROWS if row.name in takes_words and not (row.of or row.words)]


@pytest.mark.parametrize(("one", "member"), NOT_THEIRS)
def test_not_yours_and_does_not_exist_answer_alike(one: Row, member: str, settings: Any) -> None:
    settings.DEMO = one.demo
    assert one.of
    for role in sorted(one.may or {Role.MANAGER}):
        cast = house.cast(role, at_root=one.at_root)
        client = getattr(cast, member).client
        not_theirs = _said(*_ask(client, one, cast, one.of(cast)))
        absent = _said(*_ask(client, one, cast, one.absent))
        assert not_theirs == absent
        assert not_theirs[0] in {403, 404}
