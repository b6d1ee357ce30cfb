"""Reads of the moments: their sheets, versions and drafts, the proposals of the field."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from visavis.moments.references.models import Edition, Moment
from visavis.moments.references.services import COLUMNS
from visavis.people.access.policy import Right
from visavis.people.access.viewer import NOTHING, Viewer
from visavis.understand.journeys.models import Idea, MomentDraft
from visavis.understand.journeys.sheets import Sheet, Sheets, by_code, sheet_of

_HELD = (*COLUMNS, "position", "retired_in")


def knows(viewer: Viewer) -> bool:
    """Whether the viewer may know the moments of the company: whoever works in it with any right."""
    return bool(viewer.branches)


def sheets_in_force(viewer: Viewer) -> dict[str, Sheet]:
    """Every moment as it is written today, retired ones too, by code."""
    if not knows(viewer):
        return {}
    rows = Moment.objects.order_by("position", "pk").values(*_HELD)
    return {row["code"]: sheet_of(row | {"retired": row["retired_in"] is not None}) for row in rows}


def sheets_drafted(viewer: Viewer) -> dict[str, Sheet]:
    """Every moment as it will be once the draft is published."""
    drafts = MomentDraft.objects.order_by("pk").values_list("code", "sheet")
    if not viewer.may(Right.REFERENCES):
        return sheets_in_force(viewer)
    return sheets_in_force(viewer) | {code: sheet_of(sheet) for code, sheet in drafts}


def drafts(viewer: Viewer) -> QuerySet[MomentDraft]:
    """What waits to be published, for whoever may change references."""
    rows = MomentDraft.objects.select_related("account__person").order_by("saved_at", "pk")
    return rows if viewer.may(Right.REFERENCES) else rows.filter(NOTHING)


def versions(viewer: Viewer) -> QuerySet[Edition]:
    """The published versions, the latest first, without their contents."""
    rows = Edition.objects.filter(kind=Edition.Kind.MOMENTS).defer("content").order_by("-number")
    return rows.select_related("author__person") if knows(viewer) else rows.filter(NOTHING)


def sheets_of(viewer: Viewer, number: int) -> Sheets | None:
    """The moments of a version; none if there is no such version."""
    if not knows(viewer):
        return None
    found = Edition.objects.filter(kind=Edition.Kind.MOMENTS, number=number).order_by("pk").first()
    return by_code(found.content) if found else None


def ideas(viewer: Viewer) -> QuerySet[Idea]:
    """Proposals of the field: all of them for whoever answers, her own for anybody else; the latest first."""
    rows = Idea.objects.select_related("moment", "account__person", "answered_by__person")
    if not viewer.may(Right.REFERENCES):
        mine = Q(account_id=viewer.account_id) if viewer.account_id else NOTHING
        rows = rows.filter(mine)
    return rows.order_by("-made_at", "-pk")


def waiting(viewer: Viewer) -> int:
    """How many proposals wait for the viewer's answer."""
    return ideas(viewer).filter(state=Idea.State.OPEN).count() if viewer.may(Right.REFERENCES) else 0


def due(viewer: Viewer, *, today: dt.date) -> QuerySet[Moment]:
    """Moments whose day of review has come, for whoever may change references; the oldest first."""
    rows = Moment.objects.filter(retired_in__isnull=True, review_on__lte=today)
    return (rows if viewer.may(Right.REFERENCES) else rows.filter(NOTHING)).order_by("review_on", "pk")
