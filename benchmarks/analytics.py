"""Our report and wide questions at scale, beside PostgreSQL, SQLite and pandas doing the same work.

    python benchmarks/analytics.py --rows 10000000 [--growth] [--times 3] [--folder DIR] [--without ENGINE …]

Invents facts of 26 months, writes the open copy, loads the databases, then asks each engine the same
questions, each engine in a process of its own. Prints CPU milliseconds (all threads; of PostgreSQL, its
server too), the median of several rounds after one to warm up, and the peak memory. Answers must agree, or
it stops. ``--growth`` does the same for 100 thousand and 1 million rows first. pandas runs in the environment
of the peers (``make peers``); without it, its column is left out.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PEERS = ROOT / ".venv-peers" / "bin" / "python"
sys.path.insert(0, str(ROOT))

from benchmarks.wide.engines import Contender, Copy, Pandas, Postgres, Sqlite  # noqa: E402
from benchmarks.wide.facts import MONTHS, Company  # noqa: E402
from benchmarks.wide.questions import REPORT, WIDE, of_adviser  # noqa: E402

from visavis.lake.datasets import MENTIONS, RETURNS  # noqa: E402
from visavis.lake.engines import DuckDb  # noqa: E402
from visavis.lake.files import table_of, write_month  # noqa: E402
from visavis.lake.questions import Question  # noqa: E402
from visavis.lake.statements import Row, cube_statement  # noqa: E402

ENGINES = ("copy", "postgres", "sqlite", "pandas")
TARGETS = (
    "Aims: report from cubes 150 ms at 10 M; five wide questions 1400 ms and 3.5 times less than PostgreSQL;"
)


def processor_of(tree: int) -> float:
    """CPU seconds of a process and all it started, those that ended included."""
    seconds, children = 0.0, [tree]
    ticks = os.sysconf("SC_CLK_TCK")
    while children:
        pid = children.pop()
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            seconds += sum(map(int, fields[11:15])) / ticks
            children += map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
        except OSError:
            continue
    return seconds


def timed(work: Callable[[], Any], clocks: list[int]) -> tuple[float, Any]:
    """CPU milliseconds that ``work`` cost here and in the processes of ``clocks``, and its result."""
    before = time.process_time() + sum(map(processor_of, clocks))
    done = work()
    return 1000 * (time.process_time() + sum(map(processor_of, clocks)) - before), done


def engine_of(name: str, folder: Path, address: str) -> Contender:
    """Open one engine over what is loaded."""
    made: dict[str, Callable[[], Any]] = {
        "copy": lambda: Copy(folder / "copy"),
        "sqlite": lambda: Sqlite(folder),
        "postgres": lambda: Postgres(address),
        "pandas": lambda: Pandas(folder / "copy"),
    }
    engine: Contender = made[name]()
    return engine


def answer(name: str, folder: Path, address: str, times: int, server: int) -> None:
    """Ask one engine everything; print what it cost as one line of JSON."""
    engine, clocks = engine_of(name, folder, address), [server] if name == "postgres" else []
    work = {family: partial(_ask_all, engine, questions) for family, questions in WIDE.items()}
    if name in {"sqlite", "postgres"}:
        work["report from cubes"] = partial(_ask_all, engine, REPORT, cube=True)
    work["one adviser"] = partial(_ask_all, engine, of_adviser(7))
    told: dict[str, float] = {}
    checks: dict[str, str] = {}
    for family, asked in work.items():
        rounds = [timed(asked, clocks) for _ in range(times + 1)]
        told[family] = statistics.median(cost for cost, _ in rounds[1:])
        checks[family] = blake2b(repr(rounds[0][1]).encode(), digest_size=8).hexdigest()
        walls = []
        for _ in range(times):
            began = time.perf_counter()
            asked()
            walls.append(1000 * (time.perf_counter() - began))
        told[f"{family} wall"] = statistics.median(walls)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"told": told, "checks": checks, "peak": peak}))


def _ask_all(engine: Contender, questions: tuple[Question, ...], *, cube: bool = False) -> list[list[Row]]:
    return [engine.ask(one, cube=cube) for one in questions]


def load(rows: int, folder: Path, engines: list[Contender]) -> dict[str, float]:
    """Invent the facts, write the copy, fill the databases; CPU seconds of each here."""
    spent: dict[str, float] = {"copy": 0.0}
    for month, returns, mentions in Company(rows).months():
        for dataset, facts in ((RETURNS, returns), (MENTIONS, mentions)):
            cost, _ = timed(partial(write_month, facts, folder / "copy", dataset, month), [])
            spent["copy"] += cost / 1000
            for engine in engines:
                name = type(engine).__name__.lower()
                cost, _ = timed(partial(engine.load, dataset, facts), [])
                spent[name] = spent.get(name, 0) + cost / 1000
    for engine in engines:
        engine.ready()
    return spent


def dirty_month(folder: Path) -> float:
    """CPU seconds to publish one month again from SQLite, as the product does: facts, files, their sums."""
    import sqlite3

    month = MONTHS[-2]

    def publish() -> None:
        connection = sqlite3.connect(folder / "facts.db")
        for dataset in (RETURNS, MENTIONS):
            facts = connection.execute(f"SELECT * FROM {dataset.name} WHERE month = ?", (month,))
            file = write_month(table_of(dataset, facts), folder / "again", dataset, month)
            engine = DuckDb(folder / "again", {dataset: [file.name]})
            rows = engine.ask(cube_statement(dataset, month))
            engine.close()
            connection.execute(f"DELETE FROM {dataset.cube} WHERE month = ?", (month,))
            places = ", ".join("?" * len(rows[0]))
            connection.executemany(f"INSERT INTO {dataset.cube} VALUES ({places})", rows)
        connection.rollback()

    return timed(publish, [])[0] / 1000


def measure(rows: int, times: int, folder: Path, without: set[str]) -> None:
    """One size, from invention to table."""
    asked = [name for name in ENGINES if name not in without]
    if "pandas" in asked and not PEERS.exists():
        print("the environment of the peers is not there (make peers): pandas is left out")
        asked.remove("pandas")
    address, server = "", 0
    loading: list[Contender] = [Sqlite(folder)] if "sqlite" in asked else []
    if "postgres" in asked:
        from tests.postgres import start

        others = _children()
        address = start().replace("%2F", "/")
        address = f"host={address.partition('@')[2].rpartition('/')[0]} user=visavis dbname=postgres"
        loading.append(Postgres(address))
        begun = [pid for pid in _children() if pid not in others]
        (server,) = (int(pid) for pid in begun if Path(f"/proc/{pid}/comm").read_text().strip() == "postgres")
    spent = load(rows, folder, loading)
    found = {}
    for name in asked:
        python = str(PEERS) if name == "pandas" else sys.executable
        command = [python, __file__, "--answer", name, "--folder", str(folder), "--address", address]
        command += ["--times", str(times), "--server", str(server)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment)
        found[name] = json.loads(done.stdout)
    show(rows, found, spent)
    if "sqlite" in asked:
        print(f"one month published again from SQLite: {dirty_month(folder):.1f} s CPU; aim 3.0 at 10 M")


def _children() -> list[str]:
    pid = os.getpid()
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


def show(rows: int, found: dict[str, dict[str, Any]], spent: dict[str, float]) -> None:
    """Print the table of one size; stop if two engines disagree."""
    families = [*WIDE, "report from cubes", "one adviser"]
    for family in families:
        answers = {one["checks"][family] for one in found.values() if family in one["checks"]}
        assert len(answers) == 1, f"engines disagree on {family}"
    print(f"\n{rows:,} returns, CPU ms (wall ms)".replace(",", " "))
    print(f"{'':28}" + "".join(f"{name:>22}" for name in found))
    for family in families:
        cells = [one["told"] for one in found.values()]
        print(f"{family:28}" + "".join(_cell(told, family) for told in cells))
    wide = {name: sum(one["told"][family] for family in WIDE) for name, one in found.items()}
    print(f"{'five wide questions':28}" + "".join(f"{value:>15.0f}{'':7}" for value in wide.values()))
    print(
        f"{'  times the open copy':28}"
        + "".join(f"{value / wide['copy']:>15.1f}{'':7}" for value in wide.values())
    )
    print(f"{'peak memory, MB':28}" + "".join(f"{one['peak']:>15.0f}{'':7}" for one in found.values()))
    print("loading, CPU s here: " + ", ".join(f"{name} {value:.0f}" for name, value in spent.items()))
    print(TARGETS + " one adviser 10 ms of database time")


def _cell(told: dict[str, float], family: str) -> str:
    if family not in told:
        return f"{'-':>22}"
    return f"{told[family]:>12.0f} ({told[f'{family} wall']:>6.0f}) "


def main() -> None:
    """Read the options; measure each size in a folder that is removed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--growth", action="store_true")
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--without", nargs="*", default=[], choices=ENGINES)
    for hidden in ("--answer", "--address"):
        parser.add_argument(hidden, default="", help=argparse.SUPPRESS)
    parser.add_argument("--server", type=int, default=0, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.answer:
        answer(asked.answer, asked.folder, asked.address, asked.times, asked.server)
        return
    for rows in [*([100_000, 1_000_000] if asked.growth else []), asked.rows]:
        folder = Path(tempfile.mkdtemp(prefix="visavis-wide-", dir=asked.folder))
        try:
            measure(rows, asked.times, folder, set(asked.without))
        finally:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
