"""What a letter says: the same figures and sentences as its page, read with the recipient's own rights.

No customer's words and no adviser's name: an e-mail leaves the product, is forwarded and kept by others,
where no right holds and no deadline of retention reaches it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from visavis.act.inbox.queries import cases_to_do
from visavis.core.periods import Period, label, of_month
from visavis.measure.estimates import Display
from visavis.measure.figures import number
from visavis.measure.sentences import sentence
from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer
from visavis.people.units.fields import branch
from visavis.share.alerts import queries as alerts
from visavis.share.alerts.pictures import row_of
from visavis.share.letters.links import stop_url
from visavis.share.letters.models import Kind, Subscription
from visavis.share.restitution import frozen, pictures, queries
from visavis.share.restitution.counting import Slice
from visavis.share.restitution.figures import Line
from visavis.web.filters import Filters

#: Marks that would change the direction of the words around a name.
_DIRECTIONS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C])


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: what, what is said of it, what else."""

    label: str
    said: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A table with its title; what to say when it has no row."""

    title: str
    rows: list[Row]
    none: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A letter before it is written as text or as a page."""

    language: str
    subject: str
    lead: list[str]
    groups: list[Group]
    links: list[tuple[str, str]]
    closing: list[str]
    stop: tuple[str, str]
    heard: int


def filters_of(subscription: Subscription, period: Period) -> Filters:
    """The filters of the page that a letter tells."""
    channel, reason = subscription.channel, subscription.reason
    return Filters(
        period,
        scope=subscription.unit.code,
        channel=channel.code if channel else "",
        reason=reason.code if reason else "",
    )


def sheet(
    viewer: Viewer, subscription: Subscription, period: Period, *, account_id: int, today: dt.date
) -> Sheet:
    """Compose a letter in the language in force.

    Args:
        viewer: the recipient; only what she may read counts.
        subscription: what is told, of which scope.
        period: what it tells.
        account_id: who may stop it by the link.
        today: the day on which what waits is counted.

    Returns:
        The sheet; ``heard`` is 0 when there is nothing to tell.
    """
    told = {Kind.REPORT: _report, Kind.DAY: _day, Kind.ALERTS: _alerts}[Kind(subscription.kind)]
    return told(viewer, subscription, period, account_id=account_id, today=today)


def _report(
    viewer: Viewer,
    subscription: Subscription,
    period: Period,
    *,
    account_id: int,
    today: dt.date,  # noqa: ARG001  a report does not look at the day
) -> Sheet:
    filters, language = filters_of(subscription, period), _language()
    found = frozen.shown(viewer, filters, live=False).report
    drawn = pictures.of(found, language)
    texts = (_("text"), _("texts"))
    markers = [Row(one.label, sentence(one.estimate, language), one.said) for one in drawn.markers]
    axes = [
        Row(
            axis.label,
            _complaints(axis.negative),
            sentence(axis.share, language, subject=_("Share of the texts that speak of it"), noun=texts),
        )
        for axis in found.axes
    ]
    none = _("No theme gathers five complaints in this period.")
    waiting = [_still_read(found.unread)] if found.unread else []
    return Sheet(
        language=language,
        subject=_subject(subscription, period),
        lead=[drawn.reading, *_only(subscription), *waiting],
        groups=[Group(_("Markers"), markers), Group(_("Proposed priorities"), axes, none)],
        links=[(_("Read the report"), page_url("restitution:report", filters))],
        closing=_closing(),
        stop=(_("Stop these e-mails"), stop_url(subscription.pk, account_id)),
        heard=found.counts.returns,
    )


def _day(
    viewer: Viewer, subscription: Subscription, period: Period, *, account_id: int, today: dt.date
) -> Sheet:
    filters, language = filters_of(subscription, period), _language()
    lines = queries.figures_by_unit(viewer, filters)
    whole = Slice(viewer, filters, Right.DAILY).cube().total
    stretch = {"period": _capital(label(period, language)), "returns": _returns(whole.returns)}
    return Sheet(
        language=language,
        subject=_subject(subscription, period),
        lead=[
            _("%(period)s: %(returns)s.") % stretch,
            f"{sentence(whole.satisfaction, language, subject=_('Satisfied customers'))}.",
            *_only(subscription),
        ],
        groups=[
            Group(_("By team"), [_unit(line, language) for line in lines]),
            *_waiting(viewer, subscription, today),
        ],
        links=[
            (_("Read the daily file"), page_url("restitution:day", filters)),
            (_("Take it as CSV"), page_url("restitution:day_export", filters, form="csv")),
        ],
        closing=[_("Under five answers no figure is shown."), *_closing()],
        stop=(_("Stop these e-mails"), stop_url(subscription.pk, account_id)),
        heard=whole.returns,
    )


