"""One cell, one value."""

from __future__ import annotations

import contextlib
import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visavis.listen.imports.reading import values
from visavis.listen.imports.reading.codes import SENTENCES, Code, Refused
from visavis.listen.imports.reading.fields import KINDS, Field, Type
from visavis.listen.imports.reading.hints import DateOrder
from visavis.listen.imports.reading.invalid import Invalid
from visavis.listen.imports.reading.times import duration, order_of
from visavis.listen.imports.reading.values import Settings, parser_of

PARIS = ZoneInfo("Europe/Paris")
EARLY, LATE = dt.datetime(1990, 1, 1), dt.datetime(2060, 1, 1)  # noqa: DTZ001 - bounds of naive times
EXPERIENCE = Field("x", Type.CHOICE, choices={"resolved": ("résolu", "traité"), "pending": ("en cours",)})


def read(kind: Type, raw: str, settings: Settings | None = None, **more: Any) -> Any:
    field = Field("x", kind, **more)
    return parser_of(field, settings or Settings(), lambda _code, _params: None)(raw)


def refused(kind: Type, raw: str, settings: Settings | None = None, **more: Any) -> str:
    with pytest.raises(Invalid) as error:
        read(kind, raw, settings, **more)
    assert SENTENCES[error.value.code] % error.value.params
    return error.value.code.value


def test_texts_are_composed_and_cleaned() -> None:
    assert read(Type.TEXT, " de\u0301ja\u0300 vu\x00\x07\r\nbis\rter\tfin ") == "déjà vu\nbis\nter\tfin"
    assert read(Type.TEXT, "\x00 \n") is None
    assert read(Type.TEXT, "=SOMME(A1)") == "=SOMME(A1)"
    assert len(read(Type.TEXT, "é" * values.TEXT_LIMIT)) == values.TEXT_LIMIT
    assert refused(Type.TEXT, "é" * (values.TEXT_LIMIT + 1)) == "text_too_long"
    assert refused(Type.TEXT, "\ud83d") == "surrogate"


@given(st.text())
def test_a_text_once_cleaned_stays_as_it_is(raw: str) -> None:
    if (once := values.text(raw)) is not None:
        assert values.text(once) == once


@pytest.mark.parametrize(
    "raw", ["00123", "06 12 34 56 78", "+33612345678", "-12", "=1+1", "@moi", "1e5", "001.50"]
)
def test_codes_stay_as_they_are_written(raw: str) -> None:
    assert read(Type.CODE, f" {raw}\u00a0") == raw


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("1,23E+12", "code_rounded"),
        ("4E+10", "code_rounded"),
        ("a\nb", "control_character"),
        ("x" * 201, "code_too_long"),
    ],
)
def test_damaged_codes_are_refused(raw: str, code: str) -> None:
    assert refused(Type.CODE, raw) == code


@pytest.mark.parametrize(
    ("raw", "decimal", "value"),
    [
        ("7,5", ",", 7.5), ("7.5", ",", 7.5), ("7,5", ".", 7.5), ("1 234,5", ",", 1234.5),
        ("1\u202f234", ",", 1234),
        ("1.234,5", ",", 1234.5), ("1,234.5", ",", 1234.5), ("1.234.567", ",", 1234567),
        ("-0,25", ",", -0.25),
        ("1,234", ",", 1.234), ("1.234", ".", 1.234), ("0,125", ".", 0.125), ("+3", ",", 3), (",5", ",", 0.5),
    ],
)  # fmt: skip
def test_numbers_with_comma_or_dot(raw: str, decimal: str, value: float) -> None:
    assert read(Type.NUMBER, raw, Settings(decimal=decimal)) == value


@pytest.mark.parametrize(
    ("raw", "decimal", "code"),
    [
        ("1.234", ",", "ambiguous_number"), ("1,234", ".", "ambiguous_number"),
        ("1,2,3", ",", "not_number"),
        ("abc", ",", "not_number"), ("12 34", ",", "not_number"), ("1e5", ",", "not_number"),
        ("nan", ",", "not_number"), ("", ",", "not_number"),
    ],
)  # fmt: skip
def test_numbers_that_are_not(raw: str, decimal: str, code: str) -> None:
    assert refused(Type.NUMBER, raw, Settings(decimal=decimal)) == code


def test_whole_numbers() -> None:
    assert [read(Type.WHOLE, raw) for raw in ("12", "12,0", "1 200", "-3")] == [12, 12, 1200, -3]
    assert refused(Type.WHOLE, "12,5") == "not_whole"
    assert refused(Type.WHOLE, "x") == "not_whole"
    assert refused(Type.WHOLE, "9" * 20) == "not_whole"


def test_marks_stay_on_their_scale() -> None:
    assert [read(Type.MARK, raw, low=1, high=5) for raw in ("1", " 5 ", "4,0", "4.0")] == [1, 5, 4, 4]
    assert refused(Type.MARK, "6", low=1, high=5) == "out_of_range"
    assert refused(Type.MARK, "0", low=1, high=5) == "out_of_range"
    assert refused(Type.MARK, "-1", low=0, high=10) == "out_of_range"


