"""A team that was heard, and subscriptions to its restitutions."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from tests import house
from visavis.core.words import Role
from visavis.people.accounts.models import Account
from visavis.people.units.models import Unit
from visavis.share.letters.models import Kind, Letter, Subscription
from visavis.share.letters.planning import plan

#: Wednesday 3 December 2025 at nine: the third working day, when the report of November is due.
AT = timezone.make_aware(dt.datetime.combine(dt.date(2025, 12, 3), dt.time(9)))
TODAY = AT.date()
LONG_AGO = timezone.make_aware(dt.datetime.combine(dt.date(2025, 1, 1), dt.time()))
#: Words and a name that no e-mail may hold.
WORDS = "Je n’ai jamais reçu ma carte verte malgré trois appels."
ADVISER = "Aliénor Quatrebarbes"


def heard(where: Unit, *days: dt.date, satisfied: int = 40, others: int = 10) -> None:
    """Customers answer about ``where``, with their words, and the adviser is known."""
    adviser = house.person(name=ADVISER)
    theme = house.theme("delay", house.theme("service"))
    for day in days or (dt.date(2025, 11, 5),):
        for mark, times in ((5, satisfied), (1, others)):
            for place in range(times):
                said = house.response(
                    where, on=day, satisfaction=mark, recommendation=2 * mark, person=adviser
                )
                if mark == 1 and place < 8:
                    text = house.verbatim(
                        said, WORDS, read_at=timezone.now(), polarity="negative", certainty=0.9
                    )
                    house.annotation(text, theme, polarity="negative", certainty=0.9)


def reader(where: Unit, role: Role = Role.DIRECTION, **fields: Any) -> Account:
    """An account with a role at ``where``."""
    made = house.account(**fields)
    house.grant(made, where, role)
    return made


def subscription(
    where: Unit, to: Account | None = None, kind: Kind = Kind.REPORT, **fields: Any
) -> Subscription:
    """A subscription that stands since long ago."""
    return Subscription.objects.create(
        **{"unit": where, "account": to, "kind": kind, "since": LONG_AGO} | fields
    )


def letter(where: Unit, to: Account | None = None, **fields: Any) -> Letter:
    """The letter due at ``AT`` for a new reader of ``where``."""
    made = subscription(where, to or reader(where), **fields)
    plan(at=AT, today=TODAY)
    return Letter.objects.get(subscription=made)
