"""Classes of words, and places where one class follows another: what word lists say of a whole batch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from visavis.text.grams import Hashes
from visavis.text.polarity import Parsed
from visavis.text.taxonomy import ENDINGS, STEM
from visavis.text.tokens import Flags, Ints
from visavis.text.vocabulary import Column

_HEAD: Final = 3
_AT_ONCE: Final = 64
_MOST: Final = 63


class Classes:
    """For each word, as bits, the classes it belongs to.

    A class is a list of folded words: ``aimable`` also stands for its plural and feminine, ``resili*`` for
    every word that begins so, ``suis=`` for this spelling alone.

    >>> words = Classes({"LEAVE": "resili* partir=", "I": "je"})
    >>> words["resilierai"] == words.bit("LEAVE"), words["partira"], words["je"] == words.bit("I")
    (True, 0, True)
    """

    def __init__(self, classes: Mapping[str, str]) -> None:
        """Number the classes.

        Raises:
            ValueError: for more than 63 classes, as a signed number has bits.
        """
        if len(classes) > _MOST:
            raise ValueError(f"{len(classes)} classes are more than {_MOST}")
        self._bits = {name: 1 << number for number, name in enumerate(classes)}
        self._whole: dict[str, int] = {}
        self._stems: dict[str, list[tuple[str, int]]] = {}
        self._column = Column()
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

    def __getitem__(self, word: str) -> int:
        """The classes of one word."""
        found = self._whole.get(word, 0)
        for stem, bit in self._stems.get(word[:_HEAD], ()):
            if word.startswith(stem):
                found |= bit
        return found

    def bit(self, names: str) -> int:
        """The bits of one or several classes, separated by ``|``."""
        return sum(self._bits[name] for name in set(names.split("|")))

    def of(self, parsed: Parsed) -> Ints:
        """The classes of each word of a batch."""
        return self.of_different(parsed)[parsed.tokens.word]

    def of_different(self, parsed: Parsed) -> Ints:
        """The classes of each different word of a batch."""
        found: Ints = parsed.known.ask(self._column, self._bits_of)
        return found

    def _bits_of(self, shapes: list[str]) -> Ints:
        return np.fromiter(map(self.__getitem__, shapes), np.int64, len(shapes))


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
        flat = [(number, rule) for number, name in enumerate(rules) for rule in rules[name]]
        self._meshes = [
            _Mesh(classes, flat[first : first + _AT_ONCE]) for first in range(0, len(flat), _AT_ONCE)
        ]

    def found(self, parsed: Parsed) -> Flags:
        """Which rules speak in which text.

        Args:
            parsed: the batch.

        Returns:
            (texts, names) flags.
        """
        said = np.zeros((parsed.tokens.size, len(self.names)), np.bool_)
        bits, where = np.unique(self.classes.of_different(parsed), return_inverse=True)
        for mesh in self._meshes:
            mesh.sift(parsed, bits, where[parsed.tokens.word], said)
        return said


class _Mesh:
    """Up to 64 rules that are tried together: each is one bit of a number."""

    def __init__(self, classes: Classes, rules: Sequence[tuple[int, Rule]]) -> None:
        self._rules = rules
        steps = [[classes.bit(step) for step in rule.steps.split()] for _, rule in rules]
        self._depth = max(map(len, steps))
        wanted = [each + [0] * (self._depth - len(each)) for each in steps]
        without = [classes.bit(rule.without) if rule.without else 0 for _, rule in rules]
        #: (depth + 1, rules): the classes of each step; then those that may not stand before.
        self._wanted = np.array([*zip(*wanted, strict=True), without], np.int64)
        self._last = [_together(len(each) == depth for each in steps) for depth in range(1, self._depth + 1)]
        farthest = max(rule.reach for _, rule in rules)
        self._reach = [_together(rule.reach >= step for _, rule in rules) for step in range(1, farthest + 1)]
        self._plain = _together(rule.negated is not True for _, rule in rules)
        self._turned = _together(rule.negated is not False for _, rule in rules)

    def sift(self, parsed: Parsed, bits: Ints, where: Ints, said: Flags) -> None:
        """Note which rules speak.

        Args:
            parsed: the batch.
            bits: different sets of classes.
            where: which of them each word has.
            said: (texts, names) flags, where it is noted.
        """
        worth = np.uint64(1) << np.arange(len(self._rules), dtype=np.uint64)
        table = ((bits[:, None, None] & self._wanted) != 0) @ worth
        clause = parsed.clauses.clause
        one = [
            np.negative((clause[step:] == clause[:-step]).view(np.uint8).astype(np.uint64))
            for step in range(1, len(self._reach) + 1)
        ]
        reach = [mask & each for mask, each in zip(one, self._reach, strict=True)]
        here = table[where, 0]
        done = here & self._last[0]
        for depth in range(1, self._depth):
            here = _reached(here, reach) & table[where, depth]
            done |= here & self._last[depth]
        done &= ~_reached(table[where, self._depth], reach)
        done &= np.where(parsed.clauses.negated, self._turned, self._plain)
        self._note(parsed, done, said)

    def _note(self, parsed: Parsed, done: Hashes, said: Flags) -> None:
        """Which rules speak often enough in which text."""
        places = np.flatnonzero(done)
        held, text = done[places], parsed.tokens.text[places]
        for place, (number, rule) in enumerate(self._rules):
            there = text[(held >> np.uint64(place) & np.uint64(1)) != 0]
            if rule.times == 1:
                said[there, number] = True
            else:
                said[:, number] |= np.bincount(there, minlength=parsed.tokens.size) >= rule.times


def _together(flags: Iterable[bool]) -> np.uint64:
    """Flags as the bits of one number."""
    return np.uint64(sum(flag << place for place, flag in enumerate(flags)))


def _reached(rules: Hashes, reach: Sequence[Hashes]) -> Hashes:
    """The rules that hold at a word some steps before, near enough and in the same clause.

    Args:
        rules: for each word, the rules that hold there.
        reach: for 1, 2, 3... steps, the rules that may look so far from each word.
    """
    answer = np.zeros_like(rules)
    for step, near in enumerate(reach, 1):
        answer[step:] |= rules[:-step] & near
    return answer
