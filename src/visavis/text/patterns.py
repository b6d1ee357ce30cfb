"""Classes of words, and places where one class follows another: what word lists say of a whole batch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from visavis.text.polarity import Parsed
from visavis.text.taxonomy import ENDINGS, STEM
from visavis.text.tokens import Flags, Ints

_HEAD: Final = 3


class Classes(dict[str, int]):
    """For each word, as bits, the classes it belongs to; worked out once a word.

    A class is a list of folded words: ``aimable`` also stands for its plural and feminine, ``resili*`` for
    every word that begins so, ``suis=`` for this spelling alone.

    >>> words = Classes({"LEAVE": "resili* partir=", "I": "je"})
    >>> words["resilierai"] == words.bit("LEAVE"), words["partira"], words["je"] == words.bit("I")
    (True, 0, True)
    """

    LIMIT = 16_000

    def __init__(self, classes: Mapping[str, str]) -> None:
        """Number the classes; there may be 62."""
        self._bits = {name: 1 << number for number, name in enumerate(classes)}
        self._whole: dict[str, int] = {}
        self._stems: dict[str, list[tuple[str, int]]] = {}
        for name, words in classes.items():
            for word in words.split():
                self._learn(word, self._bits[name])

    def _learn(self, word: str, bit: int) -> None:
        if word.endswith(STEM):
            stem = word.removesuffix(STEM)
            self._stems.setdefault(stem[:_HEAD], []).append((stem, bit))
            return
        endings = ("",) if word.endswith("=") else ENDINGS
        for ending in endings:
            spelling = word.removesuffix("=") + ending
            self._whole[spelling] = self._whole.get(spelling, 0) | bit

    def __missing__(self, word: str) -> int:
        if len(self) > self.LIMIT:
            self.clear()
        found = self._whole.get(word, 0)
        for stem, bit in self._stems.get(word[:_HEAD], ()):
            if word.startswith(stem):
                found |= bit
        self[word] = found
        return found

    def bit(self, names: str) -> int:
        """The bits of one or several classes, separated by ``|``."""
        return sum(self._bits[name] for name in set(names.split("|")))

    def of(self, parsed: Parsed) -> Ints:
        """The classes of each word of a batch."""
        each = np.fromiter(map(self.__getitem__, parsed.shapes), np.int64, len(parsed.shapes))
        return each[parsed.tokens.word]


@dataclass(frozen=True, slots=True)
class Rule:
    """Classes of words that say something together, one after the other within a clause.

    ``steps``: the classes, separated by blanks (``A|B``: either); ``reach``: how many words further the next
    may stand; ``without``: classes of which no word may stand between, nor just before; ``negated``: whether
    the last word has to be negated (true), must not be (false), or may be (``None``); ``times``: in how many
    places of a text.
    """

    steps: str
    reach: int = 3
    without: str = ""
    negated: bool | None = None
    times: int = 1


class Sieve:
    """Rules made ready for batches."""

    def __init__(self, classes: Classes, rules: Mapping[Any, Sequence[Rule]]) -> None:
        """Number the rules by what they say."""
        self.classes = classes
        self.names = tuple(rules)
        self._rules = [
            (number, [classes.bit(step) for step in rule.steps.split()], _bits(classes, rule.without), rule)
            for number, name in enumerate(rules)
            for rule in rules[name]
        ]

    def found(self, parsed: Parsed) -> Flags:
        """Which rules speak in which text.

        Args:
            parsed: the batch.

        Returns:
            (texts, names) flags.
        """
        said = np.zeros((parsed.tokens.size, len(self.names)), np.bool_)
        bits = self.classes.of(parsed)
        held = np.flatnonzero(bits)
        for number, steps, without, rule in self._rules:
            places = held[(bits[held] & steps[0]) != 0]
            for step in steps[1:]:
                places = _next(places, bits, parsed.clauses.clause, step, rule.reach)
            if without and len(places):
                places = places[~_near(places, bits, parsed.clauses.clause, without, rule.reach)]
            if rule.negated is not None:
                places = places[parsed.clauses.negated[places] == rule.negated]
            often = np.bincount(parsed.tokens.text[places], minlength=parsed.tokens.size)
            said[:, number] |= often >= rule.times
        return said


def _bits(classes: Classes, names: str) -> int:
    return classes.bit(names) if names else 0


def _next(places: Ints, bits: Ints, clause: Ints, wanted: int, reach: int) -> Ints:
    """The words of class ``wanted`` that stand at most ``reach`` words after one of ``places``."""
    return _beside(places, bits, clause, wanted, range(1, reach + 1))[1]


def _near(places: Ints, bits: Ints, clause: Ints, wanted: int, reach: int) -> Flags:
    """Whether a word of class ``wanted`` stands at most ``reach`` words before, in the same clause."""
    return np.isin(places, _beside(places, bits, clause, wanted, range(-reach, 0))[0])


def _beside(places: Ints, bits: Ints, clause: Ints, wanted: int, steps: Iterable[int]) -> tuple[Ints, Ints]:
    """Pairs of a place and of a word of class ``wanted`` some steps away, within a clause."""
    here = [np.zeros(0, np.int64)]
    there = [np.zeros(0, np.int64)]
    for step in steps:
        other = places + step
        inside = (other >= 0) & (other < len(bits))
        near, other = places[inside], other[inside]
        fits = ((bits[other] & wanted) != 0) & (clause[other] == clause[near])
        here.append(near[fits])
        there.append(other[fits])
    return np.concatenate(here), np.unique(np.concatenate(there))
