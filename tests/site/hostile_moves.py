"""An organisation whose every word others wrote: exported, saved, restored elsewhere, word for word."""

from __future__ import annotations

import json
import tarfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.site.instances import Done, Instance, laid

ROOT = Path(__file__).parents[2]
#: The company of the pages, then the strings in every column that people write.
_FILL = """
import json, sys
from pathlib import Path
sys.path.insert(0, {root!r})
import django; django.setup()
from django.conf import settings
settings.PASSWORD_HASHERS.insert(0, "django.contrib.auth.hashers.MD5PasswordHasher")
from django.db import connection
from visavis.people.access import guards
guards.remove(connection)
from tests import planted
from tests.pages import hostile_company
hostile_company.build(20, [])
from visavis.act.inbox.models import Case, CaseStep
for case in Case.objects.order_by("pk"):  # as its own gestures would have left it
    Case.objects.filter(pk=case.pk).update(version=1 + CaseStep.objects.filter(case=case).count())
print(planted.plant(json.loads(Path({strings!r}).read_text())))
"""
#: Written by the restore itself, or told as of another instant.
_OWN = ("people_access.JournalEntry", "share_analytics.PublishedMonth", "listen_returns.ChangedMonth")


def moved(folder: Path, strings: Sequence[str], database: str = "") -> Iterator[str]:
    """What is wrong when an organisation full of strings is saved and exported, then restored from each.

    Args:
        folder: an empty one.
        strings: what is written everywhere.
        database: address of another engine to which it moves; none: SQLite again.
    """
    source, told, out = laid(folder / "source"), folder / "strings.json", folder / "out.tar.gz"
    told.write_text(json.dumps(list(strings)))
    fill = _FILL.format(root=str(ROOT), strings=str(told))
    yield from _ended("source", source.session(fill, ["export", out], ["backup"]))
    before = _rows(out)
    targets = {
        "export": (out, Instance(folder / "from-export", database)),
        "backup": (source.archives[-1], Instance(folder / "from-backup")),
    }
    for name, (archive, there) in targets.items():
        again = folder / f"again-{name}.tar.gz"
        yield from _ended(f"from {name}", there.session(["restore", archive], ["export", again]))
        after = _rows(again)
        changed = [table for table in before if before[table] != after.get(table) and table not in _OWN]
        yield from (f"from {name}: {table} is not the same" for table in changed)


def _ended(name: str, done: Sequence[Done]) -> Iterator[str]:
    for one in done:
        if one.code or "Traceback" in one.err:
            yield f"{name} ended with {one.code}: {one.err[-300:]}"


def _rows(archive: Path) -> dict[str, list[str]]:
    with tarfile.open(archive) as opened:
        members = [one for one in opened if one.name.startswith("rows/")]
        return {Path(one.name).stem: _lines(opened, one) for one in members}


def _lines(opened: tarfile.TarFile, member: tarfile.TarInfo) -> list[str]:
    content = opened.extractfile(member)
    assert content is not None
    return [json.dumps(json.loads(line), sort_keys=True) for line in content]
