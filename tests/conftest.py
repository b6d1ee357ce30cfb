"""Where tests stand: a folder of their own, a database of their own, no network."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as trials

from tests import empty, postgres
from tests.shared import shared_path, skip

ON_POSTGRES = os.environ.get("VISAVIS_TEST_DATABASE", "sqlite") == "postgres"
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
FOLDER = Path(tempfile.mkdtemp(prefix="visavis-tests-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)

# Cores are shared: the time that one example takes says nothing.
trials.register_profile("shared cores", deadline=None, suppress_health_check=[HealthCheck.too_slow])
trials.load_profile("shared cores")


def _prepare() -> None:
    """Give this process its own instance before Django reads its settings."""
    if not WORKER:
        for name in [name for name in os.environ if name.startswith("VISAVIS_")]:
            if name not in {"VISAVIS_KILLS", "VISAVIS_REFUSE_SKIPS", "VISAVIS_TEST_DATABASE"}:
                del os.environ[name]
        os.environ[empty.SESSION] = str(FOLDER)
        if ON_POSTGRES:
            os.environ["VISAVIS_DATABASE_URL"] = postgres.start()
    os.environ["VISAVIS_DATA"] = str(FOLDER)
    os.environ["DJANGO_SETTINGS_MODULE"] = "visavis.site.settings"
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # playwright's loop lives in the thread of the test

    from visavis.site.options import Options

    Options.model_config["env_file"] = None
    import django
    from django.conf import settings

    if not ON_POSTGRES:
        default: dict[str, Any] = settings.DATABASES["default"]
        default.setdefault("TEST", {})["NAME"] = str(FOLDER / "test.db")
        # Rows without a stated order come reversed: whoever relies on one is found out.
        default["OPTIONS"]["init_command"] += "PRAGMA reverse_unordered_selects = ON;"
    settings.SECOND_STEP_ROLES = frozenset()  # tests/people/test_second_step.py sets it
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    django.setup()


_prepare()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A browser talks to the page it tests, on this machine and nowhere else."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.allow_hosts(["127.0.0.1", "localhost", "::1"]))


@pytest.fixture
def shared() -> Any:
    """``shared_path``, for tests that like fixtures."""
    return shared_path


def _voices() -> list[Any]:
    from visavis.core.words import Voice

    return list(Voice)


@pytest.fixture(params=_voices(), ids=str)
def voice(request: pytest.FixtureRequest) -> Any:
    """Each voice in turn: a behaviour that holds for one holds for the other."""
    return request.param


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Tests that empty every table may empty the journal too; ``test_journal.py`` guards it again."""
    from django.db import connection

    from visavis.people.access import guards

    with django_db_blocker.unblock():
        guards.remove(connection)


@pytest.fixture(autouse=True)
def _no_undefined_variable() -> None:
    """Before each test: one that changes the settings of templates makes the engine anew."""
    from django.template import engines
    from django.template.backends.django import DjangoTemplates

    from tests.guards import Undefined

    backend = engines["django"]
    assert isinstance(backend, DjangoTemplates)
    backend.engine.string_if_invalid = Undefined("undefined")


@pytest.fixture(autouse=True)
def _french_again() -> Iterator[None]:
    """No test leaves its language to the next."""
    yield
    from django.utils import translation

    translation.deactivate_all()
    translation.deactivate()


@pytest.fixture(scope="module")
def every_address() -> Iterator[None]:
    """The demo's addresses too, for a module: ``pytest.mark.urls`` reads them all again before each test."""
    from django.test import override_settings

    with override_settings(ROOT_URLCONF="tests.demo_urls"):
        yield


@pytest.fixture
def client() -> Any:
    """A browser without JavaScript, nobody signed in."""
    from tests.guards import HouseClient

    return HouseClient()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Debian's browser, once for the session."""
    from tests.browser import launched

    with launched(skip) as browser:
        yield browser


@pytest.fixture
def page(chromium: Any) -> Iterator[Any]:
    """A fresh page at 1280 × 800 in French; an error of its scripts fails the test."""
    from tests.browser import fresh_page

    with fresh_page(chromium) as opened:
        yield opened
