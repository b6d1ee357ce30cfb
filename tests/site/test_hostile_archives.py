"""No archive harms whoever opens it: ``restore`` refuses it and leaves nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.utils import translation

from tests.conftest import ON_POSTGRES
from tests.site import hostile_archives
from tests.site.instances import Done, Instance, laid
from visavis.site.backups.archives import unpack
from visavis.site.backups.manifests import ManifestError


def test_no_archive_that_others_made_is_opened(tmp_path: Path) -> None:
    found, work = {}, tmp_path / "deep" / "work"
    work.mkdir(parents=True)
    (tmp_path / "made").mkdir()
    for name, path in hostile_archives.archives(tmp_path / "made"):
        try:
            with translation.override("en"):
                unpack(path, work)
        except ManifestError as error:
            if not str(error).isprintable():
                found[name] = f"says {error!s}"
        else:
            found[name] = "opened"
    assert not found
    assert not list(tmp_path.rglob("outside*"))


def test_an_archive_of_ours_packed_again_by_hand_is_opened(tmp_path: Path) -> None:
    files = {"visavis.db": hostile_archives.database("CREATE TABLE t (a)"), "files/a": b"a;b"}
    path = hostile_archives.packed(
        tmp_path / "good.tar.gz", files, lambda made: hostile_archives.add(made, "files", kind=b"5")
    )
    (tmp_path / "work").mkdir()
    assert unpack(path, tmp_path / "work").files.keys() == files.keys()
    assert (tmp_path / "work" / "files" / "a").read_bytes() == b"a;b"


#: What is there, whether this is an instance that starts.
LEFT = """
import json, os
import django; django.setup()
from django.conf import settings
from visavis.people.units.models import Unit
files = os.listdir(settings.INSTANCE.folder)
print(json.dumps({"files": files} | ({"units": Unit.objects.count()} if "visavis.db" in files else {})))
"""


@pytest.mark.skipif(ON_POSTGRES, reason="these instances choose their own engine")
def test_what_can_only_fail_once_it_is_put_back_leaves_the_place_empty(tmp_path: Path) -> None:
    ours, db = hostile_archives, "visavis.db"
    other = ours.database(
        "CREATE TABLE people_units_unit (id, x)", "INSERT INTO people_units_unit VALUES (1, 2)"
    )
    rows = {
        "no row": {"rows/people_units.Unit.jsonl": b"[1, 2]\n"},
        "no table": {"rows/nobody.Nothing.jsonl": b"{}\n"},
        "no column": {"rows/people_units.Unit.jsonl": b'{"nothing": 1}\n'},
        "half a pair": {"rows/people_units.Unit.jsonl": rb'{"id": 1, "code": "\ud800"}' + b"\n"},
    }
    made = {
        "empty": ours.packed(tmp_path / "empty.tar.gz", {}),
        "no database": ours.packed(tmp_path / "none.tar.gz", {db: b"hello"}),
        "another program": ours.packed(tmp_path / "other.tar.gz", {db: other}),
        "key": ours.packed(tmp_path / "key.tar.gz", {db: ours.database(), "lasting-key": b"\xff"}),
        "folder": ours.packed(tmp_path / "folder.tar.gz", {db: ours.database(), "lasting-key/a": b"x"}),
        "demo": ours.packed(tmp_path / "demo.tar.gz", {db: ours.database(), "demo.json": b"[1]"}),
        "no rows": ours.packed(tmp_path / "rows.tar.gz", {}, kind="rows"),
    }
    made_of_rows = {
        name: ours.packed(tmp_path / f"rows-{place}.tar.gz", files, kind="rows")
        for place, (name, files) in enumerate(rows.items())
    }
    told: dict[str, list[Done]] = {}
    for there, kinds in ((Instance(tmp_path / "theirs"), made), (laid(tmp_path / "laid"), made_of_rows)):
        steps = [step for path in kinds.values() for step in (["restore", path], LEFT)]
        done = there.session(*steps, VISAVIS_LANGUAGE="en")
        told |= {name: both for name, *both in zip(kinds, done[::2], done[1::2], strict=True)}
    for name, (refused, left) in told.items():
        assert refused.code == 1, name
        assert "Nothing was restored" in refused.err, (name, refused.err)
        assert "Traceback" not in refused.err, name
        found = json.loads(left.well())
        assert "restoring" not in found["files"], name
        assert name in made_of_rows or "visavis.db" not in found["files"], name
        assert not found.get("units"), name
    assert "line 1" in told["no column"][0].err
