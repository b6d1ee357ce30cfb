"""Finding what a file means by a word: by code, by name, by another name; and what it may have meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Generic, TypeVar

from visavis.listen.imports.reading.values import folded

Found = TypeVar("Found")
#: Likeness under which a proposal would surprise (0 to 1, as difflib counts).
_ALIKE = 0.72


class Lookup(Generic[Found]):
    """One list of the company in memory. Exact words win over folded ones, codes over names."""

    def __init__(self) -> None:
        self._exact: dict[str, Found] = {}
        self._folded: dict[str, Found | None] = {}

    def add(self, entry: Found, code: str, names: Iterable[str] = ()) -> None:
        """Add an entry under its code and its other names; two entries folded alike answer to neither."""
        self._exact.setdefault(code, entry)
        for word in {folded(each) for each in (code, *names) if each}:
            taken = self._folded.setdefault(word, entry)
            if taken is not None and taken != entry:
                self._folded[word] = None

    def find(self, word: str) -> Found | None:
        """The entry that ``word`` names; none if unknown or if two answer to it."""
        found = self._exact.get(word)
        if found is None:
            found = self._folded.get(folded(word))
            if found is not None:
                self._exact[word] = found
        return found

    def near(self, word: str) -> Found | None:
        """The entry that ``word`` resembles most, if it resembles any."""
        alike = get_close_matches(folded(word), self._folded, n=1, cutoff=_ALIKE)
        return self._folded[alike[0]] if alike else None

    def __len__(self) -> int:
        return len(self._exact)
