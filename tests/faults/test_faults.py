"""The short version of ``benchmarks/faults.py``: no fault loses or doubles what was confirmed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import apsw
import pytest

from tests.conftest import ON_POSTGRES
from tests.faults import harness
from tests.site.instances import Instance

pytestmark = pytest.mark.skipif(ON_POSTGRES, reason="these instances choose their own engine")


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A folder in memory where there is room for one, as many syncs go there."""
    shared = Path("/dev/shm")  # noqa: S108  a place, not a name
    made = Path(mkdtemp(prefix="visavis-faults-", dir=shared if shared.is_dir() else None))
    yield made
    shutil.rmtree(made)


@pytest.fixture(scope="module")
def company(place: Path) -> Instance:
    """A small company with returns to treat."""
    return harness.company(place / "data")


@pytest.fixture(scope="module")
def recorded(company: Instance, place: Path) -> harness.Recorded:
    """Thirty gestures on it, to replay."""
    return harness.Recorded(company, place / "recorded", 30)


def test_a_power_cut_loses_nothing_that_was_confirmed(recorded: harness.Recorded) -> None:
    verdicts = recorded.cut(20, seed=5)
    for verdict in verdicts.values():
        assert verdict.cuts == 20
        assert (verdict.lost, verdict.torn, verdict.corrupt) == (0, 0, 0)


def test_the_same_cuts_find_out_a_looser_setting(recorded: harness.Recorded) -> None:
    verdicts = recorded.cut(20, seed=5, synchronous="NORMAL")
    assert sum(verdict.lost for verdict in verdicts.values()) > 10


@pytest.mark.parametrize("error", [apsw.IOError, apsw.FullError])
def test_writes_that_fail_leave_no_trace_and_go_through_later(
    recorded: harness.Recorded, error: type[Exception]
) -> None:
    told = recorded.fail(0.03, seed=7 if error is apsw.IOError else 8, error=error)
    assert told["failures"] > 3
    assert (told["present"], told["wrong"], told["corrupt"]) == (0, 0, 0)


def test_killed_writers_lose_double_and_half_write_nothing(company: Instance) -> None:
    told = harness.kills(company, 6, seed=5)
    assert told["confirmed"] > 0
    assert (told["lost"], told["double"], told["untraced"], told["breaches"]) == (0, 0, 0, [])


def test_a_full_disk_refuses_keeps_and_resumes(place: Path, company: Instance) -> None:
    shutil.copytree(company.folder, place / "full")
    told = harness.full(Instance(place / "full"))
    assert told["refused"] == told["outages"] == 5
    assert told["confirmed"] > 1
    assert (told["lost"], told["resumed"], told["breaches"]) == (0, True, [])


def test_a_killed_database_server_loses_nothing_and_pages_recover_by_themselves(place: Path) -> None:
    server = harness.Server(place / "server")
    server.start()
    try:
        told = harness.server_kills(server, harness.company(place / "pg", server.address), 2, seed=5)
    finally:
        server.kill()
    assert told["confirmed"] > 0
    assert (told["lost"], told["double"]) == (0, 0)
