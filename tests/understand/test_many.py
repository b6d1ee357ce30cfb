"""The same correction on several texts and the way back; saved views, shared and not."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from tests import house
from visavis.core.words import Polarity, Role
from visavis.listen.returns.models import Verbatim
from visavis.people.access.models import JournalEntry
from visavis.understand.verbatims.many import correct_many, take_back
from visavis.understand.verbatims.models import Annotation, SavedView
from visavis.understand.verbatims.saved import delete_view, own_views, rename_view, save_view, shared_views
from visavis.understand.verbatims.services import correct, read_unread

pytestmark = pytest.mark.django_db
URL = "/ecouter/retours/"
ANGRY = "Délai de remboursement inadmissible, personne ne répond jamais."


def _texts(team: Any, number: int = 3) -> list[Verbatim]:
    for _ in range(number):
        house.response(team, text=ANGRY)
    read_unread(at=timezone.now())
    return list(Verbatim.objects.filter(unit_path=team.path).order_by("pk"))


def _state(texts: list[Verbatim]) -> list[tuple[Any, ...]]:
    rows = Verbatim.objects.filter(pk__in=[text.pk for text in texts]).order_by("pk")
    return list(rows.values_list("polarity", "certainty", "sentiment", "corrected"))


def test_several_texts_are_corrected_in_one_gesture_and_taken_back_in_another() -> None:
    team, at = house.unit(), timezone.now()
    viewer, texts = house.viewer(team), _texts(team)
    before = _state(texts)
    told = correct_many(by=viewer, verbatims=texts, reading=(None, Polarity.MIXED), at=at)
    assert {row[0] for row in _state(texts)} == {"mixed"}
    assert JournalEntry.objects.get(verb="verbatims.corrected_many").words == {"number": 3}
    assert take_back(by=viewer, readings=[each.pk for each in told], at=at) == 3
    assert _state(texts) == before
    assert not Annotation.objects.filter(by=Annotation.By.HUMAN).exists()


def test_taking_back_gives_way_to_what_a_person_said_before() -> None:
    team, at = house.unit(), timezone.now()
    viewer, [text] = house.viewer(team), _texts(team, 1)
    correct(by=viewer, verbatim=text, reading=(None, Polarity.NEUTRAL), at=at)
    told = correct_many(by=viewer, verbatims=[text], reading=(None, Polarity.POSITIVE), at=at)
    take_back(by=viewer, readings=[each.pk for each in told], at=at)
    assert _state([text])[0][0] == "neutral"
    assert _state([text])[0][3]


def test_a_theme_said_absent_of_several_texts_comes_back_with_its_words() -> None:
    team, at = house.unit(), timezone.now()
    viewer, delay = house.viewer(team), house.theme("delay", keywords={"fr": ["délai"]})
    texts = _texts(team)
    heard = list(Annotation.objects.current().filter(theme=delay, refused=False).values_list("evidence"))
    assert len(heard) == 3
    told = correct_many(by=viewer, verbatims=texts, reading=(delay, None), at=at)
    assert not Annotation.objects.current().filter(theme=delay, refused=False).exists()
    take_back(by=viewer, readings=[each.pk for each in told], at=at)
    assert list(Annotation.objects.current().filter(theme=delay).values_list("evidence")) == heard


def test_one_text_elsewhere_and_nothing_is_corrected() -> None:
    ours, theirs, at = house.unit(), house.unit(), timezone.now()
    texts = [*_texts(ours, 1), *_texts(theirs, 1)]
    before = _state(texts)
    with pytest.raises(PermissionDenied):
        correct_many(by=house.viewer(ours), verbatims=texts, reading=(None, Polarity.MIXED), at=at)
    assert _state(texts) == before


def test_nobody_takes_back_what_somebody_else_said() -> None:
    team, at = house.unit(), timezone.now()
    texts = _texts(team, 1)
    told = correct_many(by=house.viewer(team), verbatims=texts, reading=(None, Polarity.MIXED), at=at)
    assert take_back(by=house.viewer(team), readings=[told[0].pk], at=at) == 0
    assert _state(texts)[0][0] == "mixed"


def test_ticked_on_the_page_corrected_counted_and_taken_back_on_the_page() -> None:
    team = house.unit()
    member, texts = house.member(team), _texts(team)
    assert member.client.get(f"{URL}?ton=mitige").content.count(b'name="texts"') == 0
    sent = {"texts": [text.pk for text in texts[:2]], "theme": "", "said": "mixed", "next": URL}
    answer = member.client.post(f"{URL}lectures/", sent)
    assert answer["Location"] == URL
    page = member.client.get(f"{URL}?ton=mitige")
    assert page.content.count(b'name="texts"') == 2
    readings = Annotation.objects.filter(by=Annotation.By.HUMAN).order_by("pk").values_list("pk", flat=True)
    assert [f'name="readings" value="{key}"'.encode() in page.content for key in readings] == [True, True]
    member.client.post(f"{URL}lectures/retour/", {"readings": list(readings), "next": URL})
    assert {row[0] for row in _state(texts)} == {"negative"}


@pytest.mark.parametrize(
    "sent", [{}, {"texts": "x", "said": "mixed"}, {"said": "ecstatic"}, {"said": "absent"}]
)
def test_a_bad_choice_is_told_and_changes_nothing(sent: dict[str, str]) -> None:
    team = house.unit()
    member, [text] = house.member(team), _texts(team, 1)
    answer = member.client.post(f"{URL}lectures/", {"texts": text.pk} | sent, follow=True)
    assert answer.status_code == 200
    assert not _state([text])[0][3]


def test_a_view_is_found_again_renamed_shared_and_deleted() -> None:
    region = house.unit()
    team = house.unit("sharedteam", region)
    owner = house.member(region, Role.QUALITY)
    page = owner.client.get("/vues/?vue=verbatims&periode=3m&ton=negatif")
    assert b'value="periode=3m&amp;ton=negatif"' in page.content
    owner.client.post("/vues/", {"name": "Négatifs", "query": "periode=3m&ton=negatif", "shared_with": ""})
    view = SavedView.objects.get()
    colleague, stranger = house.member(team), house.member(house.unit())
    assert not shared_views(colleague.viewer)
    owner.client.post(f"/vues/{view.pk}/", {"name": "À revoir", "shared_with": region.pk})
    assert [each.name for each in shared_views(colleague.viewer)] == ["À revoir"]
    assert not shared_views(stranger.viewer)
    assert b"ton=negatif" in colleague.client.get("/vues/").content
    assert colleague.client.post(f"/vues/{view.pk}/supprimer/").status_code == 404
    owner.client.post(f"/vues/{view.pk}/supprimer/")
    assert not SavedView.objects.exists()


def test_no_view_is_shared_with_a_branch_that_is_not_ours_nor_under_a_name_twice() -> None:
    viewer, elsewhere = house.viewer(house.unit()), house.unit()
    with pytest.raises(PermissionDenied):
        save_view(by=viewer, page="verbatims", name="Ici", query="", shared_with=elsewhere)
    kept = save_view(by=viewer, page="verbatims", name="Ici", query="", shared_with=None)
    other = save_view(by=viewer, page="verbatims", name="Là", query="", shared_with=None)
    with pytest.raises(ValidationError):
        save_view(by=viewer, page="verbatims", name="Ici", query="", shared_with=None)
    with pytest.raises(ValidationError):
        rename_view(by=viewer, view=other, name=kept.name, shared_with=None)
    assert [each.name for each in own_views(viewer)] == ["Ici", "Là"]


@pytest.mark.parametrize(
    ("key", "address", "role"),
    [("report", "/comprendre/rapports/", Role.READER), ("day", "/ecouter/fichier-du-jour/", Role.MANAGER)],
)
def test_the_report_and_the_daily_file_are_kept_and_open_again_as_they_were(
    key: str, address: str, role: Role
) -> None:
    team = house.unit()
    owner = house.member(team, role)
    shown = owner.client.get(f"{address}?periode=2025-10&perimetre={team.code}").content.decode()
    lead = re.search(rf'href="(/vues/\?[^"]*vue={key})"', shown)
    assert lead is not None
    page = BeautifulSoup(owner.client.get(html.unescape(lead[1])).content, "html.parser")
    sent = {
        str(one["name"]): str(one.get("value", "")) for one in page.select("main form input[type=hidden]")
    }
    assert sent["query"] == f"perimetre={team.code}&periode=2025-10"
    owner.client.post("/vues/", sent | {"name": "Octobre", "shared_with": ""})
    owner.client.post("/vues/", sent | {"name": "Toujours", "shared_with": "", "latest": "on"})
    listed = BeautifulSoup(owner.client.get("/vues/").content, "html.parser")
    kept = {link.get_text(): link["href"] for link in listed.select("main .rows a:not(.button)")}
    assert kept == {
        "Octobre": f"{address}?perimetre={team.code}&periode=2025-10",
        "Toujours": f"{address}?perimetre={team.code}",
    }
    assert all(owner.client.get(str(each)).status_code == 200 for each in kept.values())


def test_a_view_of_a_page_that_is_not_open_to_us_is_neither_kept_nor_found() -> None:
    team = house.unit()
    reader, quality = house.member(team, Role.READER), house.member(team, Role.QUALITY)
    save_view(by=quality.viewer, page="verbatims", name="Textes", query="", shared_with=team)
    save_view(by=quality.viewer, page="report", name="Mois", query="", shared_with=team)
    assert [each.name for each in shared_views(reader.viewer)] == ["Mois"]
    assert reader.client.get("/vues/?vue=verbatims").status_code == 404
    assert reader.client.get("/vues/?vue=nowhere").status_code == 404
    with pytest.raises(PermissionDenied):
        save_view(by=reader.viewer, page="day", name="Jour", query="", shared_with=None)


def test_nobody_keeps_or_renames_a_view_of_somebody_else() -> None:
    team = house.unit()
    owner, colleague = house.member(team), house.member(team)
    view = save_view(by=owner.viewer, page="day", name="Hier", query="", shared_with=team)
    with pytest.raises(PermissionDenied):
        rename_view(by=colleague.viewer, view=view, name="La mienne", shared_with=None)
    with pytest.raises(PermissionDenied):
        delete_view(by=colleague.viewer, view=view)
    assert colleague.client.post(f"/vues/{view.pk}/", {"name": "La mienne"}).status_code == 404
