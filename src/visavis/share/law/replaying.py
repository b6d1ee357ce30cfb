"""After a restore: whoever the journal of erasures names is erased again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from visavis.listen.returns.models import Response
from visavis.moments.exchanges.models import Customer
from visavis.people.access.clock import now, today
from visavis.people.access.viewer import Viewer
from visavis.people.persons.models import Assignment, Person
from visavis.share.law import erasing, erasing_returns


def customers() -> Iterable[str]:
    """The keys of all customers."""
    return Customer.objects.order_by("pk").values_list("code", flat=True).iterator()


def people() -> Iterable[str]:
    """The codes of all people."""
    return Person.objects.order_by("pk").values_list("code", flat=True).iterator()


def returns() -> Iterable[int]:
    """The identities of all returns."""
    return Response.objects.order_by("pk").values_list("pk", flat=True).iterator()


def erase_customer(by: Viewer, code: str | int) -> None:
    """Erase the customer of a key again."""
    erasing.erase_customer(by=by, customer=Customer.objects.get(code=code), at=now())


def erase_person(by: Viewer, code: str | int) -> None:
    """Erase a former employee again; the backup may think that she still works here."""
    person = Person.objects.get(code=code)
    past = dt.timedelta(days=1)
    Assignment.objects.on(today()).filter(person=person, starts_on__lt=today()).update(ends_on=today() - past)
    Assignment.objects.on(today()).filter(person=person).delete()
    erasing.erase_person(by=by, person=person, at=now(), today=today())


def erase_return(by: Viewer, key: str | int) -> None:
    """Erase a return again."""
    erasing_returns.erase_return(by=by, response=Response.objects.get(pk=key), at=now())
