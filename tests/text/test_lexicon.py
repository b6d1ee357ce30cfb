"""The lexicon and the sentences put together for training."""

from __future__ import annotations

from collections import Counter

import pytest

from visavis.text.grammar import FRAMES, TURNS, sentences
from visavis.text.grams import NEGATED, digest
from visavis.text.lexicon import WRITTEN, entries, lexicon


@pytest.mark.parametrize(
    ("text", "word", "strength"),
    [
        ("[adjective 2]\ngénéreux", "genereuse", 2),
        ("[adjective -2]\nlent", "lentes", -2),
        ("[verb -1]\ndécevoir\nrater", "ratee", -1),
        ("[noun 3]\nmerveille", "merveilles", 3),
        ("[as it stands -2]\npas_terrible", "pas_terrible", -2),
    ],
)
def test_words_come_in_all_their_forms(text: str, word: str, strength: float) -> None:
    assert entries(text)[word] == strength


def test_a_word_written_wins_over_a_form_made() -> None:
    assert entries("[verb 2]\naimer\n[as it stands -1]\naimes")["aimes"] == -1


def test_every_section_of_the_lexicon_is_understood() -> None:
    text = WRITTEN.read_text(encoding="utf-8")
    heads = {line[1:-1].rpartition(" ")[::2] for line in text.splitlines() if line.startswith("[")}
    assert {kind for kind, _ in heads} == {"adjective", "noun", "verb", "as it stands"}
    assert {strength for _, strength in heads} <= {"1", "2", "3", "-1", "-2", "-3"}
    assert all(len(entry.split("_")) <= 2 for entry in entries(text))


def test_a_word_has_a_strength_alone_and_near_a_negation() -> None:
    hints = lexicon()
    good, denied = hints.of(lexicon().numbers[[]]), digest("agreable") ^ int(NEGATED)
    assert good.shape == (0, hints.strength.shape[1])
    place = {number: row for row, number in enumerate(hints.numbers.tolist())}
    assert hints.strength[place[digest("agreable")]].tolist() == [2] + [0] * 7
    assert hints.strength[place[denied]].tolist() == [0, 0, 2] + [0] * 5
    assert hints.strength[place[digest("penible")]].tolist() == [0, -2] + [0] * 6


def test_both_sides_of_the_grammar_have_as_many_sentences() -> None:
    made = list(sentences())
    assert len(made) == len(FRAMES) * TURNS * 2
    assert len(set(Counter(tone for _, tone in made).values())) == 1
    assert not any("{" in text for text, _ in made)
