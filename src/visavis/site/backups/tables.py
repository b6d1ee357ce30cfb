"""The tables of an organisation: which are moved, which are made again from the others."""

from __future__ import annotations

from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import connections, models
from django.db.migrations.executor import MigrationExecutor

from visavis.people.accounts.models import Tally
from visavis.share.analytics.models import Sums

#: Django makes these itself, or they end with the process that made them.
_OF_THE_PLACE = (ContentType, Permission, Session, Tally)


def is_derived(model: type[models.Model]) -> bool:
    """Whether a table is made again from the others: the sums of months."""
    return issubclass(model, Sums)


def _is_moved(model: type[models.Model]) -> bool:
    own = model._meta.managed and not model._meta.proxy and not is_derived(model)
    to_place = any(field.related_model in _OF_THE_PLACE for field in model._meta.concrete_fields)
    return own and model not in _OF_THE_PLACE and not to_place


def moved() -> list[type[models.Model]]:
    """Every table that holds something of the organisation, in the order of their rooms."""
    return [model for model in apps.get_models(include_auto_created=True) if _is_moved(model)]


def counts(using: str) -> dict[str, int]:
    """How many rows each moved table holds, by its label; one that waits for its migration is left out."""
    there = set(connections[using].introspection.table_names())
    found = [model for model in moved() if model._meta.db_table in there]
    return {model._meta.label: model._meta.base_manager.using(using).count() for model in found}


def is_current(using: str) -> bool:
    """Whether every migration of this program was applied: only then do columns mean what it thinks."""
    executor = MigrationExecutor(connections[using])
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())
