"""Handing over what is kept about somebody: as data, and on paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from visavis.core.periods import spoken_day
from visavis.draw.pages.documents import Document, Part
from visavis.draw.paper import Table
from visavis.measure.figures import number
from visavis.people.access import journal
from visavis.people.access.viewer import Viewer
from visavis.people.units.queries import company
from visavis.share.law.access_file import File, file_of
from visavis.share.law.columns import COLUMNS
from visavis.share.law.documents.catalogue import pdf
from visavis.share.law.models import PrivacyRequest
from visavis.share.law.seeking import may_answer

#: Columns that fit on a sheet; the data file holds all of them.
_WIDEST: Final = 6
PARTS: Final[Mapping[str, Promise]] = {
    "customer": gettext_lazy("What names you"),
    "contact": gettext_lazy("How to reach you"),
    "exchanges": gettext_lazy("Your exchanges"),
    "invitations": gettext_lazy("Invitations to answer"),
    "responses": gettext_lazy("Your answers"),
    "answers": gettext_lazy("Your marks"),
    "texts": gettext_lazy("Your words, and how they were read"),
    "cases": gettext_lazy("What was done about them"),
    "person": gettext_lazy("What names you"),
    "assignments": gettext_lazy("Where you worked"),
    "account": gettext_lazy("Your account and your roles"),
    "feelings": gettext_lazy("How exchanges felt to you"),
    "feelings_answers": gettext_lazy("What you answered about them"),
    "feelings_words": gettext_lazy("What you wrote about them"),
    "months": gettext_lazy("Your exchanges by month"),
    "returns_about_you": gettext_lazy("What customers answered about your exchanges"),
    "words_about_you": gettext_lazy("What customers wrote about them"),
    "gestures": gettext_lazy("What you did in the product"),
}


def take_file(*, by: Viewer, request: PrivacyRequest) -> File:
    """Gather what is kept about whom a request is about; the journal says so, before anything is handed over.

    Gathering only reads, for as long as it takes: it holds no transaction, so nobody's writing waits for it.

    Args:
        by: who takes it; needs the right to answer people's requests, over the company.
        request: of somebody who is known here.

    Returns:
        Named parts, each a list of rows.

    Raises:
        PermissionDenied: if ``by`` may not.
    """
    if not may_answer(by):
        raise PermissionDenied
    gathered = file_of(request)
    journal.write(by=by, verb="law.file_taken", about=request)
    return gathered


def printed_file(file: File, *, today: dt.date, at: dt.datetime) -> bytes:
    """The file on paper.

    Args:
        file: from ``take_file``.
        today: the company's day.
        at: instant written in the document.
    """
    language = (get_language() or "fr")[:2]
    root = company()
    parts = tuple(_part(name, rows) for name, rows in file.items())
    parts += (Part(_("What cannot be found"), (anonymous_words(),)),)
    document = Document(
        code="donnees",
        language=language,
        title=_("What is kept about you"),
        over=root.name if root else "",
        as_of=_("On %(day)s") % {"day": spoken_day(today, language)},
        lead=_(
            "In the words below, other people are masked. The data file that comes along holds every column."
        ),
        parts=parts,
    )
    return pdf(document, at=at)


def anonymous_words() -> str:
    """What is answered about anonymous answers: it is true, and tested."""
    return _(
        "Anonymous answers to a barometer bear no name, key, time or address: we cannot find whose they are, "
        "so none can be handed over, corrected or erased one by one."
    )


def _part(name: str, rows: list[dict[str, Any]]) -> Part:
    if not rows:
        return Part(str(PARTS[name]), (_("Nothing is kept."),))
    header = tuple(rows[0])[:_WIDEST]
    names = tuple(str(COLUMNS[column]) for column in header)
    language = (get_language() or "fr")[:2]
    table = Table(names, tuple(tuple(_cell(row[column], language) for column in header) for row in rows))
    return Part(str(PARTS[name]), table=table)


def _cell(value: Any, language: str) -> str:
    match value:
        case None:
            return ""
        case bool():
            return _("yes") if value else _("no")
        case list():
            return " ; ".join(_cell(each, language) for each in value)
        case dict():
            return ", ".join(filter(None, (_cell(each, language) for each in value.values())))
        case int() | float():
            return number(value, language, len(f"{value:.6f}".rstrip("0").partition(".")[2]))
        case _:
            return str(value)


#: What the proof of an answer counts.
PROOF: Final[Mapping[str, Promise]] = {
    "responses": gettext_lazy("Returns kept as counts"),
    "exchanges": gettext_lazy("Exchanges kept without name"),
    "texts": gettext_lazy("Texts deleted"),
    "invitations": gettext_lazy("Invitations deleted"),
    "contacts": gettext_lazy("Contacts deleted"),
    "mentions": gettext_lazy("Mentions taken out elsewhere"),
    "files": gettext_lazy("Files deleted"),
    "months": gettext_lazy("Months of sums deleted"),
    "accounts": gettext_lazy("Accounts closed for ever"),
    "corrected": gettext_lazy("Values corrected"),
}


def proof_words(request: PrivacyRequest) -> list[tuple[str, int]]:
    """What was done to answer a request, in words, as counts."""
    return [(str(PROOF[name]), number) for name, number in request.proof.items() if name in PROOF]
