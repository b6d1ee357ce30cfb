"""The themes that hold of a text, written in one word beside it: what many texts speak of is counted there.

The readings stay what is true; whoever writes readings calls ``note_heard`` in the same transaction.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import groupby
from operator import itemgetter

from django.db import connection

from visavis.core.words import Polarity
from visavis.listen.returns.models import Verbatim
from visavis.understand.verbatims.models import Annotation

#: A theme with its tone is one number: four times the theme's key, plus the place of the tone.
_TONES = 4
_PLACES = {Polarity.NEGATIVE.value: 0, Polarity.POSITIVE.value: 2}
_NEITHER = 1
_SLICE = 5000


def in_one_word(told: Iterable[tuple[int, str]]) -> str:
    """Themes with their tones, as they stand beside a text.

    Args:
        told: keys of themes and what is said of each, in the order of the keys.

    Returns:
        Numbers between commas; empty when nothing is heard.

    >>> in_one_word([(7, "negative"), (9, "")])
    '28,37'
    """
    return ",".join(str(theme * _TONES + _PLACES.get(tone, _NEITHER)) for theme, tone in told)


def from_one_word(word: str) -> list[tuple[int, int]]:
    """Themes of a text, each with the place of its tone: 0 negative, 1 neither, 2 positive.

    >>> from_one_word("28,37")
    [(7, 0), (9, 1)]
    """
    return [divmod(int(one), _TONES) for one in word.split(",")] if word else []


def in_numbers(theme: int, tones: Iterable[int]) -> list[str]:
    """A theme in each of some tones, as it stands in a word beside a text.

    >>> in_numbers(7, [0, 2])
    ['28', '30']
    """
    return [str(theme * _TONES + tone) for tone in tones]


def note_heard(texts: Collection[int]) -> None:
    """Write beside texts the themes that hold of them now.

    Args:
        texts: keys of texts whose readings were just written, in the same transaction.
    """
    for some in _slices(sorted(texts)):
        told = Annotation.objects.current().filter(verbatim__in=some, theme__isnull=False, refused=False)
        rows = told.order_by("verbatim", "theme").values_list("verbatim_id", "theme_id", "polarity")
        words = dict.fromkeys(some, "")
        for pk, those in groupby(rows, itemgetter(0)):
            words[pk] = in_one_word((theme, tone) for _, theme, tone in those if theme)
        _write([(word, pk, word) for pk, word in words.items()])


def _slices(texts: list[int]) -> Iterable[list[int]]:
    return (texts[first : first + _SLICE] for first in range(0, len(texts), _SLICE))


def _write(rows: list[tuple[str, int, str]]) -> None:
    """One prepared statement; rows that say it already are left alone."""
    table = connection.ops.quote_name(Verbatim._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {table} SET themes_heard = %s WHERE id = %s AND themes_heard <> %s",  # noqa: S608 - the name is ours
            rows,
        )