@pytest.mark.parametrize("raw", ["5/5", "5 étoiles", "Très satisfait", "4,5", "★★★"])
def test_marks_in_words_are_left_for_a_person_to_reconcile(raw: str) -> None:
    assert refused(Type.MARK, raw, low=1, high=5) == "to_reconcile"


def test_yes_and_no() -> None:
    assert all(
        read(Type.YES_NO, raw) is True for raw in ("oui", "Oui", " O ", "1", "true", "VRAI", "yes", "Y", "x")
    )
    assert all(read(Type.YES_NO, raw) is False for raw in ("non", "NON", "N", "0", "false", "faux", "no"))
    assert refused(Type.YES_NO, "peut-être") == "not_yes_no"


def test_choices_are_known_by_their_words() -> None:
    parse = parser_of(EXPERIENCE, Settings(), lambda _code, _params: None)
    assert [parse(raw) for raw in ("Résolu", "RESOLU", "traite", "En  cours", "pending")] == [
        "resolved", "resolved", "resolved", "pending", "pending",
    ]  # fmt: skip
    with pytest.raises(Invalid):
        parse("perdu")


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("03/11/2025", (2025, 11, 3)), ("3/1/2025", (2025, 1, 3)), ("03-11-2025", (2025, 11, 3)),
        ("03.11.2025", (2025, 11, 3)), ("03/11/25", (2025, 11, 3)), ("2025-11-03", (2025, 11, 3)),
        ("2025/11/03", (2025, 11, 3)), ("20251103", (2025, 11, 3)), ("3 novembre 2025", (2025, 11, 3)),
        ("1er août 2025", (2025, 8, 1)), ("lundi 3 nov. 2025", (2025, 11, 3)),
        ("03/11/2025 23:59", (2025, 11, 3)),
        ("2025-11-03T23:30:00Z", (2025, 11, 4)),  # already the day after in Paris
        ("29/02/2024", (2024, 2, 29)),
    ],
)  # fmt: skip
def test_dates_put_the_day_first(raw: str, day: tuple[int, int, int]) -> None:
    assert read(Type.DATE, raw) == dt.date(*day)


def test_the_month_comes_first_only_when_settled() -> None:
    month_first = Settings(order=DateOrder.MONTH_FIRST)
    assert read(Type.DATE, "03/11/2025", month_first) == dt.date(2025, 3, 11)
    assert read(Type.DATE, "2025-11-03", month_first) == dt.date(2025, 11, 3)
    assert refused(Type.DATE, "25/12/2025", month_first) == "impossible_date"
    assert refused(Type.DATE, "12/25/2025") == "impossible_date"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("31/02/2025", "impossible_date"), ("29/02/2025", "impossible_date"), ("hier", "not_date"),
        ("03/11", "not_date"), ("03/11-2025", "not_date"), ("01/01/1700", "implausible_date"),
        ("45964", "not_date"), ("03/11/2025 25:00", "impossible_date"), ("3 brumaire 2025", "not_date"),
    ],
)  # fmt: skip
def test_dates_that_do_not_exist(raw: str, code: str) -> None:
    assert refused(Type.DATE, raw) == code


def test_serial_days_exist_in_workbooks_only() -> None:
    book = Settings(serials=True)
    assert read(Type.DATE, "45964", book) == dt.date(2025, 11, 3)
    assert read(Type.INSTANT, "45964.38333333333", book) == dt.datetime(2025, 11, 3, 8, 12, tzinfo=dt.UTC)
    assert refused(Type.DATE, "5", book) == "not_date"


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)))
def test_any_day_written_in_any_way_comes_back(day: dt.date) -> None:
    for pattern in ("%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y"):
        assert read(Type.DATE, day.strftime(pattern)) == day
    assert read(Type.DATE, day.strftime("%m/%d/%Y"), Settings(order=DateOrder.MONTH_FIRST)) == day


@pytest.mark.parametrize(
    ("raw", "utc"),
    [
        ("03/11/2025 09:12", (2025, 11, 3, 8, 12, 0)), ("03/07/2025 09:12:33", (2025, 7, 3, 7, 12, 33)),
        ("2025-07-03T09:12:33Z", (2025, 7, 3, 9, 12, 33)),
        ("2025-07-03T09:12:33+02:00", (2025, 7, 3, 7, 12, 33)),
        ("2025-07-03 09:12:33.250-0500", (2025, 7, 3, 14, 12, 33)),
        ("03/11/2025 à 9h12", (2025, 11, 3, 8, 12, 0)),
        ("03/11/2025 9:12 PM", (2025, 11, 3, 20, 12, 0)), ("2025-11-03 10.39.15", (2025, 11, 3, 9, 39, 15)),
        ("03/11/2025", (2025, 11, 2, 23, 0, 0)), ("3 novembre 2025 à 9 h 12", (2025, 11, 3, 8, 12, 0)),
    ],
)  # fmt: skip
def test_instants_without_offset_are_the_company_s(raw: str, utc: tuple[int, ...]) -> None:
    moment = dt.datetime(*utc, tzinfo=dt.UTC)  # type: ignore[misc,arg-type]
    assert read(Type.INSTANT, raw).replace(microsecond=0) == moment


