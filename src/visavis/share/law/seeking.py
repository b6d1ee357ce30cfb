"""Finding somebody: a customer by key, e-mail or telephone, an employee by code, e-mail or name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Replace

from visavis.core.words import Voice
from visavis.listen.returns.models import Response
from visavis.moments.exchanges.models import Customer, CustomerContact
from visavis.people.access.policy import LISTED_VOICES, Right
from visavis.people.access.viewer import Viewer
from visavis.people.persons.models import Person
from visavis.people.units.queries import company_path
from visavis.share.law.models import PrivacyRequest

#: Most people shown: beyond, what was typed tells nobody apart.
MOST: Final = 20
#: The last figures of a telephone, whatever its prefix.
_FIGURES: Final = 9


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a request is about: a customer, an employee, or nobody that is known here."""

    voice: Voice
    customer: Customer | None = None
    person: Person | None = None


def may_answer(viewer: Viewer) -> bool:
    """Whether this viewer answers people's requests, over the whole company."""
    return viewer.may(Right.PRIVACY, company_path())


def said_by(customer: Customer) -> QuerySet[Response]:
    """What a customer said, in returns of theirs and in those of their exchanges, in no order.

    Found one way, then the other: both at once may lead PostgreSQL through every return for each text.
    """
    own = Response.objects.filter(customer=customer)
    exchanged = Response.objects.filter(interaction__customer=customer, author__isnull=True)
    keys = {key for rows in (own, exchanged) for key in rows.order_by().values_list("pk", flat=True)}
    return Response.objects.filter(pk__in=keys)


def customers(viewer: Viewer, typed: str) -> QuerySet[Customer]:
    """Customers of that key, e-mail or telephone, by key."""
    typed = typed.strip()
    if not typed or not may_answer(viewer):
        return Customer.objects.none()
    reached = CustomerContact.objects.filter(_reached(typed)).order_by().values("customer")
    return Customer.objects.filter(Q(code__iexact=typed) | Q(pk__in=reached)).order_by("code")[:MOST]


def _reached(typed: str) -> Q:
    figures = re.sub(r"\D", "", typed)
    asked = Q(email__iexact=typed)
    return asked | Q(pk__in=_phones(figures[-_FIGURES:])) if len(figures) >= _FIGURES else asked


def _phones(figures: str) -> QuerySet[CustomerContact]:
    bare = Replace("phone", Value(" "))
    for sign in ".-()/\u00a0":
        bare = Replace(bare, Value(sign))
    rows = CustomerContact.objects.annotate(figures=bare).filter(figures__endswith=figures)
    return rows.order_by().values("pk")  # type: ignore[return-value]  # keys, for a condition


def people(viewer: Viewer, typed: str) -> QuerySet[Person]:
    """Employees of that staff code or e-mail, or whose name holds what was typed, by name."""
    typed = typed.strip()
    if not typed or not may_answer(viewer):
        return Person.objects.none()
    named = Q(code__iexact=typed) | Q(email__iexact=typed)
    if len(typed) >= 3:
        named |= Q(name__icontains=typed)
    return Person.objects.filter(named).order_by("name", "pk")[:MOST]


def returns(viewer: Viewer) -> QuerySet[Response]:
    """Returns that may be erased by themselves: customers' own, the latest first."""
    if not may_answer(viewer):
        return Response.objects.none()
    rows = Response.objects.filter(voice__in=LISTED_VOICES).select_related("unit", "channel", "customer")
    return rows.order_by("-heard_on", "pk")


def returns_named(viewer: Viewer, typed: str) -> QuerySet[Response]:
    """Returns of that code or of that public address, the latest first."""
    typed = typed.strip()
    if not typed:
        return Response.objects.none()
    return returns(viewer).filter(Q(code__iexact=typed) | Q(url__iexact=typed))[:MOST]


def requests(viewer: Viewer) -> QuerySet[PrivacyRequest]:
    """Requests of people: those to answer first, the most urgent on top, then the latest answered."""
    if not may_answer(viewer):
        return PrivacyRequest.objects.none()
    rows = PrivacyRequest.objects.select_related("customer", "person", "account__person")
    return rows.order_by("answered_on", "due_on", "pk")


def waiting(viewer: Viewer) -> int:
    """How many requests are to be answered."""
    return requests(viewer).filter(state=PrivacyRequest.State.RECEIVED).order_by().count()


def known_customer(viewer: Viewer, key: int) -> Subject | None:
    """The customer of a key, as whom a request is about."""
    found = Customer.objects.filter(pk=key).first() if may_answer(viewer) else None
    return Subject(Voice.CUSTOMER, customer=found) if found else None


def known_person(viewer: Viewer, key: int) -> Subject | None:
    """The employee of a key, as whom a request is about."""
    found = Person.objects.filter(pk=key).first() if may_answer(viewer) else None
    return Subject(Voice.EMPLOYEE, person=found) if found else None
