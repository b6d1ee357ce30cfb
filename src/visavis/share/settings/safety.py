"""What whoever rules an instance checks: the journal, the ways out, browsers' reports, second steps."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.cache import caches
from django.db.models import Exists, OuterRef, QuerySet, Sum
from django.utils import timezone

from visavis.core import egress
from visavis.people.access import chain
from visavis.people.access.models import Grant
from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer
from visavis.people.accounts.models import Account
from visavis.people.units.queries import company_path
from visavis.web.models import PolicyReport

#: Reports of browsers that are told.
_DAYS: Final = 30
#: Where a process keeps its last check of the whole journal, and for how many seconds.
_FOLLOWED: Final = "safety:journal"
_HOUR: Final = 3600


@dataclass(frozen=True, slots=True)
class Safety:
    """What stands, for one page.

    Attributes:
        journal: what the check of the chain found.
        whole_at: when all of its lines were followed; those told since were followed now.
        doors: the ways out that are configured.
        reports: (directive, page, what was refused, times) of the last 30 days, the most frequent first.
        owing: accounts whose role asks for a second step that they have not set.
    """

    journal: chain.Checked
    whole_at: dt.datetime
    doors: tuple[egress.Door, ...]
    reports: list[tuple[str, str, str, int]]
    owing: QuerySet[Account]


def safety(viewer: Viewer, *, now: dt.datetime, whole: bool = False) -> Safety:
    """Look at everything.

    Args:
        viewer: who reads; needs the right to the settings of the whole company.
        now: the instant; reports of the 30 days before count.
        whole: follow all lines of the journal, however lately they were.

    Raises:
        PermissionDenied: if the viewer may not.
    """
    viewer.must(Right.SETTINGS, company_path())
    today = timezone.localdate(now)
    journal, whole_at = _journal(now, whole=whole)
    return Safety(journal, whole_at, egress.doors(), _reports(today), _owing(today))


def _journal(now: dt.datetime, *, whole: bool) -> tuple[chain.Checked, dt.datetime]:
    """Follow the journal: of one followed within the hour, the lines told since."""
    held: tuple[chain.Checked, dt.datetime] | None = None if whole else caches["process"].get(_FOLLOWED)
    if held and chain.goes_on(held[0]):
        return chain.check(held[0]), held[1]
    found = chain.check(), now
    caches["process"].set(_FOLLOWED, found, timeout=_HOUR)
    return found


def _reports(today: dt.date) -> list[tuple[str, str, str, int]]:
    origins = dict(PolicyReport.Origin.choices)
    found = (
        PolicyReport.objects.filter(day__gt=today - dt.timedelta(days=_DAYS))
        .values_list("directive", "route", "origin")
        .annotate(told=Sum("times"))
        .order_by("-told", "directive", "route", "origin")
    )
    return [(directive, route, str(origins[origin]), told) for directive, route, origin, told in found]


def _owing(today: dt.date) -> QuerySet[Account]:
    held = Grant.objects.on(today).filter(account=OuterRef("pk"), role__in=settings.SECOND_STEP_ROLES)
    has = Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)
    rows = Account.objects.filter(Exists(held), ~Exists(has), is_active=True)
    return rows.select_related("person").order_by("email")
