"""How often an address of the network may ask for the same thing."""

from __future__ import annotations

import time

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

_MINUTE = 60


def address_of(request: HttpRequest) -> str:
    """Where a request comes from, as far as the configured number of proxies can be believed."""
    told: str = get_adapter().get_client_ip(request)
    return told


def may_ask(request: HttpRequest, what: str, *, times: int) -> bool:
    """Whether an address asked for ``what`` at most ``times`` times in this minute, this time included.

    All processes count together; what cannot be counted is refused.
    """
    key = f"throttle:{what}:{address_of(request)}:{int(time.time() // _MINUTE)}"
    cache.add(key, 0, timeout=2 * _MINUTE)
    try:
        return cache.incr(key) <= times
    except ValueError:  # forgotten meanwhile
        return False
