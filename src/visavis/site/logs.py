"""The log: one JSON object a line on the standard error, with nothing in it that tells who somebody is.

Bodies are never logged. Addresses of people, of the network, and anything as long as a key are masked
wherever they stand: messages, paths, errors of libraries.
"""

from __future__ import annotations

import json
import logging
import re
from datetime import UTC, datetime
from typing import Final

_EMAIL: Final = re.compile(r"[^\s\"'<>@:;,=]{1,64}@[^\s\"'<>@:;,/]{1,255}")
_IPV4: Final = re.compile(r"\b(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}\b")
_IPV6: Final = re.compile(r"\b([0-9a-f]{1,4}:[0-9a-f]{0,4}:[0-9a-f]{0,4}):[0-9a-f:]{2,}", re.IGNORECASE)
#: Keys of links, sessions and forms; names of modules and words of sentences are shorter or hold dots.
_KEY: Final = re.compile(
    r"(?<![\w./-])(?=[\w-]*\d)[\w-]{20,}(?:[:.][\w-]{5,})*|(?<=/)(?=[\w:-]*\d)[\w:-]{20,}"
)
_QUERY: Final = re.compile(r"\?[^\s\"'>)]+")
_LONGEST: Final = 8000


def masked(text: str) -> str:
    """A line of the log without addresses, keys and questions.

    >>> masked("Not Found: /compte/password/reset/key/1-d2s4f5-8f14e45fceea167a5a36dedd4bea2543/?x=secret")
    'Not Found: /compte/password/reset/key/…/?…'
    >>> masked("refused ines@acme.example from 203.0.113.77")
    'refused … from 203.0.113.0'
    """
    for pattern, instead in ((_QUERY, "?…"), (_EMAIL, "…"), (_KEY, "…"), (_IPV4, r"\1.0"), (_IPV6, r"\1::")):
        text = pattern.sub(instead, text)
    return text[:_LONGEST]


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON, masked; what would break a line is escaped by JSON itself."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record."""
        told = {
            "at": datetime.fromtimestamp(record.created, tz=UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": masked(record.getMessage()),
        }
        for name in ("account", "method", "status_code"):
            if (value := getattr(record, name, None)) is not None:
                told[name] = value
        if record.exc_info:
            told["error"] = masked(self.formatException(record.exc_info))
        return json.dumps(told, ensure_ascii=False)


#: One way out: the standard error.
CONFIG: Final[dict[str, object]] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "visavis.site.logs.JsonLines"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"visavis.security": {"level": "INFO"}, "django.server": {"handlers": [], "propagate": True}},
}
