"""Workbooks and Parquet files, read by a limited process into a plain file of rows that can be read again."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import tempfile
import weakref
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final

from visavis.listen.imports.reading.codes import Code, Refused
from visavis.listen.imports.reading.detect import FileKind
from visavis.listen.imports.reading.dialect import Record
from visavis.listen.imports.reading.header import Merge

_SCRIPT: Final = Path(__file__).with_name("sheets.py")
DEADLINE_SECONDS: Final = 300
LIMITS: Final = {
    "RLIMIT_AS": 3 << 30,
    "RLIMIT_CPU": 240,
    "RLIMIT_FSIZE": 2 << 30,
    "RLIMIT_CORE": 0,
}


class Nameless:
    """A temporary file without a name: it disappears with its last user, even killed."""

    def __init__(self) -> None:
        with tempfile.TemporaryFile() as file:
            self.descriptor = os.dup(file.fileno())
        weakref.finalize(self, os.close, self.descriptor)


class _Reader(io.RawIOBase):
    """One reading position in a file that several readers share."""

    def __init__(self, file: Nameless) -> None:
        self._file = file
        self._at = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = os.pread(self._file.descriptor, len(buffer), self._at)
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)


@dataclass(frozen=True, slots=True)
class Spool:
    """The rows of a sheet, in a temporary file, to be read as often as needed."""

    file: Nameless
    sheet: str
    sheets: tuple[str, ...]
    merges: tuple[Merge, ...]

    def records(self) -> Iterator[Record]:
        """Each row of the sheet with its number there (the first row of a Parquet file is 1)."""
        raw = io.BufferedReader(_Reader(self.file), 1 << 16)
        for cells in csv.reader(io.TextIOWrapper(raw, encoding="utf-8", newline="")):
            yield int(cells[0]), cells[1:]

    def head(self, n: int) -> list[Record]:
        """The first ``n`` rows."""
        return list(islice(self.records(), n))


def spool_file(path: Path, kind: FileKind, sheet: str | None) -> Spool:
    """Have a limited process read a workbook or a Parquet file.

    Args:
        path: the file.
        kind: what it is.
        sheet: the sheet asked for; ``None`` for the first visible one that holds something.

    Raises:
        Refused: if it is damaged, protected, too heavy for the limits, or has no such sheet.
    """
    request = {"path": str(path.resolve()), "kind": kind.value, "sheet": sheet, "limits": LIMITS}
    file = Nameless()
    try:
        done = subprocess.run(  # noqa: S603 - our own script, with a JSON argument
            [sys.executable, "-I", str(_SCRIPT), json.dumps(request)],
            stdout=file.descriptor,
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            timeout=DEADLINE_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Refused(Code.TOO_HEAVY) from error
    answer = _answer(done)
    if "refused" in answer:
        raise Refused(Code(answer["refused"]), sheet=sheet or "")
    merges = tuple(((a, b), (c, d)) for (a, b), (c, d) in answer["merges"])
    return Spool(file, answer["sheet"], tuple(answer["sheets"]), merges)


def _answer(done: subprocess.CompletedProcess[bytes]) -> dict[str, Any]:
    last = done.stderr.rsplit(b"\n", 1)[-1]
    try:
        answer = json.loads(last)
    except ValueError:
        # Killed by a limit, or aborted by the reader's own memory guard: no last word.
        return {"refused": Code.TOO_HEAVY.value if done.returncode < 0 else Code.DAMAGED.value}
    return answer if isinstance(answer, dict) else {"refused": Code.DAMAGED.value}
