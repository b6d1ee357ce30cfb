"""One small Vaubrune, built once; the big one only for slow tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.demo.vaubrune.files import Folder
from visavis.demo.vaubrune import Size, build


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """The small company of the screens: seed 5."""
    folder: Path = tmp_path_factory.mktemp("vaubrune-small")
    return Folder(folder, build(folder, size=Size.SMALL, seed=5))


@pytest.fixture(scope="session")
def big(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """The company of the screens at the demo size: seed 5."""
    folder: Path = tmp_path_factory.mktemp("vaubrune-demo")
    return Folder(folder, build(folder, size=Size.DEMO, seed=5))


@pytest.fixture(scope="session")
def nothing(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """A company where nothing is linked to anything."""
    folder: Path = tmp_path_factory.mktemp("vaubrune-null")
    return Folder(folder, build(folder, size=Size.SMALL, seed=5, null=True))
