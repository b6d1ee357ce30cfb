"""Keys that are changed: one file a purpose, one key a line, the one in use first, older ones still read."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def drawn() -> str:
    """A new key: 384 bits of the system's source of chance."""
    return secrets.token_urlsafe(48)


def keys_in(file: Path) -> list[str]:
    """The keys of a file, the one in use first.

    Args:
        file: one key a line.
    """
    return file.read_text().split()


def renew(file: Path) -> None:
    """Put a new key before those of a file.

    Args:
        file: one key a line.
    """
    _write(file, [drawn(), *keys_in(file)])


def forget_old(file: Path) -> int:
    """Keep the key in use and no other.

    Args:
        file: one key a line.

    Returns:
        How many were forgotten.
    """
    kept, *old = keys_in(file)
    _write(file, [kept])
    return len(old)


def _write(file: Path, keys: list[str]) -> None:
    """All at once, for its owner only; the file keeps the day on which it was first drawn."""
    born = file.stat().st_mtime_ns
    partial = file.with_name(f".{file.name}-{secrets.token_hex(4)}")
    partial.touch(mode=0o600)
    with partial.open("w") as writing:
        writing.write("\n".join(keys))
        writing.flush()
        os.fsync(writing.fileno())
    os.utime(partial, ns=(born, born))
    partial.replace(file)
