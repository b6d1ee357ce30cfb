"""Texts found by their words: the same ones in SQLite and in PostgreSQL."""

from __future__ import annotations

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from visavis.listen.returns.models import Verbatim
from visavis.text.searching import Query, Ways, to_fts5, to_tsquery

_SQLITE = "SELECT rowid FROM understand_search_words WHERE understand_search_words MATCH %s"
_POSTGRES = "SELECT id FROM listen_returns_verbatim WHERE to_tsvector('simple', stems) @@ %s::tsquery"


def holding(rows: QuerySet[Verbatim], query: Query) -> QuerySet[Verbatim]:
    """Keep the texts that hold what is searched.

    Args:
        rows: texts from a read of whoever searches.
        query: from ``visavis.text.searching.parse``; an empty one keeps them all.
    """
    for group in query.wanted:
        rows = rows.filter(_any(group))
    return rows.exclude(_any(query.unwanted)) if query.unwanted else rows


def _any(ways: Ways) -> Q:
    if connection.vendor == "sqlite":
        return Q(pk__in=RawSQL(_SQLITE, [to_fts5(ways)]))  # noqa: S611 - the words are bound
    return Q(pk__in=RawSQL(_POSTGRES, [to_tsquery(ways)]))  # noqa: S611 - the words are bound
