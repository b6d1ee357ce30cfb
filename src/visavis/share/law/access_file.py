"""Everything that is kept about somebody, as one file: the right of access. Other people are masked."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from visavis.act.inbox.models import Case, CaseStep
from visavis.listen.campaigns.models import Invitation
from visavis.listen.returns.models import Answer, Response, Verbatim
from visavis.moments.exchanges.models import Customer, CustomerContact, Interaction
from visavis.people.access.models import Grant, JournalEntry
from visavis.people.accounts.models import Account
from visavis.people.persons.models import Assignment, Person
from visavis.share.law.models import AdviserMonth, PrivacyRequest
from visavis.share.law.seeking import said_by
from visavis.text.personal import mask
from visavis.understand.verbatims.models import Annotation

#: A part of the file: its name, and its rows.
File = dict[str, list[dict[str, Any]]]


def file_of(request: PrivacyRequest) -> File:
    """Gather what is kept about whom a request is about.

    Args:
        request: of a customer or of an employee; of nobody, the file is empty.

    Returns:
        Named parts, each a list of rows of plain values. In words that customers wrote or staff noted,
        other people are masked; so is the employee's own name, with everybody's.
    """
    if request.customer:
        return _of_customer(request.customer)
    return _of_person(request.person) if request.person else {}


def _day(value: dt.date | dt.datetime | None) -> str:
    return value.isoformat() if value else ""


def _of_customer(customer: Customer) -> File:
    kept = said_by(customer).order_by("heard_on", "pk")
    contacts = CustomerContact.objects.filter(customer=customer).order_by("pk")
    return {
        "customer": [{"key": customer.code, "segment": customer.segment, "language": customer.language}],
        "contact": [
            {"name": one.shown_as, "phone": one.phone, "e-mail": one.email, "until": _day(one.keep_until)}
            for one in contacts
        ],
        "exchanges": [_exchange(one) for one in _exchanges(Interaction.objects.filter(customer=customer))],
        "invitations": [
            {"campaign": one.campaign.code, "sent": _day(one.sent_on), "answered": one.answered}
            for one in Invitation.objects.filter(customer=customer).select_related("campaign").order_by("pk")
        ],
        "responses": [_response(one) for one in kept.select_related("unit", "channel", "reason")],
        "answers": _answers(kept),
        "texts": _texts(kept),
        "cases": _cases(kept),
    }


def _exchanges(rows: QuerySet[Interaction]) -> QuerySet[Interaction]:
    return rows.select_related("channel", "reason", "unit").order_by("started_at", "pk")


def _exchange(one: Interaction) -> dict[str, Any]:
    return {
        "code": one.code,
        "started": _day(one.started_at),
        "channel": one.channel.code,
        "reason": one.reason.code if one.reason else "",
        "unit": one.unit.name if one.unit else "",
        "wait_s": one.wait_s,
        "handle_s": one.handle_s,
        "outcome": one.outcome,
    }


def _response(one: Response) -> dict[str, Any]:
    return {
        "code": one.code,
        "source": one.source,
        "day": _day(one.heard_on),
        "unit": one.unit.name,
        "channel": one.channel.code if one.channel else "",
        "reason": one.reason.code if one.reason else "",
        "product": one.product,
        "satisfaction": one.satisfaction,
        "recommendation": one.recommendation,
        "callback": one.callback,
        "reply": mask(one.reply),
    }


def _answers(said: QuerySet[Response]) -> list[dict[str, Any]]:
    rows = Answer.objects.filter(response__in=said.order_by().values("pk")).select_related(
        "question", "response"
    )
    return [
        {
            "day": _day(one.response.heard_on),
            "question": one.question.label,
            "value": one.value,
            "choice": one.choice,
        }
        for one in rows.order_by("response__heard_on", "question__position", "pk")
    ]


def _texts(said: QuerySet[Response]) -> list[dict[str, Any]]:
    rows = Verbatim.objects.filter(response__in=said.order_by().values("pk")).order_by("heard_on", "pk")
    told: dict[int, list[str]] = defaultdict(list)
    heard = Annotation.objects.current().filter(
        verbatim__in=rows.order_by().values("pk"), refused=False, theme__isnull=False
    )
    for pk, code in heard.order_by("theme__code", "pk").values_list("verbatim", "theme__code"):
        told[pk].append(code)
    return [_text(one, told[one.pk]) for one in rows]


def _text(one: Verbatim, themes: list[str]) -> dict[str, Any]:
    return {
        "day": _day(one.heard_on),
        "words": mask(one.text),
        "tone": one.polarity,
        "themes": themes,
        "read_by": one.read_by,
        "corrected": one.corrected,
    }


def _cases(said: QuerySet[Response]) -> list[dict[str, Any]]:
    cases = Case.objects.filter(response__in=said.order_by().values("pk")).order_by("opened_on", "pk")
    steps: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for step in CaseStep.objects.filter(case__in=cases.order_by().values("pk")).order_by("at", "pk"):
        told = {"day": _day(timezone.localdate(step.at)), "kind": step.kind, "text": mask(step.text)}
        steps[step.case_id].append(told)
    return [
        {
            "opened": _day(one.opened_on),
            "why": one.why,
            "status": one.status,
            "outcome": mask(one.outcome),
            "steps": steps[one.pk],
        }
        for one in cases
    ]


def _of_person(person: Person) -> File:
    own = Response.objects.filter(author=person).order_by("heard_on", "pk")
    about = Response.objects.filter(person=person).order_by("heard_on", "pk")
    account = Account.objects.filter(person=person).first()
    months = AdviserMonth.objects.filter(person=person).order_by("month")
    works = Assignment.objects.filter(person=person).select_related("unit").order_by("starts_on")
    return {
        "person": [
            {
                "code": person.code,
                "name": person.name,
                "e-mail": person.email,
                "form": person.form,
                "hired": _day(person.hired_on),
                "left": _day(person.left_on),
            }
        ],
        "assignments": [
            {"unit": one.unit.name, "role": one.role, "from": _day(one.starts_on), "to": _day(one.ends_on)}
            for one in works
        ],
        "account": _account(account),
        "feelings": [{"day": _day(one.heard_on), "source": one.source} for one in own],
        "feelings_answers": _answers(own),
        "feelings_words": _texts(own),
        "exchanges": [_exchange(one) for one in _exchanges(Interaction.objects.filter(person=person))],
        "months": [{"month": _day(one.month), "exchanges": one.exchanges} for one in months],
        "returns_about_you": [_response(one) for one in about.select_related("unit", "channel", "reason")],
        "words_about_you": _texts(about),
        "gestures": _gestures(account),
    }


def _account(account: Account | None) -> list[dict[str, Any]]:
    if account is None:
        return []
    held = Grant.objects.filter(account=account).select_related("unit").order_by("starts_on", "pk")
    roles = [
        {"role": one.role, "unit": one.unit.name, "from": _day(one.starts_on), "to": _day(one.ends_on)}
        for one in held
    ]
    return [{"e-mail": account.email, "last_sign_in": _day(account.last_login), "roles": roles}]


def _gestures(account: Account | None) -> list[dict[str, Any]]:
    lines = JournalEntry.objects.filter(account=account).order_by("at", "pk") if account else []
    return [{"at": _day(line.at), "gesture": line.verb} for line in lines]
