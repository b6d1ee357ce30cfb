"""The history read again under a version, compared, adopted or left; people's corrections always win."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from tests import house
from visavis.core.words import Polarity, Role, Voice
from visavis.listen.imports.leases import ATTEMPTS
from visavis.listen.returns.models import Verbatim
from visavis.moments.references.models import Edition
from visavis.people.access.viewer import Viewer
from visavis.understand.themes import drafting, publishing, rereading, sweeps, works
from visavis.understand.themes.models import Rereading, RereadTheme, Theme
from visavis.understand.themes.queries import drafted_sheets, sheets_in_force
from visavis.understand.themes.second import samples, themes_compared
from visavis.understand.verbatims.models import Annotation
from visavis.understand.verbatims.services import correct_theme, read_unread

pytestmark = pytest.mark.django_db(transaction=False)
NOW = timezone.now()
PARKING = "Impossible de se garer, le parking est plein."
BILL = "Ma facture est fausse."


@pytest.fixture
def quality() -> Viewer:
    """A quality manager of the whole company."""
    return house.viewer(house.company(), Role.QUALITY)


@pytest.fixture(autouse=True)
def _company() -> None:
    house.theme("bill", keywords={"fr": ["facture"]})
    house.theme("access", keywords={"fr": ["agence"]})
    team = house.unit()
    for text in (PARKING, PARKING, BILL, "Très bien."):
        house.verbatim(house.response(team), text)
    house.verbatim(house.response(team, Voice.EMPLOYEE), PARKING)
    read_unread(at=NOW)


def version(by: Viewer, **keywords: tuple[str, ...]) -> Edition:
    """Publish other keywords for some themes."""
    for code, words in keywords.items():
        sheet = drafted_sheets(sheets_in_force())[code]
        drafting.save_sheet(by=by, sheet=replace(sheet, keywords={"fr": words}), seen=sheet.stamp, at=NOW)
    seen = publishing.draft_stamp(drafted_sheets(sheets_in_force()))
    return publishing.publish(by=by, reason="Essai", seen=seen, at=NOW)


def heard() -> list[tuple[str, str]]:
    """Theme and first letter of its text, of each reading that holds."""
    told = Annotation.objects.current().filter(theme__isnull=False, refused=False)
    return sorted((each.theme.code, each.verbatim.text[0]) for each in told if each.theme)


def read_again(by: Viewer, edition: Edition) -> Rereading:
    """Ask for it, and let a worker do it."""
    made = rereading.start(by=by, edition=edition, at=NOW)
    sweeps.sweep()
    return Rereading.objects.get(pk=made.pk)


def test_what_is_read_today_stands_until_the_second_reading_is_adopted(quality: Viewer) -> None:
    before = heard()
    found = read_again(quality, version(quality, access=("agence", "parking"), bill=("prélèvement*",)))
    # Five are read; how many of them employees wrote is nobody's to count.
    assert (found.state, found.done, found.total) == ("ready", 4, 4)
    assert heard() == before == [("bill", "M")]
    rereading.adopt(by=quality, rereading=found, at=NOW)
    sweeps.sweep()
    assert heard() == [("access", "I")] * 3
    assert {each.edition_id for each in Annotation.objects.order_by("pk")} == {found.edition_id}
    assert not RereadTheme.objects.exists()


def test_the_comparison_counts_texts_of_customers_before_and_after(quality: Viewer) -> None:
    found = read_again(quality, version(quality, access=("parking",), bill=("prélèvement*",)))
    rows = {row.label: (row.before, row.after, row.difference) for row in themes_compared(quality, found)}
    assert rows == {"access": (0, 2, 2), "bill": (1, 0, -1)}
    shown = samples(quality, found)
    assert sorted((one.gained, one.lost) for one in shown) == [((), ("bill",))] + [(("access",), ())] * 2


def test_the_comparison_holds_ones_own_branch_only(quality: Viewer) -> None:
    found = read_again(quality, version(quality, access=("parking",)))
    elsewhere = house.viewer(house.unit(), Role.QUALITY)
    assert (themes_compared(elsewhere, found), samples(elsewhere, found)) == ([], [])


def test_a_correction_wins_over_the_second_reading(quality: Viewer) -> None:
    first, second = Verbatim.objects.filter(text=PARKING, voice=Voice.CUSTOMER).order_by("pk")
    bill = Verbatim.objects.get(text=BILL)
    themes = {theme.code: theme for theme in Theme.objects.order_by("pk")}
    correct_theme(by=quality, verbatim=first, theme=themes["access"], polarity=None, at=NOW, there=False)
    correct_theme(by=quality, verbatim=bill, theme=themes["bill"], polarity=Polarity.POSITIVE, at=NOW)
    found = read_again(quality, version(quality, access=("parking",), bill=("prélèvement*",)))
    rows = {row.label: (row.before, row.after) for row in themes_compared(quality, found)}
    assert rows == {"access": (0, 1), "bill": (1, 1)}
    rereading.adopt(by=quality, rereading=found, at=NOW)
    sweeps.sweep()
    assert Annotation.objects.current().get(verbatim=first, theme=themes["access"]).refused
    assert Annotation.objects.current().get(verbatim=bill, theme=themes["bill"]).polarity == "positive"
    assert Annotation.objects.current().get(verbatim=second).by == "engine"


def test_a_correction_made_after_the_second_reading_wins_too(quality: Viewer) -> None:
    found = read_again(quality, version(quality, access=("parking",)))
    first = Verbatim.objects.filter(text=PARKING, voice=Voice.CUSTOMER).order_by("pk")[0]
    access = Theme.objects.get(code="access")
    correct_theme(by=quality, verbatim=first, theme=access, polarity=Polarity.POSITIVE, at=NOW)
    rereading.adopt(by=quality, rereading=found, at=NOW)
    sweeps.sweep()
    held = Annotation.objects.current().get(verbatim=first, theme=access)
    assert (held.by, held.polarity) == ("human", "positive")


def test_left_aside_it_changes_nothing_and_keeps_nothing(quality: Viewer) -> None:
    before = heard()
    found = read_again(quality, version(quality, access=("parking",)))
    rereading.leave(by=quality, rereading=found, at=NOW)
    sweeps.sweep()
    assert (heard(), RereadTheme.objects.count()) == (before, 0)
    with pytest.raises(ValidationError):
        rereading.adopt(by=quality, rereading=found, at=NOW)


def test_one_at_a_time_and_only_the_version_in_force_is_adopted(quality: Viewer) -> None:
    old = version(quality, access=("parking",))
    found = read_again(quality, old)
    with pytest.raises(ValidationError):
        rereading.start(by=quality, edition=old, at=NOW)
    version(quality, access=("place",))
    with pytest.raises(ValidationError):
        rereading.adopt(by=quality, rereading=found, at=NOW)


def test_words_that_changed_meanwhile_keep_their_newer_reading(quality: Viewer) -> None:
    found = read_again(quality, version(quality, access=("parking",)))
    later = found.asked_at + dt.timedelta(hours=1)
    Verbatim.objects.filter(text=PARKING).update(text=BILL, read_at=None)
    read_unread(at=later)
    rereading.adopt(by=quality, rereading=found, at=later)
    sweeps.sweep()
    assert ("access", "M") not in heard()


def test_a_worker_that_dies_is_replaced_and_nothing_is_doubled(
    quality: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rereading, "LOT", 2)
    made = rereading.start(by=quality, edition=version(quality, access=("parking",)), at=NOW)
    kept, calls = works.keep_on, []

    def dies(work: Rereading, **facts: object) -> None:
        calls.append(facts)
        if len(calls) == 4:
            raise OSError("no room left")
        kept(work, **facts)

    monkeypatch.setattr(works, "keep_on", dies)
    with pytest.raises(OSError, match="no room"):
        rereading.work_on(made.pk)
    stopped = Rereading.objects.get(pk=made.pk)
    first = Verbatim.objects.order_by("pk")[:2]
    told = sum(text.voice == Voice.CUSTOMER.value for text in first)
    assert (stopped.state, stopped.done, stopped.problem) == ("queued", told, "OSError")
    monkeypatch.setattr(works, "keep_on", kept)
    sweeps.sweep()
    found = Rereading.objects.get(pk=made.pk)
    assert (found.state, found.done) == ("ready", 4)
    assert RereadTheme.objects.filter(rereading=found, change="gained").count() == 3


def test_work_that_fails_again_and_again_is_put_aside(
    quality: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = rereading.start(by=quality, edition=version(quality, access=("parking",)), at=NOW)

    def fails(_work: Rereading) -> list[Verbatim]:
        raise OSError("broken")

    monkeypatch.setattr(rereading, "_next", fails)
    for _ in range(ATTEMPTS):
        with pytest.raises(OSError, match="broken"):
            rereading.work_on(made.pk)
    rereading.work_on(made.pk)
    found = Rereading.objects.get(pk=made.pk)
    assert (found.state, found.problem) == ("failed", "OSError")
    rereading.leave(by=quality, rereading=found, at=NOW)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.DIRECTION, Role.ADVISER, Role.ADMIN])
def test_only_quality_asks_and_decides(quality: Viewer, role: Role) -> None:
    edition = version(quality, access=("parking",))
    other = house.viewer(house.company(), role)
    with pytest.raises(PermissionDenied):
        rereading.start(by=other, edition=edition, at=NOW)
    found = read_again(quality, edition)
    with pytest.raises(PermissionDenied):
        rereading.adopt(by=other, rereading=found, at=NOW)
    with pytest.raises(PermissionDenied):
        rereading.leave(by=other, rereading=found, at=NOW)
