"""Reads by meaning: the texts nearest to some words, or to another text, among those one may read.

Up to ``KEPT`` vectors stay in the memory of the process that searches (15 MB for 30,000 texts), from its
first search on; more are read block after block, each time. Nothing is written to a file of its own: a text
that is erased takes its vector with it, and what a process still remembers of it answers to no text any more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import cast

import numpy as np
from django.db.models import Count, QuerySet, Sum
from numpy.typing import NDArray

from visavis.listen.returns.models import Verbatim
from visavis.people.access.policy import LISTED_VOICES
from visavis.text.meaning import SIZE, Vectors, embed
from visavis.understand.learning.models import Reader
from visavis.understand.learning.switches import turned_off
from visavis.understand.search.models import Vector
from visavis.understand.search.vectors import Packed, lengths, together, unpack

#: Most vectors that a process remembers (51 MB).
KEPT = 100_000
#: Vectors compared at a time: 8 MB of them as real numbers.
_BLOCK = 4_096
#: Texts that a search by meaning gives, the nearest first.
NEAREST = 100

Keys = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Remembered:
    """The vectors of one state of the table, in the order of ``keys``."""

    state: tuple[int, int]
    keys: Keys
    rows: Packed
    norms: Vectors


_NOTHING = _Remembered((0, 0), np.zeros(0, np.int64), np.zeros((0, SIZE), np.int8), np.zeros(0, np.float32))
_memory = {"vectors": _NOTHING}
_lock = Lock()


def waiting_texts() -> QuerySet[Verbatim]:
    """Texts whose meaning is to be worked out, of the voices whose texts are listed. No person reads."""
    waiting = Verbatim.objects.filter(vectored=False, voice__in=LISTED_VOICES).exclude(text="")
    return waiting.none() if Reader.MEANING in turned_off() else waiting


@lru_cache(maxsize=256)
def _meaning(typed: str) -> Vectors:
    return cast("Vectors", embed([typed])[0])


def vectors_of(texts: list[int]) -> dict[int, Vectors]:
    """What texts mean, by their keys, where it is known. No person reads: the engine does."""
    rows = Vector.objects.filter(verbatim__in=texts, verbatim__vectored=True).order_by("pk")
    found = list(rows.values_list("verbatim", "numbers"))
    whole = unpack(together([bytes(numbers) for _, numbers in found]))
    return {key: row for (key, _), row in zip(found, whole, strict=True)}


def nearest_to_words(rows: QuerySet[Verbatim], typed: str, *, most: int = NEAREST) -> list[int]:
    """The texts whose meaning is nearest to some words.

    Args:
        rows: texts from a read of whoever searches; those whose meaning is not known yet are not found.
        typed: what is looked for, in any of the languages of the model.
        most: how many texts at most.

    Returns:
        Keys of texts, the nearest first; none when nothing was typed.
    """
    asked = typed.strip() and Reader.MEANING not in turned_off()
    return _nearest(rows, _meaning(typed), most) if asked else []


def nearest_to_text(rows: QuerySet[Verbatim], text: Verbatim, *, most: int) -> list[int]:
    """The texts whose meaning is nearest to that of another one, which is not among them.

    Args:
        rows: texts from a read of whoever looks.
        text: the other text; while its meaning is not known, nothing is near.
        most: how many texts at most.
    """
    found = Vector.objects.filter(verbatim=text.pk, verbatim__vectored=True).order_by("pk").first()
    if found is None:
        return []
    return _nearest(rows.exclude(pk=text.pk), unpack(together([bytes(found.numbers)]))[0], most)


def _nearest(rows: QuerySet[Verbatim], meaning: Vectors, most: int) -> list[int]:
    # Not ``vectored=True``: the database would open each text to know it. Those that wait are few.
    waiting = Verbatim.objects.filter(vectored=False)
    allowed = np.setdiff1d(_keys(rows), _keys(waiting), assume_unique=True)
    keys, cosines = [np.zeros(0, np.int64)], [np.zeros(0, np.float32)]
    for those, vectors, norms in _blocks(allowed):
        keys.append(those)
        cosines.append(vectors.astype(np.float32) @ meaning / norms)
    found, near = np.concatenate(keys), np.concatenate(cosines)
    if len(near) > most:
        # All that are as near as the last one wanted: ties are settled by key, so that order never changes.
        kept = near >= np.partition(near, -most)[-most]
        found, near = found[kept], near[kept]
    order = np.lexsort((found, -near))[:most]
    return cast("list[int]", found[order].tolist())


def _keys(rows: QuerySet[Verbatim]) -> Keys:
    return np.array(rows.order_by().values_list("pk", flat=True), np.int64)


def _blocks(allowed: Keys) -> Iterator[tuple[Keys, Packed, Vectors]]:
    """The vectors of the texts allowed with their lengths, some thousands at a time."""
    for keys, rows, norms in _stored():
        places = np.flatnonzero(np.isin(keys, allowed, assume_unique=True))
        for first in range(0, len(places), _BLOCK):
            some = places[first : first + _BLOCK]
            yield keys[some], rows[some], norms[some]


def _stored() -> Iterator[tuple[Keys, Packed, Vectors]]:
    told = Vector.objects.aggregate(number=Count("pk"), drawn=Sum("draw"))
    state = (told["number"], int(told["drawn"] or 0))
    if state[0] > KEPT:
        yield from _read()
        return
    with _lock:
        if _memory["vectors"].state != state:
            _memory["vectors"] = _remember(state)
        held = _memory["vectors"]
    yield held.keys, held.rows, held.norms


def _remember(state: tuple[int, int]) -> _Remembered:
    blocks = list(_read())
    if not blocks:
        return _NOTHING
    keys, rows, norms = (np.concatenate(each) for each in zip(*blocks, strict=True))
    return _Remembered(state, cast("Keys", keys), cast("Packed", rows), cast("Vectors", norms))


def _read() -> Iterator[tuple[Keys, Packed, Vectors]]:
    last = 0
    while found := list(
        Vector.objects.filter(pk__gt=last).order_by("pk").values_list("pk", "verbatim", "numbers")[:_BLOCK]
    ):
        last = found[-1][0]
        keys = np.array([key for _, key, _ in found], np.int64)
        rows = together([bytes(numbers) for _, _, numbers in found])
        yield keys, rows, lengths(rows)
