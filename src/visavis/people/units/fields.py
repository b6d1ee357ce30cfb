"""The readable path of a unit, ordered the same way by every engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

if TYPE_CHECKING:
    _CharField = models.CharField[str, str]
else:
    _CharField = models.CharField


class PathField(_CharField):
    """Holds ``/vaubrune/roubaix/escaut/``; a branch is then a range that any index answers.

    PostgreSQL orders text by the server's language unless told otherwise, and punctuation would be
    passed over: ``COLLATE "C"`` compares bytes, as SQLite does.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 400)
        super().__init__(*args, **kwargs)

    def db_parameters(self, connection: BaseDatabaseWrapper) -> Any:
        parameters: Any = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters


def branch(path: str, field: str = "unit_path") -> models.Q:
    """Filter the rows whose ``field`` lies at ``path`` or below.

    Args:
        path: a path that ends with ``/``.
        field: lookup of the path column.

    Returns:
        A range on the column: ``/`` is followed by ``0`` in the order of bytes.

    Raises:
        ValueError: if ``path`` does not end with ``/``, since ``/a`` would reach ``/ab/``.
    """
    if not path.endswith("/"):
        raise ValueError(f"a path ends with a slash, got {path!r}")
    return models.Q(**{f"{field}__gte": path, f"{field}__lt": path[:-1] + "0"})
