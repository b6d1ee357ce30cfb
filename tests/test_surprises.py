"""Every address, with what no page of ours sends: ``benchmarks/hostile.py`` sends all of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from zlib import crc32

import pytest
from django.db import DataError, transaction
from django.http import QueryDict
from django.urls import reverse

from tests import scope, surprises
from tests.guards import HouseClient
from tests.matrix import EVERY_ROLE, Row, rows
from visavis.people.accounts.models import Account

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("every_address")]

#: Signing out would end the tries of the next ones.
ROWS = [row for row in rows() if not row.demo and row.name != "account_logout"]


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[scope.World]:
    """The company, built once and gone at the end."""
    with django_db_blocker.unblock(), transaction.atomic(), scope.quickly():
        yield scope.build()
        transaction.set_rollback(True)


def asked(row: Row, world: scope.World) -> tuple[HouseClient, dict[str, Any], dict[str, Any]]:
    """Who opens a route, the words of its address, what is sent along."""
    roles = sorted(EVERY_ROLE if row.may is None else row.may)
    cast = world.cast(row, roles[crc32(row.name.encode()) % len(roles)])
    data = row.data(cast) if callable(row.data) else row.data
    return cast.owner.client, {**row.words, **(row.of(cast) if row.of else {})}, dict(data)


def test_no_surprise_in_a_form_or_an_address_is_our_fault(world: scope.World, db: None) -> None:
    found: list[str] = []
    for row in ROWS:
        with transaction.atomic():
            client, words, data = asked(row, world)
            found += surprises.tried(client, row, words, data)
            transaction.set_rollback(True)
    assert not found


def test_no_surprise_in_a_word_of_an_address_is_our_fault(world: scope.World, db: None) -> None:
    found: list[str] = []
    for place, row in enumerate(row for row in ROWS if row.of or row.words):
        with transaction.atomic():
            client, words, _data = asked(row, world)
            for path in list(surprises.paths(row, words))[place % 7 :: 7]:
                found += surprises.faults(surprises.sent(client, row.method, path), f"{row.method} {path}")
            transaction.set_rollback(True)
    assert not found


def test_no_body_that_is_not_what_it_says_is_our_fault(world: scope.World, db: None) -> None:
    found: list[str] = []
    for place, row in enumerate(row for row in ROWS if row.method == "post"):
        with transaction.atomic():
            client, words, _data = asked(row, world)
            found += surprises.bodies(client, reverse(row.name, kwargs=words), only=place)
            transaction.set_rollback(True)
    assert not [*found, *surprises.bodies(HouseClient(), reverse("web:policy_report"))]


def test_no_cookie_that_we_never_gave_is_our_fault(db: None) -> None:
    found: list[str] = []
    for cookie in surprises.cookies():
        client = HouseClient()
        client.cookies.load(cookie)
        for path in ("/", "/aide/", "/compte/login/"):
            found += surprises.faults(surprises.sent(client, "get", path), f"{path} {cookie}")
    assert not found


def test_what_is_our_fault_is_found(db: None, settings: Any) -> None:
    """A view that asks the database for what it was sent, as it was sent."""

    def naive(told: QueryDict) -> bool:
        return Account.objects.filter(email=told.get("who", "")).exists()

    with surprises.names_read() as names, surprises.as_the_strictest_engine():
        assert naive(QueryDict()) is False
        with pytest.raises(DataError, match="NUL"):
            naive(QueryDict("who=a%00"))
    assert names == {"who"}
