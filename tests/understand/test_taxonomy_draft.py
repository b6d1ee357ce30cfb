"""The draft of the taxonomy, its publication, its versions."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from tests import house
from visavis.core.words import Polarity, Role, Voice
from visavis.moments.references.models import Edition
from visavis.people.access.journal import sentence
from visavis.people.access.models import JournalEntry
from visavis.people.access.viewer import Viewer
from visavis.understand.themes import drafting, publishing
from visavis.understand.themes.models import Theme, ThemeDraft
from visavis.understand.themes.queries import drafted_sheets, sheets_in_force, sheets_of, taxonomy_in_force
from visavis.understand.themes.services import install_themes
from visavis.understand.themes.sheets import Sheet, changes
from visavis.understand.verbatims.models import Annotation
from visavis.understand.verbatims.services import correct_theme

pytestmark = pytest.mark.django_db
NOW = timezone.now()
BOTH = tuple(voice.value for voice in Voice)


@pytest.fixture
def quality() -> Viewer:
    """A quality manager."""
    return house.viewer(house.company(), Role.QUALITY)


@pytest.fixture(autouse=True)
def _two_themes() -> None:
    top = house.theme("wait", keywords={"fr": ["attente"]})
    house.theme("wait.phone", top, keywords={"fr": ["téléphone"]}, examples={"fr": ["Au bout du fil."]})
    house.theme("bill", keywords={"fr": ["facture"]})


def now_drafted() -> dict[str, Sheet]:
    """The taxonomy as the draft has it."""
    return drafted_sheets(sheets_in_force())


def save(by: Viewer, code: str, **words: Any) -> Sheet:
    """Write one theme again."""
    sheet = now_drafted()[code]
    return drafting.save_sheet(by=by, sheet=replace(sheet, **words), seen=sheet.stamp, at=NOW)


def publish(by: Viewer, reason: str = "Revue de mars") -> Edition:
    """Publish the draft as it stands."""
    return publishing.publish(by=by, reason=reason, seen=publishing.draft_stamp(now_drafted()), at=NOW)


def test_nothing_of_the_draft_is_heard_before_it_is_published(quality: Viewer) -> None:
    save(quality, "bill", keywords={"fr": ("facture", "prélèvement*")})
    assert "prélèvement*" in now_drafted()["bill"].keywords["fr"]
    assert sheets_in_force()["bill"].keywords == {"fr": ("facture",)}
    publish(quality)
    [bill] = [each for each in taxonomy_in_force(Voice.CUSTOMER).themes if each.slug == "bill"]
    assert list(bill.keywords["fr"]) == ["facture", "prélèvement*"]
    assert not ThemeDraft.objects.exists()


def test_examples_reach_the_engine() -> None:
    [phone] = [each for each in taxonomy_in_force(Voice.CUSTOMER).themes if each.slug == "wait.phone"]
    assert phone.examples == {"fr": ("Au bout du fil.",)}


def test_writing_a_theme_as_it_is_in_force_empties_its_draft(quality: Viewer) -> None:
    save(quality, "bill", name={"fr": "Facture"})
    save(quality, "bill", name={"fr": "bill", "en": "bill"})
    assert not ThemeDraft.objects.exists()


def test_two_people_on_one_theme_find_out(quality: Viewer) -> None:
    seen = now_drafted()["bill"]
    colleague = house.viewer(house.company(), Role.QUALITY, house.person(name="Thomas Guérin"))
    save(colleague, "bill", name={"fr": "Facturation"})
    with pytest.raises(drafting.MeanwhileError) as other:
        drafting.save_sheet(by=quality, sheet=replace(seen, position=4), seen=seen.stamp, at=NOW)
    assert other.value.who == "Thomas Guérin"
    assert other.value.sheet == now_drafted()["bill"]
    assert now_drafted()["bill"].name == {"fr": "Facturation"}


def test_a_new_theme_does_not_take_the_code_of_another(quality: Viewer) -> None:
    with pytest.raises(drafting.MeanwhileError):
        drafting.save_sheet(by=quality, sheet=Sheet("bill", voices=BOTH), seen="", at=NOW)


def test_no_theme_takes_the_name_of_another_in_any_spelling(quality: Viewer) -> None:
    twin = Sheet("twin", {"fr": " WÀIT.phone"}, voices=BOTH)
    with pytest.raises(drafting.NamesakeError) as found:
        drafting.save_sheet(by=quality, sheet=twin, seen="", at=NOW)
    assert (found.value.language, "wait.phone" in found.value.messages[0]) == ("fr", True)
    with pytest.raises(drafting.NamesakeError):
        save(quality, "bill", name={"fr": "bill", "en": "Wait"})
    with pytest.raises(drafting.NamesakeError):
        drafting.write_sheets(by=quality, sheets=[twin], at=NOW)
    assert not ThemeDraft.objects.exists()


def test_two_themes_may_exchange_their_names_and_a_name_left_is_free(quality: Viewer) -> None:
    bill, wait = now_drafted()["bill"], now_drafted()["wait"]
    exchanged = [replace(bill, name=wait.name), replace(wait, name=bill.name)]
    assert drafting.write_sheets(by=quality, sheets=exchanged, at=NOW) == 2
    drafting.discard(by=quality)
    drafting.retire(by=quality, code="bill", at=NOW)
    save(quality, "wait", name=bill.name)
    with pytest.raises(drafting.NamesakeError):
        drafting.reinstate(by=quality, code="bill", at=NOW)
    with pytest.raises(drafting.NamesakeError):
        drafting.discard(by=quality, code="bill")


def test_themes_that_share_a_name_since_ever_can_still_be_written(quality: Viewer) -> None:
    Theme.objects.filter(code="bill").update(name={"fr": "wait", "en": "wait"})
    assert save(quality, "bill", keywords={"fr": ("facture", "avoir")}).keywords["fr"][1] == "avoir"


@pytest.mark.parametrize("parent", ["wait.phone", "nowhere", "bill"])
def test_themes_stay_on_two_levels_under_heard_themes(quality: Viewer, parent: str) -> None:
    if parent == "bill":
        drafting.retire(by=quality, code="bill", at=NOW)
    with pytest.raises(ValidationError):
        drafting.save_sheet(by=quality, sheet=Sheet("new", parent=parent, voices=BOTH), seen="", at=NOW)
    with pytest.raises(ValidationError):
        save(quality, "wait", parent="bill")


def test_a_theme_that_holds_others_is_neither_retired_nor_merged(quality: Viewer) -> None:
    with pytest.raises(ValidationError):
        drafting.retire(by=quality, code="wait", at=NOW)
    with pytest.raises(ValidationError):
        drafting.merge(by=quality, code="wait", into="bill", at=NOW)


def test_a_merged_theme_gives_its_words_and_is_retired_with_its_history(quality: Viewer) -> None:
    drafting.merge(by=quality, code="wait.phone", into="bill", at=NOW)
    edition = publish(quality)
    phone, bill = Theme.objects.get(code="wait.phone"), Theme.objects.get(code="bill")
    assert (phone.merged_into, phone.retired_in) == (bill, edition)
    assert bill.keywords == {"fr": ["facture", "téléphone"]}
    assert bill.examples == {"fr": ["Au bout du fil."]}
    assert "wait.phone" not in taxonomy_in_force(Voice.CUSTOMER).slugs


def test_corrections_of_a_merged_theme_hold_of_the_one_that_took_it_over(quality: Viewer) -> None:
    text = house.verbatim(house.response(house.unit()), "Attente au téléphone.", read_at=NOW)
    phone, bill = Theme.objects.get(code="wait.phone"), Theme.objects.get(code="bill")
    house.annotation(text, bill, polarity=Polarity.POSITIVE)
    correct_theme(by=quality, verbatim=text, theme=phone, polarity=Polarity.NEGATIVE, at=NOW)
    drafting.merge(by=quality, code="wait.phone", into="bill", at=NOW)
    publish(quality)
    told = Annotation.objects.current().get(verbatim=text, theme=bill)
    assert (told.by, told.polarity, told.account_id) == ("human", "negative", quality.account_id)
    assert Annotation.objects.current().filter(verbatim=text, theme=phone).exists()


def test_what_people_said_of_the_target_wins_over_what_is_carried(quality: Viewer) -> None:
    text = house.verbatim(house.response(house.unit()), "Attente au téléphone.", read_at=NOW)
    phone, bill = Theme.objects.get(code="wait.phone"), Theme.objects.get(code="bill")
    correct_theme(by=quality, verbatim=text, theme=bill, polarity=None, at=NOW, there=False)
    correct_theme(by=quality, verbatim=text, theme=phone, polarity=Polarity.NEGATIVE, at=NOW)
    drafting.merge(by=quality, code="wait.phone", into="bill", at=NOW)
    publish(quality)
    assert Annotation.objects.current().get(verbatim=text, theme=bill).refused


def test_a_retired_theme_comes_back_with_its_words(quality: Viewer) -> None:
    drafting.retire(by=quality, code="bill", at=NOW)
    publish(quality)
    assert Theme.objects.get(code="bill").retired_in is not None
    drafting.reinstate(by=quality, code="bill", at=NOW)
    publish(quality)
    bill = Theme.objects.get(code="bill")
    assert (bill.retired_in, bill.keywords) == (None, {"fr": ["facture"]})
    with pytest.raises(ValidationError):
        drafting.reinstate(by=quality, code="bill", at=NOW)


def test_a_version_is_published_as_it_was_seen_with_a_reason_and_a_journal_line(quality: Viewer) -> None:
    seen = publishing.draft_stamp(now_drafted())
    save(quality, "bill", name={"fr": "Factures"})
    with pytest.raises(publishing.ChangedError):
        publishing.publish(by=quality, reason="Revue", seen=seen, at=NOW)
    with pytest.raises(ValidationError):
        publish(quality, reason=" ")
    edition = publish(quality)
    assert (edition.kind, edition.reason, edition.author_id) == (
        "themes",
        "Revue de mars",
        quality.account_id,
    )
    assert sheets_of(edition) == sheets_in_force()
    told = [sentence(line) for line in JournalEntry.objects.order_by("-pk")[:3]]
    assert any("1" in line for line in told)


def test_an_empty_draft_is_not_published(quality: Viewer) -> None:
    with pytest.raises(ValidationError):
        publish(quality)
    assert not Edition.objects.exists()


def test_an_earlier_version_comes_back_whole(quality: Viewer) -> None:
    save(quality, "bill", name={"fr": "Factures"})
    first = publish(quality)
    then = sheets_in_force()
    drafting.save_sheet(by=quality, sheet=Sheet("new", {"fr": "Neuf"}, voices=BOTH), seen="", at=NOW)
    drafting.merge(by=quality, code="bill", into="wait", at=NOW)
    publish(quality)
    assert drafting.bring_back(by=quality, edition=first, at=NOW) == 3
    publish(quality)
    back = sheets_in_force()
    assert not changes(then, {code: back[code] for code in then})
    assert back["new"].retired


def test_the_draft_of_one_theme_or_all_of_it_is_thrown_away(quality: Viewer) -> None:
    save(quality, "bill", position=7)
    save(quality, "wait", position=8)
    drafting.discard(by=quality, code="bill")
    assert [each.code for each in ThemeDraft.objects.order_by("pk")] == ["wait"]
    drafting.discard(by=quality)
    assert now_drafted() == sheets_in_force()


def test_a_new_theme_that_holds_others_is_not_thrown_away_alone(quality: Viewer) -> None:
    drafting.save_sheet(by=quality, sheet=Sheet("new", {"fr": "Neuf"}, voices=BOTH), seen="", at=NOW)
    save(quality, "wait.phone", parent="new")
    with pytest.raises(ValidationError):
        drafting.discard(by=quality, code="new")


def test_a_starter_is_a_version_that_says_what_is_in_force(quality: Viewer) -> None:
    install_themes(by=quality, sector="bank", at=NOW)
    assert sheets_of(Edition.objects.get(kind=Edition.Kind.THEMES)) == sheets_in_force()


@pytest.mark.parametrize("role", [Role.MANAGER, Role.DIRECTION, Role.ADVISER, Role.ADMIN])
def test_only_quality_writes(role: Role) -> None:
    other = house.viewer(house.company(), role)
    sheet = now_drafted()["bill"]
    gestures: list[Any] = [
        lambda: drafting.save_sheet(by=other, sheet=sheet, seen=sheet.stamp, at=NOW),
        lambda: drafting.merge(by=other, code="bill", into="wait", at=NOW),
        lambda: drafting.retire(by=other, code="bill", at=NOW),
        lambda: drafting.reinstate(by=other, code="bill", at=NOW),
        lambda: drafting.discard(by=other),
        lambda: drafting.write_sheets(by=other, sheets=[sheet], at=NOW),
        lambda: publish(other),
    ]
    for gesture in gestures:
        with pytest.raises(PermissionDenied):
            gesture()
