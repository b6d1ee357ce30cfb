"""How the numbers of a model of themes are found. Needs scikit-learn and scipy."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from visavis.text.grams import Hashes
from visavis.text.meaning import Vectors
from visavis.text.polarity import parse
from visavis.text.themes.features import held, letters_of, words_of
from visavis.text.themes.hearing import chance
from visavis.text.themes.model import VOICES, Lexicon, Pass
from visavis.text.tokens import Flags, Ints
from visavis.text.weights import Reals

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

FOLDS: Final = 5
SEED: Final = 5
SOFTNESS: Final = 5.0
#: A closer fit takes longer and reads no better.
TOLERANCE: Final = 0.1
#: Features that fewer texts hold are not kept.
LEAST_WORDS, LEAST_LETTERS = 2, 3
#: How much pieces of words, and the meaning, weigh beside words and keywords.
LETTERS, MEANING = 0.5, 1.5
#: How much it weighs that an example of one theme says nothing of another: at least so much for each, and
#: with few themes so much for all together.
SILENCE, SILENCES = 0.3, 6.0
#: Texts in which a theme must be known to be there before it is learnt.
LEAST_TEXTS: Final = 2
#: Cells of lived texts, of each answer, from which they alone say how far scores may be trusted.
LEAST_CELLS: Final = 30
#: Softness of the line: only a few numbers are fitted on every cell of the table.
LINE_SOFTNESS: Final = 1.0
BATCH: Final = 512
LOWEST, HIGHEST = 0.2, 0.6
#: Where examples alone taught, no theme is told that is likelier not there.
EVEN: Final = 0.5

Chances = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Table:
    """Counts of features: one row a text, one column a number, the numbers ascending."""

    cells: csr_matrix
    numbers: Hashes


def count(texts: Sequence[str]) -> tuple[Table, Table]:
    """Count words (with pairs) and pieces of words of all texts."""
    rows: list[list[NDArray[Any]]] = [[], [], [], []]
    for first in range(0, max(len(texts), 1), BATCH):
        parsed = parse(list(texts[first : first + BATCH]))
        words = words_of(parsed)
        pieces, text = held(parsed, letters_of(parsed))
        batch = (words.number, parsed.tokens.text[words.at] + first, pieces.number, text + first)
        for column, values in zip(rows, batch, strict=True):
            column.append(values)
    number, row, piece, piece_row = (np.concatenate(column) for column in rows)
    return _table(number, row, len(texts)), _table(piece, piece_row, len(texts))


def _table(numbers: Hashes, rows: NDArray[Any], height: int) -> Table:
    from scipy.sparse import csr_matrix

    known, column = np.unique(numbers, return_inverse=True)
    cells = (np.ones(len(column), np.float32), (rows, column))
    return Table(csr_matrix(cells, (height, len(known))), known)


@dataclass(frozen=True, slots=True)
class Lesson:
    """What is learnt from: texts as features, and what is known of each theme in each.

    ``present`` (texts, themes): whether it is there; ``weight``: how far that is known, 0 to 1; ``keywords``:
    trust of those found; ``vectors``: the meaning of the texts, if it is learnt from; ``lived``: whether a
    text was written in life rather than as an example; ``fold``: the part that each text belongs to, from its
    own letters.
    """

    words: Table
    letters: Table
    present: Flags
    weight: Reals
    keywords: Reals
    vectors: Vectors | None
    lived: Flags
    fold: Ints

    @classmethod
    def of(
        cls,
        texts: Sequence[str],
        present: Sequence[Sequence[bool]],
        absent: Sequence[Sequence[bool]],
        keywords: Reals,
        vectors: Vectors | None,
        examples: int,
    ) -> Lesson:
        """Count features; the silence of an example on a theme says a little, that of a refusal nothing."""
        there = np.array(present, np.bool_).reshape(keywords.shape)
        away = np.array(absent, np.bool_).reshape(keywords.shape)
        quiet = np.clip(SILENCES / max(keywords.shape[1] - 1, 1), SILENCE, 1)
        silence = np.where(there.any(axis=1, keepdims=True), quiet, 0.0)
        weight = np.where(there | away, 1.0, silence).astype(np.float32)
        fold = np.array([_fold_of(text) for text in texts], np.int64)
        lived = np.arange(len(texts)) >= examples
        return cls(*count(texts), there, weight, keywords, vectors, lived, fold)

    @property
    def learnt(self) -> Flags:
        """The themes that enough texts are known to speak of, and some not to."""
        enough: Flags = (self.present.sum(axis=0) >= LEAST_TEXTS) & (
            ((~self.present) & (self.weight > 0)).sum(axis=0) >= LEAST_TEXTS
        )
        return enough


def _fold_of(text: str) -> int:
    return zlib.crc32(text.encode("utf-8", "surrogatepass")) % FOLDS


def lexicons(lesson: Lesson) -> tuple[Lexicon, Lexicon]:
    """The features of words and of letters that are kept, with their rarity (Spärck Jones 1972)."""
    return _lexicon(lesson.words, LEAST_WORDS), _lexicon(lesson.letters, LEAST_LETTERS)


def _lexicon(table: Table, least: int) -> Lexicon:
    seen = np.asarray((table.cells > 0).sum(axis=0)).ravel()
    kept = np.flatnonzero(seen >= least)
    inverse = np.log(max(table.cells.shape[0], 1) / np.maximum(seen[kept], 1)) + 1
    return Lexicon(table.numbers[kept], (inverse**2).astype(np.float32))


def _rows(table: Table, lexicon: Lexicon) -> csr_matrix:
    """TF-IDF of each text, computed as ``hearing`` does, each row divided by its length."""
    from scipy.sparse import diags

    columns = table.cells[:, np.searchsorted(table.numbers, lexicon.numbers)]
    length = np.sqrt(np.maximum(columns @ lexicon.rarity, 1))
    return diags(1 / length) @ columns @ diags(np.sqrt(lexicon.rarity))


@dataclass(frozen=True, slots=True)
class _Design:
    """All features of all texts side by side, and where each kind begins."""

    cells: csr_matrix
    ends: list[int]

    @classmethod
    def of(cls, lesson: Lesson, words: Lexicon, letters: Lexicon, vectors: Vectors | None) -> _Design:
        from scipy.sparse import csr_matrix, hstack

        kinds = [
            _rows(lesson.words, words),
            _rows(lesson.letters, letters) * LETTERS,
            csr_matrix(lesson.keywords),
            *([] if vectors is None else [csr_matrix(vectors * MEANING)]),
        ]
        return cls(hstack(kinds).tocsr(), np.cumsum([kind.shape[1] for kind in kinds]).tolist())


def fit_pass(lesson: Lesson, words: Lexicon, letters: Lexicon, *, deep: bool) -> Pass:
    """Fit one pass.

    Args:
        lesson: what is learnt from.
        words: the words kept.
        letters: the pieces of words kept.
        deep: whether the meaning of texts counts.
    """
    vectors = lesson.vectors if deep else None
    design = _Design.of(lesson, words, letters, vectors)
    themes = lesson.present.shape[1]
    line, threshold = _settle(lesson, _held_out(design, lesson))
    coefficients, bias = _fit(design.cells, lesson, np.ones(len(lesson.fold), np.bool_))
    parts = np.split(coefficients, design.ends)
    return Pass(
        words=_halved(parts[0] * np.sqrt(words.rarity)[:, None]),
        letters=_halved(parts[1] * np.sqrt(letters.rarity)[:, None] * LETTERS),
        keywords=_halved(parts[2]),
        meaning=_halved(parts[3] * MEANING) if vectors is not None else np.zeros((0, themes), np.float32),
        bias=bias.astype(np.float32),
        line=line.astype(np.float32),
        threshold=threshold,
    )


def _halved(weights: NDArray[np.float64]) -> Reals:
    """As the file keeps them, so that a model read again says the very same."""
    return weights.astype(np.float16).astype(np.float32)


def _fit(cells: csr_matrix, lesson: Lesson, kept: Flags) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Coefficients (features, themes) and biases from the texts ``kept``; zeros for themes not learnt."""
    from sklearn.linear_model import LogisticRegression

    features, themes = cells.shape[1], lesson.present.shape[1]
    coefficients, bias = np.zeros((features, themes)), np.zeros(themes)
    for theme in np.flatnonzero(lesson.learnt):
        rows = np.flatnonzero(kept & (lesson.weight[:, theme] > 0))
        wanted = lesson.present[rows, theme]
        if not wanted.any() or wanted.all():
            bias[theme] = 2.0 if wanted.any() else -2.0
            continue
        one = LogisticRegression(
            C=SOFTNESS, solver="liblinear", dual=True, max_iter=1000, tol=TOLERANCE, random_state=SEED
        )
        one.fit(cells[rows], wanted, sample_weight=lesson.weight[rows, theme])
        coefficients[:, theme], bias[theme] = one.coef_[0], one.intercept_[0]
    return coefficients, bias


