"""What corrections teach: it is heard, it is never guessed, and it survives being written down."""

from __future__ import annotations

import io

import numpy as np
import pytest

from visavis.core.words import Polarity, Voice
from visavis.text import read
from visavis.text.learning import Adaptation, AdaptationError, adapt
from visavis.text.learning.adaptation import adapted
from visavis.text.learning.evidence import gather
from visavis.text.polarity import parse, tone
from visavis.text.weights import Line, shipped

#: A company whose customers say "le dossier avance" when they are content, "le dossier traîne" when not.
TEXTS = [f"Dossier numéro {n} : ça {word}" for n in range(30) for word in ("avance", "traîne")]
CONTENT = ["avance" in text for text in TEXTS]


@pytest.fixture(scope="module")
def learnt() -> Adaptation:
    return adapt(TEXTS, CONTENT, language="fr")


def sentiment(text: str, learnt: Adaptation | None = None) -> float:
    [reading] = read([text], voice=Voice.CUSTOMER, language="fr", tone=learnt)
    assert reading.sentiment is not None
    return reading.sentiment


def test_what_was_corrected_is_read_otherwise_in_texts_never_seen(learnt: Adaptation) -> None:
    assert sentiment("Mon dossier avance", learnt) > max(0.0, sentiment("Mon dossier avance"))
    assert sentiment("Mon dossier traîne", learnt) < min(0.0, sentiment("Mon dossier traîne"))


def test_what_has_nothing_to_do_with_it_stays(learnt: Adaptation) -> None:
    for text in ("Conseillère très aimable, merci !", "Accueil odieux, je résilie."):
        assert abs(sentiment(text, learnt) - sentiment(text)) < 0.15


def test_the_version_tells_what_was_learnt(learnt: Adaptation) -> None:
    [plain], [with_it], [other] = (
        read([text], voice=Voice.CUSTOMER, language=language, tone=tone)
        for text, language, tone in (
            ("Merci", "fr", None),
            ("Merci", "fr", learnt),
            ("Thank you", "en", learnt),
        )
    )
    assert with_it.version == f"{plain.version}+{learnt.version}"
    assert other.version == plain.version


def test_an_adaptation_of_one_language_leaves_the_other(learnt: Adaptation) -> None:
    assert adapted("en", learnt) is shipped("en")
    assert adapted("fr", None) is shipped("fr")


def test_the_change_of_each_score_is_the_change_of_its_weights(learnt: Adaptation) -> None:
    known = dict(zip(learnt.numbers.tolist(), learnt.delta.tolist(), strict=True))
    evidence = gather(TEXTS, shipped("fr"))
    delta = np.array([known.get(number, 0.0) for number in evidence.numbers.tolist()])
    scores = [
        tone(parse(TEXTS), weights, voice=Voice.CUSTOMER).score
        for weights in (shipped("fr"), adapted("fr", learnt))
    ]
    assert scores[1] - scores[0] == pytest.approx(evidence.cells @ delta, abs=1e-4)


def test_the_same_corrections_teach_the_same() -> None:
    assert adapt(TEXTS, CONTENT, language="fr").to_bytes() == adapt(TEXTS, CONTENT, language="fr").to_bytes()


def test_answers_drawn_at_random_teach_nothing() -> None:
    answers = np.random.default_rng(3).integers(0, 2, len(TEXTS)).astype(bool).tolist()
    learnt = adapt(TEXTS, answers, language="fr")
    for text in ("Conseillère très aimable, merci !", "Accueil odieux, je résilie."):
        assert (sentiment(text, learnt) > 0) == (sentiment(text) > 0)


def test_answers_that_the_engine_gives_already_change_no_side() -> None:
    texts = [
        "Parfait, merci !",
        "Nul, à fuir.",
        "Très aimable",
        "Honteux, lamentable",
        "Rapide et efficace",
    ] * 4
    learnt = adapt(texts, [sentiment(text) > 0 for text in texts], language="fr")
    assert all((sentiment(text, learnt) > 0) == (sentiment(text) > 0) for text in texts)


