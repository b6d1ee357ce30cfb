"""Migrations that a database of a million rows bears: additions that touch no row, or a stated reason."""

from __future__ import annotations

from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import (
    AddConstraint,
    AddField,
    AddIndex,
    AlterField,
    AlterModelManagers,
    AlterModelOptions,
    CreateModel,
    SeparateDatabaseAndState,
)
from django.db.migrations.operations.base import Operation
from django.db.models import NOT_PROVIDED

#: Take no time whatever the size of the table.
_LIGHT = (CreateModel, AlterModelOptions, AlterModelManagers, SeparateDatabaseAndState)
#: An attribute of a migration that says why it may do more, and what the operator must know.
REASON = "heavy"
#: Written before the first release: they ran on empty tables only.
BEFORE_RELEASE = frozenset({"people_access.0002_journal_is_kept", "understand_search.0002_words"})


def _is_light(operation: Operation) -> bool:
    if isinstance(operation, AddField):
        field = operation.field
        return bool(field.null or field.many_to_many or field.db_default is not NOT_PROVIDED)
    return isinstance(operation, _LIGHT)


def faults(migration: Migration) -> list[str]:
    """What a later migration does that rewrites or reads a whole table, unless it says why."""
    if migration.initial or hasattr(migration, REASON) or str(migration) in BEFORE_RELEASE:
        return []
    of_new = {one.name_lower for one in migration.operations if isinstance(one, CreateModel)}
    heavy = [
        one
        for one in migration.operations
        if not _is_light(one)
        and not (isinstance(one, AddIndex | AddConstraint | AlterField) and one.model_name_lower in of_new)
    ]
    return [f"{migration}: {one.describe()}" for one in heavy]


def ours() -> list[Migration]:
    """Every migration of the house."""
    loader = MigrationLoader(None)
    found = loader.disk_migrations.values()
    return [one for one in found if type(one).__module__.startswith("visavis.")]
