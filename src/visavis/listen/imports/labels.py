"""What the wizard calls kinds, fields and ways of reading a file."""

from __future__ import annotations

from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from visavis.listen.imports.models import Kind
from visavis.listen.imports.plans import Unknown
from visavis.listen.imports.reading.detect import FileKind
from visavis.listen.imports.reading.fields import QUESTION, TRAIT
from visavis.listen.imports.reading.hints import DateOrder
from visavis.listen.surveys.models import VOICES
from visavis.moments.exchanges.models import Interaction, Mode
from visavis.people.persons.models import ROLES
from visavis.people.units.models import Unit

#: One row of each kind, in a sentence.
ROWS: Final[dict[Kind, Promise]] = {
    Kind.ORGANISATION: _("One row a person: staff code, unit, role, from when to when."),
    Kind.CONTACTS: _("One row an exchange: when, channel, reason, who answered, how long it took."),
    Kind.RETURNS: _("One row an answer to a survey: marks, text, the exchange it is about."),
    Kind.BAROMETER: _("One row an anonymous answer: wave, unit, marks, comment. Never a name."),
    Kind.REVIEWS: _("One row a public review: date, mark, text, shop or brand."),
    Kind.MIRROR: _(
        "One row an answer to a mirror study: customer or employee, closing day, one column a question."
    ),
}

FIELDS: Final[dict[str, Promise]] = {
    "unit": _("Unit (code or name)"),
    "unit_name": _("Name of the unit"),
    "unit_kind": _("Kind of unit"),
    "parent": _("Unit above"),
    "person": _("Staff code"),
    "person_name": _("Name of the person"),
    "role": _("Role"),
    "starts_on": _("Works there from"),
    "ends_on": _("Works there to"),
    "hired_on": _("Hired on"),
    "fte": _("Full-time share"),
    "email": _("E-mail at work"),
    "form": _("Preferred form of the job's name"),
    "given_name": _("First name"),
    "family_name": _("Family name"),
    "active": _("Still works here, yes or no"),
    "contact": _("Number of the exchange"),
    "started_at": _("Start of the exchange"),
    "channel": _("Channel"),
    "reason": _("Contact reason"),
    "level": _("Level of treatment"),
    "wait_s": _("Wait"),
    "handle_s": _("Duration"),
    "outcome": _("Outcome"),
    "customer": _("Customer's key (pseudonym)"),
    "segment": _("Segment"),
    "mode": _("With a person, alone, automaton"),
    "return": _("Number of the return"),
    "answered_at": _("Answered at"),
    "campaign": _("Campaign"),
    "invited_at": _("Invited at"),
    "satisfaction": _("Satisfaction, 1 to 5"),
    "recommendation": _("Recommendation, 0 to 10"),
    "effort": _("Ease, 1 to 5"),
    "clarity": _("Clarity, 1 to 5"),
    "kindness": _("Kindness, 1 to 5"),
    "listening": _("Listening, 1 to 5"),
    "resolved": _("Resolved, yes or no"),
    "verbatim": _("Text of the customer"),
    "callback": _("Wants to be called back"),
    "moment": _("Moment"),
    "product": _("Product"),
    "wave": _("Wave"),
    "closed_on": _("Closed on"),
    "climate": _("Climate of the team, 1 to 5"),
    "recommend_employer": _("Recommends the employer, 0 to 10"),
    "planning": _("Schedules, 1 to 5"),
    "tools": _("Tools, 1 to 5"),
    "recognition": _("Recognition, 1 to 5"),
    "support": _("Support, 1 to 5"),
    "clarity_of_changes": _("Clarity of changes, 1 to 5"),
    "meaning": _("Meaning of the work, 1 to 5"),
    "comment": _("Comment"),
    "published_on": _("Published on"),
    "experienced_on": _("Experienced on"),
    "rating": _("Mark, 1 to 5"),
    "text": _("Text of the review"),
    "author": _("Author (pseudonym)"),
    "review": _("Number of the review"),
    "url": _("Address of the review"),
    "reply": pgettext_lazy("field", "Reply"),
    "replied_on": _("Replied on"),
    "source": _("Site of the review"),
    "voice": _("Customer or employee"),
    "study": _("Mirror study (code or name)"),
    "respondent": _("Number of the respondent (kept for customers only)"),
}

ENCODINGS: Final[list[tuple[str, Any]]] = [
    ("", _("as detected")),
    ("utf-8", "UTF-8"),
    ("cp1252", "Windows-1252"),
    ("iso8859-15", "ISO-8859-15"),
    ("mac-roman", "Mac Roman"),
    ("utf-16", "UTF-16"),
]
SEPARATORS: Final[list[tuple[str, Any]]] = [
    ("", _("as detected")),
    (";", _("semicolon ( ; )")),
    (",", _("comma ( , )")),
    ("\t", _("tab")),
    ("|", _("vertical bar ( | )")),
]
DECIMALS: Final[list[tuple[str, Any]]] = [
    ("", _("as detected")),
    (",", _("comma: 7,5")),
    (".", _("dot: 7.5")),
]
ORDERS: Final[list[tuple[str, Any]]] = [
    ("", _("as detected")),
    (DateOrder.DAY_FIRST.value, _("day first: 31/12/2025")),
    (DateOrder.MONTH_FIRST.value, _("month first: 12/31/2025")),
]
FILES: Final[dict[FileKind, Any]] = {
    FileKind.TEXT: "CSV",
    FileKind.WORKBOOK: _("workbook"),
    FileKind.PARQUET: "Parquet",
    FileKind.SCIM: "SCIM",
}
#: The field's own values that a word of the file may stand for.
VALUES: Final[dict[str, Any]] = {
    **dict(VOICES),
    **dict(ROLES),
    **dict(Interaction.Outcome.choices),
    **dict(Mode.choices),
    "oui": _("yes"),
    "non": _("no"),
    "direction": Unit.Kind.DIRECTION.label,
    "centre": Unit.Kind.CENTRE.label,
    "plateau": Unit.Kind.FLOOR.label,
    "agence": Unit.Kind.AGENCY.label,
    "équipe": Unit.Kind.TEAM.label,
}
FATES: Final[dict[Unknown, Promise]] = {
    Unknown.CREATE: _("add to the list"),
    Unknown.IGNORE: _("import without this value"),
    Unknown.REJECT: _("reject the row"),
}
STATES: Final[dict[str, Promise]] = {
    "draft": pgettext_lazy("import", "To be checked"),
    "queued": pgettext_lazy("import", "Waiting"),
    "running": pgettext_lazy("import", "Under way"),
    "done": pgettext_lazy("import", "Done"),
    "refused": pgettext_lazy("import", "Refused"),
    "cancelled": pgettext_lazy("import", "Stopped"),
    "failed": pgettext_lazy("import", "Put aside"),
}


def field_label(name: str) -> str:
    """A field in the language in force; a question of the company's own by its key."""
    if name.startswith(TRAIT):
        return str(_("Trait: %(key)s")) % {"key": name.removeprefix(TRAIT)}
    if name.startswith(QUESTION):
        return str(_("Question: %(key)s")) % {"key": name.removeprefix(QUESTION)}
    return str(FIELDS[name])
