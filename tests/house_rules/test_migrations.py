"""Later migrations add, and touch no row; one that must do more says why."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import migrations, models

from tests.house_rules.migrations import faults, ours


def test_every_migration_of_the_house_bears_a_million_rows() -> None:
    found = ours()
    assert len(found) > 20
    assert [fault for migration in found for fault in faults(migration)] == []


def _later(*operations: Any, **facts: Any) -> migrations.Migration:
    made = type("Migration", (migrations.Migration,), {"operations": list(operations), **facts})
    later: migrations.Migration = made("0002_later", "people_units")
    return later


@pytest.mark.parametrize(
    ("operation", "light"),
    [
        (migrations.AddField("unit", "x", models.CharField(max_length=3, null=True)), True),
        (migrations.AddField("unit", "x", models.IntegerField(db_default=0)), True),
        (migrations.AddField("unit", "x", models.IntegerField(default=0)), False),
        (migrations.AlterField("unit", "name", models.TextField()), False),
        (migrations.RemoveField("unit", "name"), False),
        (migrations.AddIndex("unit", models.Index(fields=["name"], name="x")), False),
        (migrations.RunSQL("SELECT 1"), False),
    ],
)
def test_what_rewrites_a_table_is_found_out(operation: Any, *, light: bool) -> None:
    assert (not faults(_later(operation))) is light
    assert not faults(_later(operation, heavy="a table of ten rows"))
    assert not faults(_later(operation, initial=True))
