"""Passwords that are easy to guess here: made of the company's own words, or leaked elsewhere."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from pathlib import Path
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from visavis.people.units.models import Unit

#: Words of the product, of roles, of times of the year, of sign-ins, in both languages.
_COMMON: Final = (
    "visavis symetrie client clients conseiller adviser manager directeur director admin administrateur "
    "administrator qualite quality accueil equipe team agence centre siege company entreprise societe "
    "janvier fevrier mars avril juin juillet aout septembre octobre novembre decembre january february march "
    "april june july august september october november december printemps automne hiver spring summer autumn "
    "winter bonjour bienvenue welcome soleil motdepasse motpasse password passe secret azerty azertyuiop "
    "qwerty qwertyuiop iloveyou jetaime changeme"
)
COMMON: Final = frozenset(_COMMON.split())
#: Different letters and digits that a password must hold beside such words.
BESIDE: Final = 6
_SHORTEST: Final = 4
_SPLIT: Final = re.compile(r"[^0-9a-z]+")


def folded(text: str) -> str:
    """A text in small letters without accents.

    >>> folded("Évry-Été")
    'evry-ete'
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in plain if not unicodedata.combining(each))


def beside(password: str, words: set[str]) -> int:
    """How many different letters and digits of a password are left once the words are taken out.

    Args:
        password: as it was typed.
        words: in small letters, without accents.

    >>> beside("Vaubrune2025!", {"vaubrune"})
    3
    """
    left = _SPLIT.sub("", folded(password))
    for word in sorted(words, key=len, reverse=True):
        left = left.replace(word, " ")
    return len(set(left) - {" "})


class HouseWords:
    """Refuse a password that rests on words of the company, of the product or of the season.

    Args:
        more: further words, separated by commas.
    """

    def __init__(self, more: str = "") -> None:
        self.more = more

    def words(self) -> set[str]:
        """All of them: ours, the option's, and those of the names of units."""
        names = Unit.objects.order_by().values_list("name", flat=True)
        told = " ".join([*COMMON, *self.more.split(","), *names])
        whole = {_SPLIT.sub("", folded(name)) for name in (*self.more.split(","), *names)}
        return {word for word in {*_SPLIT.split(folded(told)), *whole} if len(word) >= _SHORTEST}

    def validate(self, password: str, user: Any = None) -> None:  # noqa: ARG002  Django's signature
        """Check a password.

        Raises:
            ValidationError: if too little is left of it.
        """
        words = self.words()
        said = set(_SPLIT.sub("", folded(password)))
        if beside(password, words) < min(BESIDE, len(said)):
            raise ValidationError(_("It rests on words that anybody guesses here."), code="house_words")

    def get_help_text(self) -> str:
        """What is asked."""
        return _("Beside the company’s own words, it must hold six different letters or digits.")


class Breached:
    """Refuse a password of a list of leaked ones, which the operator keeps on the machine.

    Args:
        file: sorted, one SHA-1 a line in capitals, with or without ``:count``; none: nothing is refused.
    """

    def __init__(self, file: Path | None = None) -> None:
        self.file = file

    def validate(self, password: str, user: Any = None) -> None:  # noqa: ARG002  Django's signature
        """Check a password.

        Raises:
            ValidationError: if the list holds it.
        """
        if self.file and holds(self.file, hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest()):
            raise ValidationError(
                _("It leaked from another site: whoever tries lists has it."), code="breached"
            )

    def get_help_text(self) -> str:
        """What is asked."""
        return _("It must not be on a list of leaked passwords.") if self.file else ""


def holds(file: Path, wanted: str) -> bool:
    """Whether a sorted list holds a hash, by halves: thirty reads in forty gigabytes.

    Args:
        file: one hash a line in capitals, sorted, with or without ``:count``.
        wanted: forty figures of base 16.
    """
    key = wanted.upper().encode()
    with file.open("rb") as lines:
        low, high = 0, file.stat().st_size
        while low < high:
            middle = (low + high) // 2
            lines.seek(middle)
            if middle:
                lines.readline()
            line = lines.readline()[:40]
            if line == key:
                return True
            if line and line < key:
                low = middle + 1
            else:
                high = middle
        lines.seek(0)
        return lines.readline()[:40] == key
