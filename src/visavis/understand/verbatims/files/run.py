"""From a file of verbatims to the same file with what is read of them."""

from __future__ import annotations

import os
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final

from visavis.core.words import Voice
from visavis.text import Taxonomy
from visavis.understand.themes.services import likely_sector, starter_taxonomy
from visavis.understand.verbatims.files.readings import AHEAD, COLUMNS, LOT, Task, Teller, Told, teller
from visavis.understand.verbatims.files.sinks import Sink, sink
from visavis.understand.verbatims.files.sources import Lot, Source, plain

#: Texts from which the sector is guessed.
_SAMPLE: Final = 300
_SUFFIX: Final = "_visavis"

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of a file.

    Attributes:
        text: the name of the column of texts.
        voice: who wrote them.
        language: of all of them; none: found for each.
        taxonomy: the themes; none: those of the sector that they sound like.
        masked: whether personal data is masked in the texts, and so in the words that are shown.
        processes: how many read at once.
    """

    text: str
    voice: Voice
    language: str | None = None
    taxonomy: Taxonomy | None = None
    masked: bool = False
    processes: int = 1


@dataclass(slots=True)
class Summary:
    """What was read.

    Attributes:
        rows: of the file.
        read: rows whose text says something.
        masked: rows whose text was changed by masking.
        polarities: how many texts of each tone.
        languages: how many texts in each language.
        sector: whose themes were used, where none were given.
        columns: the added columns, as they are named in the file that was written.
        cut: cells too long for a workbook.
    """

    rows: int = 0
    read: int = 0
    masked: int = 0
    polarities: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    sector: str = ""
    columns: dict[str, str] = field(default_factory=dict)
    cut: int = 0

    def count(self, before: str, told: Told) -> None:
        """Count one more row."""
        self.rows += 1
        self.masked += told.text != before
        language, polarity = told.cells[COLUMNS.index("language")], told.cells[COLUMNS.index("polarity")]
        if language is not None:
            self.read += 1
            self.languages[language] += 1
        if polarity is not None:
            self.polarities[polarity] += 1


def understand(source: Source, out: Path, wish: Wish, *, progress: Progress | None = None) -> Summary:
    """Read each text of a file, and write the file again with what was read.

    Args:
        source: the file.
        out: the file to write, in the format of its ending; it appears once it is whole.
        wish: what is asked.
        progress: told the rows done and their number (0 if not known).

    Returns:
        What was read.

    Raises:
        Refused: if a row cannot be read; nothing is written then.
        TooManyRowsError: for a workbook.
        OSError: if the file cannot be written.
    """
    place = source.names.index(wish.text)
    lots = source.lots()
    first = list(islice(lots, 1))
    summary = Summary(columns=added_names(source.names))
    taxonomy = wish.taxonomy
    if taxonomy is None:
        texts = [text for text in _texts(first, place)[:_SAMPLE] if text.strip()]
        summary.sector = likely_sector(texts, voice=wish.voice)
        taxonomy = starter_taxonomy(summary.sector, wish.voice)
    task = Task(wish.voice, taxonomy, wish.language, wish.masked)
    # Processes take a second to begin: a short file is read before.
    processes = wish.processes if len(_texts(first, place)) > LOT else 1
    with sink(out, source, list(summary.columns.values())) as written, teller(task, processes) as reader:
        for lot, told in _told(chain(first, lots), place, reader, processes):
            _write(written, lot, place, told, masked=wish.masked, summary=summary)
            if progress:
                progress(summary.rows, source.total or 0)
    summary.cut = written.cut
    return summary


def added_names(names: tuple[str, ...]) -> dict[str, str]:
    """What the added columns are called beside those that are there already.

    >>> added_names(("id", "polarity"))["polarity"]
    'polarity_visavis'
    """
    taken, found = set(names), {}
    for column in COLUMNS:
        name, number = column, 1
        while name in taken:
            name = column + _SUFFIX + (f"_{number}" if number > 1 else "")
            number += 1
        taken.add(name)
        found[column] = name
    return found


def processors() -> int:
    """How many processes this machine, or what it lends us, runs at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _texts(lots: list[Lot], place: int) -> list[str]:
    return [as_text(row[place]) for lot in lots for row in lot.rows]


def as_text(cell: Any) -> str:
    """A cell of any type as the text that was written."""
    if cell is None:
        return ""
    return cell if isinstance(cell, str) else str(plain(cell))


def _told(
    lots: Iterator[Lot], place: int, reader: Teller, processes: int
) -> Iterator[tuple[Lot, list[Told]]]:
    """Each lot of rows with what was read of it, in order; few are held at once."""
    held: deque[Lot] = deque()

    def pieces() -> Iterator[list[str]]:
        for lot in lots:
            held.append(lot)
            texts = _texts([lot], place)
            yield from (texts[first : first + LOT] for first in range(0, len(texts), LOT))

    told: list[Told] = []
    for piece in reader.tell(pieces(), AHEAD * processes):
        told += piece
        while held and len(told) >= len(held[0].rows):
            lot = held.popleft()
            yield lot, told[: len(lot.rows)]
            del told[: len(lot.rows)]


def _write(written: Sink, lot: Lot, place: int, told: list[Told], *, masked: bool, summary: Summary) -> None:
    for row, one in zip(lot.rows, told, strict=True):
        summary.count(as_text(row[place]), one)
    texts = [one.text for one in told] if masked else None
    written.write(lot, place, texts, [one.cells for one in told])
