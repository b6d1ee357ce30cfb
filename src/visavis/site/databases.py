"""What differs between processes that use the database."""

from __future__ import annotations

from django.db import connections

#: Longest statement of a page, in milliseconds: a query gone astray does not hold the server.
LONGEST = 30_000


def limit_statements(alias: str = "default") -> None:
    """Have PostgreSQL end any statement of this process after ``LONGEST``; jobs and commands have no limit.

    Args:
        alias: which database; its connections that are open already keep what they had.
    """
    database = connections.databases[alias]
    if database["ENGINE"].endswith("postgresql"):
        database["OPTIONS"] = database.get("OPTIONS", {}) | {"options": f"-c statement_timeout={LONGEST}"}
