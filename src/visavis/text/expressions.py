"""Turns of phrase that mean another thing than their words: "rien à redire", "laisse à désirer".

They are written by hand in ``expressions.txt`` and found wherever they stand in one breath, whatever small
words, plurals and feminines they are said with. Each is a feature of its own beside its words: training finds
what it is worth, leaning on what was written of it the more, the fewer texts hold it.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain, product
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from visavis.text.clauses import shape
from visavis.text.grams import Hashes, digest
from visavis.text.languages import NUMERALS, UNSAID
from visavis.text.tokens import WORD, Ints

WRITTEN: Final = Path(__file__).with_name("expressions.txt")
#: What an expression counts after a word that denies it.
DENIED: Final = -0.8
#: Words that deny an expression right after them.
_DENIERS: Final = ("pas", "jamais", "aucun", "ni", "sans", "guere", "nullement", "point", "loin")
#: Shorter words have no plural to take off; an expression has two cores at least, and this many at most.
_SHORT, _LONGEST = 3, 8
_ABSENT, _SAYS_NOTHING = -1, 0
#: More words than all expressions hold.
_WIDTH: Final = 1 << 14


def core(shape: str) -> str:
    """A word without its plural and feminine; nothing for the smallest words.

    >>> core("decues"), core("0"), core("trois"), core("les")
    ('decu', '0', '0', '')
    """
    if shape in UNSAID:
        return ""
    if shape in NUMERALS:
        return "0"
    return shape.rstrip("sx").rstrip("e") if len(shape) > _SHORT else shape


@dataclass(frozen=True, slots=True)
class Expression:
    """Its cores, and what it weighs (-3 to 3)."""

    cores: tuple[str, ...]
    strength: float

    @property
    def number(self) -> int:
        """What stands for it among the features."""
        return digest("expression " + " ".join(self.cores))


def written() -> Iterator[Expression]:
    """The expressions written for this project."""
    return entries(WRITTEN.read_text(encoding="utf-8"))


def entries(text: str) -> Iterator[Expression]:
    r"""Every expression of a list; those of the same cores may come again.

    Args:
        text: sections ``[strength]``, and one expression a line: ``a|b`` is either word, ``(a)`` may be left
            out, ``_`` joins words, ``@name`` stands for any word of the line ``@name: …``.

    >>> [(each.cores, each.strength) for each in entries("[2]\nrien à redire|reprocher")]
    [(('rien', 'redir'), 2.0), (('rien', 'reprocher'), 2.0)]
    """
    classes: dict[str, list[str]] = {}
    strength = 0.0
    for line in text.splitlines():
        if line.startswith("@") and ":" in line:
            name, _, words = line.partition(":")
            classes[name] = words.split()
        elif line.startswith("["):
            strength = float(line[1 : line.index("]")])
        elif line and not line.startswith("#"):
            slots = [_either(slot, classes) for slot in line.split()]
            said = (tuple(chain.from_iterable(cores)) for cores in product(*slots))
            yield from (Expression(cores, strength) for cores in said if len(cores) > 1)


def _either(slot: str, classes: dict[str, list[str]]) -> list[tuple[str, ...]]:
    """The cores of each word that may stand in a slot, each once."""
    words = [each for word in slot.strip("()").split("|") for each in classes.get(word, (word,))]
    left_out: list[tuple[str, ...]] = [()] if slot.startswith("(") else []
    return list(dict.fromkeys([*map(_cores, words), *left_out]))


@cache
def _cores(word: str) -> tuple[str, ...]:
    found = (core(shape(part)) for part in WORD.split(word.replace("_", " "))[1::2])
    return tuple(filter(None, found))


@dataclass(frozen=True, slots=True)
class Tree:
    """All expressions, as steps from one word to the next.

    ``word``: the number of each core, from 1. ``keys`` (a step and a word, ascending) and ``after``: where
    they lead. ``number`` (one a step): the expression that ends there, 0 where none does.
    """

    word: dict[str, int]
    keys: Ints
    after: Ints
    number: Hashes

    def steps(self, step: Ints, word: Ints) -> Ints:
        """Where each word leads from each step; -1 where nowhere."""
        wanted = step * _WIDTH + word
        place = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        answer: Ints = np.where((self.keys[place] == wanted) & (word > 0), self.after[place], -1)
        return answer


@cache
def tree() -> Tree:
    """The expressions written for this project, laid out on first need."""
    answer = grown(written())
    _cores.cache_clear()
    return answer


def grown(listed: Iterable[Expression]) -> Tree:
    """Lay expressions out."""
    word = {core(each): place for place, each in enumerate(_DENIERS, 1)}
    edges: dict[int, int] = {}
    ends = array("Q", [0])
    for expression in listed:
        step = 0
        for each in expression.cores:
            step = edges.setdefault(step * _WIDTH + word.setdefault(each, len(word) + 1), len(edges) + 1)
            if step == len(ends):
                ends.append(0)
        ends[step] = ends[step] or expression.number
    keys = np.fromiter(edges, np.int64, len(edges))
    order = np.argsort(keys)
    return Tree(word, keys[order], order + 1, np.array(ends, np.uint64))


def role(shape: str) -> int:
    """The number of the core of a word: 0 for small words, -1 for those of no expression."""
    bare = core(shape)
    return tree().word.get(bare, _ABSENT) if bare else _SAYS_NOTHING


@dataclass(frozen=True, slots=True)
class Found:
    """Expressions of a batch, one entry each: its number, its first and last word, and what it counts."""

    number: Hashes
    first: Ints
    last: Ints
    pull: NDArray[np.float32]


def find(phrase: Ints, roles: Ints) -> Found:
    """Find the expressions of a batch; of those that share words, the first to begin, then the longest.

    Args:
        phrase: the phrase of each word of the batch.
        roles: ``role`` of each word.
    """
    known, spoken = tree(), np.flatnonzero(roles)
    word, breath = roles[spoken], phrase[spoken]
    first = np.flatnonzero(word > 0)
    step, last, ends = known.steps(np.zeros_like(first), word[first]), first, []
    for _ in range(_LONGEST):
        going = (step >= 0) & (last + 1 < len(word))
        step, first, last = step[going], first[going], last[going] + 1
        step = np.where(breath[last] == breath[first], known.steps(step, word[last]), -1)
        done = step >= 0
        done[done] = known.number[step[done]] != 0
        ends.append(np.stack((first[done], last[done], step[done])))
    first, last, step = _apart(np.concatenate(ends, axis=1))
    before = np.maximum(first - 1, 0)
    denied = (first > 0) & (breath[before] == breath[first])
    denied &= (word[before] > 0) & (word[before] <= len(_DENIERS))
    pull = np.where(denied, DENIED, 1).astype(np.float32)
    return Found(known.number[step], spoken[first], spoken[last], pull)


def _apart(ends: Ints) -> Ints:
    """Those that share no word with one that begins before them, or at the same word and is longer."""
    chosen: list[int] = []
    reach = -1
    firsts, lasts = ends[0].tolist(), ends[1].tolist()
    for place in np.lexsort((-ends[1], ends[0])).tolist():
        if firsts[place] > reach:
            reach = lasts[place]
            chosen.append(place)
    return ends[:, chosen]