def _held_out(design: _Design, lesson: Lesson) -> Chances:
    """Score of each text in each theme by a fit on the other folds."""
    scores = np.zeros(lesson.present.shape)
    for fold in np.unique(lesson.fold):
        aside = lesson.fold == fold
        coefficients, bias = _fit(design.cells, lesson, ~aside)
        scores[aside] = design.cells[aside] @ coefficients + bias
    return scores


def _settle(lesson: Lesson, scores: Chances) -> tuple[Reals, float]:
    """How scores and keywords become chances, and the chance from which a theme is told.

    All themes share one line: what a rare one cannot learn of its own certainty it takes from the others.
    """
    from sklearn.linear_model import LogisticRegression

    known, lived = _judges(lesson)
    wanted, weight = lesson.present[known], lesson.weight[known]
    if not wanted.any() or wanted.all():
        return np.array([1, 0, 0, 0], np.float32), 0.5
    trust = lesson.keywords[known]
    voices = np.stack([scores[known], trust, trust > 0], axis=1)
    fitted = LogisticRegression(C=LINE_SOFTNESS, max_iter=500).fit(voices, wanted, sample_weight=weight)
    line = np.array([*fitted.coef_[0], fitted.intercept_[0]][:VOICES], np.float32)
    likely = chance(line, scores[known], trust)
    threshold = best_threshold(likely, wanted, weight)
    return line, threshold if lived else max(threshold, EVEN)


