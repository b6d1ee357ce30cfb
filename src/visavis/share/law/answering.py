"""The register of people's requests: received, answered, on time; what is told, corrected, erased."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from visavis.core.stamps import merged
from visavis.core.words import Voice
from visavis.listen.returns.models import Response
from visavis.moments.exchanges.models import Customer, CustomerContact
from visavis.people.access import journal
from visavis.people.access.viewer import Viewer
from visavis.people.persons.models import Person
from visavis.share.law import erasing_returns
from visavis.share.law.erasing import erase_customer, erase_person
from visavis.share.law.models import PrivacyRequest
from visavis.share.law.seeking import Subject, may_answer

#: One month (GDPR, article 12.3), counted short.
DUE_DAYS = 30
#: Days before the end at which a request is called urgent.
URGENT_DAYS = 7


def _must(by: Viewer) -> None:
    if not may_answer(by):
        raise PermissionDenied


@transaction.atomic
def receive(
    *, by: Viewer, kind: PrivacyRequest.Kind, subject: Subject, received_on: dt.date, today: dt.date
) -> PrivacyRequest:
    """Write a request in the register. One about nobody that is known here is answered as such at once.

    Args:
        by: who writes it; needs the right to answer people's requests, over the company.
        kind: what is asked.
        subject: whom it is about.
        received_on: the day on which it came.
        today: the company's day.

    Returns:
        The request, due thirty days after it came.

    Raises:
        PermissionDenied: if ``by`` may not.
        ValidationError: if it came later than today.
    """
    _must(by)
    if received_on > today:
        raise ValidationError(_("A request cannot come in the future."))
    known = subject.customer is not None or subject.person is not None
    made = PrivacyRequest.objects.create(
        kind=kind,
        voice=subject.voice,
        customer=subject.customer,
        person=subject.person,
        received_on=received_on,
        due_on=received_on + dt.timedelta(days=DUE_DAYS),
        state=PrivacyRequest.State.RECEIVED if known else PrivacyRequest.State.NOT_FOUND,
        answered_on=None if known else today,
        account_id=None if known else by.account_id,
    )
    journal.write(by=by, verb="law.request_received", about=made, kind=kind.value)
    return made


def _open(request: PrivacyRequest) -> PrivacyRequest:
    found = PrivacyRequest.objects.select_for_update().get(pk=request.pk)
    if found.state != PrivacyRequest.State.RECEIVED:
        raise ValidationError(_("This request is answered already."))
    return found


@transaction.atomic
def close(
    *,
    by: Viewer,
    request: PrivacyRequest,
    state: PrivacyRequest.State,
    today: dt.date,
    answer: str = "",
    proof: dict[str, int] | None = None,
) -> PrivacyRequest:
    """Say that a request is answered.

    Args:
        by: who answered; needs the right to answer people's requests, over the company.
        request: waiting.
        state: how it ended.
        today: the company's day.
        answer: the reason given; needed to refuse.
        proof: what was done, as counts.

    Returns:
        The request as answered.

    Raises:
        PermissionDenied: if ``by`` may not.
        ValidationError: if it is answered already, or refused without a reason.
    """
    _must(by)
    found = _open(request)
    if state == PrivacyRequest.State.REFUSED and not answer.strip():
        raise ValidationError(_("Say why: a reason is needed here."))
    found.state, found.answer, found.answered_on = state, answer.strip(), today
    found.proof, found.account_id = proof or {}, by.account_id
    found.save()
    journal.write(by=by, verb="law.request_answered", about=found, kind=found.kind)
    return found


@transaction.atomic
def rectify(
    *, by: Viewer, request: PrivacyRequest, told: dict[str, str], today: dt.date, seen: str | None = None
) -> PrivacyRequest:
    """Correct what is known of somebody, and answer the request.

    Args:
        by: who corrects; needs the right to answer people's requests, over the company.
        request: of rectification, waiting.
        told: new values: ``email``, ``phone``, ``shown_as``, ``segment``, ``language`` of a customer; of an
            employee ``name``, ``email``, ``form``. Others are left alone.
        today: the company's day.
        seen: ``stamps_of`` what was on screen; none if no screen showed it.

    Returns:
        The request as answered.

    Raises:
        PermissionDenied: if ``by`` may not.
        ValidationError: if a value is no such value, or nobody is behind the request.
        MeanwhileError: if somebody changed the same fact meanwhile.
    """
    _must(by)
    found = _open(request)
    rows = [type(row).objects.select_for_update().get(pk=row.pk) for row in _rows(found)]
    wanted = merged(told, now=_facts(rows), seen=seen)
    changed = sum(_corrected(row, {name: str(value) for name, value in wanted.items()}) for row in rows)
    proof = {"corrected": changed}
    return close(by=by, request=found, state=PrivacyRequest.State.DONE, today=today, proof=proof)


def _rows(request: PrivacyRequest) -> Sequence[Any]:
    if request.customer:
        contact = CustomerContact.objects.filter(customer=request.customer).order_by("pk").first()
        return [request.customer, contact] if contact else [request.customer]
    if request.person:
        return [request.person]
    raise ValidationError(_("Nobody that is known here stands behind this request."))


#: What may be corrected of each table.
CORRECTED: dict[type[Any], tuple[str, ...]] = {
    Customer: ("segment", "language"),
    CustomerContact: ("email", "phone", "shown_as"),
    Person: ("name", "email", "form"),
}


def correctable(request: PrivacyRequest) -> dict[str, object]:
    """What is known of whom a request is about, and may be corrected: name → value."""
    return _facts(_rows(request))


def _facts(rows: Sequence[Any]) -> dict[str, object]:
    return {name: getattr(row, name) for row in rows for name in CORRECTED[type(row)]}


def _corrected(row: Any, told: dict[str, str]) -> int:
    names = [name for name in CORRECTED[type(row)] if name in told and getattr(row, name) != told[name]]
    for name in names:
        setattr(row, name, told[name].strip())
    row.full_clean()
    row.save(update_fields=names)
    return len(names)


@transaction.atomic
def erase(
    *, by: Viewer, request: PrivacyRequest, words: Sequence[str], at: dt.datetime, today: dt.date
) -> PrivacyRequest:
    """Erase whom a request is about, and answer it with the proof.

    Args:
        by: who erases; needs the right to answer people's requests, over the company.
        request: of erasure, waiting.
        words: more that leads to the person, taken out of what others wrote; not kept.
        at: the present instant.
        today: the company's day.

    Returns:
        The request as answered: it names nobody any more.

    Raises:
        PermissionDenied: if ``by`` may not.
        ValidationError: if nobody is behind it, she still works here, or a file of hers is being imported.
    """
    _must(by)
    found = _open(request)
    if found.customer:
        proof = erase_customer(by=by, customer=found.customer, at=at, words=words)
    elif found.person:
        proof = erase_person(by=by, person=found.person, at=at, today=today, words=words)
    else:
        raise ValidationError(_("Nobody that is known here stands behind this request."))
    found.refresh_from_db()
    return close(by=by, request=found, state=PrivacyRequest.State.DONE, today=today, proof=proof)


@transaction.atomic
def erase_return(
    *, by: Viewer, response: Response, words: Sequence[str], at: dt.datetime, today: dt.date
) -> PrivacyRequest:
    """Erase one return at the request of whoever wrote it, and write the request in the register as answered.

    Args:
        by: who erases; needs the right to answer people's requests, over the company.
        response: which.
        words: more that leads to the person, taken out of what others wrote; not kept.
        at: the present instant.
        today: the company's day.

    Returns:
        The request, about nobody, with the proof.

    Raises:
        PermissionDenied: if ``by`` may not.
        ValidationError: if a file that holds the return is being imported.
    """
    _must(by)
    proof = erasing_returns.erase_return(by=by, response=response, at=at, words=words)
    nobody = Subject(Voice(response.voice))
    asked = receive(by=by, kind=PrivacyRequest.Kind.ERASURE, subject=nobody, received_on=today, today=today)
    asked.state, asked.proof = PrivacyRequest.State.DONE, proof
    asked.save(update_fields=["state", "proof"])
    journal.write(by=by, verb="law.request_answered", about=asked, kind=asked.kind)
    return asked
