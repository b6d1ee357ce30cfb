"""Themes that were learnt, against the gold sets: each half read by a model that learnt from the other.

The floors stand a little under what was measured (``docs/models/themes.md``). The keywords were written while
looking at these sets.
"""

from __future__ import annotations

from zlib import crc32

import pytest

from tests.text.sectors import customers, employees
from tests.text.test_gold import Row, micro, rows
from visavis.core.words import Voice
from visavis.text import Labelled, Reading, Taxonomy, fit_themes, read

Half = list[tuple[Row, Reading]]


def crossed(gold: list[Row], themes: Taxonomy, voice: Voice) -> Half:
    """Each text with its reading by a model of the other half; words alone, which is quick."""
    slugs, told = frozenset(themes.slugs), []
    halves = [[row for row in gold if crc32(row["text"].encode()) % 2 == half] for half in (0, 1)]
    for learnt, asked in (halves, halves[::-1]):
        lessons = [Labelled(row["text"], wanted(row), slugs - wanted(row)) for row in learnt]
        model = fit_themes(themes, lessons, meaning=False)
        taught = Taxonomy(themes.themes, model)
        texts = [row["text"] for row in asked]
        told += list(zip(asked, read(texts, voice=voice, taxonomy=taught, language="fr"), strict=True))
    return told


def wanted(row: Row) -> frozenset[str]:
    if "a" in row:
        return frozenset(theme["theme"] for theme in row["a"]["themes"])
    return frozenset(row["themes"])


def found(half: Half) -> float:
    return micro([(set(wanted(row)), {one.theme for one in reading.themes}) for row, reading in half])


@pytest.fixture(scope="module")
def service() -> Half:
    return crossed(rows("gold_service_dev.jsonl"), customers(), Voice.CUSTOMER)


@pytest.fixture(scope="module")
def barometer() -> Half:
    return crossed(rows("gold_employee_dev.jsonl"), employees(), Voice.EMPLOYEE)


def test_themes_of_customers(service: Half) -> None:
    assert found(service) > 0.71


def test_themes_of_employees(barometer: Half) -> None:
    assert found(barometer) > 0.67


def test_themes_told_are_there_as_often_as_their_certainty_says(service: Half) -> None:
    told = [(one.certainty, one.theme in wanted(row)) for row, reading in service for one in reading.themes]
    bins: dict[int, list[float]] = {}
    for certainty, there in told:
        bins.setdefault(int(certainty * 10), []).append(certainty - there)
    assert sum(abs(sum(gaps)) for gaps in bins.values()) / len(told) < 0.08


def test_evidence_of_themes_falls_on_the_words_that_a_reader_chose(service: Half) -> None:
    touched = []
    for row, reading in service:
        chosen = {one["theme"]: one["evidence"] for one in row["a"]["themes"]}
        for theme in reading.themes:
            start = row["text"].find(chosen.get(theme.theme, "\0"))
            if start >= 0:
                end = start + len(chosen[theme.theme])
                touched.append(any(span.start < end and span.end > start for span in theme.evidence))
    assert len(touched) > 400
    assert sum(touched) / len(touched) > 0.9