def _judges(lesson: Lesson) -> tuple[Flags, bool]:
    """The cells that say how far scores may be trusted, and whether they are of lived texts alone.

    Examples are short and clear: a line fitted on them would be too sure of what people write in life.
    """
    known: Flags = (lesson.weight > 0) & lesson.learnt
    lived = known & lesson.lived[:, None]
    told = lived & (lesson.weight == 1)
    enough = min((told & lesson.present).sum(), (told & ~lesson.present).sum()) >= LEAST_CELLS
    return (lived, True) if enough else (known, False)


def best_threshold(likely: Chances, wanted: Flags, weight: NDArray[Any]) -> float:
    """The chance from which telling gives the best micro-averaged F1.

    Args:
        likely: chances, 0 to 1.
        wanted: whether each is there.
        weight: what each counts.

    Returns:
        A threshold between ``LOWEST`` and ``HIGHEST``.
    """
    order = np.argsort(-likely, kind="stable")
    hit = np.cumsum(np.where(wanted, weight, 0)[order])
    score = 2 * hit / (np.cumsum(weight[order]) + weight[wanted].sum())
    ends = np.append(np.diff(likely[order]) != 0, True)  # equal chances are told together
    return float(np.clip(likely[order][int(np.argmax(np.where(ends, score, -1)))], LOWEST, HIGHEST))
