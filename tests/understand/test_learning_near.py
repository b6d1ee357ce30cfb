"""What people say of the tone of some texts is carried to the words of those that nobody corrected."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from tests import house
from visavis.core.words import Polarity, Voice
from visavis.listen.returns.models import Verbatim
from visavis.people.access.viewer import system
from visavis.people.units.models import Unit
from visavis.text.grams import digest
from visavis.text.learning import Adaptation
from visavis.understand.learning import services
from visavis.understand.learning.models import Kind, is_frozen
from visavis.understand.learning.publishing import learn

pytestmark = pytest.mark.django_db

AT = timezone.make_aware(dt.datetime.combine(house.TODAY, dt.time(2)))


def _written(
    team: Unit, words: str, voice: Voice = Voice.CUSTOMER, *, language: str = "fr", kept: bool = False
) -> Verbatim:
    """A text that was read; one of the test set if ``kept``."""
    while True:
        text = house.verbatim(house.response(team, voice), words, read_at=AT, language=language)
        if is_frozen(text.pk) == kept:
            return text
        text.delete()


def test_words_of_other_texts_learn_too_but_of_the_test_set_of_employees_and_of_two_minds() -> None:
    team = house.unit()
    by = house.viewer(team)
    for place in range(30):
        late = bool(place % 2)
        words = f"J’attends encore, dossier {place}." if late else f"Reçu le lendemain, dossier {place}."
        tone = Polarity.NEGATIVE if late else Polarity.POSITIVE
        services.answer(by=by, draw=house.draw(_written(team, words)), tone=tone, themes=[], at=AT)
    both = house.draw(_written(team, "Le technicien est passé le lendemain."))
    services.answer(by=by, draw=both, tone=Polarity.MIXED, themes=[], at=AT)
    _written(team, "Le plombier est passé le lendemain.")
    _written(team, "Le serrurier est passé le lendemain.", kept=True)
    _written(team, "Le cuisinier est passé le lendemain.", Voice.EMPLOYEE)
    _written(team, "Le pharmacien est passé le lendemain.", language="en")
    fit = learn(by=system(), kind=Kind.TONE, voice=Voice.CUSTOMER, at=AT)
    assert fit is not None
    assert fit.answers == 30
    taught = set(Adaptation.from_bytes(bytes(fit.content)).numbers.tolist())
    heard = {
        word: digest(word) in taught
        for word in ("lendemain", "plombier", "technicien", "serrurier", "cuisinier", "pharmacien")
    }
    assert heard == {
        "lendemain": True,
        "plombier": True,
        "technicien": False,
        "serrurier": False,
        "cuisinier": False,
        "pharmacien": False,
    }
