"""What a model of opinions sees: the words of a text and of each of its clauses, and how they lean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from visavis.core.words import Voice
from visavis.text.grams import Hashes
from visavis.text.language import CHOICES, recognise
from visavis.text.polarity import Parsed, parse, tone
from visavis.text.themes.features import held, letters_of
from visavis.text.tokens import Ints
from visavis.text.verdict import CLAUSE_MASS, leanings
from visavis.text.weights import LANGUAGES, Reals, Weights, shipped

BATCH = 256


@dataclass(frozen=True, slots=True)
class Seen:
    """A batch of texts: features one by one, with the text and the clause that each stands in.

    ``letters``: the same for pieces of words; ``clause_text``: the text of each clause; ``lean``, ``whole``:
    calibrated log-odds of each clause and of each text that its author is content.
    """

    words: Held
    letters: Held
    clause_text: Ints
    lean: Reals
    whole: Reals

    @property
    def size(self) -> int:
        """How many texts."""
        return len(self.whole)


@dataclass(frozen=True, slots=True)
class Held:
    """Features of one kind: the number of each, its text, its clause."""

    number: Hashes
    text: Ints
    clause: Ints


def look(texts: Sequence[str], weights: Weights | None = None) -> Seen:
    """Look at texts of customers.

    Args:
        texts: what they wrote.
        weights: the model of tone; none: the shipped one of the language of each batch.
    """
    seen = [_look(list(texts[first : first + BATCH]), weights) for first in range(0, len(texts), BATCH)]
    return _joined(seen or [_look([], weights)])


def _look(texts: list[str], weights: Weights | None) -> Seen:
    parsed = parse(texts)
    known = weights or shipped(_language(parsed))
    weighed = tone(parsed, known, voice=Voice.CUSTOMER)
    clause = parsed.clauses.clause - 1
    pieces, text = held(parsed, letters_of(parsed))
    lean = leanings(weighed.clause_score, known.clause) * np.minimum(1, weighed.clause_mass / CLAUSE_MASS)
    at = parsed.grams.at
    return Seen(
        Held(parsed.grams.number, parsed.tokens.text[at], clause[at]),
        Held(pieces.number, text, clause[pieces.at]),
        weighed.clause_text,
        lean.astype(np.float32),
        leanings(weighed.score, known.whole),
    )


def _language(parsed: Parsed) -> str:
    """The language of most texts of a batch, of those with a model of tone."""
    if not parsed.tokens.size:
        return LANGUAGES[0]
    counts = np.bincount(np.asarray(recognise(parsed), np.int64), minlength=len(CHOICES))
    return max(LANGUAGES, key=lambda name: int(counts[CHOICES.index(name)]))


def _joined(seen: list[Seen]) -> Seen:
    texts = np.cumsum([0, *(one.size for one in seen)])
    clauses = np.cumsum([0, *(len(one.lean) for one in seen)])

    def of(name: str) -> Held:
        parts: list[Held] = [getattr(one, name) for one in seen]
        return Held(
            np.concatenate([part.number for part in parts]),
            np.concatenate([part.text + texts[place] for place, part in enumerate(parts)]),
            np.concatenate([part.clause + clauses[place] for place, part in enumerate(parts)]),
        )

    return Seen(
        of("words"),
        of("letters"),
        np.concatenate([one.clause_text + texts[place] for place, one in enumerate(seen)]),
        np.concatenate([one.lean for one in seen]),
        np.concatenate([one.whole for one in seen]),
    )


@dataclass(frozen=True, slots=True)
class Evidence:
    """Scores of every head (one column each) on texts and on clauses, by words and by meaning."""

    words: NDArray[np.float64]
    clauses: NDArray[np.float64]
    meaning: NDArray[np.float64] | None


#: Columns of a theme in the tables of heads: whether it is spoken of, praised, blamed.
HEADS = 3
_FAR = -9.0


def describe(seen: Seen, evidence: Evidence, theme: int) -> NDArray[np.float64]:
    """The traits from which the opinion on one theme is drawn.

    Args:
        seen: the texts.
        evidence: the scores of the heads.
        theme: its number.

    Returns:
        (texts, traits): scores of its heads and of those of the others, by words and by meaning; how the
        clauses that speak of it lean; how the text and its clauses lean altogether; how many there are.
    """
    mine = slice(theme * HEADS, theme * HEADS + HEADS)
    tables = [evidence.words] + ([] if evidence.meaning is None else [evidence.meaning])
    own = [table[:, mine] for table in tables]
    other = [np.delete(table, range(mine.start, mine.stop), axis=1) for table in tables]
    spoken = _of_clauses(seen, evidence.clauses[:, mine])
    return np.concatenate([*own, spoken, _of_texts(seen), *other], axis=1)


def _of_texts(seen: Seen) -> NDArray[np.float64]:
    best, worst = _best(seen, np.maximum(seen.lean, 0), 0), _best(seen, np.maximum(-seen.lean, 0), 0)
    count = np.bincount(seen.clause_text, minlength=seen.size)
    return np.stack([seen.whole, best, worst, np.log1p(count)], axis=1)


def _of_clauses(seen: Seen, scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """How the clauses lean, each as far as it speaks of the theme."""
    share = 1 / (1 + np.exp(-2 * scores[:, 0]))
    total = np.bincount(seen.clause_text, share, seen.size) + 1e-6
    lean = np.bincount(seen.clause_text, share * seen.lean, seen.size) / total
    order = np.lexsort((scores[:, 0], seen.clause_text))
    nearest = np.zeros(seen.size)
    nearest[seen.clause_text[order]] = seen.lean[order]
    columns = (
        *(lean, np.log(total), nearest),
        *(_best(seen, share * np.maximum(side * seen.lean, 0), 0) for side in (1, -1)),
        *(_best(seen, scores[:, head], _FAR) for head in range(HEADS)),
    )
    return np.stack(columns, axis=1)


def _best(seen: Seen, values: NDArray[np.floating], start: float) -> NDArray[np.float64]:
    answer = np.full(seen.size, start)
    np.maximum.at(answer, seen.clause_text, values)
    return answer
