"""The short version of ``benchmarks/faults.py``: no fault loses or doubles what was confirmed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import apsw
import pytest

from tests.conftest import ON_POSTGRES
from tests.faults import cutting, harness, importing, posting, serving
from tests.site.instances import Instance, laid

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


@pytest.fixture(scope="module")
def server(place: Path) -> Iterator[harness.Server]:
    """A PostgreSQL of its own, to be killed."""
    made = harness.Server(place / "server")
    made.start()
    yield made
    made.kill()


@pytest.fixture(scope="module")
def elsewhere(place: Path, server: harness.Server) -> Instance:
    """A small company on it."""
    return harness.company(place / "pg", server.address)


def test_a_killed_database_server_loses_nothing_and_pages_recover_by_themselves(
    server: harness.Server, elsewhere: Instance
) -> None:
    told = harness.server_kills(server, elsewhere, 2, seed=5)
    assert told["confirmed"] > 0
    assert (told["lost"], told["double"]) == (0, 0)


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
@pytest.mark.allow_hosts(["127.0.0.1"])
def test_pages_whose_database_is_away_say_so_and_keep_what_they_confirmed(
    place: Path, request: pytest.FixtureRequest, engine: str
) -> None:
    if engine == "sqlite":
        told = serving.through_http(laid(place / "pages"), serving.unwritable(1, seed=5))
    else:
        server, elsewhere = request.getfixturevalue("server"), request.getfixturevalue("elsewhere")
        told = serving.through_http(elsewhere, serving.stopped(server, 1, seed=5))
    assert told["confirmed"] > 16
    assert told["refused"] > 0
    assert (told["lost"], told["double"], told["rude"], told["breaches"]) == (0, 0, [], [])


def test_whichever_message_to_the_database_is_lost_the_page_says_so_politely(
    place: Path, server: harness.Server, elsewhere: Instance
) -> None:
    told = cutting.sweep(server, elsewhere, place / "cable", "ended", requests="note", stale=False)
    assert told["cuts"] > 30
    assert (told["rude"], told["lost"], told["double"]) == ([], [], 0)


def test_imports_killed_on_the_way_end_as_if_they_never_were(place: Path) -> None:
    whole, killed = laid(place / "whole"), laid(place / "killed")
    told = importing.import_kills(whole, killed, 1, kills=2, seed=5, rows=60)
    assert told["kills"] > 2
    assert told["rows"] > 100
    assert (told["wrong"], told["left"], told["breaches"]) == ([], [], [])


def test_a_day_without_mail_server_loses_and_doubles_no_letter(place: Path) -> None:
    told = posting.outage(laid(place / "mail"), people=6, minutes=60, kills=2, seed=5)
    assert told["arrived"] > 4
    assert told["withheld"] > 4
    nothing = ("early", "lost", "double", "wrong", "shrunk")
    assert ([told[name] for name in nothing], told["left"]) == ([0] * len(nothing), [])
    assert 1 <= told["longest wait, in hours"] <= 1.2
