"""Nobody signs up alone, nobody changes their address alone: accounts are given by an administrator."""

from __future__ import annotations

import ipaddress
import logging
import time
from typing import Any, Final

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest

logger = logging.getLogger("visavis.security")

_SMTP = "django.core.mail.backends.smtp.EmailBackend"
_DUMMY = "django.core.mail.backends.dummy.EmailBackend"
#: What Django takes when nobody named a mail server.
_UNSET = ("", "localhost")
#: Names our own gestures where allauth asks which application wants a proof.
_HOUSE: Final = "visavis"
#: Seconds for which a sign-in at the company's service proves who somebody is: it has no password here.
_FRESH: Final = 300


def mail_works() -> bool:
    """Whether this instance can send an e-mail: somebody named a mail server, or another way of sending."""
    if settings.EMAIL_BACKEND == _DUMMY:
        return False
    return settings.EMAIL_BACKEND != _SMTP or settings.EMAIL_HOST not in _UNSET


def must_prove(request: HttpRequest) -> None:
    """Ask again who somebody is, before a gesture that protects accounts; what was sent is done after that.

    Args:
        request: of somebody signed in.

    Raises:
        ReauthenticationRequired: unless she proved it in the last minutes; allauth leads to the page.
    """
    raise_if_reauthentication_required(request, app=_HOUSE)


class ClosedDoor(DefaultAccountAdapter):  # type: ignore[misc]
    """The sign-up page is closed, and addresses are changed by the administrator."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Never: see ``visavis account`` and the page of accounts."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Where a request comes from: with fewer hops than there are proxies, whoever knocks at our door."""
        hops = request.headers.get("X-Forwarded-For", "").split(",")
        if not 0 < settings.ALLAUTH_TRUSTED_PROXY_COUNT <= len(hops):
            return str(request.META.get("REMOTE_ADDR", ""))
        try:
            return str(ipaddress.ip_address(hops[-settings.ALLAUTH_TRUSTED_PROXY_COUNT].strip()))
        except ValueError:
            return str(request.META.get("REMOTE_ADDR", ""))

    def is_safe_url(self, url: str | None) -> bool:
        """Whether a page to go on to is ours; what is no address at all is not."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:
            return False

    def get_login_stages(self) -> list[str]:
        """Our own second step in the place of allauth's."""
        theirs, ours = "allauth.mfa.stages.AuthenticateStage", "visavis.people.accounts.sign_on.OurSecondStep"
        return [ours if stage == theirs else stage for stage in super().get_login_stages()]

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Always, but for our gestures just after a sign-in at the company's service."""
        records = get_authentication_records(self.request, self.request.user)
        fresh = any(
            told.get("method") == "socialaccount" and time.time() - told["at"] < _FRESH for told in records
        )
        return bool(super().is_reauthentication_required(app=app, **kwargs)) and not (app == _HOUSE and fresh)

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """A refusal of a form; limits that were reached are logged."""
        if code.startswith("too_many"):
            logger.warning("A limit was reached: %s", code)
        refusal: ValidationError = super().validation_error(code, *args)
        return refusal

    def can_delete_email(self, email_address: Any) -> bool:  # noqa: ARG002
        """Never: the address signs in."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send nothing where no mail can leave: the answer is the same for a known and an unknown address."""
        if mail_works():
            super().send_mail(template_prefix, email, context)
