"""How a model of opinions is found: heads on words and meanings, then a drawing from what they say."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from visavis.core.words import Polarity
from visavis.text.aspects.features import HEADS, Evidence, Held, Seen, describe, look
from visavis.text.aspects.model import SAID, AspectModel, Block, Drawn
from visavis.text.grams import Hashes
from visavis.text.meaning import Vectors, embed
from visavis.text.tokens import Ints
from visavis.text.weights import Weights

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

SEED: Final = 5
FOLDS: Final = 4
#: Features that fewer texts hold are not kept.
LEAST_WORDS, LEAST_LETTERS = 2, 4
#: How much pieces of words weigh beside words.
LETTERS: Final = 0.6
WORDS_SOFTNESS, MEANING_SOFTNESS, DRAWN_SOFTNESS = 8.0, 10.0, 0.1
#: Labelled texts under which a company keeps the opinion by default.
LEAST_TEXTS: Final = 200

Table = NDArray[np.float64]


def fit_aspects(
    texts: Sequence[str],
    aspects: Sequence[Mapping[str, Polarity | None]],
    *,
    meaning: bool = True,
    vectors: Vectors | None = None,
    weights: Weights | None = None,
) -> AspectModel:
    """Learn what texts say of each theme.

    Each theme has three heads (spoken of, praised, blamed), linear in words and in the meaning of the text; a
    multinomial regression on their answers out of fold and on the tone of the clauses that speak of the theme
    draws the opinion: none, positive, negative, or mixed.

    Args:
        texts: customers' words, at least ``LEAST_TEXTS``.
        aspects: for each text, the themes and what it says of them; ``None`` or absent: does not speak of it.
        meaning: whether to use the sentence embedding too (slower, better).
        vectors: ``embed`` of the texts, where known.
        weights: the model of tone; none: the shipped one.

    Returns:
        The model. The same texts and labels always give the same one.

    Raises:
        ValueError: for too few texts, or a label to each that is missing.
    """
    if len(texts) != len(aspects) or len(texts) < LEAST_TEXTS:
        raise ValueError(f"{len(texts)} texts and {len(aspects)} labels: at least {LEAST_TEXTS} are needed")
    themes = tuple(sorted({theme for each in aspects for theme in each}))
    said = np.array([[SAID.index(each.get(theme)) for theme in themes] for each in aspects], np.int64)
    seen = look(texts, weights)
    known = (embed(texts) if vectors is None else vectors) if meaning else None
    data = _Data(seen, _table(seen.words, seen.size), _table(seen.letters, seen.size), known, _heads(said))
    evidence = _out_of_fold(data, themes)
    drawn = tuple(_draw(describe(seen, evidence, theme), said[:, theme]) for theme in range(len(themes)))
    whole = _learn(data, np.arange(len(texts)), themes)
    return AspectModel(themes, whole.words, whole.letters, whole.start, whole.meaning, drawn)


@dataclass(frozen=True, slots=True)
class _Counts:
    cells: csr_matrix
    numbers: Hashes


@dataclass(frozen=True, slots=True)
class _Data:
    seen: Seen
    words: _Counts
    letters: _Counts
    vectors: Vectors | None
    heads: NDArray[np.bool_]


def _heads(said: Ints) -> NDArray[np.bool_]:
    """Of each theme: spoken of, praised, blamed."""
    mixed = said == SAID.index(Polarity.MIXED)
    praised, blamed = said == SAID.index(Polarity.POSITIVE), said == SAID.index(Polarity.NEGATIVE)
    return np.stack([said != 0, praised | mixed, blamed | mixed], axis=-1).reshape(len(said), -1)


def _table(held: Held, height: int) -> _Counts:
    from scipy.sparse import csr_matrix

    known, column = np.unique(held.number, return_inverse=True)
    cells = (np.ones(len(column), np.float32), (held.text, column))
    return _Counts(csr_matrix(cells, (height, len(known))), known)


def _out_of_fold(data: _Data, themes: tuple[str, ...]) -> Evidence:
    """What heads say of texts that they were not fitted on."""
    size, heads = data.seen.size, data.heads.shape[1]
    words, clauses = np.zeros((size, heads)), np.zeros((len(data.seen.lean), heads))
    meaning = None if data.vectors is None else np.zeros((size, heads))
    fold = np.random.default_rng(SEED).permutation(size) % FOLDS
    for one in range(FOLDS):
        model = _learn(data, np.flatnonzero(fold != one), themes)
        said = model.evidence(data.seen, data.vectors)
        held, pieces = fold == one, fold[data.seen.clause_text] == one
        words[held], clauses[pieces] = said.words[held], said.clauses[pieces]
        if meaning is not None and said.meaning is not None:
            meaning[held] = said.meaning[held]
    return Evidence(words, clauses, meaning)


def _learn(data: _Data, rows: Ints, themes: tuple[str, ...]) -> AspectModel:
    """The heads, fitted on some texts; nothing drawn yet."""
    from scipy.sparse import hstack

    (words, kept_words), (letters, kept_letters) = (
        _scaled(counts, rows, least)
        for counts, least in ((data.words, LEAST_WORDS), (data.letters, LEAST_LETTERS))
    )
    joined = hstack([words, letters * LETTERS]).tocsr()
    weight, start = _linear(joined, data.heads[rows], WORDS_SOFTNESS)
    half = words.shape[1]
    meaning = None
    if data.vectors is not None:
        weight_of_meaning, start_of_meaning = _linear(data.vectors[rows], data.heads[rows], MEANING_SOFTNESS)
        meaning = np.vstack([weight_of_meaning, start_of_meaning])
    return AspectModel(
        themes,
        Block(*kept_words, weight[:half].astype(np.float32)),
        Block(*kept_letters, (weight[half:] * LETTERS).astype(np.float32)),
        start,
        meaning,
        (),
    )


def _scaled(counts: _Counts, rows: Ints, least: int) -> tuple[csr_matrix, tuple[Hashes, NDArray[np.float32]]]:
    """TF-IDF of some texts, each row of length one; the numbers kept, and how rare each is."""
    from sklearn.preprocessing import normalize

    cells = counts.cells[rows]
    seen = np.asarray((cells > 0).sum(axis=0)).ravel()
    kept = np.flatnonzero(seen >= least)
    rarity = (np.log(len(rows) / seen[kept]) + 1).astype(np.float32)
    scaled = normalize(cells[:, kept].multiply(rarity[None, :]).tocsr())
    return scaled, (counts.numbers[kept], rarity)


def _linear(features: Any, heads: NDArray[np.bool_], softness: float) -> tuple[Table, Table]:
    """One logistic regression a head: (features, heads) weights and where each starts."""
    from sklearn.linear_model import LogisticRegression

    weight, start = np.zeros((features.shape[1], heads.shape[1])), np.zeros(heads.shape[1])
    for number, known in enumerate(heads.T):
        if known.all() or not known.any():
            start[number] = 4.0 if known.all() else -4.0
            continue
        regression = LogisticRegression(C=softness, solver="liblinear", tol=1e-3, random_state=SEED)
        regression.fit(features, known)
        weight[:, number], start[number] = regression.coef_[0], regression.intercept_[0]
    return weight, start


def _draw(traits: Table, said: Ints) -> Drawn:
    """How the opinion follows from the traits; answers never seen stay out of reach."""
    from sklearn.linear_model import LogisticRegression

    centre, width = traits.mean(axis=0), np.maximum(traits.std(axis=0), 1e-6)
    weight, start = np.zeros((traits.shape[1], len(SAID))), np.full(len(SAID), -30.0)
    seen = np.unique(said)
    if len(seen) == 1:
        start[seen] = 0.0
        return Drawn(centre, width, weight, start)
    regression = LogisticRegression(C=DRAWN_SOFTNESS, max_iter=500, random_state=SEED)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        regression.fit((traits - centre) / width, said)
    if len(seen) == 2:
        weight[:, seen[1]], start[seen] = regression.coef_[0], (0.0, regression.intercept_[0])
    else:
        weight[:, seen], start[seen] = regression.coef_.T, regression.intercept_
    return Drawn(centre, width, weight, start)


__all__ = ["HEADS", "LEAST_TEXTS", "fit_aspects"]
