from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visavis.core import periods
from visavis.core.periods import Kind, PeriodError, from_text, label

TODAY = date(2025, 12, 1)

DAYS = st.dates(min_value=date(1901, 1, 1), max_value=date(2198, 12, 31))


@pytest.mark.parametrize(
    ("text", "first", "last", "kind"),
    [
        ("2021-03", date(2021, 3, 1), date(2021, 3, 31), Kind.MONTH),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), Kind.MONTH),
        ("2025-12", date(2025, 12, 1), date(2025, 12, 31), Kind.MONTH),
        ("2025-11-17", date(2025, 11, 17), date(2025, 11, 17), Kind.DAY),
        ("2025-11-01..2025-11-30", date(2025, 11, 1), date(2025, 11, 30), Kind.RANGE),
        ("3m", date(2025, 9, 1), TODAY, Kind.ROLLING),
        ("12m", date(2024, 12, 1), TODAY, Kind.ROLLING),
        ("tout", periods.EARLIEST, TODAY, Kind.ALL),
    ],
)
def test_each_way_of_writing_a_period_is_read(text: str, first: date, last: date, kind: Kind) -> None:
    period = from_text(text, TODAY)
    assert (period.first, period.last, period.kind, period.key) == (first, last, kind, text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2025",
        "2025-13",
        "2025-00",
        "2025-02-30",
        "2025-11-30..2025-11-01",
        "..",
        "2025-11-01..",
        "0m",
        "100m",
        "-3m",
        "9999-12",
        "9999-12-31",
        "0001-01",
        "٢٠٢٥-١١",
        "2025-11\x00",
        "' OR 1=1 --",
        "tout; drop table",
        "9" * 5000,
        "2025-11-01..2025-11-02..2025-11-03",
    ],
)
def test_a_hostile_or_empty_text_is_refused_and_nothing_else_happens(text: str) -> None:
    with pytest.raises(PeriodError):
        from_text(text, TODAY)


@given(st.text(max_size=30))
def test_no_text_at_all_breaks_the_reader(text: str) -> None:
    try:
        period = from_text(text, TODAY)
    except PeriodError:
        return
    assert period.first < period.after


def test_an_empty_stretch_does_not_exist() -> None:
    with pytest.raises(PeriodError):
        periods.Period(TODAY, TODAY, "x")


@given(DAYS, DAYS, st.sampled_from(["day", "month", "range", "3m", "12m"]))
def test_a_period_follows_the_one_before_without_gap_or_overlap(one: date, other: date, kind: str) -> None:
    first, last = min(one, other), max(one, other)
    period = {
        "day": lambda: periods.day(first),
        "month": lambda: periods.month_of(first),
        "range": lambda: periods.between(first, last),
        "3m": lambda: periods.last_months(3, first),
        "12m": lambda: periods.last_months(12, first),
    }[kind]()
    before = period.previous()
    if before is not None:
        assert before.after == period.first
        assert period.first not in before
        assert before.last in before


@given(DAYS, DAYS)
def test_a_key_read_again_gives_the_same_period(one: date, other: date) -> None:
    for period in (
        periods.day(one),
        periods.month_of(one),
        periods.between(min(one, other), max(one, other)),
    ):
        assert from_text(period.key, TODAY) == period


@given(DAYS)
def test_a_day_is_in_its_month_and_not_in_the_next(which: date) -> None:
    period = periods.month_of(which)
    assert which in period
    assert period.after not in period
    assert period.days == (period.after - period.first) // timedelta(days=1)


def test_everything_has_nothing_before() -> None:
    assert periods.everything(TODAY).previous() is None


def test_a_month_is_compared_with_the_whole_month_before() -> None:
    march = periods.month(2025, 3).previous()
    assert march is not None
    assert (march.key, march.days) == ("2025-02", 28)


@pytest.mark.parametrize(
    ("text", "french", "english"),
    [
        ("2025-11", "novembre\u00a02025", "November\u00a02025"),
        ("2025-12-01", "lundi 1er\u00a0décembre\u00a02025", "Monday 1\u00a0December\u00a02025"),
        ("2025-11-01..2025-11-30", "novembre\u00a02025", "November\u00a02025"),
        ("2025-09-01..2025-11-30", "septembre à novembre\u00a02025", "September to November\u00a02025"),
        (
            "2024-12-01..2025-01-31",
            "décembre\u00a02024 à janvier\u00a02025",
            "December\u00a02024 to January\u00a02025",
        ),
        ("2025-11-03..2025-11-17", "du 3 au 17\u00a0novembre\u00a02025", "3 to 17\u00a0November\u00a02025"),
        (
            "2025-10-30..2025-11-17",
            "du 30\u00a0octobre au 17\u00a0novembre\u00a02025",
            "30\u00a0October to 17\u00a0November\u00a02025",
        ),
        (
            "2024-12-30..2025-01-02",
            "du 30\u00a0décembre\u00a02024 au 2\u00a0janvier\u00a02025",
            "30\u00a0December\u00a02024 to 2\u00a0January\u00a02025",
        ),
        ("2025-11-03..2025-11-03", "lundi 3\u00a0novembre\u00a02025", "Monday 3\u00a0November\u00a02025"),
        ("1m", "dernier mois", "last month to date"),
        ("3m", "3 derniers mois", "last 3 months"),
        ("tout", "toute la période", "all dates"),
    ],
)
def test_a_period_is_spoken_in_both_languages(text: str, french: str, english: str) -> None:
    period = from_text(text, TODAY)
    assert (label(period, "fr"), label(period, "en-gb")) == (french, english)
