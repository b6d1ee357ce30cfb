"""What every page is given: navigation, person, preferences, slots. Nothing is read before it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from visavis.people.access.clock import now, today
from visavis.people.access.viewer import NOBODY
from visavis.people.persons.models import ROLES, Assignment
from visavis.web.fonts import is_settled
from visavis.web.navigation import SectionLinks, sections
from visavis.web.preferences import account_of, preferences_of
from visavis.web.slots import filled


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The person at the bottom of the sidebar."""

    name: str
    role: str


def page(request: HttpRequest) -> dict[str, Any]:
    """Give templates ``nav``, ``signed_in``, ``preferences``, ``slots``, ``font`` and ``now``."""
    return {
        "nav": SimpleLazyObject(lambda: _sections(request)),
        "signed_in": SimpleLazyObject(lambda: _signed_in(request)),
        "preferences": SimpleLazyObject(lambda: preferences_of(request)),
        "slots": filled(),
        "font": is_settled(),
        "now": SimpleLazyObject(now),
    }


def _sections(request: HttpRequest) -> list[SectionLinks]:
    return sections(getattr(request, "viewer", NOBODY), request.path)


def _signed_in(request: HttpRequest) -> SignedIn | None:
    account = account_of(request)
    if account is None:
        return None
    person = account.person
    if person is None:
        return SignedIn(account.email, _role(request))
    unit = (
        Assignment.objects.on(today())
        .filter(person=person)
        .order_by("-starts_on")
        .values_list("unit__name", flat=True)
        .first()
    )
    return SignedIn(person.name, " · ".join(word for word in (person.form or _role(request), unit) if word))


def _role(request: HttpRequest) -> str:
    roles = getattr(request, "viewer", NOBODY).roles
    return ", ".join(str(words) for value, words in ROLES if value in roles)
