"""The journal of erasures: marks only, also beside the backups, replayed once a backup is restored."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from tests import house
from visavis.core.words import Role
from visavis.people.access.viewer import Viewer, system
from visavis.people.erasures import kept, replaying
from visavis.people.erasures.models import Erasure, Kind
from visavis.people.erasures.queries import erased
from visavis.people.erasures.replaying import erases, replay
from visavis.people.erasures.services import note_erasure

AT = dt.datetime(2025, 12, 1, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def copies(tmp_path: Path, settings: Any) -> list[Path]:
    """Two folders that keep a copy of the journal."""
    settings.ERASURE_COPIES = [tmp_path / "here", tmp_path / "there"]
    for folder in settings.ERASURE_COPIES:
        folder.mkdir()
    return [folder / kept.NAME for folder in settings.ERASURE_COPIES]


@pytest.mark.django_db(transaction=True)
def test_what_is_erased_is_noted_by_its_mark_in_the_database_and_beside_the_backups(
    copies: list[Path],
) -> None:
    for code in ("C-Dupont", "C-Dupont", " c-dupont "):
        note_erasure(by=system(), kind=Kind.CUSTOMER, key=code, at=AT)
    noted = Erasure.objects.get()
    for copy in copies:
        assert kept.read(copy) == [kept.Kept("customer", noted.mark, AT.isoformat())]
        assert copy.stat().st_mode & 0o777 == 0o600
        assert b"dupont" not in copy.read_bytes().lower()
    assert erased(Kind.CUSTOMER, ["C-Dupont", "C-Durand"]) == {"C-Dupont"}
    assert erased(Kind.PERSON, ["C-Dupont"]) == set()


@pytest.mark.django_db(transaction=True)
def test_a_copy_out_of_reach_does_not_stop_an_erasure_and_is_completed_later(
    copies: list[Path], caplog: pytest.LogCaptureFixture
) -> None:
    away = copies[1].parent
    away.rmdir()
    note_erasure(by=system(), kind=Kind.PERSON, key="p1", at=AT)
    assert "could not be noted" in caplog.text
    away.mkdir()
    assert (kept.complete(copies[1]), kept.complete(copies[1])) == (1, 0)
    assert kept.read(copies[0]) == kept.read(copies[1])


@pytest.mark.django_db(transaction=True)
def test_a_line_that_a_crash_cut_spoils_no_other(copies: list[Path]) -> None:
    note_erasure(by=system(), kind=Kind.CUSTOMER, key="a", at=AT)
    copies[0].write_text(copies[0].read_text() + '\n{"kind": "customer", "ma')
    note_erasure(by=system(), kind=Kind.CUSTOMER, key="b", at=AT)
    assert len(kept.read(copies[0])) == 2
    Erasure.objects.all().delete()
    assert (kept.take_in(copies[0]), kept.take_in(copies[0])) == (2, 0)
    assert erased(Kind.CUSTOMER, ["a", "b", "c"]) == {"a", "b"}


@pytest.mark.django_db
def test_only_who_answers_peoples_requests_notes_an_erasure() -> None:
    company = house.company()
    with pytest.raises(PermissionDenied):
        note_erasure(by=house.viewer(company, Role.ADMIN), kind=Kind.CUSTOMER, key="a", at=AT)
    assert note_erasure(by=house.viewer(company, Role.DPO), kind=Kind.CUSTOMER, key="a", at=AT).pk


@pytest.mark.django_db
def test_what_came_back_is_erased_again_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replaying, "_KINDS", {})
    held = {"a", "b", "c"}

    def erase(by: Viewer, key: str | int) -> None:
        held.remove(str(key))

    note_erasure(by=system(), kind=Kind.CUSTOMER, key="b", at=AT)
    note_erasure(by=system(), kind=Kind.CUSTOMER, key="gone", at=AT)
    with pytest.raises(LookupError):
        replay(system())
    erases(Kind.CUSTOMER, lambda: list(held), erase)
    assert replay(system()) == {Kind.CUSTOMER: 1}
    assert held == {"a", "c"}
    assert replay(system()) == {Kind.CUSTOMER: 0}
