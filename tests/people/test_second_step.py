"""Whoever holds much sets a second step before anything else opens."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.models import Authenticator

from tests import house
from visavis.core.words import Role
from visavis.site.options import Options

pytestmark = pytest.mark.django_db

STRICT = frozenset({Role.ADMIN, Role.HR, Role.QUALITY, Role.DPO})


@pytest.fixture(autouse=True)
def _asked(settings: Any) -> None:
    settings.SECOND_STEP_ROLES = STRICT


@pytest.mark.parametrize("role", sorted(Role))
def test_the_roles_that_hold_much_are_led_to_set_it(role: Role) -> None:
    member = house.member(house.company(), role)
    answer = member.client.get("/")
    owed = role in STRICT
    assert (answer.status_code == 302 and answer["Location"] == "/compte/2fa/") is owed
    assert member.client.get("/aide/").status_code == 200
    assert member.client.post("/compte/logout/").status_code == 302


def test_an_export_and_a_gesture_are_refused_as_well() -> None:
    member = house.member(house.company(), Role.QUALITY)
    export = member.client.get("/comprendre/rapports/export/csv/")
    gesture = member.client.post("/admin/imports/nouveau/", {})
    for answer in (export, gesture):
        assert answer.status_code in {302, 404}
        assert answer.get("Location", "/compte/2fa/") == "/compte/2fa/"


def test_once_it_is_set_the_house_opens_and_it_closes_again_when_it_is_switched_off() -> None:
    member = house.member(house.company(), Role.ADMIN)
    step = Authenticator.objects.create(
        user=member.account, type=Authenticator.Type.TOTP, data={"secret": "x"}
    )
    assert member.client.get("/admin/droits/").status_code == 200
    step.delete()
    assert member.client.get("/admin/droits/")["Location"] == "/compte/2fa/"


def test_rescue_codes_alone_are_no_second_step() -> None:
    member = house.member(house.company(), Role.ADMIN)
    Authenticator.objects.create(user=member.account, type=Authenticator.Type.RECOVERY_CODES, data={})
    assert member.client.get("/admin/droits/").status_code == 302


def test_a_company_may_ask_it_of_everybody_and_of_nobody_less_than_those() -> None:
    assert Options().second_step_roles == STRICT
    assert Options(second_step="all").second_step_roles == frozenset(Role)
