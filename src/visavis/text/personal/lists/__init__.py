"""What is known by hand of names, read on first need."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from visavis.text.personal.letters import listed, plain_letters

_FOLDER: Final = Path(__file__).parent


def _read(name: str) -> frozenset[str]:
    lines = (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    kept = " ".join(line for line in lines if not line.startswith("#"))
    return frozenset(word for word in plain_letters(kept).replace("-", " ").split() if len(word) > 1)


@cache
def common() -> frozenset[str]:
    """Words that people write small: in a name only where something says so."""
    return _read("common_words")


@cache
def brands() -> frozenset[str]:
    """Firms, towns, months, days: never a person by themselves."""
    return _read("not_people")


@cache
def first_names() -> frozenset[str]:
    """First names borne in France."""
    return _read("first_names") - brands()


@cache
def plain_first_names() -> frozenset[str]:
    """First names that are no word besides."""
    return first_names() - common() - _AMBIGUOUS


@cache
def surnames() -> frozenset[str]:
    """Frequent surnames."""
    return _read("surnames")


#: First names that are also words, though seldom written small in our texts.
_AMBIGUOUS: Final = listed(
    """
    martial manuel peter prune teddy eleanor salut alpes
    achille aime aimee alan alexa ali alma ambre an ange anis anne april art aurore avril bao ben
    bienvenue bill blaise blanche bo bob calypso candide capucine celeste cerise chi claire clement
    colombe come constance constant cortana crystal dan dao dean desire desiree dev devi divine
    dolores don dora duc earl eden elan ella espoir eve fara fay fidele fleur flore fortune france
    francs gala gentil gloire grace grant guy haby honore hope hung iban isis jack jasmine joy
    juillet juin juste ken kim king lance lien ligne line loan long lorraine lou loup lourdes luce
    luis mai marin marine mark max merveille mia milan mimosa modeste mona moussa my myrtille nana
    narcisse noel norman nour ny ola olive olivier ombeline opale oscar oxygene pam papa pape
    parfait paris pat patient perle pierre placide prince princesse prosper providence prudence
    prudent rado rama ravi ray reine rio rob romaine roman rose ruby sacha said sandy sincere sir
    siri sky son sue swan tam tao ted thi tien tim tom toussaint tresor tri van vanille vera
    victoire violette vital viviane will yen ying
    """
)
