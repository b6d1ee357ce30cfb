"""Workbooks: the same rows from the same instant are the same bytes, whenever they are written."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from zoneinfo import ZoneInfo

from visavis.web.downloads import UNDATED, workbook

NOON = dt.datetime(2025, 11, 3, 9, 12, tzinfo=ZoneInfo("Europe/Paris"))


def test_a_workbook_says_from_when_its_figures_are_and_nothing_of_when_it_was_made() -> None:
    for at, told in ((NOON, "2025-11-03T08:12:00Z"), (UNDATED, "1980-01-01T00:00:00Z")):
        with zipfile.ZipFile(io.BytesIO(workbook([("Feuille", ["n"], [[1]])], "", at))) as folded:
            properties = folded.read("docProps/core.xml").decode()
            assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", properties)) == {told}
            assert {one.date_time[0] for one in folded.infolist()} == {1980}
