"""Which texts to put before a person: mostly the least certain, some at random."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Final, NamedTuple

from visavis.text.folding import fold

#: Share of the queue that is drawn at random: it alone tells honest error rates and shares.
AT_RANDOM: Final = 0.3


class Proposal(NamedTuple):
    """One text to be read by a person: its place in what was given, and whether chance chose it."""

    place: int
    at_random: bool


def propose(
    certainties: Sequence[float], size: int, seed: int, *, texts: Sequence[str] | None = None
) -> list[Proposal]:
    """Choose what a person should read: 30 % at random, the rest the least certain.

    The random part is drawn first, from everything, so that it stays a fair sample of all texts.

    Args:
        certainties: how sure each reading is, 0 to 1.
        size: how many to choose; all there are, if there are fewer.
        seed: the same seed and certainties give the same queue.
        texts: the texts themselves, if the same words (case and accents aside) are to come up once only.

    Returns:
        Places in ``certainties``, each once, in an order that does not tell how they were chosen.

    Raises:
        ValueError: if ``size`` is negative, or there are not as many texts as certainties.

    Source:
        D. D. Lewis and W. A. Gale (1994), "A sequential algorithm for training text classifiers", SIGIR.

    >>> sorted(propose([0.9, 0.5, 0.8, 0.95], 2, seed=1))
    [Proposal(place=1, at_random=False), Proposal(place=3, at_random=True)]
    """
    if size < 0 or (texts is not None and len(texts) != len(certainties)):
        raise ValueError(f"impossible queue: {size} of {len(certainties)}")
    chance = Random(seed)  # noqa: S311 - a draw, not a secret
    shuffled = list(range(len(certainties)))
    chance.shuffle(shuffled)
    pool = _once(shuffled, texts) if texts is not None else shuffled
    drawn = round(AT_RANDOM * min(size, len(pool)))
    doubtful = sorted(pool[drawn:], key=certainties.__getitem__)[: size - drawn]
    queue = [Proposal(place, at_random=True) for place in pool[:drawn]]
    queue += [Proposal(place, at_random=False) for place in doubtful]
    chance.shuffle(queue)
    return queue


def _once(places: Sequence[int], texts: Sequence[str]) -> list[int]:
    """The places whose text no earlier place has."""
    first: dict[str, int] = {}
    for place in places:
        first.setdefault(fold(texts[place]), place)
    return list(first.values())
