"""Addresses of the boards and of the restitution."""

from __future__ import annotations

from typing import Any

from tests import house
from tests.house import PURPOSE, Cast
from tests.matrix import ABSENT, Row
from visavis.core.stamps import stamps_of
from visavis.core.words import Role
from visavis.share.alerts.models import Told

REPORT = frozenset({Role.QUALITY, Role.HR, Role.DIRECTION, Role.READER})
DAILY = frozenset({Role.MANAGER, Role.QUALITY, Role.DIRECTION})
TEAM = frozenset({Role.MANAGER, Role.HR, Role.DIRECTION})


def exchange_of_the_owner(cast: Cast) -> dict[str, Any]:
    """An exchange that the owner lived."""
    return {"pk": house.interaction(cast.ours, cast.owner.account.person).pk}


FIGURES = frozenset({Role.MANAGER, Role.QUALITY, Role.HR, Role.DIRECTION, Role.READER})
READS = frozenset({Role.MANAGER, Role.QUALITY, Role.DIRECTION})


def alert_of_ours(cast: Cast) -> dict[str, Any]:
    """An alert of the owner's team, shown to whoever sees it."""
    return {"pk": house.alert(cast.ours).pk}


def watch_of_the_owner(cast: Cast) -> dict[str, Any]:
    """A figure that the owner asked to be told about."""
    watch = house.watch(cast.ours)
    Told.objects.create(watch=watch, account=cast.owner.account)
    return {"pk": watch.pk}


ROWS = [
    Row("alerts:list", may=FIGURES),
    Row("alerts:watch", may=FIGURES),
    Row(
        "alerts:unwatch",
        may=FIGURES,
        of=watch_of_the_owner,
        absent={"pk": ABSENT},
        personal=FIGURES,
        method="post",
        answers=302,
    ),
    Row("alerts:one", may=FIGURES, of=alert_of_ours, absent={"pk": ABSENT}),
    Row("alerts:see", may=FIGURES, of=alert_of_ours, absent={"pk": ABSENT}, method="post", answers=302),
    Row(
        "alerts:explain",
        may=READS,
        of=alert_of_ours,
        absent={"pk": ABSENT},
        method="post",
        data={"text": "Une tempête.", "seen": stamps_of({"text": ""})},
        answers=302,
    ),
    Row("boards:home"),
    Row("boards:own", may=frozenset({Role.ADVISER})),
    Row(
        "boards:feel",
        may=frozenset({Role.ADVISER}),
        of=exchange_of_the_owner,
        absent={"pk": ABSENT},
        personal=frozenset({Role.ADVISER}),
        method="post",
        data={"feeling": "4"},
        answers=302,
    ),
    Row("boards:teams", may=TEAM, answers=302, note="who has one team is sent to it"),
    Row("boards:team", may=TEAM, of=lambda cast: {"code": cast.ours.code}, absent={"code": "nowhere"}),
    Row("restitution:report", may=REPORT),
    Row("restitution:month", may=REPORT, words={"month": "2025-11"}),
    Row("restitution:report_export", may=REPORT, words={"form": "csv"}),
    Row(
        "restitution:freeze",
        may=REPORT,
        method="post",
        data=lambda cast: {"unit": cast.ours.code},
        answers=302,
    ),
    Row("restitution:day", may=DAILY),
    Row("restitution:day_export", may=DAILY, words={"form": "xlsx"}),
    Row(
        "restitution:day_export", may=DAILY, words={"form": "csv"}, method="post", data={"pourquoi": PURPOSE}
    ),
]
