"""The draft of the data protection impact assessment (GDPR, article 35)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from visavis.draw.pages.documents import Document, Part
from visavis.draw.paper import Table
from visavis.share.law.documents.live import Live
from visavis.share.law.documents.models_part import models_part
from visavis.share.law.documents.tables import document, keeping_table, rights_table
from visavis.share.law.purposes import Purpose


def _why(live: Live) -> Part:
    return Part(
        _("1. Why an assessment"),
        (
            _(
                "The product watches how a service lives through what customers and "
                "employees say. Employees are "
                "vulnerable people in the eyes of the law, and texts are read by machines: "
                "an assessment is due."
            ),
            _("Controller: %(who)s") % {"who": live.told("controller")},
            _("Opinion of the data protection officer: %(said)s") % {"said": live.told("assessment")},
        ),
    )


def _needed(live: Live) -> Part:
    return Part(
        _("2. Necessity and proportion"),
        items=(
            _("No audio, no image, no keystroke: nothing but marks and words that people chose to give."),
            _("Customers are known by a key; contact data stand apart and go after %(days)s.")
            % {"days": live.days(Purpose.CONTACTS)},
            _(
                "Names, numbers and addresses are masked before a text is shown outside the "
                "case that it opened."
            ),
            _(
                "Anonymous answers of employees bear no name, time, address or order: "
                "nobody can find one again."
            ),
            _(
                "Individual figures of advisers rest on declared answers, are seen first by "
                "them, and are contestable."
            ),
        ),
    )


def _risks(live: Live) -> Part:
    floors = live.floors
    header = (_("Risk"), _("What answers it"), _("Setting in force"))
    rows = (
        (
            _("A manager works out who said what in a barometer"),
            _("One release a wave, fixed cuts, small units merged, an audit that must find nobody"),
            _("%(scores)s people at least, %(comments)s around a comment")
            % {"scores": floors.scores, "comments": floors.comments},
        ),
        (
            _("A machine judges what an employee feels"),
            _("Refused by the engine itself: themes only for employees’ words"),
            _("no switch turns it on"),
        ),
        (
            _("A customer is recognised in a text"),
            _("Masking; originals for a while, with a reason and a line of the journal"),
            _("masking always on"),
        ),
        (
            _("Data are kept for ever"),
            _("Nightly purges, proven by what they write"),
            _("answers %(answers)s, words %(words)s")
            % {"answers": live.days(Purpose.ANSWERS), "words": live.days(Purpose.TEXTS)},
        ),
        (
            _("Advisers are watched one by one"),
            _("No ranking, no target; daily detail becomes sums of months"),
            _("daily detail %(days)s") % {"days": live.days(Purpose.ADVISER_DAYS)},
        ),
        (
            _("A machine is wrong about a text"),
            _("Certainty shown, correction in one click, errors measured on texts drawn at random"),
            _("see the models below"),
        ),
        (
            _("Somebody takes the data away"),
            _(
                "Two-step sign-in, rights by branch, exports told in the journal, backups "
                "that can be encrypted"
            ),
            _("journal kept %(days)s") % {"days": live.days(Purpose.AUDIT)},
        ),
    )
    return Part(_("3. Risks and answers"), table=Table(header, rows))


def _left(live: Live) -> Part:
    return Part(
        _("6. What remains, said plainly"),
        items=(
            _("Whoever administers the machine can read everything on it: %(host)s")
            % {"host": live.told("host")},
            _("Masking finds most names, not all: it is no proof of anonymity."),
            _("A comment may be recognised by its style by who knows its author well."),
        ),
    )


def assessment(live: Live) -> Document:
    """The draft of the impact assessment."""
    lead = _("Draft to be completed and signed. Every setting quoted is the one in force.")
    rights = Part(_("4. Who may do what"), table=rights_table())
    times = Part(_("5. How long"), table=keeping_table(live))
    parts = (_why(live), _needed(live), _risks(live), rights, times, models_part(live), _left(live))
    return document(live, "aipd", _("Impact assessment (draft)"), lead, parts)
