"""What the banner of the demo shows."""

from __future__ import annotations

from django import template

from visavis.demo.cast import CAST, Member
from visavis.demo.vaubrune.world import TODAY

register = template.Library()


@register.simple_tag
def cast() -> tuple[Member, ...]:
    """The people one may become."""
    return CAST


@register.simple_tag
def day_of_the_demo() -> object:
    """The day at which it stands still."""
    return TODAY
