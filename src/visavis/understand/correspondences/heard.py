"""Sets of texts, and what they speak of: counted from the words of themes beside them, or released."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from visavis.understand.verbatims.heard import from_one_word


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


class Spoken(dict[str, list[str]]):
    """The themes written beside texts -> their codes, of some tones; each word is worked out once."""

    def __init__(self, codes: Mapping[int, str], tones: Collection[int]) -> None:
        super().__init__()
        self._codes, self._tones = codes, tones

    def __missing__(self, word: str) -> list[str]:
        heard = (pk for pk, tone in from_one_word(word) if tone in self._tones)
        found = self[word] = sorted({self._codes[pk] for pk in heard if pk in self._codes})
        return found


def heard_in(words: Iterable[str], spoken: Spoken) -> Heard:
    """What texts speak of, from the words of themes beside them."""
    times, texts = Counter[str](), Counter(words)
    for word, n in texts.items():
        for code in spoken[word]:
            times[code] += n
    return Heard(texts.total(), times)
