"""What examples and corrections teach about themes, and what a model of them may hold."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from visavis.core.words import Voice
from visavis.text import (
    Labelled,
    Taxonomy,
    ThemeModel,
    ThemeSpec,
    fit_themes,
    read,
    reconsider_themes,
    theme_vectors,
)
from visavis.text.meaning import embed
from visavis.text.themes.fitting import best_threshold
from visavis.text.themes.hearing import strongest

DELAY = """
    trois mois que mon dossier dort | réponse reçue en deux jours | un temps fou pour un simple papier |
    toujours aucune nouvelle depuis mars | traité dans la journée | ça n'avance pas depuis l'été |
    vingt-quatre heures et c'était fait | des semaines pour recevoir un papier
"""
KINDNESS = """
    une dame souriante et douce | on m'a parlé sèchement | le monsieur était adorable | pas un bonjour |
    un ton cassant au téléphone | des gens charmants | il m'a souri, cela change tout | elle a soupiré
"""
PRICE = """
    c'est hors de prix | une cotisation raisonnable | je paie moins ici qu'en face | trop onéreux pour moi |
    la facture a doublé | un bon rapport qualité prix | les frais sont exagérés | prix honnête
"""


def sentences(text: str) -> list[str]:
    return [" ".join(one.split()) for one in text.split("|")]


THEMES = [
    ThemeSpec("delay", None, {"fr": ["délai*"]}, {"fr": sentences(DELAY)}),
    ThemeSpec("kindness", None, {"fr": ["aimable*"]}, {"fr": sentences(KINDNESS)}),
    ThemeSpec("price", None, {"fr": ["tarif*"]}, {"fr": sentences(PRICE)}),
    ThemeSpec("parking", None, {"fr": ["parking*"]}),
]


@pytest.fixture(scope="module")
def model() -> ThemeModel:
    return fit_themes(Taxonomy(THEMES), [])


@pytest.fixture(scope="module")
def taught(model: ThemeModel) -> Taxonomy:
    return Taxonomy(THEMES, model)


def heard(text: str, themes: Taxonomy, *, meaning: bool = False) -> dict[str, list[str]]:
    """Theme -> the words that carry it."""
    vectors = embed([text]) if meaning else None
    [reading] = read([text], voice=Voice.EMPLOYEE, taxonomy=themes, language="fr", vectors=vectors)
    return {one.theme: [text[span.start : span.end] for span in one.evidence] for one in reading.themes}


def test_a_theme_is_heard_without_its_keyword(taught: Taxonomy) -> None:
    text = "Une dame souriante et douce, mais mon dossier dort depuis trois mois."
    assert not heard(text, Taxonomy(THEMES))
    found = heard(text, taught, meaning=True)
    assert found.keys() == {"delay"}
    assert "depuis trois mois" in found["delay"][0]
    assert "dame" not in found["delay"][0]


def test_a_meaning_is_heard_where_no_word_is_known(taught: Taxonomy) -> None:
    text = "Quelle lenteur ! Un trimestre entier, imaginez."
    assert "delay" not in heard(text, taught)
    [evidence] = heard(text, taught, meaning=True)["delay"]
    assert evidence in text


def test_a_theme_that_was_not_taught_is_found_by_its_keywords(taught: Taxonomy) -> None:
    assert heard("le parking est plein", taught) == {"parking": ["parking"]}


def test_certainty_is_a_chance_above_the_threshold(taught: Taxonomy, model: ThemeModel) -> None:
    texts = sentences(DELAY + "|" + PRICE)
    readings = read(texts, voice=Voice.CUSTOMER, taxonomy=taught, language="fr", vectors=embed(texts))
    told = [theme.certainty for reading in readings for theme in reading.themes]
    assert len(told) > 10
    assert all(model.threshold - 1e-4 <= chance <= 1 for chance in told)


def test_every_theme_told_has_words_that_carry_it(taught: Taxonomy) -> None:
    texts = sentences(DELAY + "|" + KINDNESS + "|" + PRICE)
    readings = read(texts, voice=Voice.CUSTOMER, taxonomy=taught, language="fr", vectors=embed(texts))
    for text, reading in zip(texts, readings, strict=True):
        for theme in reading.themes:
            assert theme.evidence
            assert all(text[span.start : span.end].strip() for span in theme.evidence)


def test_a_correction_takes_a_theme_away_and_says_nothing_of_the_others() -> None:
    wrong = ["le tarif postal de la lettre", "tarif postal urgent", "un timbre au tarif postal"]
    refused = [Labelled(text, absent=frozenset({"price"})) for text in wrong * 3]
    themes = [
        ThemeSpec(one.slug, None, one.keywords, {"fr": [*one.examples.get("fr", ()), "le tarif"]})
        if one.slug == "price"
        else one
        for one in THEMES
    ]
    before, after = (Taxonomy(themes, fit_themes(Taxonomy(themes), lessons)) for lessons in ([], refused))
    assert "price" in heard("le tarif postal", before, meaning=True)
    assert "price" not in heard("le tarif postal", after, meaning=True)
    assert "delay" in heard(sentences(DELAY)[0], after, meaning=True)


def test_a_correction_teaches_a_theme_without_example() -> None:
    told = [
        Labelled(text, frozenset({"parking"})) for text in ("où se garer ici", "aucune place pour se garer")
    ]
    model = fit_themes(Taxonomy(THEMES), told * 2, meaning=False)
    assert "parking" in heard("impossible de se garer", Taxonomy(THEMES, model))


def test_the_same_lessons_give_the_same_model(model: ThemeModel) -> None:
    again = fit_themes(Taxonomy(THEMES), [])
    assert again.to_bytes() == model.to_bytes()
    assert again.version == model.version
    assert fit_themes(Taxonomy(THEMES[:3]), []).version != model.version


def test_a_model_read_again_says_the_same(model: ThemeModel, taught: Taxonomy) -> None:
    kept = ThemeModel.from_bytes(model.to_bytes())
    assert kept.version == model.version
    texts = sentences(DELAY + "|" + KINDNESS)
    for vectors in (None, embed(texts)):
        one, two = (
            read(texts, voice=Voice.CUSTOMER, taxonomy=each, language="fr", vectors=vectors)
            for each in (taught, Taxonomy(THEMES, kept))
        )
        assert one == two


@pytest.mark.parametrize("cut", [0, 1, 100, -1])
def test_bytes_that_are_no_model_are_refused(model: ThemeModel, cut: int) -> None:
    with pytest.raises(ValueError, match="no model"):
        ThemeModel.from_bytes(model.to_bytes()[:cut])


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_politely(content: bytes) -> None:
    with pytest.raises(ValueError, match="no model"):
        ThemeModel.from_bytes(content)


def test_numbers_that_do_not_fit_together_are_refused(model: ThemeModel) -> None:
    from dataclasses import replace

    torn = replace(model, slugs=model.slugs[:-1])
    endless = replace(model, fast=replace(model.fast, bias=np.full(4, np.nan, np.float32)))
    for broken in (torn, endless):
        with pytest.raises(ValueError, match="fit together"):
            ThemeModel.from_bytes(broken.to_bytes())


def test_a_model_is_not_afraid_of_other_themes(model: ThemeModel) -> None:
    themes = [ThemeSpec("queue", None, {"fr": ["file d'attente"]}), THEMES[1]]
    found = heard(
        "des gens charmants et souriants dans la file d'attente", Taxonomy(themes, model), meaning=True
    )
    assert found.keys() == {"queue", "kindness"}


def test_nothing_to_learn_from_leaves_the_keywords() -> None:
    bare = [ThemeSpec("price", None, {"fr": ["tarif*"]})]
    model = ThemeModel.from_bytes(fit_themes(Taxonomy(bare), [Labelled(" ")]).to_bytes())
    assert heard("le tarif", Taxonomy(bare, model)) == {"price": ["tarif"]}


def test_reconsidering_changes_the_themes_alone(taught: Taxonomy) -> None:
    texts = ["Quelle lenteur ! Un trimestre entier, imaginez.", "Merci", ""]
    readings = read(texts, voice=Voice.CUSTOMER, taxonomy=taught)
    again = reconsider_themes(texts, readings, taught, embed(texts), voice=Voice.CUSTOMER)
    assert "delay" in {theme.theme for theme in again[0].themes}
    assert [(one.polarity, one.sentiment, one.signals) for one in again] == [
        (one.polarity, one.sentiment, one.signals) for one in readings
    ]
    bare = Taxonomy(THEMES)
    assert reconsider_themes(texts, readings, bare, embed(texts), voice=Voice.CUSTOMER) == readings
    with pytest.raises(ValueError, match="as many"):
        reconsider_themes(texts[:1], readings, taught, embed(texts), voice=Voice.CUSTOMER)


def test_themes_that_say_alike_lie_near_each_other() -> None:
    slow = ThemeSpec("slow_tools", None, {}, {"en": ["the software takes forever", "everything is so slow"]})
    rows = theme_vectors(Taxonomy([*THEMES, slow, ThemeSpec("void", None, {})]))
    assert np.allclose(np.linalg.norm(rows[:-1], axis=1), 1, atol=1e-5)
    assert not rows[-1].any()
    near = rows[4] @ rows[:3].T
    assert near.argmax() == 0


def test_the_words_that_pull_most_are_shown() -> None:
    push = np.array([0.0, 0.9, 0.8, 0.0, 0.1, 0.2])
    clauses = np.array([1, 1, 1, 2, 2, 2])
    assert strongest(push, clauses) == (0, 2)
    assert strongest(push, clauses, np.array([0.0, 9.0], np.float32)) == (3, 5)
    long = np.zeros(40)
    long[[3, 20, 22]] = 0.5, 1, 0.5
    assert strongest(long, np.ones(40, np.int64)) == (18, 22)
    assert strongest(np.array([-1.0, -2.0]), np.array([4, 4])) == (0, 1)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=30))
def test_no_threshold_tells_better_than_the_best(cells: list[tuple[float, bool]]) -> None:
    likely = np.array([chance for chance, _ in cells])
    wanted = np.array([there for _, there in cells])
    best = best_threshold(likely, wanted, np.ones(len(cells)))

    def score(threshold: float) -> float:
        told = likely >= threshold
        return float(2 * (told & wanted).sum() / max(told.sum() + wanted.sum(), 1))

    assert 0.2 <= best <= 0.6
    if wanted.any() and 0.2 < best < 0.6:
        assert score(best) >= max(score(chance) for chance in likely) - 1e-9


@pytest.mark.parametrize(
    "text", ["", " ", "?!", "é" * 3000, "délai " * 3000, "\ud800", "日本語のテキスト", "🙂" * 500]
)
def test_odd_texts_are_heard_without_complaint(taught: Taxonomy, text: str) -> None:
    [reading] = read([text], voice=Voice.CUSTOMER, taxonomy=taught)
    assert all(theme.evidence for theme in reading.themes)
