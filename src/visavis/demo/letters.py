"""The e-mails that Vaubrune has sent: to the Direction, to quality, to the manager of a team. None leaves."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from visavis.core.words import Role
from visavis.demo.vaubrune.world import ROOT, TODAY
from visavis.people.access.viewer import system
from visavis.people.units.models import Unit
from visavis.share.letters.models import Kind, Subscription
from visavis.share.letters.planning import plan
from visavis.share.letters.services import subscribe

#: What, of which unit, to which role held there.
_ASKED = (
    (Kind.REPORT, ROOT, Role.DIRECTION),
    (Kind.DAY, ROOT, Role.QUALITY),
    (Kind.DAY, "escaut", Role.MANAGER),
)
#: They stand since the autumn, so that the outbox has the latest of each.
_SINCE = timezone.make_aware(dt.datetime.combine(dt.date(2025, 9, 1), dt.time(9)))


@transaction.atomic
def prepare_letters() -> None:
    """Open the subscriptions and put what fell due in the outbox; what is there already is left alone."""
    units = {unit.code: unit for unit in Unit.objects.order_by("pk")}
    if not Subscription.objects.exists():
        for kind, code, role in _ASKED:
            wish = Subscription(kind=kind, unit=units[code], role=role, held_at=units[code])
            subscribe(by=system(), wish=wish, at=_SINCE, today=TODAY)
    plan(at=timezone.make_aware(dt.datetime.combine(TODAY, dt.time(9))), today=TODAY)
