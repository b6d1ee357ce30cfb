"""Instances of their own, each in a folder and in processes of its own, on either engine."""

from __future__ import annotations

import atexit
import fcntl
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from tests.listen.imports.test_command import many_reviews

SOURCE = Path(__file__).parents[2] / "src"
_MAIN = "import sys; sys.argv[0] = 'visavis'; from visavis.site.command import main; main()"

#: A director who reads everything, a return treated, a wave released: what figures rest on.
SEED = """
import datetime as dt
import django; django.setup()
from visavis.core.words import Role
from visavis.people.access.models import Grant
from visavis.people.accounts.models import Account
from visavis.people.units.queries import company
reader = Account.objects.create_user("direction@acme.example", "mot de passe long et sûr")
Grant.objects.create(account=reader, unit=company(), role=Role.DIRECTION.value, starts_on=dt.date(2020, 1, 1))
from visavis.listen.releases.models import Release, ReleasedCell, ReleasedFigure
wave = Release.objects.create(
    kind="wave", first_on=dt.date(2024, 3, 1), last_on=dt.date(2024, 3, 31), floor=5, comment_floor=10,
    crosstab_floor=10, sensitive_floor=15, invited=40, people=31,
    published_at=dt.datetime(2024, 4, 2, 9, 30, 15, 123456, tzinfo=dt.UTC),
    audit={"exposed": 0, "ratio": 0.1},
)
cell = ReleasedCell.objects.create(
    release=wave, cut="unit", place="siège", position=1, names={"fr": "Siège", "en": "Head office"},
    unit_path=company().path, members=["a", "b"], people=31, invited=40, state="shown",
)
ReleasedFigure.objects.create(cell=cell, key="climate", counts={"1": 3, "5": 28}, n=31)
"""

#: Every published figure: the pages' own files, the sums, the releases.
FIGURES = """
import hashlib, json
import django; django.setup()
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
settings.ALLOWED_HOSTS.append("testserver")
from django.test import Client
from visavis.listen.releases.models import Release, ReleasedCell, ReleasedComment, ReleasedFigure
from visavis.people.accounts.models import Account
from visavis.share.analytics.models import AnswerSums, MentionSums, PublishedMonth, ReturnSums, TextSums

def said(value):
    # PostgreSQL keeps objects of JSON in an order of its own.
    return json.dumps(value, sort_keys=True) if isinstance(value, (dict, list)) else str(value)

def rows(model, *left):
    names = [f.attname for f in model._meta.concrete_fields if f.name not in ("id", *left)]
    return sorted((list(map(said, row)) for row in model.objects.values_list(*names)), key=repr)

PUBLISHED = ""
if PUBLISHED:  # files say when their figures were published
    PublishedMonth.objects.update(published_at=PUBLISHED)
client = Client()
reader = Account.objects.get(email="direction@acme.example")
client.force_login(reader, "django.contrib.auth.backends.ModelBackend")
told = {}
for form in ("csv", "xlsx", "pdf"):
    answer = client.get(f"/comprendre/rapports/export.{form}?periode=2024-03")
    assert answer.status_code == 200, (form, answer.status_code, answer.get("Location"))
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    told[form] = content.decode() if form == "csv" else hashlib.sha256(content).hexdigest()
sums = (ReturnSums, TextSums, MentionSums, AnswerSums)
for model in (*sums, Release, ReleasedCell, ReleasedFigure, ReleasedComment):
    told[model.__name__] = rows(model)
told["months"] = rows(PublishedMonth, "files")
print(json.dumps(told, cls=DjangoJSONEncoder, sort_keys=True))
"""


#: Does one step after the other; what each printed, and how it ended.
SESSION = """
import contextlib, io, json, sys, traceback
steps, told = json.loads(sys.argv.pop(1)), []
for step in steps:
    out, err, code = io.StringIO(), io.StringIO(), 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            if isinstance(step, str):
                sys.argv = ["-c"]
                exec(step, {"__name__": "step"})
            else:
                sys.argv = ["visavis", *step]
                from visavis.site.command import main
                main()
        except SystemExit as end:
            code = int(end.code or 0)
        except BaseException:
            code = -1
            traceback.print_exc()
    told.append((code, out.getvalue(), err.getvalue()))
print()
print(json.dumps(told))
"""


