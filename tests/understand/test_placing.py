"""The moment of a text: heard in its words, told by its contact, corrected by a person who wins."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from bs4 import BeautifulSoup

from tests import house
from visavis.core.words import Role
from visavis.listen.returns.models import ChangedMonth, Verbatim
from visavis.moments.references.models import Moment
from visavis.people.access.models import JournalEntry
from visavis.understand.verbatims.many import take_back
from visavis.understand.verbatims.models import Annotation, Placement
from visavis.understand.verbatims.placing import certainty
from visavis.understand.verbatims.reading import read_again, read_unread

pytestmark = pytest.mark.django_db

AT = dt.datetime(2025, 11, 30, tzinfo=dt.UTC)
LIST = "/ecouter/retours/"
BEREAVEMENT = "Suite au décès de mon père, la succession traîne depuis des mois."


@pytest.fixture
def quality() -> Any:
    """A quality manager and her branch, in a company that knows two moments."""
    house.moment("bereavement")
    house.moment("cancel")
    where = house.unit()
    return house.member(where, Role.QUALITY), where


def _read(where: Any, text: str = BEREAVEMENT, **fields: Any) -> Verbatim:
    kept = house.verbatim(house.response(where, **fields), text)
    read_unread(at=AT)
    return Verbatim.objects.select_related("moment", "response__moment").get(pk=kept.pk)


def test_the_moment_is_heard_in_the_words_with_its_certainty(quality: Any) -> None:
    text = _read(quality[1])
    assert text.moment is not None
    assert text.moment.code == "bereavement"
    assert 0.5 < (certainty(text) or 0) <= 1
    page = BeautifulSoup(quality[0].client.get(f"{LIST}{text.response_id}/").content, "html.parser")
    assert "bereavement" in page.select_one("#moment").get_text()  # type: ignore[union-attr]


def test_words_that_name_no_moment_get_none(quality: Any) -> None:
    text = _read(quality[1], "Merci, accueil parfait.")
    assert (text.moment, certainty(text)) == (None, None)


def test_a_moment_told_with_the_return_is_surer_than_words(quality: Any) -> None:
    text = _read(quality[1], moment=house.moment("cancel"))
    assert text.moment is None


def test_the_only_moment_that_covers_the_reason_is_surer_than_words(quality: Any) -> None:
    reason = house.reason("billing")
    Moment.objects.filter(code="cancel").update(reasons=["billing"])
    text = _read(quality[1], reason=reason)
    assert text.moment is not None
    assert text.moment.code == "cancel"
    assert certainty(text) is None


def test_a_person_corrects_the_moment_in_one_click_and_wins(quality: Any) -> None:
    who, where = quality
    text = _read(where)
    ChangedMonth.objects.all().delete()
    answer = who.client.post(f"{LIST}textes/{text.pk}/moment/", {"moment": "cancel"})
    assert (answer.status_code, answer["Location"]) == (302, f"{LIST}{text.response_id}/#moment")
    assert ChangedMonth.objects.exists()
    assert JournalEntry.objects.get().verb == "verbatims.moment_corrected"
    read_again([text.pk], at=AT)
    text.refresh_from_db()
    assert text.moment is not None
    assert text.moment.code == "cancel"
    assert "cancel" in who.client.get(f"{LIST}?periode=tout&moment=cancel").content.decode()
    assert not text.corrected, "a moment tells nothing of the tone"


def test_a_person_may_say_that_no_moment_is_there(quality: Any) -> None:
    who, where = quality
    text = _read(where)
    who.client.post(f"{LIST}textes/{text.pk}/moment/", {"moment": ""})
    read_again([text.pk], at=AT)
    text.refresh_from_db()
    assert text.moment is None


def test_what_was_said_of_older_words_is_forgotten(quality: Any) -> None:
    who, where = quality
    text = _read(where)
    who.client.post(f"{LIST}textes/{text.pk}/moment/", {"moment": "cancel"})
    Verbatim.objects.filter(pk=text.pk).update(text=BEREAVEMENT + " Merci.", read_at=None)
    read_unread(at=AT)
    text.refresh_from_db()
    assert text.moment is not None
    assert text.moment.code == "bereavement"
    assert not Placement.objects.exists()


def test_a_moment_that_does_not_exist_changes_nothing(quality: Any) -> None:
    who, where = quality
    text = _read(where)
    house.moment("first-day", kind=Moment.Kind.LIFE)
    for code in ("nowhere", "first-day"):
        who.client.post(f"{LIST}textes/{text.pk}/moment/", {"moment": code})
    assert not Placement.objects.exists()


def test_the_facet_believes_the_text_before_the_return(quality: Any) -> None:
    who, where = quality
    told = house.moment("cancel")
    text = _read(where, moment=told)
    who.client.post(f"{LIST}textes/{text.pk}/moment/", {"moment": "bereavement"})
    rows = {
        code: len(
            BeautifulSoup(who.client.get(f"{LIST}?periode=tout&moment={code}").content, "html.parser").select(
                f"#text-{text.pk}"
            )
        )
        for code in ("bereavement", "cancel")
    }
    assert rows == {"bereavement": 1, "cancel": 0}


def test_taking_a_correction_back_marks_its_month(quality: Any) -> None:
    who, where = quality
    text = _read(where)
    who.client.post(f"{LIST}textes/{text.pk}/lecture/", {"reading": "-:positive"})
    ChangedMonth.objects.all().delete()
    keys = list(Annotation.objects.current().filter(by="human").values_list("pk", flat=True))
    assert take_back(by=who.viewer, readings=keys, at=AT) == 1
    assert ChangedMonth.objects.exists()
