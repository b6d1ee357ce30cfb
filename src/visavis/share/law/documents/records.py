"""The records of processing (GDPR, article 30), one part a processing."""

from __future__ import annotations

from django.utils.translation import gettext as _

from visavis.draw.pages.documents import Document, Part
from visavis.draw.paper import Table
from visavis.share.law.documents.live import Live
from visavis.share.law.documents.tables import document, keeping_table
from visavis.share.law.purposes import Purpose


def _facts(*rows: tuple[str, str]) -> Table:
    return Table((_("Heading"), _("In this company")), rows)


def _customers(live: Live) -> Part:
    channels = ", ".join(live.channels) or _("none yet")
    sources = ", ".join(live.sources) or _("none yet")
    table = _facts(
        (
            _("Purpose"),
            _("Know how exchanges went for customers, handle what they ask, improve the service"),
        ),
        (_("Legal basis proposed"), _("Legitimate interest of the controller, to be confirmed")),
        (_("People concerned"), _("Customers who answered, wrote or got in touch")),
        (
            _("Data"),
            _(
                "A key that the company draws; day, channel, reason and unit of the "
                "exchange; marks and words; "
                "contact data of those who asked to be called back"
            ),
        ),
        (_("Channels in use"), channels),
        (_("Kinds of answers received"), sources),
        (_("Where they come from"), live.told("sources")),
        (_("Answers"), live.days(Purpose.ANSWERS)),
        (_("Words"), live.days(Purpose.TEXTS)),
        (_("Contact data"), live.days(Purpose.CONTACTS)),
        (_("Invitations"), live.days(Purpose.INVITATIONS)),
    )
    return Part(_("1. Voice of customers"), table=table)


def _employees(live: Live) -> Part:
    table = _facts(
        (_("Purpose"), _("Know how employees find their work, together and never one by one, and act on it")),
        (
            _("Legal basis proposed"),
            _("Legitimate interest of the employer, to be confirmed; answering is optional"),
        ),
        (_("People concerned"), _("Employees who were invited")),
        (
            _("Data"),
            _(
                "Anonymous answers, without name, time, address or order; apart from them, who was invited. "
                "Of her exchanges, an adviser’s own feeling, which she alone reads"
            ),
        ),
        (
            _("Fewest people of a figure"),
            _("%(scores)s; around a comment %(comments)s; on a sensitive topic %(sensitive)s")
            % {
                "scores": live.floors.scores,
                "comments": live.floors.comments,
                "sensitive": live.floors.sensitive,
            },
        ),
        (_("Participation"), live.days(Purpose.PARTICIPATION)),
        (_("Comments"), live.days(Purpose.EMPLOYEE_WORDS)),
        (_("Feelings of advisers"), live.days(Purpose.FEELINGS)),
        (_("What machines read"), _("Themes only: no tone, no emotion, no score of a person")),
    )
    return Part(_("2. Voice of employees"), table=table)


def _work(live: Live) -> Part:
    table = _facts(
        (_("Purpose"), _("Accompany advisers with what customers said of their exchanges")),
        (
            _("Legal basis proposed"),
            _("Legitimate interest of the employer, to be confirmed; works council consulted"),
        ),
        (_("People concerned"), _("Advisers and their managers")),
        (
            _("Data"),
            _("Who held which exchange; counts and means of declared answers, with interval and number"),
        ),
        (_("Daily detail"), live.days(Purpose.ADVISER_DAYS)),
        (_("Sums by month"), live.days(Purpose.ADVISER_MONTHS)),
        (
            _("Never"),
            _("No ranking, no individual target or bonus, no reading by a machine in an individual figure"),
        ),
    )
    return Part(_("3. Work of advisers"), table=table)


def _instance(live: Live) -> Part:
    mail = _("leave by the company’s own server") if live.letters else _("do not leave")
    table = _facts(
        (
            _("Purpose"),
            _("Run the instance: accounts, rights, journal of gestures, answers to people’s requests"),
        ),
        (_("Data"), _("Professional e-mail, roles, gestures; requests of people and what was answered")),
        (_("Journal"), live.days(Purpose.AUDIT)),
        (_("Requests of people"), live.days(Purpose.REQUESTS)),
        (_("E-mails"), mail),
        (_("Where it runs"), live.told("host")),
    )
    return Part(_("4. The instance"), table=table)


def records(live: Live) -> Document:
    """The records of processing."""
    who = Part(
        _("Controller"),
        table=_facts(
            (_("Controller"), live.told("controller")),
            (_("Data protection officer"), live.told("dpo")),
            (
                _("Recipients"),
                _("The roles of the matrix, each on its branch; nobody outside the company by the product"),
            ),
            (
                _("Transfers outside the Union"),
                _("None by the product: no text leaves the machine to be read"),
            ),
            (
                _("Security"),
                _(
                    "Two-step sign-in, rights by branch, journal, masking before display, "
                    "deletion that overwrites, "
                    "backups that can be encrypted, erasures replayed after a restore"
                ),
            ),
        ),
    )
    times = Part(_("Keeping times in force"), table=keeping_table(live))
    lead = _("Draft to be checked by the data protection officer. Every setting quoted is the one in force.")
    parts = (who, _customers(live), _employees(live), _work(live), _instance(live), times)
    return document(live, "registre", _("Records of processing"), lead, parts)
