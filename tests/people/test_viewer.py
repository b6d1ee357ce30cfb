"""Without a grant nothing is seen; with one, a branch and nothing beside it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given
from hypothesis import strategies as st

from tests import house
from visavis.core.words import Role
from visavis.people.access.models import Grant, JournalEntry
from visavis.people.access.policy import RIGHTS, Right
from visavis.people.access.services import grant_role, withdraw_role
from visavis.people.access.viewer import NOBODY, Viewer, system, viewer_of
from visavis.people.accounts.services import close_account, open_account
from visavis.people.units.fields import branch
from visavis.people.units.models import Unit

pytestmark = pytest.mark.django_db


def test_nobody_sees_nothing() -> None:
    house.unit()
    for right in Right:
        assert not Unit.objects.filter(NOBODY.within(right, "path")).exists()
        assert not NOBODY.may(right)


def test_a_branch_is_seen_with_all_below_and_nothing_beside() -> None:
    region = house.unit("idf")
    ours, theirs = house.unit("a", region), house.unit("ab", region)
    below = house.unit("desk", ours)
    seen = house.viewer(ours)
    found = Unit.objects.filter(seen.within(Right.TEAM, "path")).order_by("path")
    assert list(found) == [ours, below]
    assert not seen.may(Right.TEAM, theirs.path)
    assert not seen.may(Right.TEAM, region.path)
    with pytest.raises(PermissionDenied):
        seen.must(Right.TEAM, theirs.path)


def test_a_grant_holds_from_its_first_day_to_its_last() -> None:
    team = house.unit()
    someone = house.account()
    first, last = dt.date(2025, 3, 1), dt.date(2025, 3, 31)
    Grant.objects.create(account=someone, role=Role.MANAGER, unit=team, starts_on=first, ends_on=last)
    day = dt.timedelta(days=1)
    assert [
        viewer_of(someone, today=on).may(Right.TEAM) for on in (first - day, first, last, last + day)
    ] == [
        False,
        True,
        True,
        False,
    ]


def test_a_closed_account_sees_nothing() -> None:
    team = house.unit()
    someone = house.account()
    house.grant(someone, team)
    close_account(by=system(), account=someone, today=house.TODAY)
    someone.refresh_from_db()
    assert viewer_of(someone, today=house.TODAY) == NOBODY


def test_each_role_has_the_rights_of_the_matrix_and_no_other() -> None:
    team = house.unit()
    for role in Role:
        seen = house.viewer(team, role)
        assert {right for right in Right if seen.may(right, team.path)} == RIGHTS[role]


def test_the_administrator_reads_no_content() -> None:
    content = {
        Right.RETURNS,
        Right.FIGURES,
        Right.ADVISERS,
        Right.OWN_RETURNS,
        Right.TREAT,
        Right.DAILY,
        Right.REPORT,
    }
    assert not RIGHTS[Role.ADMIN] & content


def test_only_who_holds_the_settings_grants_and_it_is_told() -> None:
    team = house.unit()
    someone = house.account()
    with pytest.raises(PermissionDenied):
        grant_role(by=house.viewer(team), account=someone, role=Role.ADMIN, unit=team, today=house.TODAY)
    admin = house.viewer(house.company(), Role.ADMIN)
    grant = grant_role(by=admin, account=someone, role=Role.MANAGER, unit=team, today=house.TODAY)
    again = grant_role(by=admin, account=someone, role=Role.MANAGER, unit=team, today=house.TODAY)
    assert grant == again
    assert viewer_of(someone, today=house.TODAY).may(Right.TEAM, team.path)
    withdraw_role(by=admin, grant=grant, today=house.TODAY)
    assert viewer_of(someone, today=house.TODAY) == Viewer(someone.pk, None)
    assert list(JournalEntry.objects.order_by("pk").values_list("verb", flat=True)) == [
        "access.granted",
        "access.withdrawn",
    ]


def test_an_account_opens_once_with_a_password_that_resists() -> None:
    account, password = open_account(by=system(), email="Ines@acme.example", today=house.TODAY)
    assert account.email == "ines@acme.example"
    assert account.check_password(password)
    assert len(password) >= 12


_step = st.text(alphabet="abz0-._é", min_size=1, max_size=4)
_path = st.lists(_step, min_size=1, max_size=4).map(lambda steps: "/" + "/".join(steps) + "/")


@given(path=_path, other=_path)
def test_the_range_of_a_branch_holds_exactly_the_paths_that_begin_with_it(path: str, other: str) -> None:
    low, high = path, path[:-1] + "0"
    assert (low.encode() <= other.encode() < high.encode()) == other.startswith(path)
    assert str(branch(path)) == str(branch(path))


def test_a_branch_without_its_last_slash_is_refused() -> None:
    with pytest.raises(ValueError, match="slash"):
        branch("/acme/a")
