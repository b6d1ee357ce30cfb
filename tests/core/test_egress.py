"""Nothing leaves the machine but through a door that the operator configured."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.guards import HOUSE
from tests.shared import skip
from visavis.core import egress
from visavis.core.egress import ClosedError, Door

#: Modules of the house that may name what opens sockets, each with its reason.
MAY = {
    "core/egress.py": "the door itself",
    "people/accounts/provider.py": "the company's sign-in service, through its doors",
    "people/accounts/views.py": "names its failures",
    "site/mail.py": "e-mail, through its door",
    "site/processes.py": "asks this machine for a free port",
    "listen/imports/leases.py": "the name of this machine",
    "share/letters/refusals.py": "what a mail server may answer",
}
CLIENTS = re.compile(
    r"(socket|http\.client|urllib\.request|urllib3|requests|httpx|aiohttp|smtplib|ftplib|imaplib|poplib|"
    r"telnetlib|xmlrpc|asyncio|websockets|paramiko|socketserver)(\.|$)"
)


@pytest.fixture(autouse=True)
def _doors_again() -> Iterator[None]:
    before = egress.doors()
    yield
    egress.configure(*before)


def imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
    return {name for name in found if CLIENTS.match(name)}


def test_no_other_module_of_the_house_opens_sockets() -> None:
    named = {str(path.relative_to(HOUSE)) for path in HOUSE.rglob("*.py") if imported(path)}
    assert named == set(MAY)


def test_the_search_for_clients_bites(tmp_path: Path) -> None:
    file = tmp_path / "x.py"
    file.write_text("from urllib import request\nimport json\n")
    assert imported(file) == {"urllib.request"}


@pytest.mark.parametrize(
    ("event", "told"),
    [
        ("socket.connect", ("192.0.2.1", 443)),
        ("socket.connect", ("2001:db8::1", 443, 0, 0)),
        ("socket.connect", ("::ffff:192.0.2.1", 80, 0, 0)),
        ("socket.connect", ("evil.example", 80)),
        ("socket.sendto", ("8.8.8.8", 53)),
        ("socket.connect", ("169.254.169.254", 80)),
        ("socket.connect", ("0.0.0.0", 80)),  # noqa: S104  an address to refuse
    ],
)
def test_without_a_door_everything_outside_is_refused(event: str, told: tuple[Any, ...]) -> None:
    egress.configure()
    with pytest.raises(ClosedError):
        egress.check(event, (None, told))


@pytest.mark.parametrize(
    "name", ["example.org", b"example.org", "127.0.0.1.nip.io", "localhost.evil.example"]
)
def test_no_name_is_asked_for_without_a_door(name: str | bytes) -> None:
    with pytest.raises(ClosedError):
        egress.check("socket.getaddrinfo", (name, 80, 0, 0, 0))


@pytest.mark.parametrize(
    "told", [("127.0.0.1", 80), ("::1", 80, 0, 0), ("::ffff:127.0.0.1", 80, 0, 0), ("localhost", 1)]
)
def test_this_machine_is_not_outside(told: tuple[Any, ...]) -> None:
    egress.check("socket.connect", (None, told))
    egress.check("socket.connect", (None, "/run/postgresql/.s.PGSQL.5432"))
    egress.check("socket.getaddrinfo", (None, 80, 0, 0, 0))


def test_a_door_leads_to_its_host_and_port_while_it_is_open() -> None:
    egress.configure(Door("mail", "smtp.acme.example", 587))
    with egress.through("mail"):
        egress.check("socket.getaddrinfo", ("smtp.acme.example", 587, 0, 0, 0))
        egress.check("socket.connect", (None, ("10.1.2.3", 587)))
        for told in (
            ("10.1.2.3", 25),
            ("169.254.169.254", 587),
            ("224.0.0.1", 587),
            ("fe80::1%eth0", 587, 0, 2),
        ):
            with pytest.raises(ClosedError):
                egress.check("socket.connect", (None, told))
        with pytest.raises(ClosedError):
            egress.check("socket.getaddrinfo", ("other.acme.example", 587, 0, 0, 0))
    with pytest.raises(ClosedError):
        egress.check("socket.connect", (None, ("10.1.2.3", 587)))


def test_a_door_is_open_in_its_own_thread_only() -> None:
    egress.configure(Door("mail", "smtp.acme.example", 587))
    refused: list[bool] = []

    def elsewhere() -> None:
        try:
            egress.check("socket.connect", (None, ("10.1.2.3", 587)))
        except ClosedError:
            refused.append(True)

    with egress.through("mail"):
        other = threading.Thread(target=elsewhere)
        other.start()
        other.join()
    assert refused


def test_a_door_that_nobody_configured_does_not_open() -> None:
    egress.configure()
    with pytest.raises(ClosedError, match="mail"), egress.through("mail"):
        pytest.fail("it opened")


_TRY = """
import django, socket, urllib.request, smtplib
django.setup()
for attempt in (
    lambda: socket.create_connection(("192.0.2.1", 80), 2),
    lambda: socket.getaddrinfo("example.org", 80),
    lambda: urllib.request.urlopen("http://192.0.2.1/", timeout=2),
    lambda: smtplib.SMTP("192.0.2.1", 25, timeout=2),
    lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("192.0.2.1", 53)),
):
    try:
        attempt()
        print("OUT")
    except OSError as error:
        print("no open door" in str(error))
