"""Parquet files with strings of others in every place, whole and torn; and what is written in that format."""

from __future__ import annotations

import io
import json
import random
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
from django.core.management import CommandError, call_command
from pyarrow import parquet

from tests import hostile
from visavis.share.analytics.services import copy_folder

#: A signed number runs nothing and stays what it is: ``sinks.safe`` says so, as in CSV.
_SIGNED = re.compile(r"a live cell '[-+][0-9]+([.,][0-9]+)?'")
#: Reads each file that it is told, one a line, and says how that ended: a crash ends the last one.
_READER = """
import io, sys
from pathlib import Path
import django; django.setup()
from django.core.management import CommandError, call_command
for line in sys.stdin:
    told = {"text": "text", "out": Path(sys.argv[1]), "processes": 1, "stderr": io.StringIO()}
    print(line.strip(), flush=True)
    try:
        call_command("understand", Path(line.strip()), stdout=io.StringIO(), **told)
    except CommandError:
        pass
"""


def table(texts: Sequence[str]) -> pa.Table:
    """Some texts as every type that a column of texts may have, beside values that Python cannot hold."""
    kept = [hostile.storable(text) for text in texts]
    size = len(kept)
    names = [f"{place} {text}"[:60] for place, text in enumerate(kept[:8])]
    columns: dict[str, Any] = {
        "text": pa.array(kept, pa.string()),
        "large": pa.array(kept, pa.large_string()),
        "few": pa.array(kept, pa.string()).dictionary_encode(),
        "bytes": pa.array([text.encode() for text in kept], pa.binary()),
        "list": pa.array([[text, None] for text in kept]),
        "object": pa.array([{"a": text} for text in kept]),
        "none": pa.nulls(size),
        "number": pa.array([Decimal("1.5")] * size),
        "instant": pa.array([0] * size, pa.timestamp("ns")),
        "duration": pa.array([-1] * size, pa.duration("ns")),
        "hour": pa.array([1] * size, pa.time64("ns")),
        "=1+1": pa.array([float("inf")] * size),
    } | {name: pa.array(kept, pa.string()) for name in names}
    return pa.table(columns, metadata={"=cmd|' /C calc'!A0": kept[0] or "x"})


def beyond() -> Iterator[tuple[str, pa.Table]]:
    """Tables whose cells no program of ours can say; each must be refused, never told wrongly."""
    yield "a year of six figures", pa.table({"text": ["a"], "at": pa.array([1 << 60], pa.timestamp("us"))})
    yield "a day of no calendar", pa.table({"text": ["a"], "on": pa.array([1 << 30], pa.date32())})
    yield "no zone", pa.table({"text": ["a"], "at": pa.array([0], pa.timestamp("us", tz="Nowhere/There"))})
    torn = pa.StringArray.from_buffers(1, pa.py_buffer(b"\0\0\0\0\2\0\0\0"), pa.py_buffer(b"\xff\xfe"))
    yield "no text", pa.table({"text": torn})
    yield "no column", pa.table({"": pa.array(["a"])})
    yield "no row", pa.table({"text": pa.array([], pa.string())})


def understood(folder: Path, texts: Sequence[str], ending: str, column: str = "text") -> Iterator[str]:
    """What is wrong when ``visavis understand`` reads texts from a Parquet file and writes another file."""
    path, out = folder / "in.parquet", folder / f"out{ending}"
    source = table(texts)
    parquet.write_table(source, path)
    told = {"text": column, "out": out, "processes": 1, "stderr": io.StringIO()}
    call_command("understand", path, stdout=io.StringIO(), **told)
    if ending == ".parquet":
        written = parquet.read_table(out)
        theirs = written.select(range(source.num_columns))
        # Names of columns lose their line breaks, and nothing else changes.
        if not theirs.rename_columns(source.column_names).equals(source):
            yield "a cell changed on the way"
    elif ending == ".csv":
        yield from hostile.faults_of_csv(out.read_bytes(), separator=",")
    else:
        for fault in hostile.faults_of_workbook(out.read_bytes()):
            if not _SIGNED.fullmatch(fault):
                yield fault
    out.unlink()


def refused(folder: Path) -> Iterator[str]:
    """What is wrong when a Parquet file holds what cannot be said."""
    path, out = folder / "beyond.parquet", folder / "beyond.csv"
    for name, found in beyond():
        parquet.write_table(found, path)
        try:
            told = {"text": "text", "out": out, "processes": 1, "stderr": io.StringIO()}
            call_command("understand", path, stdout=io.StringIO(), **told)
        except CommandError:
            continue
        if name != "no row":
            yield f"{name}: taken"


def torn(folder: Path, texts: Sequence[str], times: int, seed: int) -> Iterator[str]:
    """What is wrong when a byte of a Parquet file is another, or its end is missing."""
    drawn, paths = random.Random(seed), []
    whole = folder / "whole.parquet"
    parquet.write_table(table(texts), whole, write_page_checksum=True)
    content = whole.read_bytes()
    for number in range(times):
        harmed, place = bytearray(content), drawn.randrange(4, len(content))
        if number % 4:
            harmed[place] ^= 1 << drawn.randrange(8)
        else:
            del harmed[place:]
        path = folder / f"torn{number}.parquet"
        path.write_bytes(harmed)
        paths.append(str(path))
    out = folder / "torn.csv"
    told = subprocess.run(
        [sys.executable, "-c", _READER, str(out)],
        input="\n".join(paths),
        text=True,
        capture_output=True,
        check=False,
    )
    if told.returncode:
        yield f"{told.returncode} at {told.stdout.splitlines()[-1:]}: {told.stderr.strip()[-300:]}"


def copied(products: set[str]) -> Iterator[str]:
    """What is wrong with the open copy, read by another than who wrote it: every product, word for word."""
    found: set[str] = set()
    for path in sorted(copy_folder().glob("*/*.parquet")):
        read = parquet.read_table(path)
        found |= set(read["product"].to_pylist())
        texts = {field.name for field in read.schema if field.type == pa.string()}
        if texts - {"unit", "product"}:
            yield f"{path.name} holds texts in {sorted(texts)}"
    if missing := products - found:
        yield f"not in the copy: {json.dumps(sorted(missing)[:3])}"
