"""What becomes of values that no list holds, when nobody said."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from visavis.listen.imports.models import Kind
from visavis.listen.imports.plans import LISTED, Plan, Unknown
from visavis.moments.exchanges.models import Channel, Interaction, Level
from visavis.moments.exchanges.models import Reason as ContactReason
from visavis.moments.references.models import Moment
from visavis.people.persons.models import Person
from visavis.people.units.models import Unit


def settled_fates(kind: Kind, plan: Plan) -> dict[str, Unknown]:
    """What becomes of unknown values, field by field, where the plan does not say.

    An empty list is filled from the file, a list that somebody wrote is respected. Reviews make their units:
    brands and shops are rarely in the organisation.
    """
    lists: dict[str, QuerySet[Any]] = {
        "unit": Unit.objects.exclude(kind=Unit.Kind.COMPANY),
        "person": Person.objects.all(), "channel": Channel.objects.all(),
        "reason": ContactReason.objects.all(), "level": Level.objects.all(), "moment": Moment.objects.all(),
        "contact": Interaction.objects.all(),
    }  # fmt: skip
    fates = dict(plan.unknown)
    for name, grows in LISTED.items():
        if name not in fates:
            fill = not lists[name].exists() or (kind == Kind.REVIEWS and name == "unit")
            empty = Unknown.CREATE if grows else Unknown.IGNORE
            fates[name] = empty if fill else Unknown.REJECT
    return fates
