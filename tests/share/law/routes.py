"""Addresses of the documents on data, of the settings, of the models and of people's requests."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from tests import house
from tests.house import TODAY, Cast
from tests.matrix import ABSENT, Row
from visavis.core.stamps import stamps_of
from visavis.core.words import Role, Voice
from visavis.share.law.models import PrivacyRequest, SettingChange

LAW = frozenset({Role.HR, Role.ADMIN, Role.READER, Role.DPO})
MODELS = LAW | {Role.QUALITY}
SETTLES = frozenset({Role.ADMIN, Role.DPO})
DPO = frozenset({Role.DPO})


def request_of(kind: str) -> Any:
    """A request of a customer, waiting."""

    def made(_cast: Cast) -> dict[str, Any]:
        facts = {"received_on": TODAY, "due_on": TODAY + dt.timedelta(days=30)}
        row = PrivacyRequest.objects.create(
            kind=kind, voice=Voice.CUSTOMER, customer=house.customer(), **facts
        )
        return {"pk": row.pk}

    return made


def a_return(cast: Cast) -> dict[str, Any]:
    """A customer's return."""
    return {"pk": house.response(cast.ours, text="Une attente bien longue.").pk}


def change_by_another(proposed_as: str) -> Any:
    """A longer keeping time that somebody else asked for."""

    def made(_cast: Cast) -> dict[str, Any]:
        SettingChange.objects.filter(state=SettingChange.State.PROPOSED).delete()
        facts = {"before": 365, "after": 700, "reason": "Contentieux", "proposed_as": proposed_as}
        row = SettingChange.objects.create(
            setting="keep:audit",
            state=SettingChange.State.PROPOSED,
            proposed_by=house.account(),
            proposed_at=timezone.now(),
            **facts,
        )
        return {"pk": row.pk}

    return made


ROWS = [
    Row("law:home", may=LAW),
    Row("law:pack", may=LAW),
    Row("law:document", may=LAW, words={"code": "registre"}),
    Row("law:document_pdf", may=LAW, words={"code": "cse"}),
    Row("law:keeping", may=LAW),
    Row("law:settings", may=LAW),
    Row("law:models", may=MODELS),
    Row("law:facts", may=SETTLES, at_root=True),
    Row("law:days", may=SETTLES, at_root=True, words={"purpose": "texts"}),
    Row("law:switch", may=SETTLES, at_root=True, words={"code": "ton"}),
    Row(
        "law:sign",
        may=DPO,
        at_root=True,
        of=change_by_another("settings"),
        absent={"pk": ABSENT},
        method="post",
        answers=302,
    ),
    Row(
        "law:refuse",
        may=DPO,
        at_root=True,
        of=change_by_another("settings"),
        absent={"pk": ABSENT},
        method="post",
        answers=302,
    ),
    Row("law:requests", may=DPO, at_root=True),
    Row("law:new_request", may=DPO, at_root=True),
    Row("law:request", may=DPO, at_root=True, of=request_of("access"), absent={"pk": ABSENT}),
    Row(
        "law:file",
        may=DPO,
        at_root=True,
        of=request_of("access"),
        absent={"pk": ABSENT},
        words={"form": "json"},
    ),
    Row(
        "law:rectify",
        may=DPO,
        at_root=True,
        of=request_of("rectify"),
        absent={"pk": ABSENT},
        method="post",
        data={"segment": "pro", "seen": stamps_of({"segment": ""})},
        answers=302,
    ),
    Row(
        "law:erase",
        may=DPO,
        at_root=True,
        of=request_of("erasure"),
        absent={"pk": ABSENT},
        method="post",
        data={"sure": "on"},
        answers=302,
    ),
    Row("law:erase_return", may=DPO, at_root=True, of=a_return, absent={"pk": ABSENT}),
    Row(
        "law:close",
        may=DPO,
        at_root=True,
        of=request_of("objection"),
        absent={"pk": ABSENT},
        method="post",
        data={"state": "done"},
        answers=302,
    ),
]
