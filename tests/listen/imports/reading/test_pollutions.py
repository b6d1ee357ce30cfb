"""Thousands of broken files: each is the right table, or the damage is refused where it stands."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.listen.imports.reading.polluter import POLLUTIONS, Polluted, pollute
from visavis.listen.imports.reading.codes import Refused
from visavis.listen.imports.reading.tables import Row, open_table

SEEDS_PER_LOT = 500
LOTS = 6


@pytest.mark.parametrize("lot", range(LOTS))
def test_no_broken_file_is_ever_read_wrong_in_silence(tmp_path: Path, lot: int) -> None:
    seen: Counter[str] = Counter()
    for seed in range(lot * SEEDS_PER_LOT, (lot + 1) * SEEDS_PER_LOT):
        broken = pollute(seed)
        path = tmp_path / "broken.csv"
        path.write_bytes(broken.data)
        fault = _fault(path, broken)
        assert not fault, f"seed {seed}, {broken.what}: {fault}"
        seen[broken.what] += 1
    assert set(seen) == set(POLLUTIONS)


def _fault(path: Path, broken: Polluted) -> str:
    """What is wrong with the reading of a broken file; empty when all is as it should be."""
    try:
        table = open_table(path)
        items = list(table.rows())
    except Refused as refused:
        named = refused.refusal.line in broken.refusable
        return "" if named else f"refused: {refused}, expected a line of {sorted(broken.refusable)[:5]}"
    if list(table.header) != broken.header:
        return f"header {table.header}"
    read = {item.line: item.cells for item in items if isinstance(item, Row)}
    located = {item.line for item in items if not isinstance(item, Row)}
    if wrong := [line for line, cells in read.items() if broken.rows.get(line) != cells]:
        return f"line {wrong[0]} read as {read[wrong[0]]}, expected {broken.rows.get(wrong[0])}"
    if lost := [line for line in broken.rows if line not in read]:
        return f"line {lost[0]} is right and was not read: {[item for item in items if item.line == lost[0]]}"
    if broken.touched and not located & broken.touched:
        return f"no problem located on the lines {sorted(broken.touched)}"
    return "" if located <= broken.touched else f"problems on the good lines {located - broken.touched}"
