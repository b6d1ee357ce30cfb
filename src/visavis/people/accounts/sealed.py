"""Secrets of second steps are sealed where they lie: whoever reads the database alone signs in as nobody."""

from __future__ import annotations

import base64
import hashlib
import logging
import secrets
from typing import Any, Final

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction

from visavis.people.access import journal
from visavis.people.access.viewer import Viewer

logger = logging.getLogger("visavis.security")
#: What stands before a sealed secret; what has it not is read as it is.
_MARK: Final = "sealed:"
#: Where the secrets of an authenticator lie.
_PLACES: Final = ("secret", "seed")


class UnreadableError(RuntimeError):
    """No key that is left opens a secret."""


def _ring() -> Any:
    """Fernet (AES-128-CBC, HMAC-SHA-256) under each key; the first one seals."""
    from cryptography.fernet import Fernet, MultiFernet

    lines: list[str] = settings.SEALING_KEYS()
    return MultiFernet([Fernet(base64.urlsafe_b64encode(hashlib.sha256(b.encode()).digest())) for b in lines])


def seal(text: str) -> str:
    """Seal a secret under the key in use.

    Args:
        text: the secret.
    """
    return _MARK + str(_ring().encrypt(text.encode()).decode())


def unseal(text: str) -> str:
    """Open a secret, under whichever key it was sealed.

    Args:
        text: as ``seal`` gave it, or a secret from before they were sealed.

    Raises:
        UnreadableError: if no key opens it.
    """
    from cryptography.fernet import InvalidToken

    if not text.startswith(_MARK):
        return text
    try:
        return str(_ring().decrypt(text.removeprefix(_MARK).encode()).decode())
    except InvalidToken as problem:
        raise UnreadableError("sealed under a key that is gone") from problem


class SealedSteps(DefaultMFAAdapter):  # type: ignore[misc]
    """allauth's secrets pass through here on their way to the database and back."""

    def encrypt(self, text: str) -> str:
        """Seal."""
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Open; a secret whose key is gone answers to no code."""
        try:
            return unseal(encrypted_text)
        except UnreadableError:
            logger.error("A second step cannot be read: its key is gone")  # noqa: TRY400  nothing more to say
            return base64.b32encode(secrets.token_bytes(20)).decode()


@transaction.atomic
def seal_again(*, by: Viewer) -> int:
    """Seal every secret under the key in use, also those that were not sealed yet.

    Args:
        by: who asks, for the journal: the operator's command.

    Returns:
        How many authenticators were written.

    Raises:
        UnreadableError: if one cannot be read; nothing is changed then.
    """
    written = 0
    for step in Authenticator.objects.select_for_update().order_by("pk"):
        places = [place for place in _PLACES if isinstance(step.data.get(place), str)]
        for place in places:
            step.data[place] = seal(unseal(step.data[place]))
        if places:
            step.save(update_fields=["data"])
            written += 1
    journal.write(by=by, verb="accounts.keys_renewed", number=written)
    return written
