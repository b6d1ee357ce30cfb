"""Instances of their own, each in a folder and in processes of its own, on either engine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
import hashlib, io, json
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

client = Client()
reader = Account.objects.get(email="direction@acme.example")
client.force_login(reader, "django.contrib.auth.backends.ModelBackend")
told = {}
for form in ("csv", "xlsx"):
    answer = client.get(f"/comprendre/rapports/export.{form}?periode=2024-03")
    assert answer.status_code == 200, (form, answer.status_code, answer.get("Location"))
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if form == "xlsx":
        from python_calamine import CalamineWorkbook
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        content = repr([book.get_sheet_by_name(name).to_python() for name in book.sheet_names]).encode()
    told[form] = content.decode()
sums = (ReturnSums, TextSums, MentionSums, AnswerSums)
for model in (*sums, Release, ReleasedCell, ReleasedFigure, ReleasedComment):
    told[model.__name__] = rows(model)
told["months"] = rows(PublishedMonth, "files")
print(json.dumps(told, cls=DjangoJSONEncoder, sort_keys=True))
"""


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
        """Every published figure."""
        found: dict[str, Any] = json.loads(self.python(FIGURES))
        return found

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


def seeded(instance: Instance, rows: int = 350) -> Instance:
    """Fill an instance: reviews of 2024, read and triaged, a director, a released wave."""
    file = instance.folder.parent / f"{instance.folder.name}.csv"
    file.write_text(many_reviews(rows))
    instance.must("import", "reviews", file, "--json")
    instance.python(SEED)
    return instance
