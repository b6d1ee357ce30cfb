"""The mark of a key: an HMAC by the instance's own key, so that nobody else can tell who was erased."""

from __future__ import annotations

import hmac
import unicodedata
from hashlib import sha256

from django.conf import settings


def mark(kind: str, key: object) -> str:
    """Compute the mark of what was erased.

    Args:
        kind: one of ``Kind``.
        key: what names it within its kind: a code, an identity; case and outer blanks do not count.

    Returns:
        64 hexadecimal figures; the same for the same thing on this instance, and on one restored from it.
    """
    name = unicodedata.normalize("NFC", str(key)).strip().casefold()
    said = f"{kind}\x1f{name}".encode("utf-8", "surrogatepass")
    return hmac.new(settings.LASTING_KEY.encode(), said, sha256).hexdigest()
