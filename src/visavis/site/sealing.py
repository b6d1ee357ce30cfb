"""Backups are sealed with age: anybody may seal to a public key, only its owner opens."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from visavis.core.languages import gettext_noop as _


class SealError(ValueError):
    """A key is none, or does not open this file."""


def recipients(keys: str) -> list[Any]:
    """Read public keys.

    Args:
        keys: one or more ``age1…``, separated by commas.

    Returns:
        Recipients, as pyrage takes them.

    Raises:
        SealError: if one is no public key of age.
    """
    from pyrage import RecipientError, x25519

    try:
        return [x25519.Recipient.from_str(key.strip()) for key in keys.split(",")]
    except RecipientError as error:
        raise SealError(_("the key given is no public key of age (age1…)")) from error


def seal(source: Path, target: Path, keys: str) -> None:
    """Encrypt a file to public keys, in a stream: memory stays flat.

    Args:
        source: the file.
        target: the sealed file, written anew.
        keys: as ``recipients`` takes them.
    """
    import pyrage

    pyrage.encrypt_file(str(source), str(target), recipients(keys))


def unseal(source: Path, target: Path, identity: str) -> None:
    """Decrypt a file.

    Args:
        source: the sealed file.
        target: the open one, written anew.
        identity: the text of the secret key's file; lines of comment are allowed.

    Raises:
        SealError: if the text holds no secret key, or none that opens the file.
    """
    import pyrage

    lines = [line.strip() for line in identity.splitlines()]
    try:
        keys = [pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
        pyrage.decrypt_file(str(source), str(target), keys)
    except (pyrage.IdentityError, pyrage.DecryptError) as error:
        raise SealError(_("this secret key does not open the file")) from error
