"""Words of the sign-in pages."""

from __future__ import annotations

from django import template

from visavis.people.accounts import adapter

register = template.Library()


@register.simple_tag
def mail_works() -> bool:
    """Whether a forgotten password can be renewed by e-mail."""
    return adapter.mail_works()
