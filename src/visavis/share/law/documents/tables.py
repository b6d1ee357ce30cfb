"""The two tables of the documents: keeping times, and who may do what."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from visavis.draw.pages.documents import Document, Part
from visavis.draw.paper import Table
from visavis.people.persons.models import ROLES
from visavis.share.law.documents.live import Live
from visavis.share.settings.matrix import matrix


def document(live: Live, code: str, title: str, lead: str, parts: tuple[Part, ...]) -> Document:
    """A document of this company, of today."""
    as_of = _("Written from the settings of %(day)s") % {"day": live.day(live.today)}
    return Document(code, live.language, title, live.company, as_of, lead, parts)


def keeping_table(live: Live) -> Table:
    """Every keeping time, with the default beside what is in force when they differ."""
    header = (_("What"), _("How long"), _("Counted from"), _("Then"))
    return Table(header, tuple(_keeping_rows(live)))


def _keeping_rows(live: Live) -> Iterator[tuple[str, ...]]:
    for kept in live.kept:
        time = kept.spoken
        if kept.changed:
            time = _("%(time)s (default: %(default)s)") % {"time": time, "default": kept.spoken_default}
        yield str(kept.keeping.what), time, str(kept.keeping.since), str(kept.keeping.then)


def retention(live: Live) -> Document:
    """The table of keeping times."""
    then = Part(
        _("How it is kept"),
        (
            _("Each night the product deletes what is older, in small steps, and writes how much it did."),
            _(
                "What goes leaves the database, its open copy, the index of words and the vectors. Published "
                "reports keep their figures, which lead to nobody; they show texts by reference only."
            ),
            _(
                "A shorter time holds at once. A longer one needs a reason and the "
                "agreement of a second person, "
                "who holds the other of two roles: administrator, data protection officer."
            ),
        ),
    )
    table = Part(_("Keeping times"), table=keeping_table(live))
    lead = _("How long each thing is kept, from when it is counted, and what becomes of it afterwards.")
    return document(live, "conservation", _("Keeping times"), lead, (table, then))


def rights_table() -> Table:
    """The matrix of roles, one line a right: the roles that hold it."""
    names = [str(words) for _role, words in ROLES]
    rows = [
        (
            str(row.words),
            ", ".join(name for name, (_w, held) in zip(names, row.held, strict=True) if held) or "–",
        )
        for row in matrix()
    ]
    return Table((_("Right"), _("Roles that hold it, on their branch of the organisation")), tuple(rows))


def roles(live: Live) -> Document:
    """The role matrix."""
    rules = Part(
        _("Rules behind it"),
        items=(
            _("The administrator manages the instance and reads no content."),
            _(
                "A right holds on a branch of the organisation, from a day to a day; each "
                "grant is in the journal."
            ),
            _("No role reads what one employee answered in a barometer, nor another’s own feelings."),
            _("Nobody acts in the name of somebody else."),
        ),
    )
    lead = _("Who may do what: this table is the one that the product applies.")
    table = Part(_("Rights and roles"), table=rights_table())
    return document(live, "habilitations", _("Role matrix"), lead, (table, rules))
