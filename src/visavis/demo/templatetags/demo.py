"""What the banner of the demo shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template

from visavis.demo.cast import CAST, Member
from visavis.demo.vaubrune.world import TODAY
from visavis.demo.views import AT, ON
from visavis.demo.visit import Place, place

register = template.Library()


@dataclass(frozen=True, slots=True)
class Visit:
    """The visit as this page shows it.

    Attributes:
        place: where the visitor stands, or would start.
        on: whether the visitor is following it.
        begun: whether there is a place to come back to.
        here: whether this page is the one of the step, seen by the right person.
    """

    place: Place
    on: bool
    begun: bool
    here: bool


@register.simple_tag
def cast() -> tuple[Member, ...]:
    """The people one may become."""
    return CAST


@register.simple_tag
def day_of_the_demo() -> object:
    """The day at which it stands still."""
    return TODAY


@register.simple_tag(takes_context=True)
def visit(context: dict[str, Any]) -> Visit:
    """Where the visitor stands; the first step without a session."""
    request = context["request"]
    session = getattr(request, "session", {})
    found = place(session.get(AT, ""))
    member = getattr(getattr(request, "user", None), "email", "") == found.step.member.email
    return Visit(found, bool(session.get(ON)), AT in session, member and request.path == found.step.path)