"""


def test_a_process_of_the_house_cannot_leave_whatever_library_tries(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "VISAVIS_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "visavis.site.settings",
    }
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _TRY],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.split() == ["True"] * 5, done.stderr


def test_a_whole_instance_asks_the_kernel_for_no_connection_outside(tmp_path: Path) -> None:
    """Watched by the kernel: made, served, read and stopped, an instance connects to this machine alone."""
    strace = shutil.which("strace")
    if not strace:
        skip("strace is not on this machine: apt-get install strace")
    trace = tmp_path / "trace"
    environment = {**os.environ, "VISAVIS_DATA": str(tmp_path / "data"), "PYTHONWARNINGS": "ignore"}
    environment["VISAVIS_HTTPS"] = "true"
    del environment["DJANGO_ALLOW_ASYNC_UNSAFE"]  # of the tests; an instance refuses to start with it
    visavis = [sys.executable, "-m", "visavis.site.command"]
    watched = [strace, "-f", "-qq", "-e", "trace=connect,sendto", "-o", str(trace)]
    try:
        subprocess.run([*watched, "true"], check=True, capture_output=True)
    except subprocess.CalledProcessError:
        skip("this machine lets nobody watch processes")
    script = f"""
import subprocess, sys, time, urllib.request, os, signal
run = {visavis!r}
subprocess.run([*run, "migrate", "-v0"], check=True)
subprocess.run([*run, "account", "a@acme.example", "--role", "admin"], check=True, stdout=subprocess.DEVNULL)
served = subprocess.Popen([*run, "run", "--port", "18473"], stdout=subprocess.DEVNULL)
for _ in range(150):
    try:
        body = urllib.request.urlopen("http://127.0.0.1:18473/compte/login/", timeout=5).read()
        break
    except OSError:
        time.sleep(0.2)
assert b"csrfmiddlewaretoken" in body
time.sleep(3)
served.send_signal(signal.SIGTERM)
served.wait(30)
"""
    done = subprocess.run(
        [*watched, sys.executable, "-c", script],
        env=environment,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    told = trace.read_text(errors="replace")
    outside = [
        line
        for line in told.splitlines()
        if re.search(r"sa_family=AF_INET6?\b", line) and not re.search(r'"127\.|"::1"|"::ffff:127\.', line)
    ]
    assert "AF_INET" in told, "the watch saw not even our own request"
    assert not outside
