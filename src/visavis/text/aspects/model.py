"""A fitted model of opinions: weights of words, of meanings, and of what both say together."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from visavis.core.words import Polarity, Voice, must_be_customer
from visavis.text.aspects.features import HEADS, Evidence, Held, Seen, describe, look
from visavis.text.grams import Hashes
from visavis.text.meaning import SIZE, Vectors, embed
from visavis.text.tokens import Ints
from visavis.text.weights import Weights

Table = NDArray[np.float64]

FORMAT: Final = 1
#: What may be said of a theme; nothing, when it is not spoken of.
SAID: Final = (None, Polarity.POSITIVE, Polarity.NEGATIVE, Polarity.MIXED)


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a text says of one theme: ``polarity`` is ``None`` where it does not speak of it.

    ``certainty`` (0 to 1): the chance of that answer among the four.
    """

    theme: str
    polarity: Polarity | None
    certainty: float


@dataclass(frozen=True, slots=True)
class Block:
    """One kind of features: the numbers known, ascending, how rare each is, and its weight in every head."""

    numbers: Hashes
    rarity: NDArray[np.float32]
    weight: NDArray[np.float32]

    def scores(self, held: Held, rows: Ints, height: int) -> Table:
        """The scores of every head for each row (a text or a clause), of rows of length one."""
        place = np.searchsorted(self.numbers, held.number)
        place[place == len(self.numbers)] = 0
        known = np.flatnonzero(self.numbers[place] == held.number) if len(self.numbers) else place[:0]
        place, row = place[known], rows[known]
        cells, counts = np.unique(row * len(self.numbers) + place, return_counts=True)
        row, place = np.divmod(cells, max(1, len(self.numbers)))
        value = counts * self.rarity[place]
        length = np.sqrt(np.maximum(np.bincount(row, value**2, height), 1e-9))
        value = value / length[row]
        columns = [np.bincount(row, value * head[place], height) for head in self.weight.T]
        return np.stack(columns, axis=1)


@dataclass(frozen=True, slots=True)
class Drawn:
    """How an opinion on one theme is drawn from its traits: centre and width of each, a weight an answer."""

    centre: Table
    width: Table
    weight: Table
    start: Table

    def chances(self, traits: Table) -> Table:
        """(texts, answers): the chance of each answer of ``SAID``."""
        score = (traits - self.centre) / self.width @ self.weight + self.start
        raised = np.exp(score - score.max(axis=1, keepdims=True))
        answer: Table = raised / raised.sum(axis=1, keepdims=True)
        return answer


@dataclass(frozen=True, slots=True)
class AspectModel:
    """What a company's labelled texts taught about its themes. Customers' words only.

    ``start``: what each head says of a text without words; ``meaning``: weights of the meaning, one column a
    head and the start in the last row; ``None`` where it was fitted without.
    """

    themes: tuple[str, ...]
    words: Block
    letters: Block
    start: Table
    meaning: Table | None
    drawn: tuple[Drawn, ...]

    def opinions(
        self,
        texts: Sequence[str],
        *,
        voice: Voice = Voice.CUSTOMER,
        vectors: Vectors | None = None,
        weights: Weights | None = None,
    ) -> list[tuple[Opinion, ...]]:
        """What each text says of each theme, in the order of ``themes``.

        Args:
            texts: what customers wrote.
            voice: whose words these are.
            vectors: ``embed`` of the texts where known; else computed here, if the model learnt meanings.
            weights: the model of tone; none: the shipped one.

        Raises:
            EmployeeTextError: for employees' words.
        """
        must_be_customer(voice)
        if not texts:
            return []
        seen = look(texts, weights)
        evidence = self.evidence(seen, self._vectors(texts, vectors))
        chances = [drawn.chances(describe(seen, evidence, theme)) for theme, drawn in enumerate(self.drawn)]
        return [
            tuple(_opinion(theme, each[row]) for theme, each in zip(self.themes, chances, strict=True))
            for row in range(len(texts))
        ]

    def _vectors(self, texts: Sequence[str], vectors: Vectors | None) -> Vectors | None:
        if self.meaning is None:
            return None
        return embed(texts) if vectors is None else vectors

    def evidence(self, seen: Seen, vectors: Vectors | None) -> Evidence:
        """The scores of the heads on texts and clauses."""
        words, letters, count = seen.words, seen.letters, len(seen.lean)
        texts = self.words.scores(words, words.text, seen.size)
        texts += self.letters.scores(letters, letters.text, seen.size) + self.start
        clauses = self.words.scores(words, words.clause, count)
        clauses += self.letters.scores(letters, letters.clause, count) + self.start
        if self.meaning is None or vectors is None:
            return Evidence(texts, clauses, None)
        return Evidence(texts, clauses, vectors @ self.meaning[:SIZE] + self.meaning[SIZE])

    def to_bytes(self) -> bytes:
        """The model as an archive of plain arrays, which ``from_bytes`` reads back. Not a pickle."""
        named: dict[str, Any] = dict(self._arrays())
        head = json.dumps({"format": FORMAT, "themes": self.themes}).encode()
        file = io.BytesIO()
        np.savez_compressed(file, head=np.frombuffer(head, np.uint8), **named)
        return file.getvalue()

    def _arrays(self) -> Iterator[tuple[str, NDArray[Any]]]:
        for name, block in (("words", self.words), ("letters", self.letters)):
            yield f"{name}_numbers", block.numbers
            yield f"{name}_rarity", block.rarity
            yield f"{name}_weight", block.weight.astype(np.float16)
        yield "start", self.start
        if self.meaning is not None:
            yield "meaning", self.meaning
        for number, drawn in enumerate(self.drawn):
            yield f"drawn_{number}", np.vstack([drawn.centre, drawn.width, drawn.weight.T])
            yield f"drawn_start_{number}", drawn.start

    @classmethod
    def from_bytes(cls, content: bytes) -> AspectModel:
        """Read what ``to_bytes`` wrote.

        Raises:
            ValueError: if it is something else, or of another format.
        """
        with np.load(io.BytesIO(content), allow_pickle=False) as file:
            head = json.loads(bytes(file["head"]))
            if head["format"] != FORMAT:
                raise ValueError(f"a model of opinions of format {head['format']}, not {FORMAT}")
            words, letters = (
                Block(
                    file[f"{name}_numbers"],
                    file[f"{name}_rarity"],
                    file[f"{name}_weight"].astype(np.float32),
                )
                for name in ("words", "letters")
            )
            drawn = [
                Drawn(table[0], table[1], table[2:].T, file[f"drawn_start_{number}"])
                for number in range(len(head["themes"]))
                for table in [file[f"drawn_{number}"]]
            ]
            meaning = file["meaning"] if "meaning" in file.files else None
            return cls(tuple(head["themes"]), words, letters, file["start"], meaning, tuple(drawn))


def _opinion(theme: str, chances: Table) -> Opinion:
    likeliest = int(np.argmax(chances))
    return Opinion(theme, SAID[likeliest], round(float(chances[likeliest]), 4))


#: Number of answers; kept beside ``HEADS`` so that both are found in one place.
ANSWERS: Final = len(SAID)
__all__ = ["ANSWERS", "HEADS", "SAID", "AspectModel", "Block", "Drawn", "Opinion"]
