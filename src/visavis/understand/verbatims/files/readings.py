"""What is read of each text, as columns. Run in processes of its own: knows neither Django nor files."""

from __future__ import annotations

import json
import signal
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from visavis.core.words import Voice
from visavis.text import Taxonomy, read
from visavis.text.personal import mask

if TYPE_CHECKING:
    from visavis.text import Reading

#: The columns that are added, in this order.
COLUMNS: Final = (
    "sentiment",
    "polarity",
    "certainty",
    "intensity",
    "emotions",
    "themes",
    "signals",
    "language",
)
#: Texts that one process reads at once, and how many such lots wait at most for each process.
LOT, AHEAD = 1_000, 3

Cells = tuple[Any, ...]


class Told(NamedTuple):
    """One text once read: the text, masked where that was asked, and the cells of ``COLUMNS``."""

    text: str
    cells: Cells


@dataclass(frozen=True, slots=True)
class Task:
    """How the texts of a file are read."""

    voice: Voice
    taxonomy: Taxonomy
    language: str | None = None
    masked: bool = False

    def tell(self, texts: Sequence[str]) -> list[Told]:
        """Read texts; one without a word gets empty cells."""
        shown = [mask(text, language=self.language) for text in texts] if self.masked else list(texts)
        full = [place for place, text in enumerate(shown) if text.strip()]
        told = [Told(text, (None,) * len(COLUMNS)) for text in shown]
        readings = read(
            [shown[place] for place in full], voice=self.voice, taxonomy=self.taxonomy, language=self.language
        )
        for place, reading in zip(full, readings, strict=True):
            told[place] = Told(shown[place], _cells(reading, shown[place], self.voice))
        return told


def _cells(reading: Reading, text: str, voice: Voice) -> Cells:
    themes = [
        {
            "theme": each.theme,
            "polarity": each.polarity and each.polarity.value,
            "evidence": [text[span.start : span.end] for span in each.evidence],
        }
        for each in reading.themes
    ]
    if not voice.tone_may_be_read:
        return (None,) * 5 + (_json(themes), None, reading.language)
    return (
        reading.sentiment,
        reading.polarity and reading.polarity.value,
        reading.certainty,
        reading.intensity,
        _json(list(reading.emotions)),
        _json(themes),
        _json([each.value for each in reading.signals]),
        reading.language,
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


@contextmanager
def teller(task: Task, processes: int) -> Iterator[Teller]:
    """Processes that read texts; ended with the block, whatever ends it.

    Args:
        task: how texts are read.
        processes: how many; 1: this one.
    """
    if processes == 1:
        yield Teller(task, None)
        return
    pool = ProcessPoolExecutor(processes, get_context("spawn"), _begin, (task,))
    try:
        yield Teller(task, pool)
    finally:
        pool.shutdown(cancel_futures=True)


@dataclass(frozen=True, slots=True)
class Teller:
    """Reads lots of texts in their order, on several processes where there is a pool."""

    task: Task
    pool: ProcessPoolExecutor | None

    def tell(self, lots: Iterable[Sequence[str]], ahead: int) -> Iterator[list[Told]]:
        """Read lots one after the other; no more than ``ahead`` wait at a time."""
        if self.pool is None:
            yield from map(self.task.tell, lots)
            return
        source = iter(lots)
        waiting: deque[Future[list[Told]]] = deque(
            self.pool.submit(_tell, lot) for lot in islice(source, ahead)
        )
        for lot in chain(source, (None,) * ahead):
            if lot is not None:
                waiting.append(self.pool.submit(_tell, lot))
            if not waiting:
                return
            yield waiting.popleft().result()


_TASKS: list[Task] = []


def _begin(task: Task) -> None:
    """Make a process ready; the interruption from the keyboard is for the one that started it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _TASKS[:] = [task]


def _tell(texts: Sequence[str]) -> list[Told]:
    return _TASKS[0].tell(texts)