def test_an_hour_that_the_clock_change_skips_is_refused() -> None:
    assert refused(Type.INSTANT, "30/03/2025 02:30") == "skipped_hour"
    assert read(Type.INSTANT, "30/03/2025 01:59") == dt.datetime(2025, 3, 30, 0, 59, tzinfo=dt.UTC)
    assert read(Type.INSTANT, "30/03/2025 03:00") == dt.datetime(2025, 3, 30, 1, 0, tzinfo=dt.UTC)


def test_an_hour_that_the_clock_change_repeats_is_its_first_and_told() -> None:
    told: list[Code] = []
    parse = parser_of(Field("x", Type.INSTANT), Settings(), lambda code, _params: told.append(code))
    assert parse("26/10/2025 02:30") == dt.datetime(2025, 10, 26, 0, 30, tzinfo=dt.UTC)
    assert parse("26/10/2025 03:00") == dt.datetime(2025, 10, 26, 2, 0, tzinfo=dt.UTC)
    assert told == [Code.REPEATED_HOUR]


@given(st.datetimes(EARLY, LATE, timezones=st.just(dt.UTC)))
def test_an_instant_written_with_its_offset_comes_back(moment: dt.datetime) -> None:
    assert read(Type.INSTANT, moment.isoformat()) == moment
    assert read(Type.INSTANT, moment.astimezone(PARIS).isoformat()) == moment


@given(st.datetimes(EARLY, LATE))
def test_a_local_time_is_read_as_the_zone_says(naive: dt.datetime) -> None:
    naive = naive.replace(second=0, microsecond=0)
    expected = naive.replace(tzinfo=PARIS).astimezone(dt.UTC)
    if expected.astimezone(PARIS).replace(tzinfo=None) == naive:
        assert read(Type.INSTANT, naive.strftime("%d/%m/%Y %H:%M")) == expected
    else:
        assert refused(Type.INSTANT, naive.strftime("%d/%m/%Y %H:%M")) == "skipped_hour"


@pytest.mark.parametrize(
    ("raw", "seconds"),
    [
        ("205", 205), ("205,4", 205), ("3:25", 205), ("0:03:25", 205), ("3 min 25", 205), ("3 min 25 s", 205),
        ("3mn25", 205),
        ("3'25", 205), ("3'25\"", 205), ("1 h 02", 3720), ("1h02min03s", 3723), ("2 h", 7200), ("45 s", 45),
        ("PT3M25S", 205),
        ("75:10", 4510), ("0", 0),
    ],
)  # fmt: skip
def test_durations_are_seconds(raw: str, seconds: int) -> None:
    assert duration(raw) == seconds


@pytest.mark.parametrize("raw", ["3:75", "1:75:00", "long", "3 jours", "-5", "PT", "h"])
def test_durations_that_are_not(raw: str) -> None:
    assert refused(Type.DURATION, raw) == "not_duration"


def test_a_letter_may_wait_two_weeks_and_nothing_waits_three_months() -> None:
    assert read(Type.DURATION, "1200000") == 1_200_000
    assert refused(Type.DURATION, "8000000") == "out_of_range"


def test_answers_are_numbers_when_they_are() -> None:
    assert [read(Type.ANSWER, raw) for raw in ("4", "7,5", "007", "+336", "Bien")] == [
        4,
        7.5,
        "007",
        "+336",
        "Bien",
    ]


def test_the_order_of_dates_is_read_from_all_of_them() -> None:
    assert order_of([(2, "03/04/2025"), (3, "25/04/2025 10:00")]) is DateOrder.DAY_FIRST
    assert order_of([(2, "03/04/2025"), (3, "04/25/2025")]) is DateOrder.MONTH_FIRST
    assert order_of([(2, "03/04/2025")]) is DateOrder.DAY_FIRST
    assert order_of([(2, "2025-04-25"), (3, "")]) is None
    with pytest.raises(Refused) as error:
        order_of([(2, "25/04/2025"), (9, "04/25/2025")])
    assert error.value.refusal.line == 9
    assert error.value.refusal.params == {"day_first": 2, "month_first": 9}


@given(st.sampled_from([field for kind in KINDS.values() for field in kind.fields]), st.text(max_size=30))
def test_no_parser_fails_otherwise_than_by_refusing(field: Field, raw: str) -> None:
    with contextlib.suppress(Invalid):
        parser_of(field, Settings(serials=True), lambda _code, _params: None)(raw)


def test_every_code_has_a_sentence() -> None:
    assert set(SENTENCES) == set(Code)
