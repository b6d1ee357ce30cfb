"""Backups: taken while people write, restored elsewhere with the same figures, silent, without the erased."""

from __future__ import annotations

import json
import shutil
import sqlite3
import tarfile
from pathlib import Path
from typing import Any

import pyrage
import pytest

from tests import postgres
from tests.conftest import ON_POSTGRES
from tests.site.instances import FIGURES, Instance, laid, seeded

pytestmark = pytest.mark.skipif(ON_POSTGRES, reason="these instances choose their own engine")

#: Goes on noting steps on cases until it is ended, telling each one once it is confirmed.
WRITER = """
import itertools
import django; django.setup()
from visavis.act.inbox.models import Case, CaseStep
from visavis.act.inbox.services import take_step
from visavis.people.access.viewer import system
for number in itertools.count():
    case = Case.objects.order_by("version", "pk").first()
    take_step(by=system(), case=case, kind=CaseStep.Kind.NOTE, text=f"mot {number}", version=case.version)
    print(number, flush=True)
"""
#: How many steps are noted, beside the figures.
STEPS = "from visavis.act.inbox.models import CaseStep; print(CaseStep.objects.count())"
SECRET = "hunter2-of-the-mail-server"
LETTERS = """
import django; django.setup()
from visavis.people.access.clock import now, today
from visavis.share.letters import jobs
print(jobs.sweep(at=now(), today=today()))
"""


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory: pytest.TempPathFactory) -> Instance:
    """An instance in which reviews were read, treated and published; not to be written to."""
    return seeded(laid(tmp_path_factory.mktemp("lived-in") / "data"), 160)


@pytest.fixture(scope="module")
def archive(lived_in: Instance) -> Path:
    """Its backup."""
    lived_in.must("backup", VISAVIS_SMTP_PASSWORD=SECRET, VISAVIS_SMTP_USER="postmaster-name")
    return lived_in.archives[-1]


