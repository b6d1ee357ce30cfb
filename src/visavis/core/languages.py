"""Content that the company writes in more than one language; the mark of words that a screen translates."""

from __future__ import annotations

from collections.abc import Mapping

#: Languages of the screens, the first being what we fall back on.
LANGUAGES = ("fr", "en")


def gettext_noop(message: str) -> str:
    """Mark words that are translated where they are shown; Django's own asks for its settings first."""
    return message


def say(words: Mapping[str, str], language: str) -> str:
    """Pick the wording in ``language``, or in the first language that has one.

    Args:
        words: language code -> wording, as kept in a JSON column.
        language: wanted language; a region ("fr-ca") counts as its language.

    Returns:
        The wording; empty if there is none in any language.

    >>> say({"fr": "Délai", "en": "Delay"}, "en-gb")
    'Delay'
    >>> say({"fr": "Délai"}, "en")
    'Délai'
    """
    for code in (language.partition("-")[0], *LANGUAGES, *words):
        if words.get(code):
            return words[code]
    return ""
