"""A company that said nothing yet: its themes are those of keywords; examples alone publish no model."""

from __future__ import annotations

import datetime as dt

import pytest

from visavis.core.words import Voice
from visavis.people.access.viewer import system
from visavis.understand.learning.candidates import examples_of
from visavis.understand.learning.gate import Why
from visavis.understand.learning.models import Kind
from visavis.understand.learning.publishing import learn
from visavis.understand.learning.queries import models_in_force
from visavis.understand.themes.queries import taxonomy_in_force
from visavis.understand.themes.services import install_sector

pytestmark = pytest.mark.django_db

AT = dt.datetime(2025, 11, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize("voice", Voice)
def test_examples_alone_put_no_model_in_force(voice: Voice) -> None:
    install_sector(by=system(), sector="insurer", at=AT)
    assert examples_of(taxonomy_in_force(voice)), "the starter has examples: there is something to learn from"
    learnt = learn(by=system(), kind=Kind.THEMES, voice=voice, at=AT)
    assert learnt is not None
    assert learnt.why == Why.FEW
    assert models_in_force(voice).taxonomy.model is None
