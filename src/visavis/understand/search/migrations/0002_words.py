"""The index of words, which each engine has of its own kind, kept in step by the engine itself."""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

# External content: the index holds no text, and "secure-delete" leaves no word of a text that is gone.
SQLITE = [
    """CREATE VIRTUAL TABLE understand_search_words USING fts5(
        stems, content='listen_returns_verbatim', content_rowid='id', tokenize='ascii')""",
    "INSERT INTO understand_search_words (understand_search_words, rank) VALUES ('secure-delete', 1)",
    """CREATE TRIGGER understand_search_words_new AFTER INSERT ON listen_returns_verbatim
        WHEN new.stems <> '' BEGIN
            INSERT INTO understand_search_words (rowid, stems) VALUES (new.id, new.stems);
        END""",
    """CREATE TRIGGER understand_search_words_gone AFTER DELETE ON listen_returns_verbatim
        WHEN old.stems <> '' BEGIN
            INSERT INTO understand_search_words (understand_search_words, rowid, stems)
                VALUES ('delete', old.id, old.stems);
        END""",
    """CREATE TRIGGER understand_search_words_changed AFTER UPDATE OF stems ON listen_returns_verbatim
        WHEN old.stems <> new.stems BEGIN
            INSERT INTO understand_search_words (understand_search_words, rowid, stems)
                SELECT 'delete', old.id, old.stems WHERE old.stems <> '';
            INSERT INTO understand_search_words (rowid, stems)
                SELECT new.id, new.stems WHERE new.stems <> '';
        END""",
    "INSERT INTO understand_search_words (rowid, stems) "
    "SELECT id, stems FROM listen_returns_verbatim WHERE stems <> ''",
]
POSTGRES = [
    "CREATE INDEX understand_search_words ON listen_returns_verbatim USING gin (to_tsvector('simple', stems))"
]
SQLITE_BACK = [
    "DROP TRIGGER understand_search_words_new",
    "DROP TRIGGER understand_search_words_gone",
    "DROP TRIGGER understand_search_words_changed",
    "DROP TABLE understand_search_words",
]


def index(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make the index of this engine."""
    for statement in SQLITE if editor.connection.vendor == "sqlite" else POSTGRES:
        editor.execute(statement)


def forget(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take it away."""
    gone = SQLITE_BACK if editor.connection.vendor == "sqlite" else ["DROP INDEX understand_search_words"]
    for statement in gone:
        editor.execute(statement)


class Migration(migrations.Migration):
    """Words of texts, ready to be found."""

    dependencies = [("understand_search", "0001_initial"), ("listen_returns", "0001_initial")]
    operations = [migrations.RunPython(index, forget)]