@pytest.fixture(scope="module")
def exported(lived_in: Instance, archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """It, as an export."""
    target = tmp_path_factory.mktemp("exported") / "out.tar.gz"
    lived_in.must("export", target)
    return target


@pytest.fixture(scope="module")
def figures(lived_in: Instance, archive: Path, exported: Path) -> dict[str, Any]:
    """Its figures; reading them is a sign-in, so once it was copied."""
    return lived_in.figures()


@pytest.fixture(scope="module")
def restored(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Instance:
    """Another instance, restored from it; to be copied."""
    made = Instance(tmp_path_factory.mktemp("restored") / "theirs")
    made.must("restore", archive)
    return made


@pytest.fixture
def theirs(restored: Instance, tmp_path: Path) -> Instance:
    """What was restored, to work on."""
    shutil.copytree(restored.folder, tmp_path / "theirs")
    return Instance(tmp_path / "theirs")


def figures_and_steps(instance: Instance) -> tuple[dict[str, Any], int]:
    """What it publishes, and how many steps it holds."""
    told, steps = instance.session(FIGURES, STEPS)
    return json.loads(told.well()), int(steps.well())


def test_a_backup_taken_under_load_gives_the_same_figures_elsewhere(
    theirs: Instance, figures: dict[str, Any], tmp_path: Path
) -> None:
    elsewhere = Instance(tmp_path / "elsewhere")
    with theirs.start(WRITER) as writer:
        assert writer.stdout
        for _line in range(20):
            writer.stdout.readline()
        theirs.must("backup")
        writer.kill()
        confirmed = 20 + len(writer.stdout.read().splitlines())
    told, after, steps = elsewhere.session(["restore", theirs.archives[-1], "--check"], FIGURES, STEPS)
    assert "Les six invariants sont respectés." in told.well()
    assert json.loads(after.well()) == figures
    assert 20 <= int(steps.well()) <= confirmed
    here, kept = figures_and_steps(theirs)
    assert here == figures
    assert confirmed <= kept <= confirmed + 1


def test_a_restored_instance_is_safe_sends_nothing_and_keeps_what_must_last(
    lived_in: Instance, theirs: Instance
) -> None:
    assert (theirs.folder / "letters-held").exists()
    sent, ready = theirs.session(LETTERS, ["check_ready"])
    assert sent.well() == "0"
    ready.well()
    keys = {(one.folder / "lasting-key").read_text() for one in (lived_in, theirs)}
    signing = {(one.folder / "secret-key").read_text() for one in (lived_in, theirs)}
    assert (len(keys), len(signing)) == (1, 2)
    assert not [path for path in theirs.folder.rglob("*") if path.stat().st_mode & 0o077]


def test_nothing_is_restored_over_anything(theirs: Instance, archive: Path) -> None:
    refused, ready = theirs.session(["restore", archive], ["check_ready"])
    assert refused.code == 1
    assert "n’est pas vide" in refused.err
    ready.well()


def test_a_torn_changed_or_later_archive_is_refused_and_nothing_is_written(
    archive: Path, tmp_path: Path
) -> None:
    theirs, whole = Instance(tmp_path / "theirs"), archive.read_bytes()
    harmed = {harm: tmp_path / f"visavis-{harm}.tar.gz" for harm in ("cut", "foreign", "later", "changed")}
    harmed["cut"].write_bytes(whole[: len(whole) // 2])
    harmed["foreign"].write_bytes(b"PK" + bytes(1000))
    for harm in ("later", "changed"):
        _rewritten(archive, harmed[harm], tmp_path / harm, later=harm == "later")
    left = "import os; from django.conf import settings; print(sorted(os.listdir(settings.INSTANCE.folder)))"
    steps = [step for path in harmed.values() for step in (["restore", path], left)]
    told = theirs.session(*steps, VISAVIS_LANGUAGE="en")
    for refused, found in zip(told[::2], told[1::2], strict=True):
        assert refused.code == 1
        assert "Nothing was restored" in refused.err
        assert "Traceback" not in refused.err
        assert "visavis.db" not in found.well()
        assert "restoring" not in found.well()


def _rewritten(source: Path, target: Path, place: Path, *, later: bool) -> None:
    """The archive again, with a migration of tomorrow, or one row less than its fingerprint knows."""
    content = place
    with tarfile.open(source) as opened:
        opened.extractall(content, filter="data")
    if later:
        manifest = json.loads((content / "manifest.json").read_text())
        manifest["migrations"].append("people_units.9999_tomorrow")
        (content / "manifest.json").write_text(json.dumps(manifest))
    else:
        with sqlite3.connect(content / "visavis.db") as database:
            database.execute("UPDATE people_units_unit SET name = 'Ailleurs'")
    with tarfile.open(target, "w:gz") as made:
        for path in sorted(content.rglob("*")):
            made.add(path, arcname=str(path.relative_to(content)), recursive=False)


def test_a_sealed_backup_opens_with_its_secret_key_only(
    lived_in: Instance, figures: dict[str, Any], tmp_path: Path
) -> None:
    ours, other = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    lived_in.must("backup", "--key", str(ours.to_public()), "--to", tmp_path / "away")
    archive = next((tmp_path / "away").glob("*.age"))
    assert archive.read_bytes().startswith(b"age-encryption.org/v1")
    assert archive.stat().st_mode & 0o777 == 0o600
    keys = {}
    for name, key in (("ours", ours), ("other", other)):
        keys[name] = tmp_path / name
        keys[name].write_text(f"# secret\n{key}\n")
    restore = ["restore", archive]
    without, wrong, opened, after = Instance(tmp_path / "theirs").session(
        restore,
        [*restore, "--identity", keys["other"]],
        [*restore, "--identity", keys["ours"], "--check"],
        FIGURES,
    )
    assert (without.code, wrong.code) == (1, 1)
    opened.well()
    assert json.loads(after.well()) == figures


def test_a_backup_holds_no_session_no_signing_key_and_no_password_of_a_server(
    lived_in: Instance, archive: Path, tmp_path: Path
) -> None:
    with tarfile.open(archive) as opened:
        opened.extractall(tmp_path, filter="data")
    held = {path.name: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert "secret-key" not in held
    signing = (lived_in.folder / "secret-key").read_bytes()
    for word in (SECRET.encode(), b"postmaster-name", signing):
        assert not any(word in content for content in held.values())
    with sqlite3.connect(tmp_path / "visavis.db") as database:
        assert database.execute("SELECT count(*) FROM django_session").fetchone() == (0,)
    manifest = json.loads(held["manifest.json"])
    assert manifest["counts"]["listen_returns.Response"] > 120
    assert manifest["engine"].startswith("SQLite 3.5")


def test_a_damaged_database_is_told_and_older_backups_stay(theirs: Instance) -> None:
    theirs.must("backup")
    database = theirs.folder / "visavis.db"
    content = bytearray(database.read_bytes())
    middle = len(content) // 2 // 4096 * 4096
    content[middle : middle + 8192] = bytes(8192)
    database.write_bytes(content)
    refused = theirs.run("backup", VISAVIS_LANGUAGE="en")
    assert refused.returncode == 1
    assert "damaged" in refused.stderr
    assert len(theirs.archives) == 1
    last = json.loads((theirs.folder / "backups" / "record.jsonl").read_text().splitlines()[-1])
    assert last["good"] is False


HARMS = {
    "I1": "UPDATE listen_imports_importrun SET imported = imported - 1",
    "I3": "UPDATE act_inbox_case SET version = version + 1",
    "I4": "UPDATE returns_cube SET returns = returns + 1 WHERE id IN (SELECT min(id) FROM returns_cube)",
    "I5": "UPDATE listen_returns_verbatim SET unit_path = '/elsewhere/'",
    "I6": "UPDATE listen_imports_importrun SET status = 'queued', stored_as = ''",
}
#: Does each harm in turn, tells which invariants the doctor finds broken, undoes it.
HARMED = """
import json, sys
import django; django.setup()
from django.db import connection, transaction
from visavis.site.backups.invariants import invariants
told = {"": [breach.invariant for breach in invariants()]}
for name, harm in json.loads(sys.argv[1]).items():
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(harm)
            told[name] = sorted({breach.invariant for breach in invariants()})
        transaction.set_rollback(True)
print(json.dumps(told))
"""


def test_the_doctor_finds_each_invariant_broken_and_no_other(lived_in: Instance) -> None:
    told = json.loads(lived_in.python(HARMED, json.dumps(HARMS)))
    assert told == {"": []} | {name: [name] for name in HARMS}


def test_a_backup_of_what_does_not_hold_is_kept_as_doubtful(theirs: Instance) -> None:
    with sqlite3.connect(theirs.folder / "visavis.db") as database:
        database.execute(HARMS["I4"])
    told, kept = theirs.session(["doctor"], ["backup"])
    assert (told.code, kept.code) == (1, 1)
    assert "I4  ✗" in told.out
    assert "doubtful" in theirs.archives[-1].name


#: A file that an import waits for, and one that none does.
WAITING = """
import django; django.setup()
import io
from visavis.listen.imports import files
from visavis.listen.imports.models import ImportRun
kept = files.keep(io.BytesIO(b'a;b'))
files.keep(io.BytesIO(b'nobody waits for this one'))
ImportRun.objects.create(kind='reviews', file_name='a', stored_as=kept.name, sha256=kept.sha256)
"""


def test_a_file_that_an_import_waits_for_comes_along_and_no_other(theirs: Instance, tmp_path: Path) -> None:
    for done in theirs.session(WAITING, ["backup"]):
        done.well()
    again = Instance(tmp_path / "again")
    again.must("restore", theirs.archives[-1])
    (waiting,) = (again.folder / "files").iterdir()
    assert waiting.read_bytes() == b"a;b"


@pytest.fixture(scope="module")
def server() -> str:
    """A PostgreSQL of their own."""
    return postgres.start()


def test_an_organisation_moves_to_postgresql_and_back_with_the_same_figures(
    exported: Path, figures: dict[str, Any], server: str, tmp_path: Path
) -> None:
    there, back = Instance(tmp_path / "there", server), laid(tmp_path / "back")
    home = tmp_path / "home.tar.gz"
    # New rows are numbered after those that came.
    three = WRITER.replace("itertools.count()", "range(3)")
    came, told, *rest = there.session(
        ["restore", exported, "--check"], FIGURES, three, ["backup"], ["export", home]
    )
    came.well()
    assert json.loads(told.well()) == figures
    for done in rest:
        done.well()
    assert _again(back, home, figures) == _again(Instance(tmp_path / "again"), there.archives[-1], figures)


def _again(instance: Instance, source: Path, figures: dict[str, Any]) -> dict[str, list[str]]:
    """Restore it, whose figures must be the same and three steps there; every row, as an export writes it."""
    target = instance.folder.parent / f"rows-{instance.folder.name}.tar.gz"
    restored, told, steps, exported = instance.session(
        ["restore", source, "--check"], FIGURES, STEPS, ["export", target]
    )
    restored.well()
    assert json.loads(told.well()) == figures
    assert int(steps.well()) == 3
    exported.well()
    return _rows(target)


def _rows(target: Path) -> dict[str, list[str]]:
    """Every moved row; the journal of each has its own restore."""
    place = target.with_name(f"{target.name}-content")
    with tarfile.open(target) as opened:
        opened.extractall(place, filter="data")
    # Each restore writes a line, and reading the figures is a sign-in.
    left = {"people_access.JournalEntry", "share_analytics.PublishedMonth", "people_accounts.Account"}
    return {
        path.stem: path.read_text().splitlines()
        for path in (place / "rows").glob("*.jsonl")
        if path.stem not in left
    }


def test_an_export_goes_into_no_organisation_that_is_there(lived_in: Instance, exported: Path) -> None:
    refused = lived_in.session(["restore", exported], ["export", exported])
    assert [done.code for done in refused] == [1, 1]
