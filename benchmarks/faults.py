"""Faults at length: power cuts, kills, failing and full disks, dead database servers. Prints counts.

Ends with 1 if anything that was confirmed is lost, doubled or half there.

``.venv/bin/python benchmarks/faults.py [--quick]``: a quarter of an hour, or two minutes.
"""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

import apsw  # noqa: E402

from tests.faults import harness  # noqa: E402
from tests.site.instances import Instance  # noqa: E402

QUICK = "--quick" in sys.argv
#: Moments of power cuts, rounds of two kills, kills of the server.
CUTS, ROUNDS, SERVER_KILLS = (100, 15, 2) if QUICK else (400, 60, 8)
#: Counts that must be nothing.
BAD = ("lost", "torn", "corrupt", "double", "untraced", "wrong", "present", "breaches")


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


def all_of_them(place: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    small = harness.company(place / "data")
    recorded = harness.Recorded(small, place / "recorded", 60)
    yield from power(recorded)
    yield from failing(recorded)
    yield "kills, SQLite", harness.kills(small, ROUNDS, 5)
    shutil.copytree(small.folder, place / "full")
    yield "disk full", harness.full(Instance(place / "full"))
    server = harness.Server(place / "server")
    server.start()
    try:
        there = harness.company(place / "pg", server.address)
        yield "kills, PostgreSQL", harness.kills(there, ROUNDS, 5)
        yield "kills of the server", harness.server_kills(server, there, SERVER_KILLS, 5)
    finally:
        server.kill()


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
