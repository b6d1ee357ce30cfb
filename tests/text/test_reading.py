"""Readings: their shape, whose words they may judge, and what hostile texts cannot do to them."""

from __future__ import annotations

import json
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.shared import shared_path
from visavis.core.words import Polarity, Voice
from visavis.text import EmployeeTextError, Taxonomy, ThemeSpec, read
from visavis.text.emotions import emotions_of
from visavis.text.intensity import intensity_of
from visavis.text.polarity import parse, tone
from visavis.text.signals import signals_of
from visavis.text.weights import shipped

THEMES = Taxonomy(
    [
        ThemeSpec("welcome", None, {"fr": ["accueil", "aimable*"]}),
        ThemeSpec("repeating", None, {"fr": ["trois appels", "relanc*", "plusieurs fois"]}),
        ThemeSpec("delay", None, {"fr": ["délai", "attente"], "en": ["waiting", "delay*"]}),
    ]
)
HOSTILE = {
    "empty": "",
    "blank": " \t\r\n\u00a0\u200b",
    "long word": "a" * 20_000,
    "long text": "Service nul, accueil parfait mais délai trop long ! " * 400,
    "one keyword": "accueil " * 2_500,
    "many keywords": "accueil, délai ! relance " * 800,
    "commas": "," * 20_000,
    "exclamations": "!" * 20_000,
    "negations": "pas " * 5_000,
    "keywords": "trois de la de la appels " * 800,
    "pictographs": "😡👍🏽👨‍👩‍👧" * 2_000,
    "surrogates": "déçu \ud800 \udfff" * 1_000,
    "null bytes": "bon\x00jour" * 2_000,
    "combining marks": "e" + "\u0301" * 19_999,
    "right to left": "خدمة سيئة שירות רע " * 900,
    "mixed scripts": "сервіс nul 服务很差 très déçu " * 700,
    "separators of the engine": "a\x1fb\x1e" * 4_000,
    "digits": "9" * 20_000,
    "stretched": "nuuuuuuuuuul" * 1_600,
    "dotless": "İıŞşﬀﬁ½" * 2_800,
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("voice", Voice)
def test_a_hostile_text_is_read(name: str, voice: Voice) -> None:
    text = HOSTILE[name]
    [reading] = read([text], voice=voice, taxonomy=THEMES)
    for theme in reading.themes:
        assert all(0 <= span.start < span.end <= len(text) for span in theme.evidence)


def test_the_hostile_strings_of_others_are_read() -> None:
    texts = [
        " ".join(map(str, json.loads(line).values()))
        for path in sorted(shared_path("data", "trust", "strings").glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    assert len(texts) > 500
    for voice in Voice:
        assert len(read(texts, voice=voice, taxonomy=THEMES)) == len(texts)


@given(st.lists(st.text(st.characters(), max_size=80), max_size=8))
@settings(max_examples=60, deadline=None)
def test_any_text_gives_one_reading_with_bounded_values(texts: list[str]) -> None:
    readings = read(texts, voice=Voice.CUSTOMER, taxonomy=THEMES)
    assert len(readings) == len(texts)
    for reading in readings:
        assert 0 <= reading.certainty <= 1
        assert reading.sentiment is None or -1 <= reading.sentiment <= 1
        assert reading.intensity in {None, 0, 1, 2, 3, 4}


@given(
    st.lists(st.sampled_from(["Très bien", "Nul", "", "Not happy", "El servicio es malo", "délai trop long"]))
)
@settings(max_examples=40, deadline=None)
def test_a_text_is_read_alike_in_any_company(texts: list[str]) -> None:
    together = read(texts, voice=Voice.CUSTOMER, taxonomy=THEMES)
    alone = [read([text], voice=Voice.CUSTOMER, taxonomy=THEMES)[0] for text in texts]
    for left, right in zip(together, alone, strict=True):
        assert (left.language, left.polarity, left.signals) == (right.language, right.polarity, right.signals)
        assert left.sentiment == pytest.approx(right.sentiment, abs=1e-3)


def test_each_theme_has_its_opinion_and_its_words() -> None:
    text = "accueil parfait mais trois appels pour rien"
    [reading] = read([text], voice=Voice.CUSTOMER, taxonomy=THEMES)
    said = {
        theme.theme: (theme.polarity, [text[span.start : span.end] for span in theme.evidence])
        for theme in reading.themes
    }
    assert said == {
        "welcome": (Polarity.POSITIVE, ["accueil parfait"]),
        "repeating": (Polarity.NEGATIVE, ["trois appels pour rien"]),
    }


def test_words_are_shown_as_they_were_written() -> None:
    text = "😀 L'ACCUEIL est\u00a0e\u0301tonnant, vraiment AIMABLE !"
    [reading] = read([text], voice=Voice.CUSTOMER, taxonomy=THEMES)
    [welcome] = reading.themes
    shown = [text[span.start : span.end] for span in welcome.evidence]
    assert any("ACCUEIL" in piece for piece in shown)
    assert any("AIMABLE" in piece for piece in shown)


def test_an_employee_gets_themes_and_nothing_else() -> None:
    texts = ["J'en ai honte, c'est nul, trois appels par client et personne ne me rappelle !", "Bon accueil"]
    for reading in read(texts, voice=Voice.EMPLOYEE, taxonomy=THEMES):
        assert reading.language == "fr"
        assert reading.themes
        assert all(theme.polarity is None for theme in reading.themes)
        assert (reading.polarity, reading.sentiment, reading.intensity) == (None, None, None)
        assert (reading.emotions, reading.signals) == ((), ())


def test_asking_for_an_employee_s_feelings_is_refused() -> None:
    parsed = parse(["je suis déçu"])
    with pytest.raises(EmployeeTextError):
        tone(parsed, shipped("fr"), voice=Voice.EMPLOYEE)
    with pytest.raises(EmployeeTextError):
        signals_of(parsed, ["fr"], voice=Voice.EMPLOYEE)
    with pytest.raises(EmployeeTextError):
        intensity_of(2.0, Polarity.NEGATIVE, voice=Voice.EMPLOYEE)
    with pytest.raises(EmployeeTextError):
        emotions_of(parsed, np.zeros(1, np.float32), voice=Voice.EMPLOYEE)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Je suis très satisfait de ma conseillère", "fr"),
        ("The service was slow and nobody called me back", "en"),
        ("El servicio es muy malo y no contestan", "other"),
        ("Der Service ist sehr schlecht und ich bin nicht zufrieden", "other"),
        ("Услуга очень плохая", "other"),
        ("サービスが悪い", "other"),
        ("Nickel", "fr"),
        ("", "fr"),
    ],
)
def test_the_language_is_found(text: str, language: str) -> None:
    [reading] = read([text], voice=Voice.CUSTOMER)
    assert reading.language == language
    if language == "other":
        assert reading.polarity is None


def test_a_language_may_be_given() -> None:
    [reading] = read(["Nickel"], voice=Voice.CUSTOMER, language="en")
    assert reading.language == "en"


def test_nothing_is_said_of_a_text_without_words() -> None:
    for reading in read(["", "...", " "], voice=Voice.CUSTOMER):
        assert (reading.polarity, reading.sentiment, reading.intensity) == (None, None, None)


def test_importing_is_light_and_reading_needs_no_training_library() -> None:
    code = (
        "import sys; import visavis.text as t; from visavis.core.words import Voice\n"
        "from visavis.text import weights\n"
        "assert weights.shipped.cache_info().currsize == 0\n"
        "t.read(['bonjour'], voice=Voice.CUSTOMER)\n"
        "heavy = {'sklearn', 'scipy', 'pyarrow', 'pandas', 'django'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_the_weights_are_a_small_file() -> None:
    from visavis.text.weights import SHIPPED

    assert SHIPPED.stat().st_size < 3_000_000
