"""Sign-ins in the log of security: who succeeded (by number), what failed; no address, no password."""

from __future__ import annotations

import logging
from typing import Any

from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest

from visavis.people.accounts.throttle import address_of

logger = logging.getLogger("visavis.security")


def watch() -> None:
    """Write a line at each sign-in, sign-out, failure and change of a second step."""
    for signal, told in (
        (user_logged_in, _in),
        (user_logged_out, _out),
        (user_login_failed, _failed),
        (authenticator_added, _added),
        (authenticator_removed, _removed),
    ):
        signal.connect(told, dispatch_uid=f"visavis.{told.__name__}")


def _in(request: HttpRequest | None = None, user: Any = None, **_: object) -> None:
    told = request.session.get("account_authentication_methods", []) if request else []
    methods = "+".join(str(each.get("method")) for each in told)
    logger.info("Signed in by %s", methods or "password", extra={"account": user.pk})


def _out(user: Any = None, **_: object) -> None:
    logger.info("Signed out", extra={"account": getattr(user, "pk", None)})


def _failed(request: HttpRequest | None = None, **_: object) -> None:
    where = address_of(request) if request else ""
    logger.warning("A sign-in failed, from %s", where)


def _added(user: Any = None, **_: object) -> None:
    logger.warning("A second step was set", extra={"account": user.pk})


def _removed(user: Any = None, **_: object) -> None:
    logger.warning("A second step was removed", extra={"account": user.pk})
