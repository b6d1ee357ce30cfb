"""What French words weigh wherever they stand: a lexicon written by hand, which training leans on.

A domain never met shares its words of praise and of blame with all others, if with nothing else. The lexicon
is read at training only: what it is found to be worth goes into the weights.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from visavis.text import expressions
from visavis.text.clauses import shape
from visavis.text.grams import NEGATED, Hashes, digest, pair
from visavis.text.tokens import WORD

WRITTEN: Final = Path(__file__).with_name("lexicon.txt")
#: Columns of ``Lexicon.strength``: words that praise, that blame, the same near a negation, pairs of words,
#: expressions.
GROUPS: Final = 8
EXPRESSIONS: Final = slice(6, 8)
_JOINED: Final = "_"
#: How an adjective that ends so is declined; the first that fits is taken. A form nobody uses does no harm.
_DECLINED: Final = (
    ("eux", "eux euse euses eusement"),
    ("if", "if ive ifs ives ivement"),
    ("al", "al ale aux ales als alement"),
    ("el", "el elle els elles ellement"),
    ("en", "en ens enne ennes"),
    ("on", "on ons onne onnes"),
    ("er", "er ere ers eres"),
    ("et", "et ete ets etes ette ettes"),
    ("eur", "eur euse eurs euses rice eure eures"),
    ("c", "c que cs ques che ches"),
    ("x", "x sse xes ce ces"),
    ("ant", "ant ante ants antes amment"),
    ("ent", "ent ente ents entes emment"),
    ("s", "s se ses sse sses"),
    ("l", "l lle ls lles le les"),
    ("e", "e es"),
    ("", " s e es"),
)
_CONJUGATED: Final = (
    (
        "er",
        "er e es ent ons ez ais ait aient ee ees ant era eront erai erais erait erez a ai ions iez erons ont",
    ),
    ("ir", "ir i is it ie ies issons issez issent issant issait ira irait irai"),
    ("re", "re s t u ue us ues ent ez ons ait ais ant ra rait ds"),
)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Numbers of words and expressions (each once), and one row of ``GROUPS`` strengths for each."""

    numbers: Hashes
    strength: NDArray[np.float32]

    def of(self, numbers: Hashes) -> NDArray[np.float32]:
        """One row of strengths for each of ``numbers``, zeros for those it does not hold."""
        rows = np.zeros((len(numbers), GROUPS), np.float32)
        place = np.searchsorted(self.numbers, numbers)
        known = np.flatnonzero(place < len(self.numbers))
        known = known[self.numbers[place[known]] == numbers[known]]
        rows[known] = self.strength[place[known]]
        return rows


NO_LEXICON: Final = Lexicon(np.zeros(0, np.uint64), np.zeros((0, GROUPS), np.float32))


def entries(text: str) -> dict[str, float]:
    r"""Every form of every entry with its strength, from -3 to 3.

    Args:
        text: a lexicon: sections ``[kind strength]`` and words, as explained at the head of ``lexicon.txt``.

    Returns:
        Shapes of words, or of two words joined by ``_``; the first mention wins over forms made from others.

    >>> entries("[adjective 2] # praise\nagréable pas_cher")
    {'agreable': 2.0, 'pas_cher': 2.0, 'agreables': 2.0}
    """
    said: dict[str, float] = {}
    made: dict[str, float] = {}
    kind, strength = "", 0.0
    for line in text.splitlines():
        if line.startswith("["):
            kind, _, number = line[1 : line.index("]")].rpartition(" ")
            strength = float(number)
        elif not line.startswith("#"):
            for entry in line.split():
                lemma = _JOINED.join(map(shape, WORD.split(entry.replace(_JOINED, " "))[1::2]))
                said.setdefault(lemma, strength)
                made |= {form: strength for form in _forms(lemma, kind) if form not in made}
    return said | {form: strength for form, strength in made.items() if form not in said}


def _forms(lemma: str, kind: str) -> list[str]:
    """The forms of one word; an expression has but its own."""
    if _JOINED in lemma:
        return []
    if kind == "noun":
        return [lemma + "s", lemma + "x"]
    tables = {"adjective": _DECLINED, "verb": _CONJUGATED}.get(kind, ())
    for ending, forms in tables:
        if lemma.endswith(ending):
            stem = lemma.removesuffix(ending)
            return [stem + form for form in forms.split(" ")]
    return []


def lexicon() -> Lexicon:
    """The lexicon as the model sees it: words, words near a negation, pairs of words, expressions."""
    rows: dict[int, tuple[int, float]] = {}
    for entry, strength in entries(WRITTEN.read_text(encoding="utf-8")).items():
        words = [digest(word) for word in entry.split(_JOINED)]
        blames = int(strength < 0)
        if len(words) == 1:
            rows[words[0]] = (blames, strength)
            rows[words[0] ^ int(NEGATED)] = (2 + blames, strength)
        elif len(words) == 2:
            left, right = np.array(words, np.uint64)[:, None]
            rows[int(pair(left, right)[0])] = (4 + blames, strength)
    for told in expressions.written():
        rows.setdefault(told.number, (EXPRESSIONS.start + int(told.strength < 0), told.strength))
    numbers = np.array(sorted(rows), np.uint64)
    table = np.zeros((len(numbers), GROUPS), np.float32)
    for place, number in enumerate(numbers.tolist()):
        column, strength = rows[number]
        table[place, column] = strength
    return Lexicon(numbers, table)
