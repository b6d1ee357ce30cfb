"""One small Vaubrune as a whole instance, built by ``visavis demo`` once for all processes of a session."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from django.db import connections, transaction
from django.db.utils import load_backend

from tests import demo_urls
from tests.guards import HouseClient
from visavis.demo.cast import BY_KEY
from visavis.demo.vaubrune.world import TODAY
from visavis.people.access.viewer import Viewer, viewer_of
from visavis.people.accounts.models import Account
from visavis.web import slots

COMMAND = [sys.executable, "-m", "visavis.site.command"]


def environment(folder: Path) -> dict[str, str]:
    """What a process needs to work on an instance of its own, on SQLite."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("VISAVIS_")}
    return own | {"VISAVIS_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "visavis.site.settings"}


def visavis(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run ``visavis …`` on an instance; what it says is kept, and its failure told."""
    done = subprocess.run(
        [*COMMAND, *words], env=environment(folder), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done


@dataclass(frozen=True)
class Instance:
    """The folder of an instance."""

    folder: Path

    @cached_property
    def truth(self) -> dict[str, Any]:
        """What the generator knows of itself."""
        told: dict[str, Any] = json.loads((self.folder / "demo-files" / "verite.json").read_text("utf-8"))
        return told

    @contextmanager
    def entered(self) -> Iterator[None]:
        """Make its database the one in use; whatever is written there is undone at the end."""
        before = connections["default"]
        options = {**before.settings_dict, "NAME": str(self.folder / "visavis.db")}
        inside = load_backend(options["ENGINE"]).DatabaseWrapper(options, "default")
        connections["default"] = inside
        try:
            with transaction.atomic():
                yield
                transaction.set_rollback(True)
        finally:
            inside.close()
            connections["default"] = before


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The built company is a file of SQLite: nothing of it is tried elsewhere."""
    for item in items:
        if "built" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.slow)


Made = Callable[[str, Callable[[Path], object]], Instance]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Makes an instance once for all the processes of the suite; each works on its own copy of it."""
    own = tmp_path_factory.mktemp("instances")
    session = own.parent.parent if "PYTEST_XDIST_WORKER" in os.environ else own.parent
    shared = Path(os.environ.get("VISAVIS_TEST_INSTANCES") or session)

    def make(name: str, build: Callable[[Path], object]) -> Instance:
        place, ready = shared / name, shared / f"{name}.ready"
        with (shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not ready.exists():
                build(place)
                ready.touch()
        shutil.copytree(place, own / name)
        return Instance(own / name)

    return make


@pytest.fixture(scope="session")
def built(made: Made) -> Instance:
    """The small company of the screens, as ``visavis demo`` builds it."""
    return made("vaubrune", lambda folder: visavis(folder, "demo", "--size", "small", "--seed", "5"))


@pytest.fixture
def vaubrune(built: Instance, django_db_blocker: Any, settings: Any) -> Iterator[Instance]:
    """The small company as the database in use, on its own day, with the screens of the demo."""
    settings.TODAY, settings.DEMO, settings.ROOT_URLCONF = TODAY, True, demo_urls.__name__
    with django_db_blocker.unblock(), built.entered():
        yield built


@pytest.fixture
def banner(monkeypatch: pytest.MonkeyPatch) -> None:
    """The banner of the demo on every page, as its registration puts it where the demo stands."""
    monkeypatch.setitem(slots._FILLED, slots.Slot.BANNER, ["demo/banner.html"])


def viewer_named(key: str) -> Viewer:
    """What one of the cast may read."""
    return viewer_of(Account.objects.get(email=BY_KEY[key].email), today=TODAY)


def browser_of(key: str) -> HouseClient:
    """The browser of one of the cast, signed in by the switcher of the demo."""
    client = HouseClient()
    assert client.post("/demo/devenir/", {"who": key}).status_code == 302
    return client
