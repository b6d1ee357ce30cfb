"""What the database itself refuses: to change a line of the journal, or to remove one that no cut covers."""

from __future__ import annotations

from typing import Any, Final

_LINES, _CUTS = "people_access_journalentry", "people_access_journalcut"
_FROZEN = ("id", "at", "verb", "about", "unit_path", "words", "actor", "link")

_SQLITE: Final = [
    f"""CREATE TRIGGER journal_never_changes BEFORE UPDATE OF {", ".join(f'"{name}"' for name in _FROZEN)}
    ON {_LINES} BEGIN SELECT RAISE(ABORT, 'the journal is never changed'); END""",
    f"""CREATE TRIGGER journal_is_only_cut BEFORE DELETE ON {_LINES}
    WHEN NOT EXISTS (SELECT 1 FROM {_CUTS} WHERE upto >= OLD.id)
    BEGIN SELECT RAISE(ABORT, 'the journal is only cut at its beginning'); END""",  # noqa: S608  our own names
]
_POSTGRES: Final = [
    f"""CREATE FUNCTION journal_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'DELETE' THEN
        IF NOT EXISTS (SELECT 1 FROM {_CUTS} WHERE upto >= OLD.id) THEN
          RAISE EXCEPTION 'the journal is only cut at its beginning';
        END IF;
        RETURN OLD;
      END IF;
      RAISE EXCEPTION 'the journal is never changed';
    END $$""",  # noqa: S608  our own names
    f"""CREATE TRIGGER journal_never_changes BEFORE UPDATE OF {", ".join(f'"{name}"' for name in _FROZEN)}
    ON {_LINES} FOR EACH ROW EXECUTE FUNCTION journal_is_kept()""",
    f"""CREATE TRIGGER journal_is_only_cut BEFORE DELETE ON {_LINES}
    FOR EACH ROW EXECUTE FUNCTION journal_is_kept()""",
]


def install(connection: Any) -> None:
    """Make the database refuse."""
    with connection.cursor() as cursor:
        for statement in _POSTGRES if connection.vendor == "postgresql" else _SQLITE:
            cursor.execute(statement)


def remove(connection: Any) -> None:
    """Let the database do anything again: for tests that empty every table."""
    on = f" ON {_LINES}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in ("journal_never_changes", "journal_is_only_cut"):
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")
        if connection.vendor == "postgresql":
            cursor.execute("DROP FUNCTION IF EXISTS journal_is_kept()")
