"""The few words that charts say by themselves, in French and English."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from visavis.measure.figures import code

_WORDS: Mapping[str, Mapping[str, str]] = {
    "fr": {
        "value": "Valeur",
        "interval": "Intervalle",
        "n": "Réponses",
        "change": "Évolution",
        "whiskers": "Traits\u00a0: intervalles à {level}\u00a0%.",
        "whiskers_between": "Traits\u00a0: intervalles à des niveaux de {low} à {high}\u00a0%.",
        "dashes": "Pointillé\u00a0: {name}, {value}.",
        "equals": "À droite\u00a0: {change}\u00a0; =\u00a0: pas encore concluant ou pas d’écart visible.",
        "both_dashes": "Pointillés\u00a0: {name}, {left} et {right}.",
        "indicative": "indicatif",
        "negative": "Négatifs",
        "neutral": "Neutres",
        "positive": "Positifs",
        "signs": "Barres\u00a0: − négatifs, = neutres, + positifs.",
        "out_of": "{part} sur {whole}",
        "ribbons": "Bandes\u00a0: intervalles à {level}\u00a0%.",
        "per_point": "De {low} à {high} par point.",
        "period": "Période",
        "semicolon": "\u00a0; ",
        "colon": "{first}\u00a0: {then}",
        "verdict": "Lecture",
        "day": "{day}\u00a0{month}\u00a0{year}",
    },
    "en": {
        "value": "Value",
        "interval": "Interval",
        "n": "Answers",
        "change": "Change",
        "whiskers": "Lines: {level}% intervals.",
        "whiskers_between": "Lines: intervals at levels from {low} to {high}%.",
        "dashes": "Dotted: {name}, {value}.",
        "equals": "On the right: {change}; =: not conclusive yet or no visible difference.",
        "both_dashes": "Dotted: {name}, {left} and {right}.",
        "indicative": "indicative",
        "negative": "Negative",
        "neutral": "Neutral",
        "positive": "Positive",
        "signs": "Bars: − negative, = neutral, + positive.",
        "out_of": "{part} of {whole}",
        "ribbons": "Bands: {level}% intervals.",
        "per_point": "{low} to {high} a point.",
        "period": "Period",
        "semicolon": "; ",
        "colon": "{first}: {then}",
        "verdict": "Reading",
        "day": "{day}\u00a0{month}\u00a0{year}",
    },
}
_MONTHS: Mapping[str, tuple[str, ...]] = {
    "fr": ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}


def word(key: str, language: str, /, **values: object) -> str:
    """Return one of the words of charts, its places filled."""
    return _WORDS[code(language)][key].format(**values)


def month(day: date, language: str, *, year: bool) -> str:
    """Write a month on an axis: « sept. », or « sept. 24 » with its year."""
    name = _MONTHS[code(language)][day.month - 1]
    return f"{name}\u00a0{day:%y}" if year else name


def full_day(day: date, language: str) -> str:
    """Write a day, on one line: « 13 janv. 2025 », « 1er mai 2025 »."""
    first = code(language) == "fr" and day.day == 1
    written = f"{day.day}er" if first else str(day.day)
    return word("day", language, day=written, month=_MONTHS[code(language)][day.month - 1], year=day.year)
