"""Sets of texts, and what they speak of: counted from the words of themes beside them, or released."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from visavis.understand.verbatims.heard import in_numbers


@dataclass(frozen=True, slots=True)
class Heard:
    """What a set of texts speaks of.

    Attributes:
        texts: how many were read.
        times: how many speak of each theme.
        among: of how many texts it is known whether they speak of each theme; none: of all of them.
    """

    texts: int = 0
    times: Mapping[str, int] = field(default_factory=dict)
    among: Mapping[str, int] | None = None

    def told(self, code: str) -> tuple[int, int]:
        """How many texts speak of a theme, among how many of which it is known; 0 among 0 where it is not."""
        if self.among is None:
            return self.times.get(code, 0), self.texts
        return self.times.get(code, 0), self.among.get(code, 0)

    def __add__(self, other: Heard) -> Heard:
        """Both together; see ``together``."""
        return together([self, other])


def together(told: Sequence[Heard]) -> Heard:
    """Sets of texts, one at least, added up; a theme that one keeps back counts among those of the others."""
    if len(told) == 1:
        return told[0]
    times, among = Counter[str](), Counter[str]()
    for one in told:
        times.update(one.times)
        among.update(one.among or {})
    known = all(one.among is not None for one in told)
    return Heard(sum(one.texts for one in told), times, among if known else None)


class Spoken(dict[str, tuple[str, ...]]):
    """The themes written beside texts -> their codes, of some tones; each word is worked out once."""

    def __init__(self, codes: Mapping[int, str], tones: Collection[int]) -> None:
        super().__init__()
        self._names = {one: code for pk, code in codes.items() for one in in_numbers(pk, tones)}

    def __missing__(self, word: str) -> tuple[str, ...]:
        names = self._names
        found = self[word] = tuple(dict.fromkeys([names[one] for one in word.split(",") if one in names]))
        return found


def heard_in(words: Collection[str], spoken: Spoken) -> Heard:
    """What texts speak of, from the words of themes beside them."""
    return Heard(len(words), Counter(chain.from_iterable(map(spoken.__getitem__, words))))
