"""Texts found by their words: the same ones in SQLite and in PostgreSQL."""

from __future__ import annotations

from functools import reduce
from operator import add

from django.db import connection
from django.db.models import ExpressionWrapper, IntegerField, Q, QuerySet, TextField, Value
from django.db.models.expressions import Combinable, Expression, RawSQL
from django.db.models.functions import Concat, Length, Replace

from visavis.listen.returns.models import Verbatim
from visavis.text.searching import Query, Way, Ways, to_fts5, to_tsquery

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


def relevance(query: Query) -> Expression:
    """How much of a text is what is searched, in a few steps, so that the date settles what is alike.

    Each word found weighs a thousand, shared out over the characters of the stems and three hundred more: a
    long text that says it once comes after a short one, and a very short one does not win by that alone.
    Whole numbers of lengths and replacements: every engine puts the same texts in the same order.

    Args:
        query: with something wanted.
    """
    told = reduce(add, (_times(way) for group in query.wanted for way in group))
    share = told * Value(1000) / (Length("stems") + Value(300))
    return ExpressionWrapper(share, IntegerField())


def _times(way: Way) -> Combinable:
    """How many times a way stands in a text: by how much it shortens when they are taken away."""
    # Two spaces between words: the same word twice in a row shares none.
    spaced = Replace("stems", _text(" "), _text("  "))
    stems = Concat(_text(" "), spaced, _text(" "), output_field=TextField())
    word = f" {'  '.join(way.stems)}" + ("" if way.begins else " ")
    shorter = Length(Replace(stems, _text(word), _text("")))
    return (Length(stems, output_field=IntegerField()) - shorter) / Value(len(word))


def _text(words: str) -> Value:
    """Words of one kind with the column: PostgreSQL does not mix kinds."""
    return Value(words, output_field=TextField())


def _any(ways: Ways) -> Q:
    if connection.vendor == "sqlite":
        return Q(pk__in=RawSQL(_SQLITE, [to_fts5(ways)]))  # noqa: S611 - the words are bound
    return Q(pk__in=RawSQL(_POSTGRES, [to_tsquery(ways)]))  # noqa: S611 - the words are bound
