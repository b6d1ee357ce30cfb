"""After a restore no letter leaves twice: all are held, and what was due before is never sent by itself."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied

from tests import house
from tests.share.letters.postbox import AT, TODAY, heard, letter, reader, subscription
from visavis.core.words import Role
from visavis.people.access.models import JournalEntry
from visavis.people.access.viewer import system
from visavis.people.units.models import Unit
from visavis.share.letters import jobs
from visavis.share.letters.holding import held_since, hold, let_go
from visavis.share.letters.models import Kind, Letter, Problem, State

pytestmark = pytest.mark.django_db
_DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _restored(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SENDS_LETTERS = True
    monkeypatch.setattr(settings.INSTANCE, "folder", tmp_path)


@pytest.fixture
def team() -> Unit:
    """A team that was heard in November."""
    made = house.unit("lys")
    heard(made)
    return made


def test_while_letters_are_held_none_is_planned_and_none_leaves(team: Unit) -> None:
    waiting = letter(team)
    subscription(team, reader(team), Kind.DAY)
    hold(at=AT)
    assert jobs.sweep(at=AT, today=TODAY) == 0
    assert not mail.outbox
    assert list(Letter.objects.values_list("pk", "state")) == [(waiting.pk, State.WAITING)]


def test_what_was_due_before_is_in_doubt_and_what_falls_due_after_leaves(
    team: Unit, django_capture_on_commit_callbacks: Any
) -> None:
    before = letter(team)
    daily = subscription(team, reader(team), Kind.DAY)
    hold(at=AT)
    with django_capture_on_commit_callbacks(execute=True):
        assert let_go(by=system(), at=AT + dt.timedelta(hours=1)) == 1
    assert held_since() is None
    before.refresh_from_db()
    assert (before.state, before.problem) == (State.UNSURE, Problem.RESTORED)
    assert jobs.sweep(at=AT + dt.timedelta(hours=2), today=TODAY) == 0
    later = AT + _DAY
    heard(team, TODAY)
    assert jobs.sweep(at=later, today=later.date()) == 1
    assert Letter.objects.get(state=State.SENT).subscription_id == daily.pk
    assert JournalEntry.objects.get(verb="letters.let_go").words == {"number": 1}


def test_letting_go_twice_changes_nothing(team: Unit, django_capture_on_commit_callbacks: Any) -> None:
    hold(at=AT)
    with django_capture_on_commit_callbacks(execute=True):
        let_go(by=system(), at=AT)
    assert let_go(by=system(), at=AT) == 0
    assert JournalEntry.objects.filter(verb="letters.let_go").count() == 1


def test_only_who_keeps_the_settings_of_the_company_lets_letters_go(team: Unit) -> None:
    hold(at=AT)
    branch = house.member(team, Role.ADMIN)
    with pytest.raises(PermissionDenied):
        let_go(by=branch.viewer, at=AT)
    assert "laisser-partir" not in branch.client.get("/admin/envois/").content.decode()
    admin = house.member(house.company(), Role.ADMIN)
    page = admin.client.get("/admin/envois/").content.decode()
    assert "laisser-partir" in page
    assert "restaurée" in page
    assert admin.client.post("/admin/envois/laisser-partir/").status_code == 302
    assert held_since() is not None  # the transaction of the test never commits
