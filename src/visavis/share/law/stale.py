"""What is older than its keeping time, purpose by purpose: for the purge, and for the page about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from visavis.act.inbox.models import Case
from visavis.core.words import Voice
from visavis.listen.campaigns.models import Invitation
from visavis.listen.returns.models import Response, Verbatim
from visavis.moments.exchanges.models import Customer, CustomerContact, Interaction
from visavis.people.access.models import JournalEntry
from visavis.share.law.models import AdviserMonth, PrivacyRequest
from visavis.share.law.purposes import Purpose


class Cut(NamedTuple):
    """Where a night cuts: what is of ``before`` or later stays."""

    before: dt.date
    today: dt.date


Rows = QuerySet[Any]


def contacts(cut: Cut) -> Rows:
    """Contacts past their written end, or whose customer has neither an open case nor anything recent."""
    # The written end is a promise made to the customer: nothing prolongs it.
    past = Q(keep_until__lt=cut.today)
    return CustomerContact.objects.filter(past | ~_alive(cut.before))


def _alive(before: dt.date) -> Q:
    """Customers about whom something is open, or was closed, heard or asked on ``before`` or later."""
    open_ = ~Q(status=Case.Status.CLOSED) | Q(closed_at__date__gte=before)
    asked = Q(sent_on__gte=before) | Q(campaign__closes_on__gte=before)
    return (
        Q(pk__in=_customers(Case.objects.filter(open_), "response__customer"))
        | Q(pk__in=_customers(Response.objects.filter(heard_on__gte=before)))
        | Q(pk__in=_customers(Interaction.objects.filter(day__gte=before)))
        | Q(pk__in=_customers(Invitation.objects.filter(asked)))
    )


def _customers(rows: Rows, name: str = "customer") -> Rows:
    """The customers of some rows; an unknown one among them would hide all the others."""
    return rows.filter(**{f"{name}__isnull": False}).order_by().values(name)


def lonely_customers(_cut: Cut) -> Rows:
    """Customers of whom nothing but a key is left."""
    rows = Customer.objects.all()
    for model in (Interaction, Response, Invitation, CustomerContact, PrivacyRequest):
        rows = rows.exclude(pk__in=_customers(model.objects.all()))
    return rows


def answers(cut: Cut) -> Rows:
    """Customers' answers that still name a customer, an exchange, an adviser or their code."""
    named = Q(customer__isnull=False) | Q(interaction__isnull=False) | Q(person__isnull=False) | ~Q(code="")
    return Response.objects.filter(named, voice=Voice.CUSTOMER, heard_on__lt=cut.before)


def exchanges(cut: Cut) -> Rows:
    """Exchanges that still name their customer."""
    return Interaction.objects.filter(day__lt=cut.before, customer__isnull=False)


def texts(cut: Cut) -> Rows:
    """Customers' words."""
    return Verbatim.objects.filter(voice=Voice.CUSTOMER, heard_on__lt=cut.before).exclude(text="")


def employee_words(cut: Cut) -> Rows:
    """Employees' words."""
    return Verbatim.objects.filter(voice=Voice.EMPLOYEE, heard_on__lt=cut.before).exclude(text="")


def _ended(cut: Cut) -> Rows:
    ended = Invitation.objects.annotate(end=Coalesce("campaign__closes_on", "sent_on"))
    return ended.filter(end__lt=cut.before)


def participation(cut: Cut) -> Rows:
    """Invitations of employees."""
    return _ended(cut).filter(campaign__voice=Voice.EMPLOYEE)


def invitations(cut: Cut) -> Rows:
    """Invitations of customers that still lead to somebody."""
    named = Q(customer__isnull=False) | Q(interaction__isnull=False) | Q(token_hash__isnull=False)
    return _ended(cut).filter(named, campaign__voice=Voice.CUSTOMER)


def feelings(cut: Cut) -> Rows:
    """Feelings that still name their author."""
    own = Response.objects.filter(source=Response.Source.FEELING, author__isnull=False)
    return own.filter(heard_on__lt=cut.before)


def adviser_days(cut: Cut) -> Rows:
    """Exchanges that still name their adviser."""
    return Interaction.objects.filter(day__lt=cut.before, person__isnull=False)


def adviser_months(cut: Cut) -> Rows:
    """Sums of advisers by month."""
    return AdviserMonth.objects.filter(month__lt=cut.before)


def audit(cut: Cut) -> Rows:
    """Lines of the journal."""
    return JournalEntry.objects.filter(at__date__lt=cut.before)


def requests(cut: Cut) -> Rows:
    """Requests of people, answered."""
    return PrivacyRequest.objects.filter(answered_on__lt=cut.before)


STALE: Final[Mapping[Purpose, Callable[[Cut], Rows]]] = {
    Purpose.CONTACTS: contacts,
    Purpose.ANSWERS: answers,
    Purpose.TEXTS: texts,
    Purpose.INVITATIONS: invitations,
    Purpose.PARTICIPATION: participation,
    Purpose.EMPLOYEE_WORDS: employee_words,
    Purpose.FEELINGS: feelings,
    Purpose.ADVISER_DAYS: adviser_days,
    Purpose.ADVISER_MONTHS: adviser_months,
    Purpose.AUDIT: audit,
    Purpose.REQUESTS: requests,
}
