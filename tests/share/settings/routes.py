"""Addresses of the settings and of the references."""

from __future__ import annotations

from typing import Any

from tests.house import TODAY, Cast, account, assignment, grant, person
from tests.matrix import ABSENT, Row
from visavis.core.words import Role
from visavis.people.access.models import Grant

ADMIN = frozenset({Role.ADMIN})
BEGIN = frozenset({Role.ADMIN, Role.QUALITY})


def colleague(cast: Cast) -> dict[str, Any]:
    """Somebody of the owner's team."""
    someone = account()
    grant(someone, cast.ours, Role.ADVISER)
    return {"pk": someone.pk}


def held(cast: Cast) -> dict[str, Any]:
    """A role of somebody of the owner's team."""
    pk = colleague(cast)["pk"]
    return {"pk": pk, "grant": Grant.objects.get(account=pk).pk}


def worker(cast: Cast) -> dict[str, Any]:
    """Somebody who works in the owner's team."""
    someone = person()
    assignment(someone, cast.ours)
    return {"pk": someone.pk}


def our_unit(cast: Cast) -> dict[str, Any]:
    """The owner's team."""
    return {"code": cast.ours.code}


def adviser_here(cast: Cast) -> dict[str, str]:
    """A role on the owner's team."""
    return {"role": "adviser", "unit": cast.ours.code}


GONE = {"pk": ABSENT}
ROWS = [
    Row("settings:start", may=BEGIN),
    Row("settings:organisation", may=ADMIN),
    Row("settings:unit", may=ADMIN, of=our_unit, absent={"code": "nowhere"}),
    Row("settings:journal", may=ADMIN),
    Row("settings:journal_export", may=ADMIN),
    Row("settings:accounts", may=ADMIN),
    Row("settings:new_account", may=ADMIN),
    Row("settings:matrix"),
    Row("settings:account", may=ADMIN, of=colleague, absent=GONE),
    Row(
        "settings:grant", may=ADMIN, of=colleague, absent=GONE, method="post", data=adviser_here, answers=302
    ),
    Row("settings:withdraw", may=ADMIN, of=held, absent=GONE | {"grant": ABSENT}, method="post", answers=302),
    Row("settings:close_account", may=ADMIN, of=colleague, absent=GONE, method="post", answers=302),
    Row(
        "settings:remove_step",
        may=ADMIN,
        of=colleague,
        absent=GONE,
        method="post",
        answers=302,
        note="asks for the password again first",
    ),
    Row("settings:renew_password", may=ADMIN, of=colleague, absent=GONE, method="post"),
    Row("settings:people", may=ADMIN),
    Row("settings:person", may=ADMIN, of=worker, absent=GONE),
    Row(
        "settings:edit_person",
        may=ADMIN,
        of=worker,
        absent=GONE,
        method="post",
        data={"name": "Camille"},
        answers=422,
        note="a form that was never shown changes nothing",
    ),
    Row(
        "settings:note_departure",
        may=ADMIN,
        of=worker,
        absent=GONE,
        method="post",
        data={"last_day": TODAY.isoformat()},
        answers=302,
    ),
    Row("settings:safety", may=ADMIN, at_root=True),
    Row("settings:sessions"),
    Row("settings:end_sessions", method="post", answers=302),
    Row("settings:end_sessions_of", may=ADMIN, of=colleague, absent=GONE, method="post", answers=302),
    Row("references:moments", may=BEGIN),
    Row("references:themes", may=BEGIN),
    Row("references:lists", may=BEGIN),
    Row("references:editions", may=BEGIN),
    Row("references:start", may=BEGIN),
]