class Done(NamedTuple):
    """How a step ended: its code, what it printed, what it complained of."""

    code: int
    out: str
    err: str

    def well(self) -> str:
        """What it printed, if it succeeded."""
        assert self.code == 0, self.err[-3000:]
        return self.out.strip()


@dataclass(frozen=True)
class Instance:
    """A folder, and the address of its database when it is not in there."""

    folder: Path
    database: str = ""

    def environment(self, **options: str) -> dict[str, str]:
        """What its processes are told, and nothing of ours."""
        ours = ("VISAVIS_", "DJANGO_")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        own = {
            "VISAVIS_DATA": str(self.folder),
            "VISAVIS_DATABASE_URL": self.database,
            "DJANGO_SETTINGS_MODULE": "visavis.site.settings",
            "PYTHONPATH": str(SOURCE),
            "PYTHONHASHSEED": "0",
        }
        return kept | own | options

    def run(self, *words: object, **options: str) -> subprocess.CompletedProcess[str]:
        """``visavis …``, whatever it answers."""
        return self._do([_MAIN, *map(str, words)], options)

    def must(self, *words: object, **options: str) -> str:
        """``visavis …`` that must succeed; what it prints."""
        done = self.run(*words, **options)
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    def python(self, code: str, *words: str, **options: str) -> str:
        """A few lines in a process of the instance; what they print."""
        done = self._do([code, *words], options)
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    def start(self, code: str, *words: str, **options: str) -> subprocess.Popen[str]:
        """A few lines in a process that goes on by itself."""
        line = [sys.executable, "-c", code, *words]
        return subprocess.Popen(
            line, env=self.environment(**options), stdout=subprocess.PIPE, text=True, cwd=self.folder.parent
        )

    def figures(self) -> dict[str, Any]:
        """Every published figure, and the fingerprints of its files."""
        found: dict[str, Any] = json.loads(self.python(FIGURES))
        return found

    def session(self, *steps: str | Sequence[object], **options: str) -> list[Done]:
        """Commands (their words) and lines of Python, one after the other in one process of the instance."""
        asked = [step if isinstance(step, str) else [str(word) for word in step] for step in steps]
        told = self.python(SESSION, json.dumps(asked), **options)
        return [Done(*each) for each in json.loads(told.splitlines()[-1])]

    def _do(self, line: list[str], options: dict[str, str]) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", *line]
        env = self.environment(**options)
        return subprocess.run(
            command, env=env, capture_output=True, text=True, check=False, cwd=self.folder.parent
        )

    @property
    def archives(self) -> list[Path]:
        """Its backups, the oldest first."""
        return sorted((self.folder / "backups").glob("visavis-*"))


def laid(folder: Path) -> Instance:
    """An instance whose tables are laid and empty: they are laid once for all the processes of a session."""
    session = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    place = Path(tempfile.gettempdir()) / f"visavis-laid-{session}"
    place.mkdir(mode=0o700, exist_ok=True)
    with (place / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (place / "ready").exists():
            atexit.register(shutil.rmtree, place, ignore_errors=True)
            Instance(place / "data").must("migrate", "-v0")
            (place / "ready").touch()
        folder.mkdir(mode=0o700, parents=True)
        shutil.copy2(place / "data" / "visavis.db", folder / "visavis.db")
    return Instance(folder)


def seeded(instance: Instance, rows: int = 350) -> Instance:
    """Fill an instance: reviews of 2024, read and triaged, a director, a released wave."""
    file = instance.folder.parent / f"{instance.folder.name}.csv"
    file.write_text(many_reviews(rows))
    for done in instance.session(("import", "reviews", file, "--json"), SEED):
        done.well()
    return instance
