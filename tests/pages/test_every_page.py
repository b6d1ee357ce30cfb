"""Every page of every route, found by itself: accessible, narrow, by keyboard, without scripts, in French."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from pytest_django.live_server_helper import LiveServer

from tests import house
from tests.matrix import Row, rows
from tests.pages import sweep
from tests.pages.company import STATES, Company, fill
from tests.pages.sweep import Opened, Visit
from visavis.core.words import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ROUTES = [row for row in rows() if row.method == "get"]


@dataclass
class World:
    """A company in a live server, and the browsers already open on it."""

    company: Company
    chromium: Any
    address: str
    found: dict[str, list[Visit]]
    data: list[str]
    filled: sqlite3.Connection
    browsers: dict[bool, Opened] = field(default_factory=dict)
    forms: set[str] = field(default_factory=set)

    def restore(self) -> None:
        """Put the company back as it was filled: no page is tried on what the forms of another left."""
        connection.ensure_connection()
        self.filled.backup(connection.connection)

    def browser(self, role: Role | None, *, scripts: bool) -> Opened:
        """A browser with a new session of whoever holds a role."""
        if scripts not in self.browsers:
            self.browsers[scripts] = sweep.opened(self.chromium, self.address, java_script_enabled=scripts)
        self.browsers[scripts].sign_in(sweep.client_of(self.company, role))
        return self.browsers[scripts]


@pytest.fixture(autouse=True)
def _django_db_marker() -> None:
    """Stand in for pytest-django's, which empties the database after each test: the company stays."""


def _pages_of(company: Company, row: Row) -> list[Visit]:
    with override_settings(DEMO=row.demo):
        return sweep.pages_of(company, row)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any, chromium: Any) -> Iterator[World]:
    """Filled once for all pages, emptied at the end."""
    chosen = override_settings(ROOT_URLCONF="tests.demo_urls", TODAY=house.TODAY, ALLOWED_HOSTS=["*"])
    with django_db_blocker.unblock(), chosen:
        company = fill()
        server = LiveServer("localhost")
        found = {row.name: _pages_of(company, row) for row in ROUTES}
        with closing(sqlite3.connect(":memory:")) as filled:
            connection.connection.backup(filled)
            yield World(company, chromium, server.url, found, sweep.data_words(), filled)
        server.stop()
        call_command("flush", verbosity=0, interactive=False)


@pytest.fixture(
    params=[*ROUTES, *STATES], ids=lambda one: one.name if isinstance(one, Row) else "-".join(map(str, one))
)
def pages(request: pytest.FixtureRequest, world: World) -> Iterator[list[Visit]]:
    """The pages of one route, or one more state of a page."""
    if isinstance(request.param, Row):
        with override_settings(DEMO=request.param.demo):
            yield world.found[request.param.name]
    else:
        path, role = request.param
        page = sweep.visit(world.company, path.format(**world.company.keys), role)
        yield [page] if page else []
    world.restore()


def _faults(world: World, page: Visit) -> Iterator[str]:
    yield from sweep.faults_of_markup(page.html)
    yield from sweep.faults_of_language(page.html, sweep.in_english(world.company, page), world.data)
    opened = world.browser(page.role, scripts=True)
    opened.go(page)
    yield from sweep.faults_of_keys(opened.page)
    yield from sweep.faults_of_looks(opened.page)
    heard = [told for told in opened.complaints if page.status == 200 or "status of" not in told]
    yield from (f"console: {told}" for told in heard)


def _faults_without_scripts(world: World, page: Visit) -> Iterator[str]:
    yield from sweep.faults_without_scripts(world.browser(page.role, scripts=False), page, world.forms)


def test_a_page_is_right_for_whoever_opens_it(pages: list[Visit], world: World) -> None:
    """In French with an English twin, accessible, narrow, by keyboard, without scripts; scores are honest."""
    assert not [f"{page}: {fault}" for page in pages for fault in _faults(world, page)]
    # Forms last: one that is pressed may take away what the page of another role shows.
    assert not [f"{page}: {fault}" for page in pages for fault in _faults_without_scripts(world, page)]


def test_the_sweep_meets_pages_of_every_kind(world: World) -> None:
    met = [page for row in ROUTES if row.answers == 200 for page in world.found[row.name]]
    assert {page.role for page in met} >= {
        Role.ADVISER,
        Role.MANAGER,
        Role.QUALITY,
        Role.DIRECTION,
        Role.ADMIN,
    }
    assert len(met) > 30