def _alerts(
    viewer: Viewer,
    subscription: Subscription,
    period: Period,
    *,
    account_id: int,
    today: dt.date,  # noqa: ARG001  alerts of a week do not look at the day
) -> Sheet:
    found = alerts.alerts(viewer).filter(branch(subscription.unit.path), week=period.first)
    if subscription.channel_id:
        found = found.filter(watch__channel=subscription.channel_id)
    if subscription.reason_id:
        found = found.filter(watch__reason=subscription.reason_id)
    told = [row_of(one, _language()) for one in found]
    rows = [Row(row.title, row.since, row.said) for row in told]
    return Sheet(
        language=_language(),
        subject=_subject(subscription, period),
        lead=[
            _("What left its usual level this week: what everybody is told of, and what you asked for."),
            *_only(subscription),
        ],
        groups=[Group(_("Out of the ordinary"), rows, _("Nothing left its usual level this week."))],
        links=[(_("See the alerts and their charts"), urljoin(settings.ADDRESS, reverse("alerts:list")))],
        closing=_closing(),
        stop=(_("Stop these e-mails"), stop_url(subscription.pk, account_id)),
        heard=len(rows),
    )


def _unit(line: Line, language: str) -> Row:
    """A team: its returns, and its figure from five answers on."""
    figure = line.satisfaction.now
    hidden = figure.display is Display.HIDDEN
    said = "" if hidden else sentence(figure, language, subject=_("Satisfied customers"))
    return Row(line.label, _returns(line.returns), said)


def _waiting(viewer: Viewer, subscription: Subscription, today: dt.date) -> list[Group]:
    """Returns to treat in the scope, for whoever treats them; nothing for whoever does not."""
    if not (viewer.may(Right.TREAT) or viewer.may(Right.OWN_RETURNS)):
        return []
    cases = cases_to_do(viewer).filter(branch(subscription.unit.path)).order_by()
    if subscription.channel_id:
        cases = cases.filter(response__channel=subscription.channel_id)
    if subscription.reason_id:
        cases = cases.filter(response__reason=subscription.reason_id)
    late = cases.filter(due_on__lt=today).count()
    rows = [
        Row(_("Returns to treat"), number(cases.count(), _language())),
        Row(_("Of these, late"), number(late, _language())),
    ]
    return [Group(_("What is waiting today"), rows)]


def _language() -> str:
    return get_language() or "fr"


def page_url(name: str, filters: Filters, **words: str) -> str:
    """The full address of a page with its filters, from the option: never from a request."""
    return filters.on(urljoin(settings.ADDRESS, reverse(name, kwargs=words)))


def plain(name: str) -> str:
    """A name fit for a subject: on one line, without marks of direction."""
    return " ".join(name.translate(_DIRECTIONS).split())


def _subject(subscription: Subscription, period: Period) -> str:
    words = {"period": plain(label(period, _language())), "unit": plain(subscription.unit.name)}
    if subscription.kind == Kind.ALERTS:
        return _("Alerts of the week, %(period)s, %(unit)s") % words
    if subscription.kind == Kind.DAY:
        return _("Daily file, %(period)s, %(unit)s") % words
    words["period"] = of_month(period.first, _language())
    return _("Report of %(period)s, %(unit)s") % words


def _only(subscription: Subscription) -> list[str]:
    """What the letter is limited to, if it is."""
    kept = [
        _("Channel: %(name)s.") % {"name": subscription.channel.label} if subscription.channel else "",
        _("Reason: %(name)s.") % {"name": subscription.reason.label} if subscription.reason else "",
    ]
    said = " ".join(filter(None, kept))
    return [said] if said else []


def _closing() -> list[str]:
    return [
        _("The interval holds the true value 19 times out of 20. The page has the method and the details."),
        _("No customer’s words and no adviser’s name travel by e-mail: they stay where rights protect them."),
    ]


def _returns(n: int) -> str:
    shown = {"number": number(n, _language())}
    return ngettext("%(number)s return", "%(number)s returns", n) % shown


def _complaints(n: int) -> str:
    return ngettext("%(number)s complaint", "%(number)s complaints", n) % {"number": number(n, _language())}


def _still_read(n: int) -> str:
    return ngettext(
        "%(number)s text of this period is still being read: its themes come later.",
        "%(number)s texts of this period are still being read: their themes come later.",
        n,
    ) % {"number": number(n, _language())}


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]
