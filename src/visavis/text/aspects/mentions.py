"""Opinions on words that are given: which side a text takes on each of them, learnt from labelled ones."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from visavis.core.words import Polarity, Voice, must_be_customer
from visavis.text.aspects.near import Mention, Near, Table, look
from visavis.text.grams import Hashes
from visavis.text.meaning import Vectors, embed
from visavis.text.tokens import Ints
from visavis.text.weights import Weights

FORMAT: Final = 1
#: What may be said of words.
SIDES: Final = (Polarity.POSITIVE, Polarity.NEGATIVE, Polarity.NEUTRAL)
#: Softness of the regression; how much the traits of tone and the category weigh beside words and meaning.
SOFTNESS, TONE, CATEGORY = 3.0, 0.3, 0.5
#: A feature that fewer mentions hold is not kept.
LEAST: Final = 2
#: Labelled mentions under which nothing is fitted.
LEAST_MENTIONS: Final = 200


@dataclass(frozen=True, slots=True)
class MentionModel:
    """What labelled mentions taught. Customers' words only.

    ``weight``: a row a feature, those of the words known (``numbers``, ascending) first, then traits,
    categories, meaning; a column a side of ``SIDES``.
    """

    numbers: Hashes
    rarity: NDArray[np.float64]
    centre: Table
    width: Table
    categories: tuple[str, ...]
    meaning: bool
    weight: NDArray[np.float32]
    start: Table

    def polarities(
        self,
        mentions: Sequence[Mention],
        *,
        voice: Voice = Voice.CUSTOMER,
        vectors: Vectors | None = None,
        weights: Weights | None = None,
    ) -> list[tuple[Polarity, float]]:
        """The side taken on each mention, and its chance (0 to 1) among the three.

        Args:
            mentions: words of customers' texts.
            voice: whose words these are.
            vectors: ``embed`` of the text of each, where known.
            weights: the model of tone; none: the shipped French one.

        Raises:
            EmployeeTextError: for employees' words.
        """
        must_be_customer(voice)
        if not mentions:
            return []
        cells = self.cells(
            look(mentions, weights), mentions, _meanings(mentions, vectors, wanted=self.meaning)
        )
        score = cells @ self.weight + self.start
        raised = np.exp(score - score.max(axis=1, keepdims=True))
        chances = raised / raised.sum(axis=1, keepdims=True)
        return [(SIDES[int(np.argmax(row))], round(float(row.max()), 4)) for row in chances]

    def cells(self, seen: Near, mentions: Sequence[Mention], vectors: Vectors | None) -> Any:
        """The features of mentions: sparse (mentions, rows of ``weight``)."""
        from scipy.sparse import csr_matrix, hstack

        traits = (seen.traits - self.centre) / self.width * TONE
        tags = np.array([_tags(self.categories, one.category) for one in mentions]) * CATEGORY
        blocks = [_words(seen, self.numbers, self.rarity), csr_matrix(traits), csr_matrix(tags)]
        return hstack(blocks + ([] if vectors is None else [csr_matrix(vectors)])).tocsr()

    def to_bytes(self) -> bytes:
        """The model as an archive of plain arrays, which ``from_bytes`` reads back. Not a pickle."""
        head = json.dumps({"format": FORMAT, "categories": self.categories, "meaning": self.meaning})
        file = io.BytesIO()
        np.savez_compressed(
            file,
            head=np.frombuffer(head.encode(), np.uint8),
            numbers=self.numbers,
            rarity=self.rarity,
            traits=np.stack([self.centre, self.width]),
            weight=self.weight,
            start=self.start,
        )
        return file.getvalue()

    @classmethod
    def from_bytes(cls, content: bytes) -> MentionModel:
        """Read what ``to_bytes`` wrote.

        Raises:
            ValueError: if it is something else, or of another format.
        """
        with np.load(io.BytesIO(content), allow_pickle=False) as file:
            head = json.loads(bytes(file["head"]))
            if head["format"] != FORMAT:
                raise ValueError(f"a model of mentions of format {head['format']}, not {FORMAT}")
            return cls(
                file["numbers"],
                file["rarity"],
                file["traits"][0],
                file["traits"][1],
                tuple(head["categories"]),
                head["meaning"],
                file["weight"],
                file["start"],
            )


def fit_mentions(
    mentions: Sequence[Mention],
    polarities: Sequence[Polarity],
    *,
    meaning: bool = True,
    vectors: Vectors | None = None,
    weights: Weights | None = None,
) -> MentionModel:
    """Learn which side a text takes on given words.

    One multinomial logistic regression on the words of the text, each as near as it stands to those given; on
    the tone near them, of their clause and of the text; on their category and on the meaning of the text.

    Args:
        mentions: words of customers' texts, at least ``LEAST_MENTIONS``.
        polarities: the side taken on each: positive, negative or neutral.
        meaning: whether to use the sentence embedding too (slower, better).
        vectors: ``embed`` of the text of each, where known.
        weights: the model of tone; none: the shipped French one.

    Returns:
        The model. The same mentions and labels always give the same one.

    Raises:
        ValueError: for too few mentions, labels that are missing or of another kind, or one side only.
    """
    if len(mentions) != len(polarities) or len(mentions) < LEAST_MENTIONS:
        raise ValueError(f"{len(mentions)} mentions, {len(polarities)} labels: {LEAST_MENTIONS} are needed")
    if not set(polarities) <= set(SIDES) or len(set(polarities)) < 2:
        raise ValueError("two sides at least, among positive, negative and neutral")
    from sklearn.linear_model import LogisticRegression

    seen = look(mentions, weights)
    numbers, column = np.unique(seen.number, return_inverse=True)
    held = np.bincount(np.unique(np.stack([column, seen.mention]), axis=1)[0], minlength=len(numbers))
    kept = held >= LEAST
    width = np.maximum(seen.traits.std(axis=0), 1e-6)
    blank = MentionModel(
        numbers[kept],
        np.log(len(mentions) / held[kept]) + 1,
        seen.traits.mean(axis=0),
        width,
        tuple(sorted({word for one in mentions for word in one.category.split()})),
        meaning,
        np.zeros((0, len(SIDES)), np.float32),
        np.full(len(SIDES), -30.0),
    )
    cells = blank.cells(seen, mentions, _meanings(mentions, vectors, wanted=meaning))
    said = np.array([SIDES.index(one) for one in polarities])
    regression = LogisticRegression(C=SOFTNESS, max_iter=500).fit(cells, said)
    return _with(blank, regression.classes_, regression.coef_, regression.intercept_)


def _with(blank: MentionModel, known: Ints, weight: Table, start: Table) -> MentionModel:
    """The model with what was found; a side never seen stays out of reach."""
    if len(known) == 2:
        weight, start = np.concatenate([-weight, weight]) / 2, np.concatenate([-start, start]) / 2
    full = np.zeros((weight.shape[1], len(SIDES)), np.float32)
    full[:, known] = weight.T
    starts = blank.start.copy()
    starts[known] = start
    return replace(blank, weight=full, start=starts)


def _meanings(mentions: Sequence[Mention], vectors: Vectors | None, *, wanted: bool) -> Vectors | None:
    if not wanted or vectors is not None:
        return vectors if wanted else None
    texts = sorted({one.text for one in mentions})
    place = {text: number for number, text in enumerate(texts)}
    return embed(texts)[[place[one.text] for one in mentions]]


def _tags(categories: tuple[str, ...], category: str) -> list[float]:
    said = category.split()
    return [float(name in said) for name in categories]


def _words(seen: Near, numbers: Hashes, rarity: NDArray[np.float64]) -> Any:
    """TF-IDF of the words known, as near as they stand; rows of length one."""
    from scipy.sparse import csr_matrix
    from sklearn.preprocessing import normalize

    place = np.minimum(np.searchsorted(numbers, seen.number), max(0, len(numbers) - 1))
    known = np.flatnonzero(numbers[place] == seen.number) if len(numbers) else place[:0]
    cells = seen.near[known] * rarity[place[known]]
    return normalize(
        csr_matrix((cells, (seen.mention[known], place[known])), (len(seen.traits), len(numbers)))
    )
