"""Faults at length: power cuts, kills, failing and full disks, dead servers of data and mail. Prints counts.

Ends with 1 if anything that was confirmed is lost, doubled or half there, or another promise is not kept.

``.venv/bin/python benchmarks/faults.py [--quick] [power failing kills imports mail http cuts]``: all of them,
half an hour, or a few minutes; or only those that are named.
"""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

import apsw  # noqa: E402

from tests.faults import cutting, harness, importing, posting, serving  # noqa: E402
from tests.site.instances import Instance  # noqa: E402

QUICK = "--quick" in sys.argv
#: Moments of power cuts, rounds of two kills, kills of the server.
CUTS, ROUNDS, SERVER_KILLS = (100, 15, 2) if QUICK else (400, 60, 8)
#: Rounds of three files, kills of each; readers, minutes between sweeps, kills of sweeps; outages of pages.
FILES, FILE_KILLS = (1, 5) if QUICK else (7, 5)
READERS, MINUTES, SWEEP_KILLS = (10, 30, 5) if QUICK else (60, 5, 25)
OUTAGES = 2 if QUICK else 20
#: Seconds during which another program holds the database: longer than pages wait for it.
HELD = 25
#: What must be nothing.
BAD = (
    "lost", "torn", "corrupt", "double", "untraced", "wrong", "present", "breaches", "left", "rude", "early",
    "shrunk",
)  # fmt: skip


def power(recorded: harness.Recorded) -> Iterator[tuple[str, dict[str, Any]]]:
    for kept, verdict in recorded.cut(CUTS, seed=5).items():
        told = {"cuts": verdict.cuts, "lost": verdict.lost, "torn": verdict.torn, "corrupt": verdict.corrupt}
        yield f"power cut, {kept} kept", told
    loose = recorded.cut(CUTS // 4, seed=6, synchronous="NORMAL").values()
    found = {"cuts": sum(one.cuts for one in loose), "lost, as they must": sum(one.lost for one in loose)}
    yield "the same with synchronous = NORMAL", found


def failing(recorded: harness.Recorded) -> Iterator[tuple[str, dict[str, Any]]]:
    for number, error in enumerate((apsw.IOError, apsw.FullError)):
        total: dict[str, int] = {}
        for seed in range(2 if QUICK else 12):
            for name, value in recorded.fail(0.03, seed * 2 + number, error).items():
                total[name] = total.get(name, 0) + value
        yield f"writes that fail ({error.__name__})", total


def writes(place: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    small = harness.company(place / "data")
    recorded = harness.Recorded(small, place / "recorded", 60)
    if wanted("power"):
        yield from power(recorded)
    if wanted("failing"):
        yield from failing(recorded)


def kills(place: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    small = harness.company(place / "killed")
    yield "kills, SQLite", harness.kills(small, ROUNDS, 5)
    shutil.copytree(small.folder, place / "full")
    yield "disk full", harness.full(Instance(place / "full"))
    with server(place / "server") as there:
        other = harness.company(place / "pg", there.address)
        yield "kills, PostgreSQL", harness.kills(other, ROUNDS, 5)
        yield "kills of the server", harness.server_kills(there, other, SERVER_KILLS, 5)


def imports(place: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    whole = importing.emptied(place / "whole")
    shutil.copytree(whole.folder, place / "cut")
    yield (
        "kills of imports",
        importing.import_kills(whole, Instance(place / "cut"), FILES, kills=FILE_KILLS, seed=5),
    )


def mail(place: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    empty = importing.emptied(place / "mail")
    yield "a day without mail server", posting.outage(empty, READERS, MINUTES, SWEEP_KILLS, 5)


def http(place: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Pages whose database goes away."""
    full, held = importing.emptied(place / "unwritable"), place / "held"
    shutil.copytree(full.folder, held)
    yield "pages, nothing can be written", serving.through_http(full, serving.unwritable(OUTAGES, 5))
    locks = serving.locked(held / "visavis.db", max(1, OUTAGES // 8), HELD)
    yield "pages, held by another program", serving.through_http(Instance(held), locks)
    with server(place / "database") as there:
        served = importing.emptied(place / "served", there.address)
        yield (
            "pages, database server killed",
            serving.through_http(served, serving.stopped(there, OUTAGES, 5)),
        )


def cuts(place: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every message of some requests to the database lost in turn, in every way."""
    with server(place / "cut-off") as there:
        served = importing.emptied(place / "swept", there.address)
        ways = ("ended", "half") if QUICK else ()
        yield "messages to the database lost", cutting.sweep(there, served, place / "cable", *ways)


@contextmanager
def server(folder: Path) -> Iterator[harness.Server]:
    """A PostgreSQL of its own."""
    made = harness.Server(folder)
    made.start()
    try:
        yield made
    finally:
        made.kill()


def wanted(name: str) -> bool:
    """Whether a fault was asked for: all, if none is named."""
    named = [word for word in sys.argv[1:] if not word.startswith("-")]
    return not named or name in named


def all_of_them(place: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    if wanted("power") or wanted("failing"):
        yield from writes(place)
    for name, fault in (
        ("kills", kills),
        ("imports", imports),
        ("mail", mail),
        ("http", http),
        ("cuts", cuts),
    ):
        if wanted(name):
            yield from fault(place)


def main() -> int:
    shared = Path("/dev/shm")  # noqa: S108  a place, not a name
    place = Path(mkdtemp(prefix="visavis-faults-", dir=shared if shared.is_dir() else None))
    bad, began = 0, time.monotonic()
    try:
        for name, told in all_of_them(place):
            bad += sum(bool(told.get(word)) for word in BAD)
            words = ", ".join(f"{word} {value}" for word, value in told.items())
            print(f"{name}: {words} ({time.monotonic() - began:.0f} s)", flush=True)
    finally:
        shutil.rmtree(place)
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
