"""Where a sentence takes back what it seems to say: "on ne peut pas dire que ce soit mauvais", "pas sans"."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from visavis.text import irony
from visavis.text.clauses import Clauses
from visavis.text.tokens import Ints, Tokens

#: How much of what is denied counts, the other way round.
DENIED: Final = -0.8
#: Kinds of words that openings are made of.
_KINDS: Final = {
    "not": "pas jamais point non",
    "say": "dire pretendre affirmer say",
    "think": "dirais dirai dirait pense crois trouve trouvons pensons",
    "that": "que qu that",
    "far": "loin far",
    "of": "d de from",
    "be": "etre me m nous avoir valoir being",
    "without": "sans",
    "all": "tout",
    "but": "sauf",  # opens a clause of its own
    "lack": "manque manquent manquait",
    "hard": "impossible difficile hard",
}
_BIT: Final = {kind: 1 << place for place, kind in enumerate(_KINDS)}
_ROLES: Final = {
    word: sum(_BIT[kind] for kind, words in _KINDS.items() if word in words.split())
    for word in frozenset(" ".join(_KINDS.values()).split())
}


class Opening(NamedTuple):
    """Kinds of words in a row that open a denial, and how many of them then say nothing.

    It ends with the phrase (a comma) where it is ``brief``, else with the clause; its first word must be
    negated where it is ``turned``.
    """

    kinds: tuple[str, ...]
    silent: int
    brief: bool = True
    turned: bool = False


_OPENINGS: Final = (
    Opening(("say", "that"), 2, brief=False, turned=True),
    Opening(("think", "not", "that"), 3, brief=False),
    Opening(("far", "of", "be"), 3),
    Opening(("not", "without"), 1),
    Opening(("all", "but"), 2),
    Opening(("lack", "not", "of"), 0),
    Opening(("hard", "of", "say", "that"), 4, brief=False),
)
#: "dire que" is an opening only where it is negated, and these many words before it belong to it.
_BEFORE: Final = 4


def role(shape: str) -> int:
    """What a word may do in an opening, or in ironic praise; 0 for most."""
    return _ROLES.get(shape, 0) | irony.role(shape)


def pull(tokens: Tokens, clauses: Clauses, roles: Ints) -> NDArray[np.float32]:
    """How much each word of a batch counts, and which way.

    Args:
        tokens: the words.
        clauses: their clauses and phrases.
        roles: ``role`` of each different word.

    Returns:
        1 for most words, 0 for those that open a denial, ``DENIED`` for what is denied, ``irony.TURNED`` for
        ironic praise.
    """
    answer = np.ones(len(tokens.word), np.float32)
    answer[irony.ironic(tokens, clauses, roles)] = irony.TURNED
    spoken = np.append(roles[tokens.word], [0, 0, 0])  # an opening has four words at most
    for opening in _OPENINGS:
        starts = np.flatnonzero(spoken & _BIT[opening.kinds[0]])
        for step, kind in enumerate(opening.kinds[1:], 1):
            starts = starts[(spoken[starts + step] & _BIT[kind]) != 0]
        ends = starts + len(opening.kinds) - 1
        cuts = clauses.clause[ends] - clauses.clause[starts]
        starts = starts[(tokens.text[ends] == tokens.text[starts]) & (cuts <= ("but" in opening.kinds))]
        for first in starts.tolist():
            if clauses.negated[first] or not opening.turned:
                _deny(answer, clauses, first, opening)
    return answer


def _deny(answer: NDArray[np.float32], clauses: Clauses, first: int, opening: Opening) -> None:
    """Turn round what follows the opening at ``first``, to the end of its clause or phrase."""
    within = clauses.phrase if opening.brief else clauses.clause
    start = first + opening.silent
    if start == len(answer) or clauses.clause[start] != clauses.clause[max(start - 1, first)]:
        return
    low = max(first - _BEFORE * opening.turned, int(np.searchsorted(within, within[first])))
    answer[low:start] = 0
    answer[start : int(np.searchsorted(within, within[start], "right"))] = DENIED
