"""Words of the sign-in pages."""

from __future__ import annotations

from django import template
from django.conf import settings

from visavis.people.accounts import adapter

register = template.Library()


@register.simple_tag
def sign_in_service() -> str:
    """What the company's sign-in service is called; nothing where none is configured."""
    return str(settings.SIGN_ON.get("name", ""))


@register.simple_tag
def mail_works() -> bool:
    """Whether a forgotten password can be renewed by e-mail."""
    return adapter.mail_works()
