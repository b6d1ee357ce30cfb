"""What a person types in a search box: all the words, "a phrase", -not this, this OR that, begin*.

Nothing that can be typed is an error. A query is compared with the stems of texts (``visavis.text.stems``):
written for SQLite and for PostgreSQL, it finds there the same texts as ``holds`` does here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from visavis.text.folding import fold
from visavis.text.stems import LANGUAGES, WORD, Language, spelled, stem, stems_with_places

#: Most terms of a query that are looked at; more would only slow everybody down.
MOST: Final = 12

_PIECE: Final = re.compile(
    r'(?P<no>(?<![^\s(])[-\u2212\u2013](?=[^\s]))?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))'
)
_QUOTES: Final = str.maketrans("«»“”„", '"""""')
_EITHER: Final = {"OR", "OU", "|"}


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which something searched may stand in a text.

    Attributes:
        stems: the stems to find side by side.
        begins: whether the last one is only the beginning of a stem.
    """

    stems: tuple[str, ...]
    begins: bool = False


#: A word or a phrase, as it may stand in a text of either language.
Ways = tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched.

    Attributes:
        wanted: of each group, at least one way must be in the text.
        unwanted: none of these may be.
    """

    wanted: tuple[Ways, ...] = ()
    unwanted: Ways = ()

    def __bool__(self) -> bool:
        return bool(self.wanted or self.unwanted)


def parse(typed: str) -> Query:
    """Understand what was typed.

    Args:
        typed: any string.

    Returns:
        The query; false when nothing in it can be searched, for instance only words that everybody writes.

    >>> parse("délais").wanted
    ((Way(stems=('delai',), begins=False),),)
    """
    wanted: list[Ways] = []
    unwanted: list[Way] = []
    either = False
    for piece in _PIECE.finditer(typed.translate(_QUOTES)):
        if piece["word"] in _EITHER and not piece["no"]:
            either = bool(wanted)
        elif ways := _ways(piece):
            if piece["no"]:
                unwanted += ways
            elif either:
                wanted[-1] += ways
            else:
                wanted.append(ways)
            either = False
    return Query(tuple(dict.fromkeys(wanted))[:MOST], tuple(dict.fromkeys(unwanted))[: 2 * MOST])


def _ways(piece: re.Match[str]) -> Ways:
    """A word that a hyphen or an apostrophe cuts is a phrase; what everybody writes is nothing."""
    phrase = piece["phrase"]
    words = WORD.findall(fold(piece["word"] if phrase is None else phrase))[:MOST]
    known = [_kept(words, language) for language in LANGUAGES]
    if phrase is None and words and piece["word"].endswith("*"):
        begun = [
            Way((*_kept(words[:-1], language), spelled(words[-1])), begins=True) for language in LANGUAGES
        ]
        return tuple(dict.fromkeys([*begun, *(Way(stems) for stems in known if stems)]))
    return tuple(dict.fromkeys(map(Way, known))) if all(known) else ()


def _kept(words: Sequence[str], language: Language) -> tuple[str, ...]:
    return tuple(filter(None, (stem(word, language) for word in words)))


def holds(query: Query, words: Sequence[str]) -> bool:
    """Whether a text is one that the query asks for: the meaning of a query, whatever engine runs it.

    Args:
        query: what is searched; an empty one asks for everything.
        words: the stems of the text, in their order.
    """
    found = all(any(_stands(way, words) for way in group) for group in query.wanted)
    return found and not any(_stands(way, words) for way in query.unwanted)


def _stands(way: Way, words: Sequence[str]) -> bool:
    return next(_starts(way, words), None) is not None


def _starts(way: Way, words: Sequence[str]) -> Iterator[int]:
    *sure, last = way.stems
    for at in range(len(words) - len(sure)):
        end = words[at + len(sure)]
        if list(words[at : at + len(sure)]) == sure and (end.startswith(last) if way.begins else end == last):
            yield at


def places(query: Query, text: str) -> list[tuple[int, int]]:
    """Where what is searched stands in a text.

    Args:
        query: what is searched.
        text: as it was written.

    Returns:
        (start, end) in ``text``, in no order, possibly overlapping; a phrase from its first word to its last.

    >>> places(parse("délai"), "Les délais : un DELAI !")
    [(4, 10), (16, 21)]
    """
    ways = [way for group in query.wanted for way in group]
    if not ways:
        return []
    found = stems_with_places(text)
    words = [each.stem for each in found]
    return [
        (found[at].start, found[at + len(way.stems) - 1].end) for way in ways for at in _starts(way, words)
    ]


def to_fts5(ways: Ways) -> str:
    """Any of these ways, as SQLite's FTS5 wants it.

    >>> to_fts5((Way(("servic", "client")), Way(("remb",), begins=True)))
    '"servic client" OR "remb" *'
    """
    return " OR ".join(f'"{" ".join(way.stems)}"{" *" if way.begins else ""}' for way in ways)


def to_tsquery(ways: Ways) -> str:
    """Any of these ways, as PostgreSQL wants it.

    >>> to_tsquery((Way(("servic", "client")), Way(("remb",), begins=True)))
    "('servic' <-> 'client') | ('remb':*)"
    """
    return " | ".join(
        "(" + " <-> ".join(f"'{each}'" for each in way.stems) + (":*)" if way.begins else ")") for way in ways
    )
