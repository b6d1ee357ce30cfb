"""``visavis run`` as an operator lives it: one command, an address, a clean stop."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest

from tests.empty import laid
from visavis.site.processes import NoPortError, Processes, free_port

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "localhost"])
COMMAND = [sys.executable, "-m", "visavis.site.command"]


@pytest.fixture
def taken() -> Iterator[int]:
    """A port on which somebody else listens."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def test_a_taken_port_gives_way_to_the_next_free_one(taken: int) -> None:
    assert taken < free_port("127.0.0.1", taken) < taken + 20


def test_a_port_that_somebody_chose_is_not_changed_behind_their_back(taken: int) -> None:
    with pytest.raises(NoPortError, match=f"port {taken} .* --port"):
        free_port("127.0.0.1", taken, only=True)


def test_when_one_process_ends_the_others_are_stopped() -> None:
    with Processes() as running:
        running.start("long", [sys.executable, "-c", "import time; time.sleep(60)"])
        running.start("short", [sys.executable, "-c", ""])
        assert running.until_one_ends() == "short"
        begun = monotonic()
    assert monotonic() - begun < 10


def _lines(process: subprocess.Popen[str], until: str) -> list[str]:
    assert process.stdout
    lines = []
    for line in process.stdout:
        lines.append(line)
        if until in line:
            break
    return lines


def _children(pid: int) -> list[int]:
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _gone(pids: list[int], seconds: float = 20) -> bool:
    limit = monotonic() + seconds
    while monotonic() < limit:
        if not any(Path(f"/proc/{pid}").exists() for pid in pids):
            return True
        sleep(0.1)
    return False


def _port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@pytest.fixture
def instance(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[subprocess.Popen[str]]:
    """An empty instance being served; on its first day, its tables are not laid yet."""
    if not getattr(request, "param", "first day"):
        laid(tmp_path / "data")
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("VISAVIS", "DJANGO", "COV"))
    }
    environment |= {"VISAVIS_DATA": str(tmp_path / "data")}
    # Two that start at once may find the same port free.
    with subprocess.Popen(
        [*COMMAND, "run", "--port", str(_port())],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        yield process
        process.kill()


@pytest.mark.slow
def test_run_serves_pages_and_stops_cleanly(instance: subprocess.Popen[str]) -> None:
    told = "".join(_lines(instance, "Ctrl-C"))
    address = re.search(r"http://localhost:\d+/", told)
    assert address, told
    assert "visavis account" in told
    login = address[0].replace("localhost", "127.0.0.1") + "compte/login/"
    with urllib.request.urlopen(login) as answer:  # noqa: S310  our own address
        assert answer.status == 200
        assert b"<form" in answer.read()
    children = _children(instance.pid)
    assert len(children) == 2
    instance.send_signal(signal.SIGTERM)
    assert instance.wait(30) == 0
    assert _gone(children)


@pytest.mark.slow
@pytest.mark.parametrize("instance", [""], ids=["laid"], indirect=True)
def test_killing_run_leaves_nobody_behind(instance: subprocess.Popen[str]) -> None:
    _lines(instance, "Ctrl-C")
    children = _children(instance.pid)
    instance.kill()
    assert _gone(children)
