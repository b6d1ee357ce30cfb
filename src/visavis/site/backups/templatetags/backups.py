"""The alarm of the backups, asked for by every page."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone

from visavis.people.access.viewer import NOBODY
from visavis.site.backups.queries import Alarm, alarm

register = template.Library()


@register.simple_tag(takes_context=True)
def backup_alarm(context: dict[str, Any]) -> Alarm | None:
    """What must be told to whoever looks; nothing most of the time."""
    return alarm(getattr(context.get("request"), "viewer", NOBODY), at=timezone.now())
