"""The link by which a recipient stops her letters: signed, so that nobody else can make one."""

from __future__ import annotations

from urllib.parse import urljoin

from django.conf import settings
from django.core import signing
from django.urls import reverse

_SALT = "visavis.share.letters.stop"


def _signer() -> signing.Signer:
    """By the key that a restored instance has too: a letter of last year can still be stopped."""
    return signing.Signer(key=settings.LASTING_KEY, salt=_SALT)


def token(subscription_id: int, account_id: int) -> str:
    """Name a subscription and a recipient in a text that only this instance can make."""
    return _signer().sign_object([subscription_id, account_id])


def read(text: str) -> tuple[int, int] | None:
    """The subscription and the account that a token names; None if it is not one of ours."""
    try:
        subscription_id, account_id = _signer().unsign_object(text)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return int(subscription_id), int(account_id)


def stop_url(subscription_id: int, account_id: int) -> str:
    """The full address of the page that stops these letters."""
    path = reverse("letters:stop", kwargs={"signed": token(subscription_id, account_id)})
    return urljoin(settings.ADDRESS, path)
