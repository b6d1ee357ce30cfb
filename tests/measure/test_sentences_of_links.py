"""What is said of two sides follows from its interval, never says « cause », in both languages."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visavis.measure.agreement import weighted_kappa
from visavis.measure.enchantment import enchantment_lift
from visavis.measure.equivalence import Likeness, equivalence
from visavis.measure.estimates import Difference
from visavis.measure.latent import latent_correlation_interval
from visavis.measure.means import MARKS
from visavis.measure.movements import Lead
from visavis.measure.sentences import Verdict, difference_sentence
from visavis.measure.sentences_of_links import (
    agreement_sentence,
    lead_sentence,
    lead_verdict,
    lift_sentence,
    lift_verdict,
    likeness_sentence,
    likeness_word,
    link_sentence,
    link_verdict,
)

LANGUAGES = st.sampled_from(["fr", "en"])
CLIMATE = {"first": "le climat", "second": "la satisfaction"}
CAUSES = re.compile(r"caus|provoqu|grâce|parce|leads? to|because", re.IGNORECASE)
WEEKS = ("semaine", "semaines")


def lead(lag: int, low: int, high: int, p: float, teams: int = 20, periods: int = 24) -> Lead:
    return Lead(lag=lag, low=low, high=high, r=0.4, p_value=p, correlations=(), teams=teams, periods=periods)


@given(st.floats(-1, 1), st.integers(4, 60), st.floats(0, 1), st.floats(0, 1), LANGUAGES)
def test_a_link_is_clear_only_where_its_interval_excludes_zero(
    r: float, teams: int, one: float, other: float, language: str
) -> None:
    link = latent_correlation_interval(r, teams, one, other)
    said = link_sentence(link, language, **CLIMATE)
    assert not CAUSES.search(said)
    assert said.endswith(".")
    clear = teams >= 15 and link.latent is not None and link.excludes_zero
    assert (link_verdict(link) is Verdict.CLEAR) == clear
    assert bool(re.search(r"est net|is clear", said)) == clear
    assert bool(re.search(r"lequel entraîne|which drives", said)) == clear


def test_a_link_reads_as_the_mockup() -> None:
    said = link_sentence(latent_correlation_interval(0.5, 23, 0.7, 0.8), "fr", **CLIMATE)
    assert said == (
        "Le lien entre le climat et la satisfaction est net\u00a0: 0,67 (de 0,15 à 1,00), 23\u00a0équipes. "
        "Il ne dit pas à lui seul lequel entraîne l’autre."
    )
    assert "14\u00a0équipes, il en faut 15" in link_sentence(
        latent_correlation_interval(0.9, 14, 0.9, 0.9), "fr", **CLIMATE
    )
    assert "at its ceiling" in link_sentence(latent_correlation_interval(0.9, 40, 0.5, 0.5), "en", **CLIMATE)
    assert "ne diffère pas" in link_sentence(latent_correlation_interval(0.9, 40, 0, 0.5), "fr", **CLIMATE)


def test_what_is_clear_is_not_written_as_if_its_interval_touched_nothing() -> None:
    link = replace(latent_correlation_interval(0.5, 23, 0.7, 0.8), low=0.0031)
    assert "est net\u00a0: 0,668 (de 0,003 à 1,000)" in link_sentence(link, "fr", **CLIMATE)
    lift = replace(enchantment_lift(60, 100, 40, 100), low=1.013)
    said = lift_sentence(lift, "fr", subject="les moments forts", with_people="avec une personne")
    assert "1,50 fois plus fréquents avec une personne (de 1,01 à " in said


def test_a_margin_is_written_as_it_was_set() -> None:
    def at(level: float) -> Difference:
        return Difference(
            difference=0, observed=0, low=-0.1, high=0.1, level=level, counts=(90, 90), method="test",
            scale=MARKS,
        )  # fmt: skip

    assert "dans la marge de ±\u00a00,25 point" in likeness_sentence(equivalence(at, 0.25), "fr")
    assert "dans une marge de ±\u00a00,25 point" in difference_sentence(at(0.95), "fr", margin=0.25)


def test_agreement_is_never_said_without_its_raw_share() -> None:
    table = [[30, 5, 1], [8, 60, 10], [2, 9, 75]]
    kappa = weighted_kappa(table)
    said = agreement_sentence(kappa, kappa.raw, "fr", first="le client", second="le conseiller")
    assert said == (
        "Le client et le conseiller donnent la même note dans 83\u00a0% des cas\u00a0; accord au-delà du "
        "hasard 0,80 (de 0,73 à 0,88), 200\u00a0échanges."
    )
    few = weighted_kappa([[10, 2], [3, 20]])
    assert "il en faut 50" in agreement_sentence(few, few.raw, "fr", first="x", second="y")
    flat = weighted_kappa([[60, 0], [0, 0]])
    assert "no value" in agreement_sentence(flat, flat.raw, "en", first="x", second="y")


@given(st.floats(-3, 3), st.floats(0.05, 2), st.floats(0.1, 2), st.integers(1, 99), LANGUAGES)
def test_a_likeness_has_its_own_three_words(
    gap: float, half: float, margin: float, n: int, language: str
) -> None:
    def at(level: float) -> Difference:
        reach = half * level
        return Difference(
            difference=gap, observed=gap, low=gap - reach, high=gap + reach, level=level, counts=(n, 300),
            method="test", scale=MARKS,
        )  # fmt: skip

    found = equivalence(at, margin)
    said = likeness_sentence(found, language)
    if n < 30:
        assert found.verdict is None
        return
    assert found.verdict is not None
    assert said.startswith(likeness_word(found.verdict, language))
    others = [likeness_word(other, language) for other in Likeness if other is not found.verdict]
    assert not any(said.startswith(other) for other in others)


@pytest.mark.parametrize(
    ("found", "verdict", "words"),
    [
        (lead(5, 4, 6, 0.002), Verdict.CLEAR, "précède la satisfaction d’environ 5\u00a0sem"),
        (lead(-2, -3, -1, 0.01), Verdict.CLEAR, "La satisfaction précède le climat d’environ 2\u00a0sem"),
        (lead(0, 0, 0, 0.01), Verdict.SAME, "Le climat et la satisfaction bougent ensemble"),
        (lead(2, -1, 3, 0.01), Verdict.OPEN, "pas encore concluant"),
        (lead(5, 4, 6, 0.2), Verdict.OPEN, "pas encore concluant"),
        (lead(5, 4, 6, 0.002, teams=14), None, "14\u00a0équipes"),
        (lead(5, 4, 6, 0.002, periods=17), None, "17\u00a0périodes"),
    ],
)  # fmt: skip
def test_a_lead_precedes_and_no_more(found: Lead, verdict: Verdict | None, words: str) -> None:
    said = lead_sentence(found, "fr", **CLIMATE, noun=WEEKS)
    assert words in said
    assert lead_verdict(found) is verdict
    assert not CAUSES.search(said)
    assert not CAUSES.search(lead_sentence(found, "en", **CLIMATE, noun=("week", "weeks")))


@given(st.integers(0, 200), st.integers(0, 200), LANGUAGES)
def test_a_lift_comes_with_the_share_that_proves_nothing_alone(a: int, b: int, language: str) -> None:
    lift = enchantment_lift(a, 200, b, 200)
    subject = {"subject": "les moments forts", "with_people": "avec une personne"}
    said = lift_sentence(lift, language, **subject)
    if a + b < 30:
        assert lift_verdict(lift) is None
        assert "30" in said
        return
    assert bool(re.search(r"net\.|clear\.", said)) == (lift_verdict(lift) is Verdict.CLEAR)
    assert "50" in said


def test_a_share_of_95_in_100_may_prove_nothing() -> None:
    said = lift_sentence(
        enchantment_lift(95, 1900, 5, 100), "fr", subject="les moments forts", with_people="avec une personne"
    )
    assert said == (
        "Les moments forts sont 1,0 fois aussi fréquents avec une personne (de 0,4 à 2,4), "
        "2\u00a0000\u00a0moments\u00a0: pas encore concluant. "
        "95\u00a0% des moments forts ont lieu avec une personne, pour 95\u00a0% de l’ensemble."
    )  # fmt: skip
