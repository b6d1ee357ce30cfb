"""Words as a search compares them: folded, without endings, without the words that everybody writes.

``stems`` turns a text into a string of lower-case letters and single spaces, whatever the text: every engine
that indexes words cuts such a string alike, and so finds the same texts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, Literal

from visavis.text.folding import fold, fold_with_offsets
from visavis.text.languages import SMALL_WORDS

Language = Literal["fr", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("fr", "en")
#: Longest text, in characters, that is indexed; of a longer one, the beginning.
LONGEST: Final = 20_000
#: Longest word kept, in characters: a longer one is not a word.
_LONGEST_WORD: Final = 40

WORD: Final = re.compile(r"[^\W_]+|[\u2600-\u27bf\U0001f300-\U0001faff]")
_LETTERS: Final = re.compile(r"[a-z]+")
_HEX: Final = str.maketrans("0123456789", "ghijklmnop")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words that say nothing of what a text is about. Negations and "sans" do: they stay.
_COMMON: Final[dict[Language, frozenset[str]]] = {
    "fr": _words("""
    a ai ainsi alors as au aux avec c ce ceci cela ces cet cette comme d dans de des donc du elle elles
    en est et etait etaient ete etes etre eu eux il ils j je l la le les leur leurs lors lui m ma mais
    me mes moi mon n ne nos notre nous on ont ou par pour qu que quel quelle quels quelles qui s sa se
    ses si soit son sont suis sur t ta te tes toi ton tu un une vos votre vous y
    """),
    "en": _words("""
    a about am an and are as at be been but by c d did do does for from had has have he her his i if in
    into is it its j l m me my n of on or our qu s she so t that the their them they this to us was we
    were what which who will with would you your
    """),
}
# Their endings look like those of verbs.
_WHOLE: Final = _words("""
    conflit credit delai essai forfait inscrit insatisfait interdit parfait prescrit profit retrait satisfait
    souhait souscrit trait
""")
# The stemmer leaves half of the plurals as they are: numeros, recus, euros.
_PLURAL: Final = re.compile(r"(?<=..[^aiosu])s$|(?<=.[^lp]o)s$|(?<=.[cdntv]u)s$|(?<=[vl]oi)s$|(?<=[rls]ai)s$")
# Without its accent, the stemmer does not know the feminine again.
_PARTICIPLE: Final = re.compile(r"ee$")
_FEMININE: Final = re.compile(r"(?<=.{5})ere$")


@dataclass(frozen=True, slots=True)
class Stem:
    """One word of a text as a search compares it: ``text[start:end]`` is the word itself."""

    stem: str
    start: int
    end: int


@cache
def _stemmer(language: Language) -> Callable[[str], str]:
    """Loaded on first use: the package brings thirty languages."""
    import snowballstemmer

    stem: Callable[[str], str] = snowballstemmer.stemmer({"fr": "french", "en": "english"}[language]).stemWord
    return stem


def spelled(word: str) -> str:
    """A folded word in the letters a to z only; what begins alike still begins alike.

    >>> spelled("bonus"), spelled("b12")
    ('bonus', 'bzzjhzzzjiz')
    """
    if _LETTERS.fullmatch(word):
        return word
    return "".join(
        each if _LETTERS.fullmatch(each) else f"zz{f'{ord(each):x}'.translate(_HEX)}z" for each in word
    )


@lru_cache(maxsize=100_000)
def stem(word: str, language: Language) -> str:
    """The stem of one folded word; empty for a word that everybody writes.

    >>> stem("remboursees", "fr"), stem("remboursement", "fr"), stem("waited", "en"), stem("des", "fr")
    ('rembours', 'rembours', 'wait', '')
    """
    word = word[:_LONGEST_WORD]
    if word in _COMMON[language]:
        return ""
    if not _LETTERS.fullmatch(word):
        return spelled(word)
    if language == "fr":
        word = _PLURAL.sub("", word)
        if word in _WHOLE:
            return word
        word = _FEMININE.sub("er", _PARTICIPLE.sub("e", word))
    return _stemmer(language)(word)


def language_of(words: list[str]) -> Language:
    """The language whose small words are the more numerous; French if neither's are.

    Args:
        words: the folded words of a text.
    """
    french = sum(word in SMALL_WORDS["fr"] for word in words)
    english = sum(word in SMALL_WORDS["en"] for word in words)
    return "en" if english > french else "fr"


def stems(text: str) -> str:
    """What a search keeps of a text: the stems of its words, in their order.

    Args:
        text: any string; of a very long one, the beginning.

    Returns:
        Letters a to z and single spaces; empty when nothing can be searched.

    >>> stems("L'attente est trop longue : 20 minutes !")
    'attent trop longu zzjizzzjgz minut'
    """
    words = WORD.findall(fold(text[:LONGEST]))
    language = language_of(words)
    return " ".join(filter(None, (stem(word, language) for word in words)))


def stems_with_places(text: str) -> list[Stem]:
    """The same stems, with where their words stand in the text.

    >>> stems_with_places("Délais ?")
    [Stem(stem='delai', start=0, end=6)]
    """
    folded, offsets = fold_with_offsets(text[:LONGEST])
    return list(_placed(folded, offsets, len(text[:LONGEST])))


def _placed(folded: str, offsets: list[int], length: int) -> Iterator[Stem]:
    found = [(match[0], match.start(), match.end()) for match in WORD.finditer(folded)]
    language = language_of([word for word, _, _ in found])
    for word, first, after in found:
        if kept := stem(word, language):
            yield Stem(kept, offsets[first], _end(offsets, after, length))


def _end(offsets: list[int], after: int, length: int) -> int:
    """Where a folded stretch ends in the text: a ligature that it enters belongs to it whole."""
    if after < len(offsets) and offsets[after] == offsets[after - 1]:
        return next((place for place in offsets[after:] if place > offsets[after]), length)
    return offsets[after]
