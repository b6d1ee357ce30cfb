"""Cutting the power under SQLite: what was written but not synced is lost, kept in part, or torn.

Real transactions of the product are replayed through a file system that remembers every write and every
sync. At any point of that history the power may go: of what was not synced yet the disk keeps nothing, a
prefix, or a random part down to sectors. Whatever it kept, the database must open whole, hold every
transaction that was confirmed, and at most the one that was under way, entirely or not at all.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import apsw

from visavis.site.sqlite import PRAGMAS

#: What a disk writes at once.
SECTOR = 512
#: Few pages, so that checkpoints fall among the transactions too.
CHECKPOINT = 60

#: Statements of one transaction, with their parameters.
Transaction = Sequence[tuple[str, Sequence[Any]]]


class Event(NamedTuple):
    """What reached the file system: ``write``, ``cut`` (to a size), ``sync``, ``delete``; or an ``ack``."""

    kind: str
    file: str = ""
    at: int = 0
    data: bytes = b""


@dataclass
class Failing:
    """When writes must fail, and how."""

    share: float = 0.0
    error: type[Exception] = apsw.IOError
    dice: random.Random = field(default_factory=random.Random)

    def strike(self) -> None:
        """Perhaps fail."""
        if self.share and self.dice.random() < self.share:
            raise self.error("injected")


class _File(apsw.VFSFile):
    def __init__(self, name: Any, flags: Any, history: list[Event], failing: Failing) -> None:
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        self._name = Path(path).name
        self._history, self._failing = history, failing
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802  SQLite's name
        self._failing.strike()
        self._history.append(Event("write", self._name, offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, size: int) -> None:  # noqa: N802
        self._history.append(Event("cut", self._name, size))
        super().xTruncate(size)

    def xSync(self, flags: int) -> None:  # noqa: N802
        self._failing.strike()
        super().xSync(flags)
        self._history.append(Event("sync", self._name))


class Recorder(apsw.VFS):
    """A file system that remembers, and perhaps fails."""

    def __init__(self, name: str = "recorder", failing: Failing | None = None) -> None:
        self.history: list[Event] = []
        self.failing = failing or Failing()
        self.name = name
        super().__init__(name, "")

    def xOpen(self, name: Any, flags: Any) -> _File:  # noqa: N802
        return _File(name, flags, self.history, self.failing)

    def xDelete(self, name: str, sync: bool) -> None:  # noqa: N802
        super().xDelete(name, sync)
        self.history.append(Event("delete", Path(name).name))


def opened(path: Path, vfs: str | None = None, *, synchronous: str = "FULL") -> apsw.Connection:
    """A connection as the product sets it, in one process."""
    made = apsw.Connection(str(path), vfs=vfs)
    made.execute("PRAGMA locking_mode = EXCLUSIVE").fetchall()
    made.execute(PRAGMAS.replace("synchronous = FULL", f"synchronous = {synchronous}")).fetchall()
    made.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT}").fetchall()
    return made


def run(database: apsw.Connection, transaction: Transaction) -> None:
    """Do one transaction, or leave no trace of it.

    Raises:
        Error: what the engine says; everything is rolled back.
    """
    try:
        database.execute("BEGIN IMMEDIATE")
        for statement, words in transaction:
            database.execute(statement, words)
        database.execute("COMMIT")
    except apsw.Error:
        with suppress(apsw.Error):  # SQLite may have rolled back by itself
            database.execute("ROLLBACK")
        raise


def digest(path: Path | apsw.Connection, tables: Sequence[str]) -> str:
    """What some tables hold, all of it."""
    if isinstance(path, Path):
        with closing(apsw.Connection(str(path))) as found:
            return digest(found, tables)
    told = hashlib.sha256()
    for table in tables:
        for row in path.execute(f"SELECT * FROM {table} ORDER BY 1"):
            told.update(repr(row).encode())
    return told.hexdigest()


@dataclass
class Disk:
    """What is on the disk for sure, and what is only on its way."""

    durable: dict[str, bytes]
    pending: list[Event] = field(default_factory=list)

    def take(self, event: Event) -> None:
        """Let one more event pass."""
        if event.kind == "sync":
            # A journalling file system writes the folder along: a deletion is sure after any later sync.
            own = [one for one in self.pending if one.file == event.file or one.kind == "delete"]
            self.pending = [one for one in self.pending if one not in own]
            self._apply(self.durable, own)
        elif event.kind != "ack":
            self.pending.append(event)

    @staticmethod
    def _apply(files: dict[str, bytes], events: Sequence[Event]) -> None:
        for event in events:
            content = bytearray(files.get(event.file, b""))
            if event.kind == "delete":
                files.pop(event.file, None)
                continue
            if event.kind == "cut":
                del content[event.at :]
            else:
                content.extend(bytes(max(0, event.at - len(content))))
                content[event.at : event.at + len(event.data)] = event.data
            files[event.file] = bytes(content)

    def after(self, kept: str, dice: random.Random) -> dict[str, bytes]:
        """The files after the power went: of what was pending, nothing, a prefix or torn parts."""
        files = dict(self.durable)
        if kept == "prefix":
            self._apply(files, self.pending[: dice.randint(0, len(self.pending))])
        elif kept == "torn":
            self._apply(files, [part for one in self.pending for part in _torn(one, dice)])
        return files


def _torn(event: Event, dice: random.Random) -> Iterator[Event]:
    """Some of the sectors of a write; another event whole or not."""
    if event.kind != "write":
        if dice.random() < 0.5:
            yield event
        return
    for start in range(0, len(event.data), SECTOR):
        if dice.random() < 0.5:
            yield Event("write", event.file, event.at + start, event.data[start : start + SECTOR])


@dataclass
class Verdict:
    """What was found after so many cuts."""

    cuts: int = 0
    lost: int = 0
    torn: int = 0
    corrupt: int = 0


def prepared(database: Path, target: Path) -> Path:
    """A database as one file, its journal folded in, ready to be copied and worked on."""
    with closing(apsw.Connection(str(database))) as found:
        found.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    target.write_bytes(database.read_bytes())
    return target


def record(base: Path, work: Path, transactions: Sequence[Transaction], synchronous: str) -> list[Event]:
    """The history of doing ``transactions`` on a copy of ``base``, an ``ack`` after each."""
    path = work / "live.db"
    path.write_bytes(base.read_bytes())
    recorder = Recorder(f"recorder-{synchronous}")
    with closing(opened(path, recorder.name, synchronous=synchronous)) as database:
        for transaction in transactions:
            run(database, transaction)
            recorder.history.append(Event("ack"))
    recorder.unregister()
    return recorder.history


def states(base: Path, work: Path, transactions: Sequence[Transaction], tables: Sequence[str]) -> list[str]:
    """What the tables hold before and after each transaction."""
    path = work / "states.db"
    path.write_bytes(base.read_bytes())
    with closing(opened(path)) as database:
        found = [digest(database, tables)]
        for transaction in transactions:
            run(database, transaction)
            found.append(digest(database, tables))
    return found


def cut(
    *,
    base: Path,
    work: Path,
    transactions: Sequence[Transaction],
    tables: Sequence[str],
    cuts: int,
    seed: int,
    synchronous: str = "FULL",
) -> dict[str, Verdict]:
    """Cut the power so many times, each with three kinds of leftovers.

    Args:
        base: the database before, one file.
        work: an empty folder, in memory if possible.
        transactions: what is done.
        tables: those that it changes.
        cuts: how many moments.
        seed: of the moments and of what is kept.
        synchronous: as SQLite names it.

    Returns:
        A verdict for ``nothing``, ``prefix`` and ``torn``.
    """
    dice = random.Random(seed)
    expected = states(base, work, transactions, tables)
    history = record(base, work, transactions, synchronous)
    moments = set(dice.sample(range(len(history)), min(cuts, len(history))))
    disk, done = Disk({"live.db": base.read_bytes()}), 0
    verdicts = {kept: Verdict() for kept in ("nothing", "prefix", "torn")}
    for number, event in enumerate(history):
        disk.take(event)
        done += event.kind == "ack"
        if number in moments:
            for kept, verdict in verdicts.items():
                _judge(disk.after(kept, dice), work / "cut", tables, expected, done, verdict)
    return verdicts


def _judge(
    files: dict[str, bytes],
    place: Path,
    tables: Sequence[str],
    expected: list[str],
    done: int,
    verdict: Verdict,
) -> None:
    place.mkdir(exist_ok=True)
    for left in place.iterdir():
        left.unlink()
    for name, content in files.items():
        (place / name).write_bytes(content)
    verdict.cuts += 1
    try:
        with closing(apsw.Connection(str(place / "live.db"))) as found:
            whole = found.execute("PRAGMA integrity_check(1)").fetchall() == [("ok",)]
            told = digest(found, tables)
    except apsw.Error:
        verdict.corrupt += 1
        return
    verdict.corrupt += not whole
    verdict.lost += told in expected[:done] and told not in expected[done : done + 2]
    verdict.torn += told not in expected
