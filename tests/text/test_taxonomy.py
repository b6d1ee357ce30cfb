"""Keywords: what an owner may write and what is found."""

from __future__ import annotations

import pytest

from visavis.core.words import Voice
from visavis.text import Taxonomy, ThemeSpec, read


def found(text: str, *keywords: str, language: str = "fr") -> bool:
    themes = Taxonomy([ThemeSpec("it", None, {language: keywords})])
    [reading] = read([text], voice=Voice.EMPLOYEE, taxonomy=themes, language=language)
    return bool(reading.themes)


@pytest.mark.parametrize(
    ("keyword", "text"),
    [
        ("délai", "les délais sont longs"),
        ("delai", "DÉLAI trop long"),
        ("rembours*", "toujours pas remboursée"),
        ("délai de remboursement", "les délais du remboursement"),
        ("délai remboursement", "délai de remboursement"),
        ("à l'écoute", "une équipe à l'écoute"),
        ("geste* commercia*", "plus de gestes commerciaux"),
        ("problème", "jai un pb"),
        ("attente", "attenteee interminable"),
        ("carte", "ma carte est perdue. La carte grise aussi"),
    ],
)
def test_a_keyword_is_found(keyword: str, text: str) -> None:
    assert found(text, keyword, "!carte grise")


@pytest.mark.parametrize(
    ("keyword", "text"),
    [
        ("délai", "délayer la peinture"),
        ("prix", "une pri de parole"),
        ("trois appels", "trois. appels"),
        ("trois appels", "appels trois"),
        ("trois appels", "trois longs appels"),
        ("de plus", "beaucoup plus"),
        ("carte", "ma carte grise est perdue"),
        ("", "n'importe quoi"),
        ("*", "n'importe quoi"),
        ("!", "n'importe quoi"),
    ],
)
def test_a_keyword_is_not_found(keyword: str, text: str) -> None:
    assert not found(text, keyword, "!carte grise")


def test_the_narrowest_theme_is_named() -> None:
    themes = Taxonomy(
        [
            ThemeSpec("price", None, {"fr": ["prix", "tarif*"]}),
            ThemeSpec("rise", "price", {"fr": ["hausse du tarif"]}),
        ]
    )
    readings = read(["hausse du tarif", "le tarif est bon"], voice=Voice.CUSTOMER, taxonomy=themes)
    assert [[theme.theme for theme in reading.themes] for reading in readings] == [["rise"], ["price"]]


def test_each_language_has_its_keywords() -> None:
    themes = Taxonomy([ThemeSpec("price", None, {"fr": ["prix"], "en": ["price"]})])
    texts = ["le prix est trop élevé", "the price is too high", "the prix is too high"]
    readings = read(texts, voice=Voice.CUSTOMER, taxonomy=themes)
    assert [len(reading.themes) for reading in readings] == [1, 1, 0]


def test_more_keywords_make_a_theme_surer() -> None:
    themes = Taxonomy([ThemeSpec("delay", None, {"fr": ["délai", "attente"]})])
    once, twice = read(["délai", "délai, attente"], voice=Voice.EMPLOYEE, taxonomy=themes)
    assert once.certainty < twice.certainty < 1


def test_a_taxonomy_refuses_what_makes_no_sense() -> None:
    price = ThemeSpec("price", None, {})
    with pytest.raises(ValueError, match="share"):
        Taxonomy([price, price])
    with pytest.raises(ValueError, match="ghost"):
        Taxonomy([ThemeSpec("rise", "ghost", {})])
