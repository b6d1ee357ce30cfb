"""Gestures on the organisation tree. They build; nothing is ever deleted."""

from __future__ import annotations

import re
from typing import NamedTuple

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from visavis.people.access import journal
from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer
from visavis.people.units.models import Unit
from visavis.people.units.queries import company
from visavis.text.folding import fold

#: Until somebody says how the company is called.
DEFAULT_NAME = "Mon entreprise"
_NO_STEP = re.compile(r"[^a-z0-9_.]+")


class Placed(NamedTuple):
    """A unit, and what placing it changed."""

    unit: Unit
    created: bool
    changed: bool


def step_of(name: str) -> str:
    """The code of a unit known only by its name: one readable step of a path.

    >>> step_of("Crédit Mutuel de l'Ouest")
    'credit-mutuel-de-l-ouest'
    """
    return _NO_STEP.sub("-", fold(name)).strip("-")[:64].rstrip("-") or "unit"


def must_organise(by: Viewer) -> None:
    """Refuse whoever may neither change the settings nor bring files in.

    Raises:
        PermissionDenied: if ``by`` may do neither.
    """
    if not (by.may(Right.SETTINGS) or by.may(Right.IMPORT)):
        raise PermissionDenied


@transaction.atomic
def ensure_company(*, by: Viewer, name: str, code: str = "") -> Unit:
    """Give the tree its root, unless it has one.

    Args:
        by: who acts; may change the settings or bring files in.
        name: the company's name, used only if there is no root yet; empty: "Mon entreprise".
        code: its code; empty: from the name.

    Returns:
        The root.

    Raises:
        PermissionDenied: if ``by`` may not.
    """
    must_organise(by)
    root = company()
    if root is None:
        name = name or DEFAULT_NAME
        code = code or step_of(name)
        root = Unit(code=code, name=name[:120], kind=Unit.Kind.COMPANY, path=f"/{code}/")
        root.full_clean()
        root.save()
        journal.write(by=by, verb="units.company_named", about=root, unit_path=root.path, name=root.name)
    return root


@transaction.atomic
def place_unit(*, by: Viewer, code: str, parent: Unit | None, name: str = "", kind: str = "") -> Placed:
    """Put a unit where it belongs, and its whole branch with it: new, renamed, moved or as it was.

    Past facts keep the path of their day; only the tree moves. Part of the gesture that calls it, which
    writes the line of the journal.

    Args:
        by: who acts; may change the settings or bring files in.
        code: its code, unique in the company.
        parent: the unit above; none leaves a known unit where it is, and puts a new one under the root.
        name: its name; empty leaves it as it is, or takes the code.
        kind: one of ``Unit.Kind``; empty leaves it as it is.

    Returns:
        The unit, whether it is new, whether anything changed.

    Raises:
        PermissionDenied: if ``by`` may not.
        ValidationError: if the unit would lie under itself, or there is no root.
    """
    must_organise(by)
    unit = Unit.objects.filter(code=code).order_by("pk").first()
    above = parent or (unit and unit.parent) or company()
    if unit is None:
        return _open(code, above, name or code, kind or Unit.Kind.TEAM)
    changed = _rename(unit, name[:120], kind)
    if unit.kind != Unit.Kind.COMPANY and above and unit.parent_id != above.pk:
        _move(unit, above)
        changed = True
    if changed:
        unit.full_clean()
        unit.save()
    return Placed(unit, False, changed)


def _open(code: str, above: Unit | None, name: str, kind: str) -> Placed:
    if above is None:
        raise ValidationError(_("The organisation has no root yet."))
    unit = Unit(code=code, name=name[:120], kind=kind, parent=above, path=f"{above.path}{code}/")
    unit.full_clean()
    unit.save()
    return Placed(unit, True, True)


def _rename(unit: Unit, name: str, kind: str) -> bool:
    told = {"name": name or unit.name, "kind": kind or unit.kind}
    if unit.kind == Unit.Kind.COMPANY:
        told["kind"] = unit.kind
    changed = any(getattr(unit, field) != value for field, value in told.items())
    for field, value in told.items():
        setattr(unit, field, value)
    return changed


def _move(unit: Unit, above: Unit) -> None:
    """Write the new path on the whole branch: a few rows, and rare."""
    old, new = unit.path, f"{above.path}{unit.code}/"
    if above.path.startswith(old):
        raise ValidationError(_("A unit cannot lie under itself."), code="under_itself")
    below = list(Unit.objects.below(old).exclude(pk=unit.pk).order_by("path"))
    for each in below:
        each.path = new + each.path[len(old) :]
    Unit.objects.bulk_update(below, ["path"], batch_size=500)
    unit.parent, unit.path = above, new