def test_a_handful_of_corrections_changes_nothing() -> None:
    few = adapt(TEXTS[:6], CONTENT[:6], language="fr")
    assert (len(few.numbers), few.line, few.strength, few.corrections) == (0, Line(1.0, 0.0), 0, 6)
    assert adapt([], [], language="fr").corrections == 0


def test_empty_and_odd_texts_can_be_corrected_too() -> None:
    texts = ["", " ", "\ud800", "😡" * 500, "мрак", "a" * 20_000] * 3
    learnt = adapt(texts, [False] * len(texts), language="fr")
    assert sentiment("Conseillère très aimable, merci !", learnt) > 0


@pytest.mark.parametrize(
    ("texts", "contents", "language"), [(["a"], [], "fr"), (["a"], [True], "de"), ([], [True], "fr")]
)
def test_impossible_corrections_are_refused(texts: list[str], contents: list[bool], language: str) -> None:
    with pytest.raises(ValueError, match="impossible corrections"):
        adapt(texts, contents, language=language)


def test_an_adaptation_comes_back_from_its_bytes(learnt: Adaptation) -> None:
    back = Adaptation.from_bytes(learnt.to_bytes())
    assert back == learnt
    assert (back.version, back.corrections, back.strength) == (learnt.version, 60, learnt.strength)
    assert hash(back) == hash(learnt)
    assert adapted("fr", back) is adapted("fr", learnt)


def test_another_calibration_is_another_version(learnt: Adaptation) -> None:
    other = Adaptation("fr", learnt.numbers, learnt.delta, Line(1.1, 0.0), 60, 1.0)
    assert other != learnt


def written(**changes: object) -> bytes:
    parts: dict[str, object] = {
        "numbers": np.array([1, 2], np.uint64),
        "delta": np.zeros(2, np.float32),
        "about": np.array([1, 0, 1.0, 0.0, 10, 1.0]),
    }
    numbers, delta, about = (np.asarray(value) for value in (parts | changes).values())
    file = io.BytesIO()
    np.savez(file, numbers=numbers, delta=delta, about=about)
    return file.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04 no archive",
        b"\x80\x04\x95 no pickle",
        written()[:-30],
        written(numbers=np.array([2, 1], np.uint64)),
        written(numbers=np.array([[1, 2]], np.uint64)),
        written(numbers=np.array([1.0, 2.0])),
        written(numbers=np.array([{"a": 1}, 2], object)),
        written(delta=np.array([np.nan, 0], np.float32)),
        written(delta=np.zeros(3, np.float32)),
        written(about=np.array([9, 0, 1, 0, 10, 1.0])),
        written(about=np.array([1, 7, 1, 0, 10, 1.0])),
        written(about=np.array([1, 0, np.inf, 0, 10, 1.0])),
        written(about=np.array([1, 0, 1, np.nan, 10, 1.0])),
        written(about=np.array([1, 0])),
        written(about=np.array(["a"] * 6)),
    ],
)
def test_bytes_that_are_no_adaptation_are_refused(data: bytes) -> None:
    with pytest.raises(AdaptationError):
        Adaptation.from_bytes(data)


def test_sound_bytes_are_read() -> None:
    assert Adaptation.from_bytes(written()).numbers.tolist() == [1, 2]


def test_employees_words_have_no_tone_with_an_adaptation_either(learnt: Adaptation) -> None:
    [reading] = read(["Ça avance"], voice=Voice.EMPLOYEE, language="fr", tone=learnt)
    assert (reading.sentiment, reading.polarity) == (None, None)


def test_a_certain_reading_keeps_its_name(learnt: Adaptation) -> None:
    [reading] = read(["Ça avance, bravo !"], voice=Voice.CUSTOMER, language="fr", tone=learnt)
    assert reading.polarity is Polarity.POSITIVE
