"""The gate: nothing of employees is released before they and their representatives were told."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from visavis.listen.releases.models import WaveGate
from visavis.people.access import journal
from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer
from visavis.people.units.queries import company_path


def gate() -> WaveGate | None:
    """What holds today: the latest that was recorded; none before the first."""
    return WaveGate.objects.order_by("-pk").first()


def missing(today: dt.date) -> list[str]:
    """What is still needed before a release, in sentences; nothing when the gate is open."""
    held = gate()
    if held is None:
        return [_("Record the consultation of the works council, the impact assessment and the notice.")]
    wanting = []
    if held.consulted_on > today:
        wanting.append(_("The consultation of the works council is still to come."))
    if not held.acknowledged:
        wanting.append(_("Employees have not received the notice yet."))
    return wanting


def is_open(today: dt.date) -> bool:
    """Whether something may be released today."""
    return not missing(today)


@transaction.atomic
def record_gate(
    *,
    by: Viewer,
    consulted_on: dt.date,
    assessment: str,
    notice: str,
    acknowledged: bool,
    now: dt.datetime,
) -> WaveGate:
    """Record what employees and their representatives were told. Earlier records are kept.

    Args:
        by: who records; needs the right to the waves on the whole company.
        consulted_on: day of the information and consultation of the works council.
        assessment: reference of the impact assessment.
        notice: what employees read.
        acknowledged: whether they have received it.
        now: the instant.

    Returns:
        What holds from now on.

    Raises:
        PermissionDenied: if ``by`` may not.
        ValidationError: if something is not said.
    """
    must_release(by)
    told = WaveGate(
        consulted_on=consulted_on,
        assessment=assessment.strip(),
        notice=notice.strip(),
        acknowledged=acknowledged,
        account_id=by.account_id,
        recorded_at=now,
    )
    told.full_clean(exclude=["account"])
    if not acknowledged:
        raise ValidationError({"acknowledged": _("Nothing is released before employees have this notice.")})
    told.save()
    journal.write(by=by, verb="releases.gate", about=told, unit_path=company_path())
    return told


def must_release(by: Viewer) -> None:
    """Refuse whoever may not open, close and release the waves of the whole company.

    Raises:
        PermissionDenied: if so.
    """
    by.must(Right.WAVES, company_path())


def may_release(viewer: Viewer) -> bool:
    """Whether a viewer may open, close and release the waves of the whole company."""
    return viewer.may(Right.WAVES, company_path())


def tell_export(*, by: Viewer, name: str) -> None:
    """Write in the journal that released figures left as a file.

    Args:
        by: who exports; needs the right to the barometer.
        name: name of the file.

    Raises:
        PermissionDenied: if ``by`` may not.
    """
    by.must(Right.BAROMETER)
    journal.write(by=by, verb="releases.exported", name=name)
