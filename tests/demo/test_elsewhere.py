"""The files of the demo, imported by hand into an empty instance, give the figures of the demo."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.demo.conftest import Instance, Made, visavis
from visavis.core.periods import day, month
from visavis.listen.returns.models import Response
from visavis.measure.estimates import Difference, Estimate
from visavis.moments.exchanges.models import Interaction
from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer
from visavis.share.restitution import queries, tables
from visavis.web.filters import Filters

pytestmark = pytest.mark.slow

#: Somebody who may read everything of either company, the report and the day.
_EVERYTHING = Viewer(None, None, frozenset(), dict.fromkeys(Right, ("/vaubrune/",)))
_MONTHS = [(2024, 9), (2025, 1), (2025, 6), (2025, 11)]
_DAYS = [dt.date(2024, 10, 21), dt.date(2025, 5, 14), dt.date(2025, 11, 28)]


@pytest.fixture(scope="session")
def elsewhere(made: Made, built: Instance) -> Instance:
    """An instance where nothing stood, into which the three files were imported."""

    def build(folder: Path) -> None:
        for kind in ("organisation", "contacts", "returns"):
            told = visavis(folder, "import", kind, str(built.folder / "demo-files" / f"{kind}.csv"), "--json")
            assert '"rejected": 0' in told.stdout

    return made("elsewhere", build)


@pytest.fixture(autouse=True)
def _unblocked(django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock():
        yield


def _both(built: Instance, elsewhere: Instance, read: Any) -> tuple[Any, Any]:
    results = []
    for instance in (built, elsewhere):
        with instance.entered():
            results.append(read())
    return results[0], results[1]


def _figures(year: int, number: int) -> dict[str, Any]:
    """Every number of a monthly report, under codes that do not depend on the instance."""
    report = queries.report(_EVERYTHING, Filters(month(year, number)))
    kept: dict[str, Any] = {
        "counts": report.counts,
        "whole": (_plain(report.satisfaction), _plain(report.recommendation)),
        "marks": {key: _plain(change) for key, change in report.marks.items()},
        "themes": [_plain(line) for line in report.themes],
        "axes": [_plain(line) for line in report.axes],
        "texts": {tone: [row.text for row in rows] for tone, rows in report.verbatims.items()},
        "products": [_plain(line) for line in report.products],
    }
    for name in ("reason", "channel", "level", "moment"):
        lines = {line.code: (line.returns, _plain(line.satisfaction)) for line in report.breakdowns[name]}
        kept[name] = lines
    return kept


def _plain(value: Any) -> Any:
    """A figure without the primary keys and the names of its lists."""
    if isinstance(value, Estimate | Difference) or not is_dataclass(value):
        return value
    names = [
        each.name
        for each in fields(value)
        if each.name not in {"pk", "key", "label", "theme_id", "value", "again"}
    ]
    return {name: _plain(getattr(value, name)) for name in names}


@pytest.mark.parametrize(("year", "number"), _MONTHS)
def test_the_monthly_report_has_the_same_figures(
    year: int, number: int, built: Instance, elsewhere: Instance
) -> None:
    here, there = _both(built, elsewhere, lambda: _figures(year, number))
    assert here["counts"].returns > 100
    assert there == here


def _daily(which: dt.date) -> list[dict[str, Any]]:
    header, rows = tables.daily(_EVERYTHING, Filters(day(which)))
    return [dict(zip(header, row, strict=True)) for row in rows]


@pytest.mark.parametrize("which", _DAYS, ids=str)
def test_the_daily_file_is_the_same_row_for_row(which: dt.date, built: Instance, elsewhere: Instance) -> None:
    here, there = _both(built, elsewhere, lambda: _daily(which))
    assert here
    assert there == here


def test_the_same_exchanges_and_returns_are_there(built: Instance, elsewhere: Instance) -> None:
    def read() -> tuple[Any, Any]:
        exchanges = Interaction.objects.order_by("pk").values_list(
            "pk", "code", "started_at", "unit_path", "person__code", "reason__code", "previous_id"
        )
        returns = (
            Response.objects.filter(source="survey")
            .order_by("pk")
            .values_list(
                "pk", "code", "heard_at", "interaction_id", "satisfaction", "reason__code", "level__code"
            )
        )
        return list(exchanges), list(returns)

    here, there = _both(built, elsewhere, read)
    assert there == here
