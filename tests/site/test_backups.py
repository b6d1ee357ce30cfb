"""Backups: taken while people write, restored elsewhere with the same figures, silent, without the erased."""

from __future__ import annotations

import json
import sqlite3
import tarfile
from pathlib import Path

import pyrage
import pytest

from tests import postgres
from tests.conftest import ON_POSTGRES
from tests.site.instances import Instance, seeded

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
STEPS = """
import django; django.setup()
from visavis.act.inbox.models import CaseStep
print(CaseStep.objects.count())
"""
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
    return seeded(Instance(tmp_path_factory.mktemp("lived-in") / "data"))


@pytest.fixture(scope="module")
def archive(lived_in: Instance) -> Path:
    """Its backup."""
    lived_in.must("backup", VISAVIS_SMTP_PASSWORD=SECRET, VISAVIS_SMTP_USER="postmaster-name")
    return lived_in.archives[-1]


@pytest.fixture
def theirs(archive: Path, tmp_path: Path) -> Instance:
    """Another instance, restored from it."""
    made = Instance(tmp_path / "theirs")
    made.must("restore", archive)
    return made


def test_a_backup_taken_under_load_gives_the_same_figures_elsewhere(theirs: Instance, tmp_path: Path) -> None:
    elsewhere, before = Instance(tmp_path / "elsewhere"), theirs.figures()
    with theirs.start(WRITER) as writer:
        assert writer.stdout
        for _line in range(20):
            writer.stdout.readline()
        theirs.must("backup")
        writer.kill()
        confirmed = 20 + len(writer.stdout.read().splitlines())
    told = elsewhere.must("restore", theirs.archives[-1], "--check", VISAVIS_LANGUAGE="en")
    assert "All six invariants hold." in told
    assert elsewhere.figures() == before
    assert 20 <= int(elsewhere.python(STEPS)) <= confirmed
    assert theirs.figures() == before
    assert confirmed <= int(theirs.python(STEPS)) <= confirmed + 1


def test_a_restored_instance_is_safe_sends_nothing_and_keeps_what_must_last(
    lived_in: Instance, theirs: Instance
) -> None:
    assert (theirs.folder / "letters-held").exists()
    assert theirs.python(LETTERS).strip() == "0"
    keys = {(one.folder / "lasting-key").read_text() for one in (lived_in, theirs)}
    signing = {(one.folder / "secret-key").read_text() for one in (lived_in, theirs)}
    assert (len(keys), len(signing)) == (1, 2)
    theirs.must("check_ready")
    assert not [path for path in theirs.folder.rglob("*") if path.stat().st_mode & 0o077]


def test_nothing_is_restored_over_anything(theirs: Instance, archive: Path) -> None:
    refused = theirs.run("restore", archive)
    assert refused.returncode == 1
    assert "n’est pas vide" in refused.stderr
    theirs.must("check_ready")


