"""An unsafe instance serves nobody: each cause is told in both languages, with the way out."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections
from django.utils import translation

from tests.conftest import ON_POSTGRES
from visavis.site import databases, safety, sqlite
from visavis.site.options import Options, instance
from visavis.site.safety import UnsafeInstanceError, file_system, must_be_safe, problems

LANGUAGES = ("fr", "en")
#: Where words of French stand, as no catalogue left a sentence in English.
FRENCH = {
    "folder": "autres peuvent lire",
    "restoring": "restauration a été interrompue",
    "networked": "autre machine",
    "database": "ne répond pas",
    "sqlite": "abîmer les données",
    "loose": "conserver ce qu’il a confirmé",
    "postgresql": "perdre ce qu’il a confirmé",
    "migrations": "à appliquer",
    "debug": "mise au point",
    "https": "sans HTTPS",
}


def _told(name: str) -> dict[str, str]:
    """What a check says, in each language."""
    found = {}
    for language in LANGUAGES:
        with translation.override(language):
            found[language] = dict(problems()).get(name, "")
    return found


def _refused(name: str, word: str, *facts: str) -> None:
    told = _told(name)
    assert FRENCH[word] in told["fr"].replace("\u00a0", " "), told
    assert told["en"]
    assert told["en"] != told["fr"]
    for fact in facts:
        assert all(fact in sentence for sentence in told.values())


@pytest.fixture(autouse=True)
def _as_served(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the suite alone changes is put back."""
    settings.ALLOWED_HOSTS = ["localhost"]
    monkeypatch.delenv("DJANGO_ALLOW_ASYNC_UNSAFE")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of an instance, as private as it should be."""
    place = tmp_path / "data"
    place.mkdir(mode=0o700)
    monkeypatch.setattr(instance(), "folder", place)
    return place


@pytest.mark.django_db
def test_a_folder_or_a_key_that_others_may_read_is_refused(folder: Path) -> None:
    assert not _told("folder")["fr"]
    folder.chmod(0o750)
    _refused("folder", "folder", f"chmod 700 {folder}")
    folder.chmod(0o700)
    (folder / "secret-key").touch(mode=0o644)
    _refused("folder", "folder", "chmod 600", "secret-key")


@pytest.mark.django_db
def test_a_restore_that_was_interrupted_is_refused(folder: Path) -> None:
    (folder / safety.RESTORING).touch()
    _refused("folder", "restoring", str(folder))


def test_a_folder_of_another_machine_is_known_by_its_file_system(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    lines = ["/dev/vda / ext4 rw 0 0", "server:/data /srv/our\\040data nfs4 rw 0 0"]
    mounts.write_text("\n".join([*lines, "/dev/vdb /srv/our\\040data/here xfs rw 0 0"]))
    assert file_system(Path("/srv/our data/visavis"), mounts) == "nfs4"
    assert file_system(Path("/srv/our data/here/visavis"), mounts) == "xfs"
    assert file_system(Path("/srv/our"), mounts) == "ext4"
    assert file_system(Path("/srv"), tmp_path / "absent") == ""


@pytest.mark.django_db
def test_a_folder_of_another_machine_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safety, "file_system", lambda _folder: "nfs4")
    _refused("folder", "networked", "nfs4", str(folder))


@pytest.mark.django_db
def test_debugging_is_refused(settings: Any) -> None:
    settings.DEBUG = True
    _refused("debug", "debug")


@pytest.mark.django_db
def test_a_site_reached_from_elsewhere_without_https_is_refused_unless_on_purpose(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.ALLOWED_HOSTS = ["localhost", "voix.acme.example"]
    _refused("https", "https", "voix.acme.example", "VISAVIS_HTTPS", "VISAVIS_PLAIN_HTTP")
    assert Options().plain_http is False
    monkeypatch.setattr(safety, "options", lambda: Options(plain_http=True))
    assert not _told("https")["fr"]


@pytest.mark.django_db
def test_django_has_nothing_to_say_about_the_deployment(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "deploy" not in dict(problems())
    settings.X_FRAME_OPTIONS = "SAMEORIGIN"
    assert "security.W019" in dict(problems())["deploy"]


@pytest.mark.django_db
def test_a_missing_migration_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db.migrations.recorder import MigrationRecorder

    MigrationRecorder.Migration.objects.filter(app="share_letters").delete()
    _refused("migrations", "migrations", "visavis migrate")


def test_a_database_that_does_not_answer_is_told_and_nothing_else_is_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def away() -> None:
        raise DatabaseError("no route")

    monkeypatch.setattr(connection, "ensure_connection", away)
    _refused("database", "database", "no route")
    assert "migrations" not in dict(problems())


@pytest.mark.django_db
@pytest.mark.skipif(ON_POSTGRES, reason="about SQLite")
def test_an_old_sqlite_and_loose_settings_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with connection.cursor() as cursor:
        assert "durability" not in dict(problems())
        cursor.execute("PRAGMA mmap_size = 1000000")
        _refused("durability", "loose", "mmap_size")
        cursor.execute("PRAGMA mmap_size = 0")
    monkeypatch.setattr(safety, "SAFE", (9, 0, 0))
    _refused("durability", "sqlite", "9.0.0")


def test_an_old_sqlite_stops_everything_before_it_opens_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "SAFE", (9, 0, 0))
    with pytest.raises(sqlite.UnsafeSQLiteError, match=r"abîmer(.|\n)*corrupt"):
        sqlite.use_bundled()


@pytest.mark.django_db
@pytest.mark.skipif(not ON_POSTGRES, reason="about PostgreSQL")
def test_a_postgresql_that_may_lose_what_it_confirmed_is_refused() -> None:
    _refused("durability", "postgresql", "fsync")  # the suite's own server is fast and unsafe


@pytest.mark.django_db
@pytest.mark.skipif(not ON_POSTGRES, reason="about PostgreSQL")
def test_statements_of_pages_end_in_time() -> None:
    kept = dict(connections.databases["default"])
    try:
        databases.limit_statements()
        other = connections.create_connection("default")
        with other.cursor() as cursor:
            cursor.execute("SHOW statement_timeout")
            assert cursor.fetchone() == ("30s",)
        other.close()
    finally:
        connections.databases["default"] = kept


def _run(folder: Path, code: str, **options: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("VISAVIS", "DJANGO"))}
    line = [sys.executable, "-c", code]
    env = kept | {"VISAVIS_DATA": str(folder)} | options
    return subprocess.run(line, env=env, capture_output=True, text=True, check=False, cwd=folder.parent)


@pytest.mark.slow
def test_neither_the_command_nor_the_web_server_starts_on_an_unsafe_instance(tmp_path: Path) -> None:
    door = _run(tmp_path / "a", "import visavis.site.wsgi")
    assert door.returncode
    assert "UnsafeInstanceError" in door.stderr
    assert "migrate" in door.stderr
    run = "import sys; sys.argv = ['visavis', 'run']; from visavis.site.command import main; main()"
    refused = _run(tmp_path / "b", run, VISAVIS_DEBUG="1", VISAVIS_LANGUAGE="en")
    assert refused.returncode == 1
    assert "debugging is on" in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.slow
def test_what_an_instance_writes_is_for_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "given"
    folder.mkdir(mode=0o755)
    migrate = (
        "import sys; sys.argv = ['visavis', 'migrate', '-v0']; from visavis.site.command import main; main()"
    )
    assert _run(folder, migrate).returncode == 0
    modes = {path.name: path.stat().st_mode & 0o077 for path in [folder, *folder.rglob("*")]}
    assert "visavis.db" in modes
    assert not any(modes.values()), modes


@pytest.mark.django_db
def test_a_safe_instance_has_no_problem(folder: Path) -> None:
    if ON_POSTGRES:
        pytest.skip("the suite's own server is fast and unsafe")
    must_be_safe()
    folder.chmod(0o755)
    with pytest.raises(UnsafeInstanceError, match="chmod 700"):
        must_be_safe()
