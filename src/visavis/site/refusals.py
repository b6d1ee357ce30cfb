"""What stops a command, in one sentence that says what to mend: an option, the database, the disk.

Whatever else stops one is a fault of ours, and keeps its traceback. Options may be wrong before Django
stands: words are looked up without it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from gettext import translation
from typing import Any, Literal, get_args, get_origin

from django.apps import apps
from django.db import DatabaseError, OperationalError
from pydantic import ValidationError
from pydantic_settings import DotEnvSettingsSource, EnvSettingsSource

from visavis.core.languages import LANGUAGES
from visavis.core.languages import gettext_noop as _
from visavis.site.option_page import limits
from visavis.site.options import Options
from visavis.site.sqlite import UnsafeSQLiteError
from visavis.site.words import HOUSE
from visavis.web.machine import why

#: Rooms whose words are said here.
_ROOMS = ("site", "site/backups", "web")


def sentence(error: BaseException) -> str:
    """What stopped a command, in the language of the instance.

    Args:
        error: what it raised.

    Returns:
        One sentence a thing to mend, each on its line; empty if nothing but our code is at fault.
    """
    match error:
        case ValidationError():
            return "\n".join(_option(each) for each in error.errors())
        case UnsafeSQLiteError():
            return str(error)
        case OSError() if error.errno:
            return _of_machine(error)
        case DatabaseError() | sqlite3.Error():
            return _of_database(error)
    return ""


def reason(error: BaseException) -> str:
    """Why something was refused, to stand after a colon: the words of the error, without a point.

    Args:
        error: of the machine, or of ours with a msgid marked with ``gettext_noop``.
    """
    return (sentence(error) or said(str(error))).removesuffix(".")


def said(text: str) -> str:
    """The words of an error, in the language of the instance; as they are if no catalogue has them.

    Args:
        text: a msgid marked with ``gettext_noop`` where it was raised.
    """
    language = _language()
    for room in _ROOMS:
        found = translation("django", HOUSE / room / "locale", [language], fallback=True).gettext(text)
        if found != text:
            return found
    return text


def _language() -> str:
    """That of the variables or of the file of options, which may hold other things that are wrong."""
    given = DotEnvSettingsSource(Options)() | EnvSettingsSource(Options)()
    asked = str(given.get("language", ""))
    return asked if asked in LANGUAGES else LANGUAGES[0]


def _option(told: Any) -> str:
    if not told["loc"]:
        return said(str(told["ctx"]["error"]))
    name = str(told["loc"][0])
    given = {"option": f"VISAVIS_{name.upper()}", "wanted": ", ".join(_wanted(name)) or told["msg"]}
    return said(_("%(option)s: expected %(wanted)s.")) % given


def _wanted(name: str) -> Iterator[str]:
    field = Options.model_fields[name]
    if get_origin(field.annotation) is Literal:
        yield from get_args(field.annotation)
    elif field.annotation is bool:
        yield from ("true", "false")
    elif field.annotation is int:
        yield said(_("a whole number"))
        yield from filter(None, [limits(field)])


def _of_machine(error: OSError) -> str:
    told = why(error, said)
    if error.filename is None:
        return said(_("The machine refuses: %(why)s.")) % {"why": told}
    return said(_("%(file)s: %(why)s.")) % {"file": error.filename, "why": told}


def _of_database(error: BaseException) -> str:
    """Away, full or read-only; else without its last tables; else our own query is wrong: nothing to say."""
    if not apps.ready:
        return ""
    from visavis.site.safety import missing_migrations
    from visavis.web.outages import is_outage

    if is_outage(error) or is_outage(OperationalError(str(error))):
        told = " ".join(str(error).split())
        return said(_("The database does not answer or cannot be written: %(why)s")) % {"why": told}
    return missing_migrations()
