"""The address of a database, as Django wants it told; to another machine, encrypted and to that one only."""

from __future__ import annotations

from pathlib import Path
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit

from visavis.core.languages import gettext_noop as _
from visavis.site.sqlite import PRAGMAS

#: What the local machine is called.
LOCAL: Final = frozenset({"", "localhost", "127.0.0.1", "::1"})
_POSTGRESQL: Final = frozenset({"postgresql", "postgres"})
#: Ways of libpq that fall back to clear text, or ask nobody who answers.
_LOOSE: Final = frozenset({"disable", "allow", "prefer", "require"})


def is_local(host: str) -> bool:
    """Whether a host is this machine: no name, its own names, or the folder of a socket."""
    return host in LOCAL or host.startswith("/")


def is_postgresql(url: str) -> bool:
    """Whether an address names a database of PostgreSQL; whatever cannot be read as an address does not."""
    try:
        parts = urlsplit(url)
        return parts.scheme in _POSTGRESQL and parts.port != 0 and bool(parts.path.strip("/"))
    except ValueError:  # a port that is none, as is what follows a sign left bare in a password
        return False


def transport(url: str) -> dict[str, str]:
    """How the connection to a database is made secure, in libpq's words.

    Args:
        url: the address; ``?sslmode=…&sslrootcert=…`` are read, nothing else after the question mark.

    Raises:
        ValueError: if another machine would be reached in clear, or without checking which one it is.
    """
    parts = urlsplit(url)
    asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
    told: dict[str, str] = {name: asked[name] for name in ("sslmode", "sslrootcert") if name in asked}
    if is_local(unquote(parts.hostname or "")):
        return told
    if told.get("sslmode") in _LOOSE:
        raise ValueError(
            _("VISAVIS_DATABASE_URL: another machine is reached with sslmode verify-full or verify-ca.")
        )
    return {"sslmode": "verify-full", "sslrootcert": "system"} | told


def database(url: str, folder: Path) -> dict[str, object]:
    """The database of an instance.

    Args:
        url: ``postgresql://user:password@host/name``; empty: SQLite.
        folder: of the instance.

    Raises:
        ValueError: as ``transport``.
    """
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(folder / "visavis.db"),
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": PRAGMAS},
        }
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": dict(transport(url)),
        "CONN_HEALTH_CHECKS": True,
        "CONN_MAX_AGE": 60,
    }
