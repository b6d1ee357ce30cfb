"""What the pages on data show, gathered."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from visavis.listen.releases.gates import gate, missing
from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer
from visavis.people.units.queries import company_path
from visavis.share.law import seeking
from visavis.share.law.answering import URGENT_DAYS
from visavis.share.law.documents.catalogue import DOCUMENTS
from visavis.share.law.documents.live import ASKED, facts
from visavis.share.law.keeping import keepings, may_propose, may_sign
from visavis.share.law.models import PrivacyRequest, Purge, SettingChange
from visavis.share.law.observing import label_of, named, value_of
from visavis.share.law.purging import NIGHT, cut_of, due
from visavis.share.law.reading import may_read, may_read_models
from visavis.web.navigation import Link

#: Purges shown on the page, the latest first.
_NIGHTS = 30
#: Requests shown on the first page of the day.
_FIRST = 5


def waiting_changes(viewer: Viewer, group: str = "") -> list[tuple[SettingChange, str, str, str, bool]]:
    """Changes that wait for a second person: each in words, from what to what, who asked, who may sign."""
    rows = SettingChange.objects.filter(
        state=SettingChange.State.PROPOSED, setting__startswith=group
    ).select_related("proposed_by__person")
    return [
        (row, label_of(row.setting), _from_to(row), named(row.proposed_by), may_sign(viewer, row))
        for row in rows.order_by("proposed_at", "pk")
    ]


def _from_to(row: SettingChange) -> str:
    return f"{value_of(row.setting, row.before)} → {value_of(row.setting, row.after)}"


def tabs(viewer: Viewer, path: str) -> list[Link]:
    """The pages on data that this viewer may open, as they stand on the page at ``path``."""
    pages = [
        (_("Documents"), "law:home", may_read),
        (_("Keeping times"), "law:keeping", may_read),
        (_("Settings and their changes"), "law:settings", may_read),
        (_("Models in use"), "law:models", may_read_models),
        (_("Requests of people"), "law:requests", seeking.may_answer),
    ]
    return [Link(label, reverse(name), reverse(name) == path) for label, name, may in pages if may(viewer)]


def home_page(viewer: Viewer, today: dt.date) -> dict[str, Any]:
    """The first page: documents, what is still to be completed, what waits, the gate."""
    told = facts()
    return {
        "documents": [(code, title) for code, (title, _write) in DOCUMENTS.items()],
        "missing_facts": [one.label for one in ASKED if one.key not in told],
        "proposes": may_propose(viewer),
        "answers": seeking.may_answer(viewer),
        "waiting": waiting_changes(viewer),
        "requests": requests_state(viewer, today),
        **gate_state(viewer, today),
    }


def gate_state(viewer: Viewer, today: dt.date) -> dict[str, Any]:
    """What employees and their representatives were told, what is missing, whether this viewer records it."""
    records = viewer.may(Right.WAVES, company_path())
    return {"gate": gate(), "missing": missing(today), "records": records}


def day_state(viewer: Viewer, today: dt.date) -> dict[str, Any]:
    """What waits for whoever watches over people's data: the first page of the day."""
    told = facts()
    first = seeking.requests(viewer).filter(state=PrivacyRequest.State.RECEIVED).order_by("due_on", "pk")
    return {
        "state": requests_state(viewer, today),
        "requests": list(first[:_FIRST]),
        "waiting": waiting_changes(viewer),
        "left": [one.label for one in ASKED if one.key not in told],
        **gate_state(viewer, today),
        "last": Purge.objects.filter(purpose=NIGHT).order_by("-on", "-pk").first(),
    }


def requests_state(viewer: Viewer, today: dt.date) -> dict[str, int]:
    """How many requests are to be answered, late, and nearly late."""
    rows = seeking.requests(viewer).filter(state=PrivacyRequest.State.RECEIVED).order_by()
    soon = today + dt.timedelta(days=URGENT_DAYS)
    return {
        "waiting": rows.count(),
        "late": rows.filter(due_on__lt=today).count(),
        "soon": rows.filter(due_on__gte=today, due_on__lte=soon).count(),
    }


def keeping_page(viewer: Viewer, today: dt.date) -> dict[str, Any]:
    """The keeping times, what would go tonight, and what went."""
    done = Purge.objects.exclude(purpose=NIGHT).order_by("-on", "-pk")[:_NIGHTS]
    return {
        "rows": [(kept, due(kept.keeping.purpose, cut_of(kept.days, today))) for kept in keepings()],
        "proposes": may_propose(viewer),
        "waiting": waiting_changes(viewer, "keep:"),
        "purges": [(one, label_of(f"keep:{one.purpose}")) for one in done],
        "last": Purge.objects.filter(purpose=NIGHT).order_by("-on", "-pk").first(),
        "demo": settings.DEMO,
    }
