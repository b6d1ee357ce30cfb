"""Each reason is a sentence in both languages."""

from __future__ import annotations

import re

import pytest
from django.utils import translation

from visavis.listen.imports.reading.codes import SENTENCES, Code
from visavis.listen.imports.reasons import OWN_SENTENCES, Reason, sentence

ALL: dict[str, str] = {str(code): text for code, text in [*SENTENCES.items(), *OWN_SENTENCES.items()]}


def test_every_reason_has_a_sentence() -> None:
    assert set(ALL) == {*map(str, Code), *map(str, Reason)}


@pytest.mark.parametrize("code", sorted(ALL))
def test_every_reason_is_told_in_french_and_in_english(code: str) -> None:
    params = {name: f"<{name}>" for name in re.findall(r"%\((\w+)\)", ALL[code])}
    with translation.override("en"):
        english = sentence(code, params)
    with translation.override("fr"):
        french = sentence(code, params)
    assert french != english
    for value in params.values():
        assert value in french
        assert value in english


def test_a_reason_of_another_version_tells_its_code() -> None:
    assert sentence("forgotten", {}) == "forgotten"
