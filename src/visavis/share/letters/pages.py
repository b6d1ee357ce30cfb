"""What the pages of this room show."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from visavis.core.periods import Period, from_text
from visavis.people.access.viewer import Viewer
from visavis.people.accounts.models import Account
from visavis.share.letters import queries
from visavis.share.letters.holding import held_since, may_let_go
from visavis.share.letters.links import token
from visavis.share.letters.models import Kind, Letter, Problem, State, Subscription
from visavis.share.letters.recipients import language_of, obstacle, recipients
from visavis.share.letters.refusals import OUTAGES
from visavis.share.letters.schedule import latest_slot, next_due
from visavis.share.letters.writing import Written, write
from visavis.web.wording import hour

#: Letters shown beside a subscription.
LATEST = 20


@dataclass(frozen=True, slots=True)
class Line:
    """A subscription in a list."""

    subscription: Subscription
    to: str
    when: str
    next_at: dt.datetime | None
    problem: str
    stopped: bool


def when(subscription: Subscription) -> str:
    """When it is sent, in words."""
    words = {
        "number": subscription.working_day,
        "hour": hour(dt.time(subscription.hour), get_language() or "fr"),
    }
    if subscription.kind == Kind.DAY:
        return _("every working day at %(hour)s") % words
    if subscription.kind == Kind.ALERTS:
        return (
            _("the first working day of each week at %(hour)s, when something left its usual level") % words
        )
    if subscription.working_day == 1:
        return _("the first working day of the month after, at %(hour)s") % words
    return _("working day %(number)s of the month after, at %(hour)s") % words


def _to(subscription: Subscription) -> str:
    if subscription.account:
        return _name(subscription.account)
    words = {"role": subscription.get_role_display(), "unit": subscription.held_at}
    return _("%(role)s of %(unit)s") % words


def _name(account: Account) -> str:
    return account.person.name if account.person else account.email


def _next(subscription: Subscription, at: dt.datetime) -> dt.datetime | None:
    return timezone.localtime(next_due(subscription, at)) if subscription.active else None


def subscriptions(viewer: Viewer, *, at: dt.datetime, today: dt.date) -> dict[str, Any]:
    """The viewer's own subscriptions, and those that she rules for others."""
    own, stopped = list(queries.own_subscriptions(viewer, today=today)), queries.stopped(viewer)
    mine = {one.pk for one in own}
    me = Account.objects.filter(pk=viewer.account_id or 0).first()
    problems = {one.pk: obstacle(one, me, today=today) for one in own} if me else {}
    told = [
        Line(one, _to(one), when(one), _next(one, at), _why(problems.get(one.pk)), one.pk in stopped)
        for one in own
    ]
    others = [
        Line(one, _to(one), when(one), _next(one, at), "", stopped=False)
        for one in queries.ruled_subscriptions(viewer)
        if one.pk not in mine
    ]
    return {
        "own": told,
        "others": others,
        "rules": queries.may_send(viewer),
        "asks": queries.may_read_any(viewer),
        "sends": settings.SENDS_LETTERS,
        "demo": settings.DEMO,
    }


def _why(problem: Problem | None) -> str:
    return str(problem.label) if problem else ""


def subscription(viewer: Viewer, found: Subscription, *, at: dt.datetime, today: dt.date) -> dict[str, Any]:
    """One subscription: what, to whom, when, and its latest letters that the viewer may read."""
    rules = queries.may_send(viewer, found.unit.path)
    named = recipients(found, today=today)
    shown = [one for one in named if rules or one.account.pk == viewer.account_id]
    return {
        "subscription": found,
        "line": Line(found, _to(found), when(found), _next(found, at), "", stopped=False),
        "people": [(_name(one.account), one) for one in shown],
        "letters": queries.letters(viewer).filter(subscription=found).defer("text", "html")[:LATEST],
        "named": any(one.account.pk == viewer.account_id for one in named),
        "stopped": found.pk in queries.stopped(viewer),
        "changes": queries.may_change(viewer, found),
        "previews": queries.may_preview(viewer, found),
        "sends": settings.SENDS_LETTERS,
        "demo": settings.DEMO,
    }


def preview(viewer: Viewer, found: Subscription, *, at: dt.datetime, today: dt.date) -> dict[str, Any]:
    """What the viewer would be sent now of a subscription that she may read."""
    me, period = Account.objects.get(pk=viewer.account_id or 0), latest_slot(found, at).period
    return {
        "letter": None,
        "subscription": found,
        "written": write(found, me, period, today=today),
        "language": language_of(me),
        "period": period,
        "to": me.email,
        "why": "",
        "page": reverse("letters:preview_page", args=[found.pk]),
    }


def letter(viewer: Viewer, found: Letter, *, today: dt.date) -> dict[str, Any]:
    """What a letter said when it left, or would say now; never the link that stops somebody else's."""
    period = from_text(found.period, today)
    written = _said(found, period, today)
    own = found.account_id == viewer.account_id
    return {
        "letter": found,
        "subscription": found.subscription,
        "written": written if own else _without_link(found, written),
        "language": language_of(found.account),
        "period": period,
        "to": found.account.email,
        "why": "" if found.state == State.SENT else _obstacle(found, today),
        "page": reverse("letters:letter_page", args=[found.pk]),
    }


def _obstacle(found: Letter, today: dt.date) -> str:
    return _why(obstacle(found.subscription, found.account, today=today))


def _said(found: Letter, period: Period, today: dt.date) -> Written:
    """What left; what the outbox forgot is empty. A letter that did not leave is written anew."""
    if found.state == State.SENT:
        return Written(found.subject, found.text, found.html, "", 1)
    return write(found.subscription, found.account, period, today=today)


def _without_link(found: Letter, written: Written) -> Written:
    signed = token(found.subscription_id, found.account_id)
    bare = {name: getattr(written, name).replace(signed, "…") for name in ("text", "html", "stop_url")}
    return replace(written, **bare)


def in_state(found: QuerySet[Letter], state: str) -> QuerySet[Letter]:
    """Letters of one state; all of them for any other word."""
    return found.filter(state=state) if state in State.values else found


def outbox(viewer: Viewer, *, state: str, at: dt.datetime) -> dict[str, Any]:
    """The state of the outbox: counts, whether anything is sent, what the mail server answers."""
    counts = queries.counts(viewer)
    away = queries.outbox(viewer).filter(state=State.FAILED, problem__in=OUTAGES, next_at__gt=at)
    return {
        "counts": [(one, counts.get(one.value, 0), one.value == state) for one in State],
        "total": sum(counts.values()),
        "state": state,
        "away": away.order_by("next_at", "pk").first(),
        "sends": settings.SENDS_LETTERS,
        "held": held_since(),
        "may_let_go": may_let_go(viewer),
        "demo": settings.DEMO,
        "stuck": {str(one) for one in queries.TROUBLED},
    }
