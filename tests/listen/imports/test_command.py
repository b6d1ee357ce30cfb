"""``visavis import``, as an operator runs it: in a process of its own, on an instance of its own."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ON_POSTGRES
from tests.empty import laid
from tests.listen.imports.room import CONTACTS, ORGANISATION, RETURNS, REVIEWS
from tests.shared import shared_path

#: How many times the import is killed: three here, twenty when somebody asks.
KILLS = int(os.environ.get("VISAVIS_KILLS", "3"))
SOURCE = Path(__file__).parents[3] / "src"
FACTS = {
    "moments_exchanges_customer": "id, code, segment",
    "listen_returns_response": "id, voice, source, unit_path, heard_on, satisfaction, product, fingerprint",
    "listen_returns_answer": "id, response_id, value, choice",
    "listen_returns_verbatim": "id, response_id, text, stems, polarity, churn",
    "people_units_unit": "code, name, path",
    "listen_imports_seen": "id",
    "understand_verbatims_annotation": (
        "verbatim_id, (SELECT code FROM understand_themes_theme theme WHERE theme.id = theme_id), polarity, "
        "certainty, evidence, emotion, moment_id, by, version, current, refused"
    ),
    "act_inbox_case": "response_id, why, rank, unit_path, status, due_on, version",
}

pytestmark = pytest.mark.skipif(ON_POSTGRES, reason="these instances are SQLite files; services run on both")


def environment(folder: Path, **options: str) -> dict[str, str]:
    ours = ("VISAVIS_", "DJANGO_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return kept | {"VISAVIS_DATA": str(folder), "PYTHONPATH": str(SOURCE)} | options


def command(*words: object) -> list[str]:
    return [sys.executable, "-c", "from visavis.site.command import main; main()", "import", *map(str, words)]


def run(folder: Path, *words: object, **options: str) -> subprocess.CompletedProcess[str]:
    if not folder.exists():
        laid(folder)
    return first(folder, *words, **options)


def first(folder: Path, *words: object, **options: str) -> subprocess.CompletedProcess[str]:
    """The command on whatever is in the folder, nothing at all included."""
    env, line = environment(folder, **options), command(*words)
    return subprocess.run(line, env=env, capture_output=True, text=True, check=False, cwd=folder.parent)


def last_line(done: subprocess.CompletedProcess[str]) -> dict[str, int]:
    assert done.returncode == 0, done.stderr
    found: dict[str, int] = json.loads(done.stdout.splitlines()[-1])
    return found


def facts(folder: Path) -> dict[str, list[Any]]:
    with sqlite3.connect(folder / "visavis.db") as database:
        return {
            table: sorted(database.execute(f"SELECT {columns} FROM {table}").fetchall(), key=repr)
            for table, columns in FACTS.items()
        }


REPORT = """
import django; django.setup()
from django.http import QueryDict
from visavis.listen.returns.narrowing import choices_for
from visavis.people.access.clock import today
from visavis.people.access.policy import Right
from visavis.people.access.viewer import system
from visavis.share.restitution.queries import report
from visavis.web.filters import read_filters
choices = choices_for(system(), Right.REPORT)
print(report(system(), read_filters(QueryDict("periode=2024-03"), choices, today())))
"""


def report(folder: Path) -> str:
    """All that the report of March 2024 says, read in a process of its own."""
    env = environment(folder, DJANGO_SETTINGS_MODULE="visavis.site.settings", PYTHONHASHSEED="0")
    line = [sys.executable, "-c", REPORT]
    done = subprocess.run(line, env=env, capture_output=True, text=True, check=False, cwd=folder.parent)
    assert done.returncode == 0, done.stderr
    return done.stdout


def first_run(folder: Path) -> tuple[list[Any], ...]:
    """The counts of the first import that ended, and the rows it rejected."""
    with sqlite3.connect(folder / "visavis.db") as database:
        done = database.execute(
            "SELECT id, total, cursor, imported, updated, unchanged, rejected FROM listen_imports_importrun "
            "WHERE status = 'done' ORDER BY id LIMIT 1"
        ).fetchone()
        rejected = database.execute(
            "SELECT row, code, params, raw FROM listen_imports_rejectedrow WHERE run_id = ? ORDER BY row",
            done[:1],
        ).fetchall()
    return list(done[1:]), rejected


def many_reviews(rows: int) -> str:
    dice = random.Random(5)
    words = ["attente", "sinistre", "réponse", "tarif", "agréable", "résiliation", "dossier", "rappel"]
    lines = ["date;enseigne;note;avis;auteur"]
    for number in range(rows):
        day = f"{dice.randint(1, 28):02d}/{dice.randint(1, 12):02d}/2024"
        mark = dice.choice(["1", "2", "3", "4", "5", "", "9"])
        text = " ".join(dice.choices(words, k=6)) if number % 11 else "Toujours le même texte"
        lines.append(f"{day};Enseigne {dice.randint(1, 5)};{mark};{text};client{dice.randint(1, 300)}")
    return "\n".join([*lines, *lines[1:40]]) + "\n"


def test_reviews_go_into_an_empty_folder_and_the_summary_adds_up(tmp_path: Path) -> None:
    file = tmp_path / "avis.csv"
    file.write_bytes(REVIEWS.encode("cp1252"))
    counts = last_line(first(tmp_path / "data", "reviews", file, "--json"))
    assert counts == {"rows": 3, "imported": 3, "updated": 0, "unchanged": 0, "rejected": 0}
    assert list(counts) == ["rows", "imported", "updated", "unchanged", "rejected"]
    again = run(tmp_path / "data", "reviews", file)
    assert again.stdout.strip() == "3 lignes\u00a0: 0 importées, 0 mises à jour, 3 inchangées, 0 rejetées."


def test_three_files_one_after_the_other(tmp_path: Path) -> None:
    for kind, content in (("organisation", ORGANISATION), ("contacts", CONTACTS), ("returns", RETURNS)):
        file = tmp_path / f"{kind}.csv"
        file.write_text(content)
        counts = last_line(run(tmp_path / "data", kind, file, "--json"))
        assert counts["imported"] == counts["rows"]


def test_a_trial_keeps_nothing_and_a_strict_import_rejects_what_is_unknown(tmp_path: Path) -> None:
    file = tmp_path / "avis.csv"
    file.write_text(REVIEWS)
    trial = run(tmp_path / "data", "reviews", file, "--dry-run", "--json")
    assert last_line(trial)["imported"] == 3
    strict = run(tmp_path / "data", "reviews", file, "--strict", "--json")
    assert last_line(strict) == {"rows": 3, "imported": 0, "updated": 0, "unchanged": 0, "rejected": 3}
    rejects = next((tmp_path / "data" / "files").glob("rejets-*.csv"))
    assert str(rejects) in strict.stderr
    assert rejects.stat().st_mode & 0o777 == 0o600
    assert "Aucune entité ne s’appelle « Direct »." in rejects.read_text("utf-8-sig").replace("\u00a0", " ")


def test_a_mapping_is_saved_and_read_from_a_file(tmp_path: Path) -> None:
    file, mapping = tmp_path / "avis.csv", tmp_path / "mapping.json"
    file.write_text(REVIEWS)
    columns = [{"column": "published_on", "field": "published_on"}, {"column": "text", "field": "text"}]
    mapping.write_text(json.dumps({"kind": "reviews", "columns": columns}))
    done = run(tmp_path / "data", "reviews", file, "--mapping", mapping, "--save-mapping", "Courte", "--json")
    assert last_line(done)["imported"] == 3
    assert {row[5] for row in facts(tmp_path / "data")["listen_returns_response"]} == {None}
    mapping.write_text("{}")
    assert run(tmp_path / "data", "reviews", file, "--mapping", mapping).returncode == 2


@pytest.mark.parametrize(
    ("content", "told"),
    [("", "vide"), ("a;b\n1;2\n", "published_on"), ("%PDF-1.7", "PDF")],
)
def test_a_refused_file_tells_its_cause_and_exits_with_2(tmp_path: Path, content: str, told: str) -> None:
    file = tmp_path / "avis.csv"
    file.write_text(content)
    done = run(tmp_path / "data", "reviews", file, "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
    assert run(tmp_path / "data", "reviews", tmp_path / "absent.csv").returncode == 2


def rows_done(folder: Path) -> int:
    """How far the import is; 0 while it has not begun."""
    with suppress(sqlite3.Error), sqlite3.connect(f"file:{folder}/visavis.db?mode=ro", uri=True) as database:
        found = database.execute("SELECT max(cursor) FROM listen_imports_importrun").fetchone()
        return int(found[0] or 0)
    return 0


def killed_once(folder: Path, file: Path, after: int) -> bool:
    """Start the command and kill it once it has done so many rows; whether it had not ended by itself."""
    if not folder.exists():
        laid(folder)
    env = environment(folder, VISAVIS_CHUNK="20")
    quiet = subprocess.DEVNULL
    worker = subprocess.Popen(command("reviews", file), env=env, stdout=quiet, stderr=quiet, cwd=file.parent)
    while worker.poll() is None and rows_done(folder) < after:
        time.sleep(0.01)
    time.sleep(random.random() / 10)
    worker.send_signal(signal.SIGKILL)
    return worker.wait() == -signal.SIGKILL


def test_an_import_killed_at_any_moment_ends_as_if_it_never_was(tmp_path: Path) -> None:
    file, rows = tmp_path / "avis.csv", 100 * KILLS
    file.write_text(many_reviews(rows))
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    reference = last_line(run(whole, "reviews", file, "--json", VISAVIS_CHUNK="20"))
    assert reference["rejected"] > 0
    moments = sorted(random.choices(range(rows), k=KILLS))
    assert sum(killed_once(killed, file, moment) for moment in moments)
    last_line(run(killed, "reviews", file, "--json", VISAVIS_CHUNK="20"))
    assert all(facts(whole)[table] for table in ("understand_verbatims_annotation", "act_inbox_case"))
    assert facts(killed) == facts(whole)
    assert first_run(killed) == first_run(whole)
    told = report(whole)
    assert "returns=" in told
    assert "counts=Counts(returns=0" not in told
    assert report(killed) == told


@pytest.mark.slow
def test_every_valid_return_of_real_customers_goes_in(tmp_path: Path) -> None:
    file = shared_path("data", "real", "avis-assurance.csv")
    counts = last_line(run(tmp_path / "data", "reviews", file, "--json"))
    assert counts == {"rows": 30333, "imported": 30333, "updated": 0, "unchanged": 0, "rejected": 0}
