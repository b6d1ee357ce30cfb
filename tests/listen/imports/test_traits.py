"""What an anonymous answer says of who gave it: few traits, of few values, and never who."""

from __future__ import annotations

import pytest

from tests.listen.imports.room import ORGANISATION, counts, imported, reasons
from visavis.listen.imports.columns import field_choices
from visavis.listen.imports.models import ImportRun
from visavis.listen.imports.reading.fields import TRAIT
from visavis.listen.returns.models import Response

pytestmark = pytest.mark.django_db

HEADER = "wave;unit;climate;trait_anciennete;Attribut Contrat\n"


def _told(header: str, *rows: str) -> ImportRun:
    imported("organisation", ORGANISATION)
    return imported("barometer", "\n".join([header.strip(), *rows]))


def test_columns_named_as_traits_go_into_the_traits_of_the_answer() -> None:
    run = _told(HEADER, "2025-11;escaut;4;2-5 ans;CDI", "2025-11;lys;3;;CDD")
    assert counts(run) == (2, 0, 0, 0)
    told = list(Response.objects.order_by("pk").values_list("traits", flat=True))
    assert sorted(told, key=len) == [{"contrat": "CDD"}, {"anciennete": "2-5 ans", "contrat": "CDI"}]


def test_the_same_file_twice_changes_nothing() -> None:
    rows = ["2025-11;escaut;4;2-5 ans;CDI", "2025-11;escaut;4;2-5 ans;CDD", "2025-11;escaut;4;2-5 ans;CDI"]
    assert counts(_told(HEADER, *rows)) == (3, 0, 0, 0)
    again = imported("barometer", "\n".join([HEADER.strip(), *reversed(rows)]))
    assert counts(again) == (3, 0, 0, 0)
    assert Response.objects.count() == 3


def test_a_trait_of_more_than_twelve_values_is_refused_where_it_stands() -> None:
    rows = [f"2025-11;escaut;4;{years} ans;CDI" for years in range(13)]
    run = _told(HEADER, *rows)
    assert counts(run) == (0, 0, 0, 13)
    assert reasons(run) == [(line, "trait_anciennete", "trait_too_fine") for line in range(2, 15)]
    assert not Response.objects.exists()


def test_twelve_values_are_coarse_enough() -> None:
    rows = [f"2025-11;escaut;4;{years} ans;CDI" for years in range(12)]
    assert counts(_told(HEADER, *rows)) == (12, 0, 0, 0)


def test_a_value_is_a_word_and_no_text() -> None:
    run = _told(HEADER, f"2025-11;escaut;4;{'x' * 41};CDI")
    assert reasons(run) == [(2, "trait_anciennete", "code_too_long")]


def test_a_seventh_trait_is_left_out_unless_somebody_asks_for_it() -> None:
    header = "wave;unit;climate;" + ";".join(f"trait_t{number}" for number in range(7))
    run = _told(header, "2025-11;escaut;4;" + ";".join("abcdefg"))
    assert counts(run) == (1, 0, 0, 0)
    assert sorted(Response.objects.get().traits) == [f"t{number}" for number in range(6)]


def test_the_mapping_of_a_barometer_offers_traits_and_that_of_returns_does_not() -> None:
    assert TRAIT in dict(field_choices("barometer"))
    assert (TRAIT + "contrat", "Trait : contrat") in [
        (name, label.replace("\u00a0", " "))
        for name, label in field_choices("barometer", [TRAIT + "contrat"])
    ]
    assert TRAIT not in dict(field_choices("returns"))
