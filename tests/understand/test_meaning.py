"""Search by meaning: near texts first, whatever their words; only what one may read; nothing of employees."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from tests import house
from visavis.core.words import Voice
from visavis.listen.returns.models import Verbatim
from visavis.text.meaning import SIZE
from visavis.understand.search import jobs, queries
from visavis.understand.search.models import Vector
from visavis.understand.search.services import take_meanings
from visavis.understand.search.vectors import pack, unpack

URL = "/ecouter/retours/"
PHONE = "Impossible de vous joindre par téléphone, j'appelle depuis trois jours."
CALLS = "Personne ne décroche quand on compose le numéro."
PRICE = "La cotisation a beaucoup augmenté cette année."


@given(arrays.arrays(np.float32, (3, SIZE), elements=st.floats(-1, 1, width=32)))
def test_a_packed_vector_keeps_its_direction(vectors: Any) -> None:
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    whole = vectors / np.where(norms == 0, 1, norms)
    cosines = (unpack(pack(whole)) * whole).sum(axis=1)
    assert all(cosines[norms[:, 0] > 1e-3] > 0.99)


@pytest.mark.django_db
def test_a_search_by_meaning_finds_other_words_and_a_return_shows_its_like() -> None:
    team = house.unit()
    said = {text: house.response(team, text=text) for text in (PHONE, CALLS, PRICE)}
    while take_meanings():
        pass
    client = house.member(team).client
    page = BeautifulSoup(
        client.get(URL, {"q": "injoignable au téléphone", "sens": "oui"}).content, "html.parser"
    )
    found = [quote.get_text(" ", strip=True) for quote in page.select("ol.returns blockquote")]
    assert [PRICE in text for text in found] == [False, False, True]
    one = client.get(f"{URL}{said[PHONE].pk}/").content.decode()
    assert f"{URL}{said[CALLS].pk}/" in one


@pytest.mark.django_db
def test_nobody_finds_by_meaning_what_she_may_not_read() -> None:
    them = house.cast()
    ours, theirs = (house.response(where, text=PHONE) for where in (them.ours, them.theirs))
    take_meanings()
    listed = them.owner.client.get(URL, {"q": "téléphone", "sens": "oui"}).content.decode()
    assert (f"{URL}{ours.pk}/" in listed, f"{URL}{theirs.pk}/" in listed) == (True, False)
    assert f"{URL}{theirs.pk}/" not in them.owner.client.get(f"{URL}{ours.pk}/").content.decode()


@pytest.mark.django_db
def test_no_vector_is_made_of_what_an_employee_wrote() -> None:
    said = house.response(house.unit(), Voice.EMPLOYEE, author=house.person())
    house.verbatim(said, "Les plannings changent sans cesse.")
    assert take_meanings() == 0
    assert not Vector.objects.exists()


@pytest.mark.django_db
def test_words_that_changed_are_not_found_by_their_old_meaning() -> None:
    text = house.verbatim(house.response(house.unit()), PHONE)
    take_meanings()
    assert queries.nearest_to_words(Verbatim.objects.all(), "téléphone") == [text.pk]
    Verbatim.objects.filter(pk=text.pk).update(text=PRICE, vectored=False)
    assert queries.nearest_to_words(Verbatim.objects.all(), "téléphone") == []
    assert jobs.progress() == jobs.Progress(0, 1)
    take_meanings()
    assert Vector.objects.count() == 1
    Verbatim.objects.all().delete()
    assert not Vector.objects.exists()
    assert queries.nearest_to_words(Verbatim.objects.all(), "téléphone") == []


@pytest.mark.django_db
def test_beyond_what_is_remembered_the_order_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    team = house.unit()
    for text in (PHONE, CALLS, PRICE):
        house.response(team, text=text)
    take_meanings()
    remembered = queries.nearest_to_words(Verbatim.objects.all(), "le prix")
    monkeypatch.setattr(queries, "KEPT", 0)
    monkeypatch.setattr(queries, "_BLOCK", 1)
    assert queries.nearest_to_words(Verbatim.objects.all(), "le prix") == remembered
    assert len(remembered) == 3
