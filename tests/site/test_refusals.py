"""What an operator reads when a command cannot be done: a sentence that says what to mend, no traceback."""

from __future__ import annotations

import errno
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, ProgrammingError
from pydantic import ValidationError

from tests.site.instances import Instance
from visavis.core.languages import LANGUAGES
from visavis.site.gestures import Gestures
from visavis.site.options import Options
from visavis.site.refusals import reason, sentence
from visavis.site.sealing import SealError, recipients
from visavis.site.settings import LANGUAGES as SCREENS
from visavis.web.machine import why


@pytest.fixture(autouse=True)
def french(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISAVIS_LANGUAGE", "fr")


def _refused(**given: Any) -> str:
    with pytest.raises(ValidationError) as refused:
        Options(_env_file=None, **given)
    return sentence(refused.value)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"language": "de"}, "VISAVIS_LANGUAGE\u00a0: valeur attendue\u00a0: fr, en."),
        (
            {"smallest_group": "3"},
            "VISAVIS_SMALLEST_GROUP\u00a0: valeur attendue\u00a0: un nombre entier, ≥ 5.",
        ),
        ({"https": "oui"}, "VISAVIS_HTTPS\u00a0: valeur attendue\u00a0: true, false."),
        ({"time_zone": "Europe/Pari"}, "VISAVIS_TIME_ZONE doit être un nom tel que Europe/Paris."),
        ({"smtp_host": "smtp.example"}, "VISAVIS_SMTP_HOST demande VISAVIS_SMTP_SENDER, une adresse e-mail."),
        ({"backup_key": "clef"}, "VISAVIS_BACKUP_KEY doit être une clé publique age (age1…)."),
        ({"oidc_issuer": "http://far"}, "VISAVIS_OIDC_ISSUER doit commencer par https://."),
    ],
)
def test_a_wrong_option_is_named_with_what_it_may_be(given: dict[str, str], told: str) -> None:
    assert _refused(**given) == told


@pytest.mark.parametrize(
    "address",
    [
        "mysql://a:hidden@far/db",
        "far/db",
        "postgresql://a:hidden@far.example/db?sslmode=prefer",
        "postgresql://a:hidden@far.example:port/db",
        "postgresql://a:bare#hidden@far.example/db",
        "postgresql://a:hidden@[far/db",
        "postgresql://a:hidden@far.example",
    ],
)
def test_an_address_of_another_database_or_in_clear_is_refused_without_its_password(address: str) -> None:
    told = _refused(database_url=address)
    assert told.startswith("VISAVIS_DATABASE_URL")
    assert "hidden" not in told


def test_what_was_given_to_an_option_is_in_no_message_at_all() -> None:
    with pytest.raises(ValidationError) as refused:
        Options(_env_file=None, smtp_host="h", smtp_password="hidden")
    assert "hidden" not in str(refused.value)


def test_the_languages_of_the_options_are_those_of_the_screens() -> None:
    assert [code for code, _name in SCREENS] == list(LANGUAGES)
    for code in LANGUAGES:
        assert Options(_env_file=None, language=code).language == code


def test_a_full_disk_and_a_missing_file_are_told_in_french_and_in_english(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "copie.tar.gz")
    assert sentence(full) == "copie.tar.gz\u00a0: le disque est plein."
    with pytest.raises(FileNotFoundError) as missing:
        (tmp_path / "absent").read_text()
    assert sentence(missing.value) == f"{tmp_path / 'absent'}\u00a0: rien ne porte ce nom."
    monkeypatch.setenv("VISAVIS_LANGUAGE", "en")
    assert sentence(full) == "copie.tar.gz: the disk is full."
    assert reason(full) == "copie.tar.gz: the disk is full"


def test_the_language_is_read_from_the_file_of_options_too(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("VISAVIS_LANGUAGE")
    monkeypatch.setitem(Options.model_config, "env_file", tmp_path / ".env")
    (tmp_path / ".env").write_text("VISAVIS_LANGUAGE=en\nVISAVIS_HTTPS=oui\n")
    with pytest.raises(ValidationError) as refused:
        Options()
    assert sentence(refused.value) == "VISAVIS_HTTPS: expected true, false."


def test_what_the_machine_says_in_its_own_words_is_passed_on() -> None:
    assert why(OSError(errno.EMFILE, "Too many open files")) == "Too many open files"


def test_a_database_that_is_away_is_told_on_one_line() -> None:
    class LostError(Exception):
        sqlstate = None

    error = OperationalError("connection failed:\n\tConnection refused")
    error.__cause__ = LostError()
    told = sentence(error)
    assert told.endswith("connection failed: Connection refused")
    assert told.startswith("La base de données ne répond pas")


@pytest.mark.django_db
def test_a_wrong_query_keeps_its_traceback() -> None:
    assert sentence(ProgrammingError("syntax error")) == ""
    assert sentence(KeyError("ours")) == ""


def test_a_key_that_is_none_is_told_in_the_language_of_the_instance() -> None:
    with pytest.raises(SealError) as refused:
        recipients("clef")
    assert reason(refused.value) == "la clé donnée n’est pas une clé publique age (age1…)"


def test_without_tables_each_command_says_to_migrate_and_what_is_missing_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    (tmp_path / "key").write_bytes(b"\xff\xfe\xe9")
    (tmp_path / "empty.tar.gz.age").touch()
    lone = ["doctor", "backup", "journal", "publish", "letters", "mask", "release"]
    asked: list[Sequence[object]] = [
        *([name] for name in lone),
        ["export", tmp_path / "x.tar.gz"],
        ["account", "a@b.fr", "--role=hr"],
    ]
    others: list[Sequence[object]] = [
        ["restore", tmp_path / "absent.tar.gz"],
        ["restore", tmp_path / "empty.tar.gz.age", "--identity", tmp_path / "key"],
        ["export", tmp_path / "x.tar.gz", "--key", "clef"],
        ["run", "--port", "99999"],
    ]
    done = Instance(folder).session(*asked, *others)
    for words, each in zip(asked, done, strict=False):
        assert (each.code, "visavis migrate" in each.err) == (1, True), (words, each)
    told = [each.err for each in done[len(asked) :]]
    for part, err in zip(
        ("rien ne porte ce nom", "n’ouvre pas", "la clé donnée", "--port"), told, strict=True
    ):
        assert part in err
        assert "Traceback" not in err


def test_help_lists_the_gestures_of_an_operator_each_with_its_sentence() -> None:
    told = Gestures(["visavis"]).main_help_text().splitlines()
    listed = {line.split()[0]: line.split(maxsplit=1)[1] for line in told if line.startswith("  ")}
    assert {"account", "backup", "import", "migrate", "restore", "run", "understand"} <= set(listed)
    assert "startapp" not in listed
    assert all(sentence.endswith(".") for sentence in listed.values()), listed
