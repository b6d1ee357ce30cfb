"""The day of each role: what its page shows, gathered in a few small reads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from visavis.act.inbox.queries import cases_to_do, own_cases_to_do
from visavis.core.periods import last_months
from visavis.core.words import Role, Voice
from visavis.draw.frame import Frame
from visavis.listen.imports.queries import imports, may_import
from visavis.listen.returns.feelings import feeling_words, to_feel
from visavis.moments.exchanges.models import Interaction
from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer
from visavis.people.persons.models import Person
from visavis.people.units.fields import branch
from visavis.people.units.models import Event, Unit
from visavis.share.alerts.queries import live
from visavis.share.boards import pictures, queries, steps, teams
from visavis.share.boards.markers import MONTHS, own_markers, own_pairs
from visavis.share.boards.rows import case_rows
from visavis.share.law.pages import day_state as law_state
from visavis.share.restitution import days as months
from visavis.share.restitution.pictures import marker_bar, said
from visavis.share.restitution.queries import axes, headline
from visavis.share.restitution.themes import heard_in, theme_lines

Gather = Callable[[Viewer, dt.date, dt.datetime], dict[str, Any]]

#: Returns shown on the first page of a day; the others are one click away.
FIRST = 3
#: Events looked at to find the first of each sort.
MOST = 12


def _language() -> str:
    return get_language() or "fr"


def _first_name(viewer: Viewer) -> str:
    name = Person.objects.filter(pk=viewer.person_id or 0).values_list("name", flat=True).first() or ""
    return name.split(" ")[0]


def _last_working_day(today: dt.date) -> dt.date:
    """The working day before ``today``: on a Monday, Friday."""
    return today - dt.timedelta(days={0: 3, 6: 2}.get(today.weekday(), 1))


def next_to_feel(viewer: Viewer, today: dt.date) -> dict[str, Any]:
    """The next exchange to note, and how many wait."""
    waiting = to_feel(viewer, today=today)
    exchange: Interaction | None = waiting.first()
    same_day = exchange is not None and exchange.day == today
    return {"exchange": exchange, "left": waiting.count(), "same_day": same_day}


def adviser(viewer: Viewer, today: dt.date, now: dt.datetime) -> dict[str, Any]:
    """Her returns to treat, her markers, her exchanges to note."""
    cases = list(own_cases_to_do(viewer)[:FIRST])
    markers = own_markers(viewer, today=today)
    since = _last_working_day(today)
    return {
        "first_name": _first_name(viewer),
        "today": today,
        "rows": case_rows(viewer, cases, today=today, now=now),
        "waiting": own_cases_to_do(viewer).order_by().count(),
        "new": queries.own_heard_since(viewer, since),
        "since": since,
        "markers": pictures.drawn(markers, _language()),
        "compared": any(marker.team for marker in markers),
        "gaps": pictures.gaps_said(markers),
        "pairs": (pairs := own_pairs(viewer, today=today)),
        "square": pictures.square(pairs, _language()),
        "feel": next_to_feel(viewer, today),
        "feelings": feeling_words(),
        "thanks": queries.thanks(viewer, since=today - dt.timedelta(days=7)).count(),
        **_news(viewer, today),
    }


def _news(viewer: Viewer, today: dt.date) -> dict[str, Any]:
    """What was done and what else happened on her branch."""
    found = queries.news(viewer, today=today, most=MOST)
    done = [event for event in found if event.kind == Event.Kind.ACTION]
    return {"done": done[:FIRST], "news": [event for event in found if event not in done][:FIRST]}


def manager(viewer: Viewer, today: dt.date, now: dt.datetime) -> dict[str, Any]:
    """What her teams must treat today."""
    cases = list(cases_to_do(viewer)[:FIRST])
    return {
        "first_name": _first_name(viewer),
        "today": today,
        "waiting": queries.waiting(viewer, today=today),
        "rows": case_rows(viewer, cases, today=today, now=now, placed=True),
        "teams": list(teams.teams(viewer, today=today)),
        **_news(viewer, today),
    }


def quality(viewer: Viewer, today: dt.date, now: dt.datetime) -> dict[str, Any]:
    """Returns since the last working day, what is still to be read, what deserves an eye."""
    since = _last_working_day(today)
    return {
        "first_name": _first_name(viewer),
        "today": today,
        "since": since,
        "new": queries.heard_since(viewer, since),
        "last": queries.last_heard(viewer),
        "unread": queries.unread(viewer),
        "unsure": queries.unsure(viewer).order_by().count(),
        "waiting": queries.waiting(viewer, today=today),
        "alerts": live(viewer).count(),
        "rows": case_rows(viewer, list(cases_to_do(viewer)[:FIRST]), today=today, now=now, placed=True),
    }


def direction(viewer: Viewer, today: dt.date, now: dt.datetime) -> dict[str, Any]:  # noqa: ARG001 - one shape for all
    """The reading of the last month, and the way to its report."""
    month = months.latest_month(viewer, today)
    change = headline(viewer, month)
    frame = Frame(_("Satisfied customers"), _language())
    return {
        "first_name": _first_name(viewer),
        "today": today,
        "month": month,
        "reading": said(change, month, _language()) if change.now.n else "",
        "estimate": change.now,
        "bar": marker_bar(change.now, frame, voice=Voice.CUSTOMER, against=(change.before, _("before"))),
        "axes": axes(viewer, month),
        "alerts": live(viewer).count(),
    }


def admin(viewer: Viewer, today: dt.date, now: dt.datetime) -> dict[str, Any]:  # noqa: ARG001 - one shape for all
    """The checklist of a first start; once all of it is there, what came in last."""
    found = steps.ahead(viewer)
    left = any(not step.done for step, _next, _theirs in found)
    came = [] if left else list(imports(viewer)[:FIRST])
    facts = {"first_name": _first_name(viewer), "today": today, "steps": found, "left": left}
    return facts | {"runs": came, "may_import": may_import(viewer)}


def dpo(viewer: Viewer, today: dt.date, now: dt.datetime) -> dict[str, Any]:  # noqa: ARG001 - one shape for all
    """What people asked about their own data, what waits for a signature, what is still to be told."""
    return {"first_name": _first_name(viewer), "today": today, **law_state(viewer, today)}


def nothing(viewer: Viewer, today: dt.date, now: dt.datetime) -> dict[str, Any]:  # noqa: ARG001 - one shape for all
    """An account without any role."""
    return {"first_name": _first_name(viewer), "today": today}


_PAGES: dict[Role, tuple[str, Gather]] = {
    Role.ADVISER: ("adviser", adviser),
    Role.MANAGER: ("manager", manager),
    Role.QUALITY: ("quality", quality),
    Role.DIRECTION: ("direction", direction),
    Role.HR: ("direction", direction),
    Role.READER: ("direction", direction),
    Role.ADMIN: ("admin", admin),
    Role.DPO: ("dpo", dpo),
}


def page_of(viewer: Viewer) -> tuple[str, Gather]:
    """The page of the viewer's first role, in the order of the house."""
    return next((page for role, page in _PAGES.items() if role in viewer.roles), ("nothing", nothing))


def team_page(viewer: Viewer, unit: Unit, today: dt.date, now: dt.datetime) -> dict[str, Any]:
    """One team, for who accompanies it."""
    rows = teams.recent(viewer, unit, today=today)
    estimate = teams.satisfaction(rows)
    lines = theme_lines(heard_in(teams.recent_texts(viewer, unit, today=today)))
    cases = cases_to_do(viewer).filter(branch(unit.path))
    return {
        "unit": unit,
        "today": today,
        "period": last_months(MONTHS, today),
        "estimate": estimate,
        "bar": marker_bar(estimate, Frame(_("Satisfied customers"), _language()), voice=Voice.CUSTOMER),
        "praised": [line for line in lines if line.positive > line.negative and line.heard >= 5][:3],
        "criticised": [line for line in lines if line.negative > line.positive and line.heard >= 5][:3],
        "companions": teams.companions(viewer, unit, today=today),
        "treats": viewer.may(Right.TREAT, unit.path),
        "late": cases.filter(due_on__lt=today).count(),
        "unassigned": cases.filter(person=None).count(),
        "rows": case_rows(viewer, list(cases[:FIRST]), today=today, now=now, placed=True),
    }
