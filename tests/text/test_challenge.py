"""How much of the list of hard sentences is heard; floors stand under what the kept half came to."""

from __future__ import annotations

import pytest

from tests.text.challenge import PHENOMENA, Case, cases, hard
from visavis.core.words import Polarity, Voice
from visavis.text import Reading, fold, read
from visavis.text.grammar import sentences
from visavis.text.phrases import PHRASES, WRITTEN, told

Heard = list[tuple[Case, bool]]

FLOOR = 0.8


def right(case: Case, reading: Reading) -> bool:
    """The sign of what is said; for a sentence of two minds, that it is called mixed."""
    if case.tone is Polarity.MIXED:
        return reading.polarity is Polarity.MIXED
    return ((reading.sentiment or 0) > 0) == (case.tone is Polarity.POSITIVE)


@pytest.fixture(scope="module")
def heard() -> Heard:
    listed = cases()
    readings = read([case.text for case in listed], voice=Voice.CUSTOMER)
    return [(case, right(case, reading)) for case, reading in zip(listed, readings, strict=True)]


def test_the_list_holds_every_phenomenon_in_two_even_halves() -> None:
    listed = cases()
    assert len(listed) == 150
    assert sum(case.kept for case in listed) == 75
    assert {case.phenomenon for case in listed} == set(PHENOMENA)


def test_no_sentence_of_the_list_was_trained_on() -> None:
    trained = {fold(text) for sides in PHRASES.values() for texts in sides.values() for text in texts}
    trained |= {fold(text) for text, _ in sentences()}
    trained |= {fold(text) for text, _ in told(WRITTEN.read_text("utf-8"))}
    assert not trained & {fold(case.text) for case in (*cases(), *hard())}


def test_praise_and_blame_of_the_kept_half_are_heard(heard: Heard) -> None:
    told = [ok for case, ok in heard if case.kept and case.tone is not Polarity.MIXED]
    assert sum(told) / len(told) >= FLOOR


#: Sections of the second list, and the least that is heard of the half that was kept.
FLOORS = {
    "negation": 0.8,
    "double negation": 0.5,
    "irony": 0.35,
    "telephone": 0.9,
    "mixed": 0.45,
    "employee-like": 0.75,
    "facts": 0.7,
}


@pytest.fixture(scope="module")
def heard_again() -> Heard:
    listed = hard()
    readings = read([case.text for case in listed], voice=Voice.CUSTOMER)
    return [(case, right(case, reading)) for case, reading in zip(listed, readings, strict=True)]


@pytest.mark.parametrize(("section", "floor"), FLOORS.items())
def test_what_is_heard_of_each_family_kept_unseen_does_not_fall(
    heard_again: Heard, section: str, floor: float
) -> None:
    told = [ok for case, ok in heard_again if case.kept and case.phenomenon == section]
    assert sum(told) / len(told) >= floor
