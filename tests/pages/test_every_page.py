"""Every page of every route, found by itself: accessible, narrow, by keyboard, without scripts, in French."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core.management import call_command
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
    data: list[str]
    browsers: dict[Role | None, Opened] = field(default_factory=dict)
    forms: set[str] = field(default_factory=set)

    def browser(self, role: Role | None) -> Opened:
        """The browser of whoever holds a role, opened once."""
        if role not in self.browsers:
            client = sweep.client_of(self.company, role)
            self.browsers[role] = sweep.opened(self.chromium, self.address, client)
        return self.browsers[role]


@pytest.fixture(autouse=True)
def _django_db_marker() -> None:
    """Stand in for pytest-django's, which empties the database after each test: the company stays."""


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any, chromium: Any) -> Iterator[World]:
    """Filled once for all pages, emptied at the end."""
    chosen = override_settings(ROOT_URLCONF="tests.demo_urls", TODAY=house.TODAY, ALLOWED_HOSTS=["*"])
    with django_db_blocker.unblock(), chosen:
        company = fill()
        server = LiveServer("localhost")
        yield World(company, chromium, server.url, sweep.data_words())
        server.stop()
        call_command("flush", verbosity=0, interactive=False)


@pytest.fixture(
    params=[*ROUTES, *STATES], ids=lambda one: one.name if isinstance(one, Row) else "-".join(map(str, one))
)
def pages(request: pytest.FixtureRequest, world: World) -> Iterator[list[Visit]]:
    """The pages of one route, or one more state of a page."""
    if isinstance(request.param, Row):
        with override_settings(DEMO=request.param.demo):
            yield sweep.pages_of(world.company, request.param)
        return
    path, role = request.param
    page = sweep.visit(world.company, path.format(**world.company.keys), role)
    yield [page] if page else []


def _told(page: Visit, faults: Iterator[str]) -> list[str]:
    return [f"{page}: {fault}" for fault in faults]


def test_its_markup_is_whole_and_its_scores_are_honest(pages: list[Visit]) -> None:
    assert not [fault for page in pages for fault in _told(page, sweep.faults_of_markup(page.html))]


def test_it_is_in_french_from_end_to_end(pages: list[Visit], world: World) -> None:
    for page in pages:
        client = sweep.client_of(world.company, page.role)
        client.cookies["django_language"] = "en"
        english = client.get(page.path).content.decode()
        assert '<html lang="en"' in english, page
        assert not sweep.same_in_both(page.html, english, world.data), page


def test_it_is_accessible_narrow_and_walked_by_keys(pages: list[Visit], world: World) -> None:
    faults = []
    for page in pages:
        opened = world.browser(page.role)
        opened.go(page)
        faults += _told(page, sweep.faults_of_keys(opened.page))
        faults += _told(page, sweep.faults_of_looks(opened.page))
        faults += [f"{page}: console: {told}" for told in opened.complaints if "404 (Not Found)" not in told]
    assert not faults


def test_it_stands_without_scripts(pages: list[Visit], world: World) -> None:
    faults = []
    for page in pages:
        client = sweep.client_of(world.company, page.role)
        opened = sweep.opened(world.chromium, world.address, client, java_script_enabled=False)
        faults += _told(page, sweep.faults_without_scripts(opened, page, world.forms))
        opened.page.context.close()
    assert not faults


def test_the_sweep_meets_pages_of_every_kind(world: World) -> None:
    met = [page for row in ROUTES if row.answers == 200 for page in sweep.pages_of(world.company, row)]
    assert len({page.role for page in met}) == len(Role) + 1
    assert len(met) > 30
