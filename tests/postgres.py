"""A private PostgreSQL for the suite: a temporary folder, a unix socket, no port, gone at the end."""

from __future__ import annotations

import atexit
import getpass
import grp
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

OWNERS = ("postgres", "nobody")


class NoServerError(RuntimeError):
    """PostgreSQL is not installed here."""


def _binary(name: str) -> str:
    """Find a server binary in PATH or where Debian keeps it, the newest first."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name), reverse=True)
    found = shutil.which(name, path=os.pathsep.join([*map(str, debian), os.environ.get("PATH", "")]))
    if not found:
        raise NoServerError(f"{name} not found: apt-get install postgresql")
    return found


def _owner() -> str:
    """Whoever may run the server: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return getpass.getuser()
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in OWNERS if name in known)


def _initialise(folder: Path, owner: str) -> None:
    """Make the cluster, ordering text as French does: the product must not rely on the server's order."""
    command = [_binary("initdb"), "-D", str(folder / "data"), "-U", "visavis", "--auth=trust", "--no-sync"]
    refusal = ""
    french = ["--encoding=UTF8", "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=fr"]
    for order in (french, ["--encoding=UTF8", "--locale=C.UTF-8"]):
        done = subprocess.run([*command, *order], **_as(owner), cwd="/", capture_output=True, check=False)
        if done.returncode == 0:
            return
        refusal = done.stderr.decode(errors="replace")
    raise NoServerError(refusal)


def _as(owner: str) -> dict[str, Any]:
    return {"user": owner, "group": owner_group(owner), "extra_groups": []} if os.geteuid() == 0 else {}


def owner_group(owner: str) -> str:
    """The main group of a system user."""
    return grp.getgrgid(pwd.getpwnam(owner).pw_gid).gr_name


def start() -> str:
    """Start a server that dies with this process.

    Returns:
        Its address, as ``VISAVIS_DATABASE_URL`` takes it.

    Raises:
        NoServerError: if no server can run here; the message says why.
    """
    owner = _owner()
    folder = Path(tempfile.mkdtemp(prefix="visavis-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, owner)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    _initialise(folder, owner)
    settings = {"listen_addresses": "", "unix_socket_directories": str(folder), "fsync": "off"}
    # Between two tests it would count empty tables, and plan the next one's thousands of rows as none.
    settings |= {"autovacuum": "off"}
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    command = [_binary("postgres"), "-D", str(folder / "data"), *options]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(command, **_as(owner), cwd="/", stdout=log, stderr=log)
    atexit.register(_stop, server)
    _wait(server, folder)
    return f"postgresql://visavis@{str(folder).replace('/', '%2F')}/postgres"


def _wait(server: subprocess.Popen[bytes], folder: Path) -> None:
    """Wait until the server answers on its socket."""
    for _ in range(300):
        ready = subprocess.run([_binary("pg_isready"), "-q", "-h", str(folder)], check=False)
        if ready.returncode == 0:
            return
        if server.poll() is not None:
            break
        time.sleep(0.1)
    raise NoServerError((folder / "log").read_text(errors="replace"))


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(20)
    except subprocess.TimeoutExpired:
        server.kill()
