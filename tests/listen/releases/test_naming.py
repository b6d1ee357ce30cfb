"""What was released, as the journal says it."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from visavis.listen.releases.naming import cut_name
from visavis.people.access.journal import sentence
from visavis.people.access.models import JournalEntry


def told(what: str) -> str:
    words = {"what": what, "people": 41, "cells": 7}
    return sentence(JournalEntry(verb="releases.published", words=words))


def test_a_month_is_named_in_the_language_of_who_reads() -> None:
    with override("fr"):
        assert "mois de paroles des collaborateurs, novembre\u00a02025" in told("words 2025-11")
    with override("en"):
        assert "month of employees’ words, November\u00a02025" in told("words 2025-11")
        assert "Barometer of November 2025" in told("barometer-2025-11")
        assert "spring-study" in told("spring-study")


@pytest.mark.parametrize(
    ("cut", "french", "english"),
    [
        ("seniority", "Ancienneté", "Seniority"),
        ("anciennete", "Ancienneté", "Seniority"),
        ("unit", "Place dans l’organisation", "Place in the organisation"),
        ("site_d_origine", "Site d origine", "Site d origine"),
    ],
)
def test_a_cut_is_called_by_its_words(cut: str, french: str, english: str) -> None:
    with override("fr"):
        assert cut_name(cut) == french
    with override("en"):
        assert cut_name(cut) == english
