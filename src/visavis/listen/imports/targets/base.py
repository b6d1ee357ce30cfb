"""What every kind of import does with a lot of typed rows."""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any, ClassVar, NamedTuple
from zoneinfo import ZoneInfo

from visavis.core.keys import key
from visavis.listen.imports.plans import Plan
from visavis.listen.imports.reading.codes import Code, Problem
from visavis.listen.imports.reading.rows import TypedRow
from visavis.listen.imports.reading.tables import Table
from visavis.listen.imports.reasons import Reason, Unfit
from visavis.listen.imports.targets.erased import cells_by_field
from visavis.listen.imports.targets.repeats import Repeats
from visavis.people.access.viewer import Viewer
from visavis.people.erasures.models import Kind as Erasable


class Numbered(NamedTuple):
    """A typed row and its number in the file (0 is the first)."""

    number: int
    row: TypedRow


class Refusal(NamedTuple):
    """One row that the database refuses."""

    number: int
    line: int
    column: str
    code: str
    params: dict[str, object]
    raw: str


@dataclass(slots=True)
class Tally:
    """What became of a lot of rows: each is counted once."""

    imported: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: list[Refusal] = field(default_factory=list)


@dataclass(slots=True)
class Job:
    """What a lot needs to know beside its rows.

    Attributes:
        run: primary key of the import; 0 for a trial.
        by: on whose behalf.
        plan: mapping and choices.
        zone: the company's clock.
        today: the company's day.
        table: the file.
        language: the language of the file's words.
        strangers: field -> values that no list holds, with how many rows hold each; none outside a trial.
        near: field and value -> code of the entry it resembles.
    """

    run: int
    by: Viewer
    plan: Plan
    zone: ZoneInfo
    today: dt.date
    language: str
    table: Table
    strangers: dict[str, Counter[str]] | None = None
    near: dict[tuple[str, str], str] = field(default_factory=dict)

    @property
    def salt(self) -> int:
        """Mixed into what is kept in ``Seen``, so that two imports never meet there."""
        return key("seen", self.run)

    def column(self, name: str) -> str:
        """What the file calls a field."""
        return self.plan.mapping.column_of(name) or name


class Target(ABC):
    """One kind of import. ``write`` runs inside the transaction of its lot and must be safe to run again."""

    #: Rows of one transaction; none leaves it to the options.
    lot: ClassVar[int | None] = None
    #: The fields that together name a row, the last being told in refusals.
    named_by: ClassVar[tuple[str, ...]] = ()
    #: Whether some rows keep no code, whatever the file holds.
    nameless: ClassVar[bool] = False
    #: The fields that tell rows without a code apart.
    content: ClassVar[tuple[str, ...]] = ()
    #: Whether refused rows are kept as received, to be corrected; never what somebody said anonymously.
    keeps_refused: ClassVar[bool] = True
    #: The fields that name somebody who may have been erased, and as what.
    naming: Mapping[str, Erasable] = MappingProxyType({})

    def __init__(self, job: Job) -> None:
        self.job = job

    @classmethod
    def is_known_by(cls, name: str) -> bool:
        """Whether a row without a code is another one as soon as it says something else in that field."""
        return name in cls.content

    def code_of(self, name: str, values: Mapping[str, Any]) -> str | None:
        """Under which code a row names somebody in that field."""
        code: str | None = values.get(name)
        return code

    @cached_property
    def _repeats(self) -> Repeats:
        return Repeats(self.job.table, [self.job.column(name) for name in self.named_by])

    def first_line(self, numbered: Numbered) -> int | None:
        """The first line of the file with the code of this row; none if no other has it."""
        values = numbered.row.values
        filled = [name for name in self.named_by if self.job.column(name) in self.job.table.header]
        return self._repeats.first(*(values.get(name) for name in filled))

    @abstractmethod
    def write(self, rows: Sequence[Numbered]) -> Tally:
        """Write a lot of rows; rows that do not fit are refused with their reason, the others kept."""

    def refusal(self, numbered: Numbered, unfit: Unfit) -> Refusal:
        """Locate the reason for which a row does not fit."""
        line = numbered.row.line
        told = {self.job.column(name): value for name, value in numbered.row.values.items()}
        column = self.job.column(unfit.field) if unfit.field else ""
        return Refusal(numbered.number, line, column, str(unfit.code), unfit.params, self._kept(told))

    def erased(self, number: int, line: int, name: str) -> Refusal:
        """Refuse a row about somebody who was erased; nothing that it holds is kept."""
        return Refusal(number, line, self.job.column(name) if name else "", Reason.ERASED.value, {}, "")

    def cells(self, cells: Sequence[str]) -> dict[str, str]:
        """What a row that cannot be read holds, by field, the constants of the plan included."""
        mapping = self.job.plan.mapping
        columns = {each.name: each.field for each in mapping.columns if each.field}
        return dict(mapping.constants) | cells_by_field(columns, self.job.table.header, cells)

    def received(self, cells: Sequence[str]) -> str:
        """What is kept of a row that cannot be read: the columns that are imported and no other.

        Args:
            cells: of the row, one a column; none if they cannot be told apart, and then nothing is kept.
        """
        wanted = {each.name for each in self.job.plan.mapping.columns if each.field}
        named = zip(self.job.table.header, cells, strict=False)
        return self._kept({name: cell for name, cell in named if name in wanted})

    def _kept(self, told: dict[str, Any]) -> str:
        if not self.keeps_refused:
            return ""
        return " | ".join(f"{name}: {value}" for name, value in told.items() if value not in (None, ""))


def refusals_of(number: int, problems: Sequence[Problem], raw: str) -> list[Refusal]:
    """The problems of a row that could not be read, one a column and reason."""
    found = {(each.column, each.code): each for each in problems}
    return [
        Refusal(number, each.line, each.column, str(each.code), each.params, raw) for each in found.values()
    ]


def sized(value: str | None, limit: int, name: str) -> str:
    """The text, if it fits its column.

    Raises:
        Unfit: if it is longer.
    """
    if value is None:
        return ""
    if len(value) > limit:
        raise Unfit(Code.CODE_TOO_LONG, name, length=len(value), limit=limit)
    return value


def fingerprint(*values: object) -> int:
    """The identity of imported values: the same values always give the same 63 bits."""
    return key("\x1f".join(map(str, values)))


def must_say(said: bool) -> None:
    """Refuse a row that says nothing.

    Raises:
        Unfit: if nothing is said.
    """
    if not said:
        raise Unfit(Reason.NOTHING_SAID)
