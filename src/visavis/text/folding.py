"""One spelling for a word: lower case, no accent, plain white space."""

from __future__ import annotations

import re
import unicodedata
from itertools import accumulate
from typing import Final

LIGATURES: Final = str.maketrans(
    {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ı": "i", "ł": "l", "đ": "d", "’": "'"}
)
MARKS: Final = re.compile(r"[\u0300-\u036f\u1ab0-\u1aff\u20d0-\u20ff\ufe0e\ufe0f]+")
BLANKS: Final = re.compile(r"[\s\u200b\u200c\u200d\u2060\ufeff]+")
STRETCHED: Final = re.compile(r"([^\W\d_])\1{2,}")


def plain(text: str) -> str:
    """Lower-case ``text`` and take its accents off, white space left as it stands.

    >>> plain("Très DÉÇU, cœur brisé")
    'tres decu, coeur brise'
    """
    if text.isascii():
        return text.lower()
    return MARKS.sub("", unicodedata.normalize("NFKD", text).lower().translate(LIGATURES))


def fold(text: str) -> str:
    r"""Fold ``text`` for searching: lower case, no accents, single spaces, none at the ends.

    Folding twice changes nothing, and two texts that a reader would call the same word for word fold alike.

    Args:
        text: any string, lone surrogates included.

    Returns:
        The folded text; not always of the same length (see ``fold_with_offsets``).

    >>> fold("  Réponse\u00a0 RAPIDE\n")
    'reponse rapide'
    """
    return BLANKS.sub(" ", plain(text)).strip()


def fold_with_offsets(text: str) -> tuple[str, list[int]]:
    """Fold ``text`` and say where each folded character stood.

    Args:
        text: any string.

    Returns:
        The folded text, and one more offset than it has characters: ``offsets[i]`` is the place in
        ``text`` of the folded character ``i`` and the last one is ``len(text)``.

    >>> fold_with_offsets("À  l'œuvre")
    ("a l'oeuvre", [0, 1, 3, 4, 5, 5, 6, 7, 8, 9, 10])
    """
    folded: list[str] = []
    offsets: list[int] = []
    for place, character in enumerate(text):
        piece = BLANKS.sub(" ", plain(character))
        if piece == " " and (not folded or folded[-1] == " "):
            continue
        folded.extend(piece)
        offsets.extend([place] * len(piece))
    if folded and folded[-1] == " ":
        folded.pop()
        offsets.pop()
    return "".join(folded), [*offsets, len(text)]


def fold_word(word: str) -> str:
    """Fold one word for the model: as ``plain``, numbers alike, stretched letters shortened.

    >>> fold_word("Nuuuul"), fold_word("2024"), fold_word("déçus")
    ('nul', '0', 'decus')
    """
    folded = plain(word)
    if folded.isdigit():
        return "0"
    if len(folded) < len(set(folded)) + 2:  # nothing can stand three times; saves half the time
        return folded
    return STRETCHED.sub(r"\1", folded)


def fold_words(words: list[str]) -> list[str]:
    """``fold_word`` of each word, all at once.

    Args:
        words: no white space in them.

    >>> fold_words(["Nuuuul", "2024", "déçus"])
    ['nul', '0', 'decus']
    """
    folded = plain("\n".join(words))
    if STRETCHED.search(folded):
        folded = STRETCHED.sub(r"\1", folded)
    return ["0" if word.isdigit() else word for word in folded.split("\n")] if words else []


def widths(pieces: list[str]) -> list[int]:
    """Running ends of ``pieces`` laid side by side.

    >>> widths(["ab", "", "c"])
    [2, 2, 3]
    """
    return list(accumulate(map(len, pieces)))
