"""Each fault on an instance of its own, counts out: long in ``benchmarks/faults.py``, short in the tests."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import time
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import apsw

from tests import postgres
from tests.faults import gestures, power
from tests.site.instances import SOURCE, Instance, laid

ROOT = SOURCE.parent


def company(folder: Path, database: str = "") -> Instance:
    """A small company with returns to treat."""
    made = Instance(folder, database) if database else laid(folder)
    if database:
        made.must("migrate", "-v0")
    made.python(gestures.COMPANY, PYTHONPATH=f"{SOURCE}{os.pathsep}{ROOT}")
    return made


class Recorded:
    """Real gestures on an instance, as transactions to replay; the database before them, one file."""

    def __init__(self, instance: Instance, work: Path, number: int) -> None:
        work.mkdir()
        self.work = work
        self.base = power.prepared(instance.folder / "visavis.db", work / "base.db")
        instance.python(gestures.RECORD, str(work / "log.json"), str(number))
        told = json.loads((work / "log.json").read_text())
        self.transactions: list[power.Transaction] = told["transactions"]
        self.tables: list[str] = told["tables"]

    def cut(self, cuts: int, seed: int, synchronous: str = "FULL") -> dict[str, power.Verdict]:
        """Cut the power so many times."""
        place = self.work / f"cut-{synchronous}-{seed}"
        place.mkdir()
        return power.cut(
            base=self.base,
            work=place,
            transactions=self.transactions,
            tables=self.tables,
            cuts=cuts,
            seed=seed,
            synchronous=synchronous,
        )

    def fail(self, share: float, seed: int, error: type[Exception] = apsw.IOError) -> dict[str, int]:
        """Replay with writes and syncs that fail now and then; each transaction again until it is confirmed.

        Returns:
            ``failures``, ``present`` (refused and yet there), ``wrong`` (what is there in the end is not what
            was confirmed), ``corrupt``.
        """
        place = self.work / f"failing-{seed}"
        place.mkdir()
        expected = power.states(self.base, place, self.transactions, self.tables)
        live = place / "live.db"
        live.write_bytes(self.base.read_bytes())
        told = {"failures": 0, "present": 0, "wrong": 0, "corrupt": 0}
        recorder = power.Recorder(f"failing-{seed}", power.Failing(0.0, error, random.Random(seed)))
        database = power.opened(live, recorder.name)
        # A checkpoint of its own: one that failed after a commit would look like a commit refused.
        database.execute("PRAGMA wal_autocheckpoint = 0").fetchall()
        for number, transaction in enumerate(self.transactions):
            recorder.failing.share = share
            with suppress(apsw.Error, OSError):
                database.wal_checkpoint()
            while not self._confirmed(database, transaction):
                told["failures"] += 1
                recorder.failing.share = 0.0
                told["present"] += power.digest(database, self.tables) != expected[number]
                recorder.failing.share = share
        recorder.failing.share = 0.0
        database.close()
        recorder.unregister()
        with closing(apsw.Connection(str(live))) as found:
            told["corrupt"] += found.execute("PRAGMA integrity_check(1)").fetchall() != [("ok",)]
        told["wrong"] += power.digest(live, self.tables) != expected[-1]
        return told

    @staticmethod
    def _confirmed(database: apsw.Connection, transaction: power.Transaction) -> bool:
        try:
            power.run(database, transaction)
        except (apsw.Error, OSError):
            return False
        return True


def kills(instance: Instance, rounds: int, seed: int) -> dict[str, Any]:
    """Kill two writers at a time, as often as asked; what was confirmed, lost, doubled, untraced."""
    told: dict[str, Any] = json.loads(instance.python(gestures.KILLED, str(rounds), str(seed)))
    return told


def full(instance: Instance) -> dict[str, Any]:
    """Write until the disk is full, read on, make room, write again."""
    told: dict[str, Any] = json.loads(instance.python(gestures.FULL))
    return told


class Server:
    """A PostgreSQL that can be killed and started again on the same files, as safe as it is shipped."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.owner = folder, postgres._owner()
        folder.mkdir()
        if os.geteuid() == 0:
            import shutil

            shutil.chown(folder, self.owner)
            for above in folder.parents[:3]:
                above.chmod(above.stat().st_mode | 0o011)
        postgres._initialise(folder, self.owner)
        self.address = f"postgresql://visavis@{str(folder).replace('/', '%2F')}/postgres"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        (self.folder / "data" / "postmaster.pid").unlink(missing_ok=True)
        options = ["-c", "listen_addresses=", "-c", f"unix_socket_directories={self.folder}"]
        command = [postgres._binary("postgres"), "-D", str(self.folder / "data"), *options]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                command, **postgres._as(self.owner), cwd="/", stdout=log, stderr=log, process_group=0
            )
        postgres._wait(self._process, self.folder)

    def kill(self) -> None:
        """Kill every process of it at once."""
        assert self._process
        for child in _below(self._process.pid):
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        self._process.wait()
        time.sleep(0.2)


def _below(pid: int) -> Sequence[int]:
    """A process and its children."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *map(int, children)]


def server_kills(server: Server, instance: Instance, times: int, seed: int) -> dict[str, int]:
    """Kill the whole database server under load; the same writer goes on by itself once it is back."""
    dice = random.Random(seed)
    with instance.start(gestures.LASTING) as writer:
        assert writer.stdout
        writer.stdout.readline()
        for _kill in range(times):
            time.sleep(dice.uniform(0.5, 1.5))
            server.kill()
            time.sleep(0.3)
            server.start()
        time.sleep(1)
        writer.send_signal(signal.SIGTERM)
        confirmed = [line.strip() for line in writer.stdout if line.endswith("\n")]
    kept = instance.python(gestures.KEPT).split()
    return {
        "kills": times,
        "confirmed": len(confirmed),
        "lost": len(set(confirmed) - set(kept)),
        "double": len(kept) - len(set(kept)),
    }
