"""The French of the demo: spelt right where it should be, varied, with the planted share of everything."""

from __future__ import annotations

import re
from random import Random

import pytest

from tests.demo.vaubrune.files import Folder, texts
from visavis.demo.vaubrune import grammar
from visavis.demo.vaubrune.material import material
from visavis.demo.vaubrune.noise import typed


def _strings(data: object) -> list[str]:
    if isinstance(data, str):
        return [data]
    children = data.values() if isinstance(data, dict) else data if isinstance(data, list) else []
    return [text for child in children for text in _strings(child)]


@pytest.mark.parametrize("name", ["customers", "employees", "frames"])
def test_every_template_can_be_read(name: str) -> None:
    for template in _strings(material(name)):
        assert grammar.parse(template) or not template


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("Le dossier de~{x}.", "Le dossier d'un ami."),
        ("Le dossier de~{y}.", "Le dossier du vol."),
        ("Le dossier de~{z}.", "Le dossier de ma mère."),
        ("{Ami} arrive ..", "Un ami arrive."),
        ("Tapez 1... puis 2.", "Tapez 1... puis 2."),
        ("[a|a], [b|b] .", "a, b."),
    ],
)
def test_elision_contraction_and_marks(template: str, said: str) -> None:
    answers = {"x": "un ami", "y": "le vol", "z": "ma mère", "ami": "un ami"}
    assert grammar.render(template, Random(1), answers.__getitem__) == said


def test_an_unclosed_bracket_is_refused() -> None:
    with pytest.raises(ValueError, match=r"unbalanced|substring"):
        grammar.parse("Un [choix|sans fin")


def test_a_careful_writer_never_writes_like_on_a_telephone() -> None:
    rng = Random(3)
    styles = {typed("Merci beaucoup pour votre écoute.", rng, careful=True)[1] for _ in range(400)}
    assert styles == {"clean", "no_accents", "typos"}


def test_no_slot_is_left_open(small: Folder) -> None:
    for text in (
        texts(small.returns["verbatim"]) + texts(small.feelings["word"]) + texts(small.barometer["comment"])
    ):
        assert not re.search(r"[\[\]{}|~\0]", text), text


def test_no_clean_text_is_badly_joined(small: Folder) -> None:
    truth = [
        line for line in small.lines.to_pylist() if line["file"] == "return" and line["style"] == "clean"
    ]
    verbatims = small.returns["verbatim"].tolist()
    wrong = re.compile(
        r"\b(de les?(?! \w+(er|ir|re)\b)|que il|que elle|si il|de un|de une|le homme)\b|  | ,|\.\.",
        re.I,
    )
    for line in truth:
        text = verbatims[line["row"] - 1]
        assert not wrong.search(text.replace("...", "")), text


def test_long_texts_are_hardly_ever_repeated(small: Folder) -> None:
    longer = [text for text in texts(small.returns["verbatim"]) if len(text.split()) > 5]
    assert len(set(longer)) / len(longer) > 0.97
    comments = texts(small.barometer["comment"])
    assert len(set(comments)) / len(comments) > 0.90


def test_lengths_go_from_a_word_to_a_story(small: Folder) -> None:
    lengths = [len(text.split()) for text in texts(small.returns["verbatim"])]
    assert min(lengths) <= 3
    assert 55 <= max(lengths) <= 100


def test_shares_of_what_makes_reading_hard(small: Folder) -> None:
    writing = small.truth.realised["writing"]
    assert isinstance(writing, dict)
    assert writing["mixed"] == pytest.approx(18, abs=2.5)
    assert writing["irony"] == pytest.approx(3, abs=1.2)
    assert writing["personal"] == pytest.approx(2, abs=1)


def test_what_must_be_removed_is_really_in_the_text(small: Folder) -> None:
    verbatims = small.returns["verbatim"].tolist()
    planted = [line for line in small.lines.to_pylist() if line["personal"]]
    assert planted
    for line in planted:
        assert all(piece in verbatims[line["row"] - 1] for piece in line["personal"])


def test_unhappy_marks_and_words_agree(small: Folder) -> None:
    marks = small.returns["satisfaction"].tolist()
    for line in small.lines.to_pylist():
        if line["file"] == "return":
            mark = marks[line["row"] - 1]
            assert not (mark <= 2 and line["polarity"] == "positive")
            assert not (mark >= 4 and line["polarity"] == "negative")


def test_grief_is_never_joked_about(small: Folder) -> None:
    rows = small.contact_rows(small.returns["contact"])
    reasons = small.contacts["reason"][rows]
    for line in small.lines.to_pylist():
        if line["file"] == "return" and reasons[line["row"] - 1] == "bereavement":
            assert "irony" not in line["flags"]
            assert line["style"] in {"clean", "no_accents", "typos"}
