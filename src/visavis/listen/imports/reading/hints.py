"""What a person may settle about a file, and what was detected when nobody did. Saved with the mapping."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any


class DateOrder(StrEnum):
    """Which part of a date written with slashes comes first."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"


@dataclass(frozen=True, slots=True)
class Hints:
    """Choices about one file; ``None`` means: detect.

    ``header_line`` counts physical lines from 1; 0 says that the file has no column names (they become
    "column 1", "column 2"…). ``sheet`` is the name of a sheet. ``zone`` is where naive times are read.
    """

    encoding: str | None = None
    separator: str | None = None
    quote: str | None = None
    header_line: int | None = None
    sheet: str | None = None
    decimal: str | None = None
    date_order: DateOrder | None = None
    zone: str = "Europe/Paris"

    def to_json(self) -> dict[str, Any]:
        """Only what was settled, ready for ``json.dumps``."""
        return {key: value for key, value in asdict(self).items() if value is not None}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Hints:
        """The inverse of :meth:`to_json`; unknown keys are ignored so that older files stay readable."""
        known = {f.name: data[f.name] for f in fields(cls) if data.get(f.name) is not None}
        if "date_order" in known:
            known["date_order"] = DateOrder(known["date_order"])
        return cls(**known)