@pytest.mark.parametrize("harm", ["cut", "changed", "later", "foreign"])
def test_a_torn_changed_or_later_archive_is_refused_and_nothing_is_written(
    archive: Path, tmp_path: Path, harm: str
) -> None:
    harmed, theirs = tmp_path / "visavis-x.tar.gz", Instance(tmp_path / "theirs")
    whole = archive.read_bytes()
    if harm == "cut":
        harmed.write_bytes(whole[: len(whole) // 2])
    elif harm == "foreign":
        harmed.write_bytes(b"PK" + bytes(1000))
    else:
        _rewritten(archive, harmed, tmp_path, later=harm == "later")
    refused = theirs.run("restore", harmed, VISAVIS_LANGUAGE="en")
    assert refused.returncode == 1
    assert "Nothing was restored" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert not (theirs.folder / "visavis.db").exists()
    assert not (theirs.folder / "restoring").exists()


def _rewritten(source: Path, target: Path, place: Path, *, later: bool) -> None:
    """The archive again, with a migration of tomorrow, or one row less than its fingerprint knows."""
    content = place / "content"
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


def test_a_sealed_backup_opens_with_its_secret_key_only(lived_in: Instance, tmp_path: Path) -> None:
    ours, other = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    lived_in.must("backup", "--key", str(ours.to_public()), "--to", tmp_path / "away")
    archive = next((tmp_path / "away").glob("*.age"))
    assert archive.read_bytes().startswith(b"age-encryption.org/v1")
    assert archive.stat().st_mode & 0o777 == 0o600
    keys = {}
    for name, key in (("ours", ours), ("other", other)):
        keys[name] = tmp_path / name
        keys[name].write_text(f"# secret\n{key}\n")
    theirs = Instance(tmp_path / "theirs")
    for words in ((), ("--identity", keys["other"])):
        assert theirs.run("restore", archive, *words).returncode == 1
    theirs.must("restore", archive, "--identity", keys["ours"], "--check")
    assert theirs.figures() == lived_in.figures()


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
    assert manifest["counts"]["listen_returns.Response"] > 300
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
    told = theirs.run("doctor")
    assert told.returncode == 1
    assert "I4  ✗" in told.stdout
    assert theirs.run("backup").returncode == 1
    assert "doubtful" in theirs.archives[-1].name


def test_a_file_that_an_import_waits_for_comes_along_and_no_other(theirs: Instance, tmp_path: Path) -> None:
    theirs.python(
        "import django; django.setup()\n"
        "import io\n"
        "from visavis.listen.imports import files\n"
        "from visavis.listen.imports.models import ImportRun\n"
        "kept = files.keep(io.BytesIO(b'a;b'))\n"
        "files.keep(io.BytesIO(b'nobody waits for this one'))\n"
        "ImportRun.objects.create(kind='reviews', file_name='a', stored_as=kept.name, sha256=kept.sha256)"
    )
    theirs.must("backup")
    again = Instance(tmp_path / "again")
    again.must("restore", theirs.archives[-1])
    (waiting,) = (again.folder / "files").iterdir()
    assert waiting.read_bytes() == b"a;b"


@pytest.fixture(scope="module")
def server() -> str:
    """A PostgreSQL of their own."""
    return postgres.start()


def test_an_organisation_moves_to_postgresql_and_back_with_the_same_figures(
    lived_in: Instance, server: str, tmp_path: Path
) -> None:
    there, back = Instance(tmp_path / "there", server), Instance(tmp_path / "back")
    out, home = tmp_path / "out.tar.gz", tmp_path / "home.tar.gz"
    lived_in.must("export", out)
    there.must("restore", out, "--check")
    assert there.figures() == lived_in.figures()
    # New rows are numbered after those that came.
    there.python(WRITER.replace("itertools.count()", "range(3)"))
    there.must("backup")
    there.must("export", home)
    back.must("restore", home, "--check")
    assert back.figures() == lived_in.figures()
    assert int(back.python(STEPS)) == 3
    again = Instance(tmp_path / "again")
    again.must("restore", there.archives[-1], "--check")
    assert again.figures() == lived_in.figures()
    assert _rows(again) == _rows(back)


def _rows(instance: Instance) -> dict[str, list[str]]:
    """Every moved row, as the export writes it; the journal of each has its own restore."""
    target = instance.folder.parent / f"rows-{instance.folder.name}.tar.gz"
    instance.must("export", target)
    with tarfile.open(target) as opened:
        opened.extractall(instance.folder.parent / f"rows-{instance.folder.name}", filter="data")
    place = instance.folder.parent / f"rows-{instance.folder.name}" / "rows"
    # Each restore writes a line, and reading the figures is a sign-in.
    left = {"people_access.JournalEntry", "share_analytics.PublishedMonth", "people_accounts.Account"}
    return {
        path.stem: path.read_text().splitlines() for path in place.glob("*.jsonl") if path.stem not in left
    }


def test_an_export_goes_into_no_organisation_that_is_there(lived_in: Instance, tmp_path: Path) -> None:
    lived_in.must("export", tmp_path / "out.tar.gz")
    assert lived_in.run("restore", tmp_path / "out.tar.gz").returncode == 1
    assert lived_in.run("export", tmp_path / "out.tar.gz").returncode == 1
