"""Words met lately and what is known of each: worked out once a word, whatever the number of texts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import RLock
from typing import Any, Final
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from visavis.text.clauses import shapes_of
from visavis.text.tokens import Ints

Values = NDArray[Any]
#: Most words asked about at once: on their way some answers take a lot of memory.
_AT_ONCE: Final = 512


class Column:
    """Under which a vocabulary keeps the answers to one question; goes when nobody asks any more."""

    __slots__ = ("__weakref__",)


class Vocabulary:
    """Words by number: those of the same shape have the same number. Words are added, never taken away."""

    LIMIT = 16_000

    def __init__(self) -> None:
        """Start with no word."""
        self._of_word: dict[str, int] = {}
        self._of_shape: dict[str, int] = {}
        self._shapes: list[str] = []
        self._met = np.zeros(0, np.int64)
        self._columns: WeakKeyDictionary[Column, Values] = WeakKeyDictionary()
        self._lock = RLock()

    def __len__(self) -> int:
        """How many spellings it remembers."""
        return len(self._of_word)

    def look_up(self, words: Sequence[str]) -> Known:
        """Number ``words``, learning those never met."""
        with self._lock:
            fresh = [word for word in words if word not in self._of_word]
            if fresh:
                self._learn(fresh)
            numbers = list(map(self._of_word.__getitem__, words))
            shapes = list(map(self._shapes.__getitem__, numbers))
            number = np.array(numbers, np.int64)
            self._met += np.bincount(number, minlength=len(self._shapes))
        return Known(self, shapes, number)

    def _learn(self, fresh: list[str]) -> None:
        for word, shape in zip(fresh, shapes_of(fresh), strict=True):
            number = self._of_shape.get(shape)
            if number is None:
                number = self._of_shape[shape] = len(self._shapes)
                self._shapes.append(shape)
            self._of_word[word] = number
        self._met = np.append(self._met, np.zeros(len(self._shapes) - len(self._met), np.int64))

    def shortened(self) -> Vocabulary:
        """Another one, that keeps the half met most often, and what is known of it."""
        answer = Vocabulary()
        with self._lock:
            met = self._met[list(self._of_word.values())]
            least = int(np.partition(met, -self.LIMIT // 2)[-self.LIMIT // 2])
            kept = np.flatnonzero(self._met > least)
            place = dict(zip(kept.tolist(), range(len(kept)), strict=True))
            words = self._of_word.items()
            answer._of_word = {word: place[number] for word, number in words if number in place}
            answer._shapes = [self._shapes[number] for number in place]
            answer._of_shape = dict(zip(answer._shapes, place.values(), strict=True))
            answer._met = self._met[kept] // 2
            for column, found in self._columns.items():
                answer._columns[column] = found[kept[: np.searchsorted(kept, len(found))]]
        return answer

    def answers(self, column: Column, ask: Callable[[list[str]], Values]) -> Values:
        """The answer for each number, asking for what was not asked yet."""
        with self._lock:
            found = self._columns.get(column)
            done = 0 if found is None else len(found)
            if found is None or done < len(self._shapes):
                places = range(done, max(len(self._shapes), 1), _AT_ONCE)
                fresh = [ask(self._shapes[first : first + _AT_ONCE]) for first in places]
                found = np.concatenate(fresh if found is None else (found, *fresh))
                self._columns[column] = found
            return found


@dataclass(frozen=True, slots=True)
class Known:
    """Some words, each different one once, as a vocabulary knows them."""

    vocabulary: Vocabulary
    shapes: list[str]
    number: Ints

    def ask(self, column: Column, question: Callable[[list[str]], Values]) -> Values:
        """What is known of each word.

        Args:
            column: where answers are kept.
            question: what answers for shapes never asked about, one row each; always the same for a column.
        """
        return self.vocabulary.answers(column, question)[self.number]


class _Lately:
    """The vocabulary in use; a new one when it has grown too big."""

    def __init__(self) -> None:
        self.vocabulary = Vocabulary()

    def look_up(self, words: Sequence[str]) -> Known:
        if len(self.vocabulary) > Vocabulary.LIMIT:
            self.vocabulary = self.vocabulary.shortened()
        return self.vocabulary.look_up(words)


_LATELY = _Lately()


def known(words: Sequence[str]) -> Known:
    """Look different words up among those met lately."""
    return _LATELY.look_up(words)
