"""One publication at a time: whoever comes second is told so at once, and nothing is published twice."""

from __future__ import annotations

from typing import Final

from django.db import connection

#: Drawn once; what else is locked by the house has another number.
_TURN: Final = 0x52454C4541534544


class BusyError(Exception):
    """Somebody else is publishing at this very moment."""


def take_turn() -> None:
    """Publish alone until the transaction under way ends.

    SQLite lets one transaction write at a time already: whoever comes second waits for the first.

    Raises:
        BusyError: if somebody else does.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_TURN])
        if cursor.fetchone() != (True,):
            raise BusyError
