"""What the explorer counts is copied beside each text; ``conftest`` holds the copies after every test."""

from __future__ import annotations

import pytest

from tests import house
from tests.listen.imports.room import ORGANISATION, RETURNS, imported
from visavis.listen.imports.plans import Unknown, everywhere
from visavis.listen.returns.models import Verbatim
from visavis.understand.verbatims.heard import from_one_word, in_one_word, note_heard

ALL = {"unknown": everywhere(Unknown.CREATE)}


def test_themes_go_into_one_word_and_back() -> None:
    told = [(7, "negative"), (9, "mixed"), (12, "positive"), (80, "")]
    assert from_one_word(in_one_word(told)) == [(7, 0), (9, 1), (12, 2), (80, 1)]
    assert from_one_word(in_one_word([])) == []


@pytest.mark.django_db
def test_a_refused_theme_is_not_heard() -> None:
    text = house.verbatim(house.response(house.company()))
    kept, gone = house.theme("delay"), house.theme("price")
    house.annotation(text, kept, polarity="positive")
    house.annotation(text, gone, polarity="negative", refused=True)
    note_heard([text.pk])
    text.refresh_from_db()
    assert from_one_word(text.themes_heard) == [(kept.pk, 2)]


@pytest.mark.django_db
def test_noting_again_changes_nothing() -> None:
    text = house.verbatim(house.response(house.company()))
    house.annotation(text, house.theme(), polarity="negative")
    before = Verbatim.objects.get(pk=text.pk).themes_heard
    note_heard([text.pk])
    assert Verbatim.objects.get(pk=text.pk).themes_heard == before != ""


@pytest.mark.django_db
def test_a_return_imported_again_takes_its_copies_along() -> None:
    """What is copied beside the words follows the return, even when the words stay."""
    imported("organisation", ORGANISATION)
    imported("returns", RETURNS, **ALL)
    imported("returns", RETURNS.replace("C1;5;9", "C1;3;9"), **ALL)
    text = Verbatim.objects.get(response__code="R1", question_key="verbatim")
    assert (text.satisfaction, text.response.satisfaction) == (3, 3)
