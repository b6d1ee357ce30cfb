"""Groups of texts that say alike, for somebody to name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from visavis.text.languages import LINKS, SMALL_WORDS
from visavis.text.meaning import Vectors
from visavis.text.polarity import parse
from visavis.text.tokens import Ints

#: Fewer texts make no groups.
LEAST: Final = 20
#: A group smaller than this is no theme.
SMALLEST: Final = 3
#: Numbers of groups that are tried, as far as the texts allow, and the texts on which they are tried.
TRIED: Final = (4, 6, 8, 12, 16, 24, 32)
TRIED_ON: Final = 4_000
ROUNDS: Final = 3
WORDS, EXAMPLES, LONGEST_WORD = 6, 5, 40
_BATCH: Final = 512
#: Words that hold a sentence together and tell no group.
_FUNCTION: Final = """
    que qui quoi dont pour par pas plus est suis sont etait ont avons avez peut peux faut fait faire tout tous
    toute toutes nous vous ils elles elle lui meme aussi tres bien mais avec sans sur sous dans chez depuis
    encore deja alors donc car quand comment comme cela ceci ici autre autres entre apres avant trop
    how why what when where which who can could would should get got have has had was were been are not from
    with without this that these those there then than they them she her him his its did does will just
"""
_QUIET: Final = LINKS.union(
    *SMALL_WORDS.values(),
    _FUNCTION.split(),
)


@dataclass(frozen=True, slots=True)
class Cluster:
    """Texts that say alike.

    ``words``: what tells them from the others, most telling first. ``examples``: places, in the texts given,
    of those nearest to the middle. ``members``: places of all. ``cohesion``: mean cosine to the middle.
    """

    words: tuple[str, ...]
    examples: tuple[int, ...]
    members: tuple[int, ...]
    cohesion: float

    @property
    def size(self) -> int:
        """How many texts."""
        return len(self.members)


def discover(texts: Sequence[str], vectors: Vectors, *, k: int | None = None, seed: int = 0) -> list[Cluster]:
    """Group texts by meaning.

    Args:
        texts: the texts; those that known themes already cover are better left out by the caller.
        vectors: ``embed`` of them, one row each.
        k: how many groups; none: the number under which two halves of the texts agree best.
        seed: the same seed gives the same groups.

    Returns:
        The groups of three texts and more, largest first; none for fewer than twenty texts with words.

    Raises:
        ValueError: if there are not as many rows as texts, or ``k`` is not at least one.

    Source: k-means (MacQueen 1967) on vectors of length one; k by stability (Ben-Hur, Elisseeff & Guyon
    2002); words by class-based TF-IDF (Grootendorst 2022).
    """
    if len(texts) != len(vectors) or (k is not None and k < 1):
        raise ValueError("a row for each text, and at least one group, are needed")
    spoken = np.flatnonzero(np.any(vectors != 0, axis=1))
    if len(spoken) < LEAST:
        return []
    rows = vectors[spoken]
    groups = min(k or steadiest(rows, seed), len(rows))
    own = _grouped(rows, groups, seed).predict(rows)
    words = telling_words([texts[place] for place in spoken.tolist()], own, groups)
    found = [_cluster(group, own, rows, spoken, words) for group in range(groups)]
    return sorted((one for one in found if one.size >= SMALLEST), key=lambda one: (-one.size, one.members))


def _cluster(group: int, own: Ints, rows: Vectors, spoken: Ints, words: Sequence[tuple[str, ...]]) -> Cluster:
    inside = np.flatnonzero(own == group)
    middle = rows[inside].sum(axis=0)
    near = rows[inside] @ (middle / max(float(np.linalg.norm(middle)), 1e-9))
    nearest = inside[np.argsort(-near, kind="stable")[:EXAMPLES]]
    return Cluster(
        words=words[group],
        examples=tuple(spoken[nearest].tolist()),
        members=tuple(spoken[inside].tolist()),
        cohesion=float(near.mean()) if len(inside) else 0.0,
    )


def _grouped(rows: Vectors, groups: int, seed: int) -> _Means:
    from sklearn.cluster import KMeans

    fitted = KMeans(groups, n_init=ROUNDS, random_state=seed).fit(rows)
    return _Means(fitted.cluster_centers_)


@dataclass(frozen=True, slots=True)
class _Means:
    """The middles of groups."""

    centres: NDArray[np.float32]

    def predict(self, rows: Vectors) -> Ints:
        """The nearest middle of each row."""
        away = (self.centres**2).sum(axis=1) - 2 * rows @ self.centres.T
        answer: Ints = np.argmin(away, axis=1).astype(np.int64)
        return answer


def steadiest(rows: Vectors, seed: int) -> int:
    """The number of groups under which groups made of two halves of the texts put the same texts together.

    Args:
        rows: vectors of length one, at least ``LEAST``.
        seed: of the halves and of the groups.

    Returns:
        One of ``TRIED`` under which groups hold some ten texts; of equals, the larger.
    """
    chance = np.random.default_rng(seed)
    some = rows[np.sort(chance.permutation(len(rows))[:TRIED_ON])]
    fitting = [k for k in TRIED if len(some) >= 10 * k] or [2]
    agreed = {k: _agreement(some, k, chance) for k in fitting}
    return max(fitting, key=lambda k: (round(agreed[k], 3), k))


def _agreement(rows: Vectors, k: int, chance: np.random.Generator) -> float:
    """Adjusted Rand index of the groups that two halves give to all texts, mean of ``ROUNDS``."""
    from sklearn.metrics import adjusted_rand_score

    scores = []
    for _ in range(ROUNDS):
        order = chance.permutation(len(rows))
        halves = np.array_split(order, 2)
        one, two = (_grouped(rows[half], k, int(chance.integers(1 << 30))).predict(rows) for half in halves)
        scores.append(adjusted_rand_score(one, two))
    return float(np.mean(scores))


def telling_words(texts: Sequence[str], own: Ints, groups: int) -> list[tuple[str, ...]]:
    """What tells each group: words frequent in it and rare in the others, as they are written there most.

    Args:
        texts: the texts.
        own: the group of each.
        groups: how many groups.

    Returns:
        For each group, at most ``WORDS`` words.

    Source: class-based TF-IDF (Grootendorst 2022): sqrt(tf) x log(1 + words a group / occurrences in all).
    """
    counts: list[Counter[str]] = [Counter() for _ in range(groups)]
    written: dict[str, Counter[str]] = {}
    for first in range(0, len(texts), _BATCH):
        parsed = parse(list(texts[first : first + _BATCH]))
        for word, text in zip(parsed.tokens.word.tolist(), parsed.tokens.text.tolist(), strict=True):
            shape = parsed.shapes[word]
            if shape not in _QUIET and 2 < len(shape) <= LONGEST_WORD:
                counts[own[first + text]][shape] += 1
                written.setdefault(shape, Counter())[parsed.tokens.words[word].lower()] += 1
    return [_most_telling(one, counts, written) for one in counts]


def _most_telling(
    one: Counter[str], counts: Sequence[Counter[str]], written: dict[str, Counter[str]]
) -> tuple[str, ...]:
    size = sum(map(Counter.total, counts)) / max(len(counts), 1)
    weight = {
        shape: np.sqrt(times) * np.log(1 + size / sum(other[shape] for other in counts))
        for shape, times in one.items()
        if times > 1
    }
    best = sorted(weight, key=lambda shape: (-weight[shape], shape))[:WORDS]
    return tuple(written[shape].most_common(1)[0][0] for shape in best)
