"""What a page of another room shows of the last published wave."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import template

from visavis.listen.releases.results import Latest, latest

register = template.Library()


@register.simple_tag(takes_context=True)
def latest_wave(context: dict[str, Any], path: str, day: dt.date) -> Latest | None:
    """The last wave closed on ``day`` or before, for the smallest published group that holds the unit.

    Args:
        context: of the page; its viewer is the one who reads.
        path: of a unit; empty: the company.
        day: the last day of what the page tells.
    """
    return latest(context["request"].viewer, path, day)
