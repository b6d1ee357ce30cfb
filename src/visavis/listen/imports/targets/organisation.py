"""The organisation: one row is one unit, or one assignment of one person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar, Final

from django.core.exceptions import ValidationError
from django.db import transaction

from visavis.listen.imports.reading.codes import Code
from visavis.listen.imports.reasons import Reason, Unfit
from visavis.listen.imports.targets.base import Numbered, Tally, Target, sized
from visavis.people.erasures.models import Kind
from visavis.people.persons.models import Person
from visavis.people.persons.services import OverlapError, assign, follow_units, know_person, unassign
from visavis.people.units.models import Unit, valid_code
from visavis.people.units.queries import company
from visavis.people.units.services import ensure_company, place_unit

_KINDS: Final = {
    "direction": Unit.Kind.DIRECTION,
    "centre": Unit.Kind.CENTRE,
    "plateau": Unit.Kind.FLOOR,
    "agence": Unit.Kind.AGENCY,
    "équipe": Unit.Kind.TEAM,
}


@dataclass(slots=True)
class _Change:
    """What a row changed."""

    created: bool = False
    changed: bool = False

    def add(self, *, created: bool, changed: bool) -> None:
        self.created |= created
        self.changed |= changed


class Organisation(Target):
    """Rows in the order of the file; a parent met before its own row waits under the root."""

    lot: ClassVar[int | None] = 20_000
    naming = {"person": Kind.PERSON}

    def write(self, rows: Sequence[Numbered]) -> Tally:
        """Place the units, then the people, row by row."""
        self._name_the_root(rows)
        self._units: dict[str, Unit] = {}
        self._undated: dict[str, tuple[int, str]] = {}
        self._told: dict[str, tuple[int, tuple[object, ...]]] = {}
        tally = Tally()
        for each in rows:
            try:
                with transaction.atomic():
                    _count(tally, self._place(each))
            except Unfit as unfit:
                self._units = {}  # what the row had placed is undone
                tally.refused.append(self.refusal(each, unfit))
        follow_units()
        return tally

    def _name_the_root(self, rows: Sequence[Numbered]) -> None:
        """The one unit that stands above all others is the company, unless it has a name already."""
        above: dict[str, str] = {}
        for each in rows:  # a person's line often leaves out what the unit's own line says
            code = each.row.values["unit"]
            above[code] = above.get(code) or each.row.values.get("parent") or ""
        tops = {code for code, parent in above.items() if not parent}
        tops |= {parent for parent in above.values() if parent and parent not in above}
        code, name = "", self.job.plan.company
        if not name and len(tops) == 1 and len(above) > 1:
            code = _code(tops.pop(), "unit")
            names = (each.row.values.get("unit_name") for each in rows if each.row.values["unit"] == code)
            name = next(filter(None, names), code)
        is_new = company() is None
        root = ensure_company(by=self.job.by, name=name, code=code)
        self._new_root = root.code if is_new else ""

    def _place(self, each: Numbered) -> _Change:
        change = _Change()
        try:
            unit = self._unit(each, change)
            if each.row.values.get("person"):
                self._person(unit, each, change)
        except OverlapError as error:
            raise Unfit(Reason.OVERLAP, "starts_on", **error.words) from error
        except ValidationError as error:
            raise _unfit(error) from error
        return change

    def _unit(self, each: Numbered, change: _Change) -> Unit:
        values = each.row.values
        code = _code(values["unit"], "unit")
        name = sized(values.get("unit_name"), 120, "unit_name")
        kind = _KINDS[values["unit_kind"]] if values.get("unit_kind") else ""
        parent = values.get("parent")
        if not (name or kind or parent) and code in self._units:
            return self._units[code]
        facts = (name, kind, parent)
        line, told = self._told.setdefault(code, (each.row.line, facts))
        if any(a and b and a != b for a, b in zip(told, facts, strict=True)):
            raise Unfit(Reason.CONTRADICTION, "unit", first=line)
        if facts == told and code in self._units and line != each.row.line:
            return self._units[code]
        placed = place_unit(by=self.job.by, code=code, parent=self._parent(parent), name=name, kind=kind)
        if code == self._new_root:
            self._new_root = ""
            change.add(created=True, changed=True)
        change.add(created=placed.created and not values.get("person"), changed=placed.changed)
        self._units[code] = placed.unit
        self._told[code] = (line, tuple(a or b for a, b in zip(told, facts, strict=True)))
        if placed.changed and not placed.created:
            self._units = {code: placed.unit}  # paths below may have moved
        return placed.unit

    def _parent(self, code: str | None) -> Unit | None:
        if not code:
            return None
        code = _code(code, "parent")
        if code not in self._units:
            self._units[code] = place_unit(by=self.job.by, code=code, parent=None).unit
        return self._units[code]

    def _person(self, unit: Unit, each: Numbered, change: _Change) -> None:
        values = each.row.values
        get = values.get
        self._check_days(unit, each)
        if get("active") is False:
            change.add(created=False, changed=self._leave(values["person"]))
            return
        known = know_person(
            by=self.job.by,
            code=sized(values["person"], 64, "person"),
            name=sized(_name(values), 120, "person_name"),
            form=sized(get("form"), 60, "form"),
            email=get("email"),
            hired_on=get("hired_on"),
        )
        moved = assign(
            by=self.job.by,
            person=known.person,
            unit=unit,
            today=self.job.today,
            role=get("role") or "",
            starts_on=get("starts_on"),
            ends_on=get("ends_on"),
            fte=_share(get("fte")),
        )
        change.add(created=moved.created, changed=known.changed or moved.changed)

    def _leave(self, code: str) -> bool:
        """End the work of somebody who is no longer active; nobody is made known by leaving."""
        person = Person.objects.filter(code=code).order_by("pk").first()
        return person is not None and unassign(by=self.job.by, person=person, last_day=self.job.today)

    def _check_days(self, unit: Unit, each: Numbered) -> None:
        values = each.row.values
        start, end = values.get("starts_on"), values.get("ends_on")
        if start and end and end < start:
            raise Unfit(Reason.ENDS_BEFORE_START, "ends_on")
        if not start:
            line, code = self._undated.setdefault(values["person"], (each.row.line, unit.code))
            if code != unit.code:
                raise Unfit(Reason.CONTRADICTION, "person", first=line)


def _count(tally: Tally, change: _Change) -> None:
    if change.created:
        tally.imported += 1
    elif change.changed:
        tally.updated += 1
    else:
        tally.unchanged += 1


def _code(value: str, field: str) -> str:
    try:
        valid_code(value)
    except ValidationError as error:
        raise Unfit(Reason.NOT_A_CODE, field, value=value[:80]) from error
    return value


def _name(values: Mapping[str, Any]) -> str | None:
    """The name of a person: whole, or its two parts."""
    parts = (values.get("given_name"), values.get("family_name"))
    return values.get("person_name") or " ".join(filter(None, parts)) or None


def _share(value: float | None) -> Decimal | None:
    """A full-time share, told as 0,8 or as 80 (per cent)."""
    if value is None:
        return None
    share = value / 100 if value > 2 else value
    if not 0 < share <= 1:
        raise Unfit(Code.OUT_OF_RANGE, "fte", low=0, high=1)
    return Decimal(share).quantize(Decimal("0.01"))


def _unfit(error: ValidationError) -> Unfit:
    """The reason behind a refusal of the models."""
    if getattr(error, "code", "") == "under_itself":
        return Unfit(Reason.UNDER_ITSELF, "parent")
    fields = set(error.message_dict) - {"__all__"} if hasattr(error, "error_dict") else set()
    return Unfit(Reason.IMPOSSIBLE_FACT, fields=", ".join(sorted(fields)) or error.messages[0])
