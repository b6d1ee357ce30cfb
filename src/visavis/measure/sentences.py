"""The sentence about a figure, drawn from its interval alone, with the only words of certainty we allow.

*Net* (clear): the interval excludes zero. *Pas d’écart visible* (no visible difference): it holds inside a
stated margin around zero. *Pas encore concluant* (not conclusive yet): all the rest. Nothing else is said.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from visavis.measure.estimates import FLOOR, Difference, Display, Estimate
from visavis.measure.figures import (
    Noun,
    code,
    count,
    decimals_of,
    factor,
    gap,
    number,
    points,
    show,
    span,
    telling,
)
from visavis.measure.mix import Decomposition


class Verdict(StrEnum):
    """What an interval allows to say of a difference."""

    CLEAR = "clear"
    SAME = "same"
    OPEN = "open"


#: Templates of every sentence. A space before a colon is U+00A0 in French.
_WORDS: Mapping[str, Mapping[str, str]] = {
    "fr": {
        "clear": "net",
        "same": "pas d’écart visible",
        "open": "pas encore concluant",
        "say_clear": "écart net\u00a0: {value} {unit}, {span}",
        "say_same": "pas d’écart visible\u00a0: {value} {unit}, {span}, dans une marge de ±\u00a0{margin}",
        "say_open": "pas encore concluant\u00a0: {value} {unit}, {span}",
        "say_indicative": "indicatif\u00a0: écart {span} {unit}",
        "full": "{value}, {span} ({n})",
        "indicative": "indicatif\u00a0: {span}, valeur observée {value} ({n})",
        "hidden": "effectif trop faible\u00a0: {n}, il en faut {floor}",
        "about": "{subject}\u00a0: {text}",
        "both": "{first} et {second}",
        "against": "{after}, contre {before}",
        "alone": "Pas de comparaison avec {n}, il en faut {floor}",
        "mix": "Par la seule évolution des demandes, {text}",
        "own": "À demandes égales, {text}",
    },
    "en": {
        "clear": "clear",
        "same": "no visible difference",
        "open": "not conclusive yet",
        "say_clear": "clear difference: {value} {unit}, {span}",
        "say_same": "no visible difference: {value} {unit}, {span}, within a margin of ±\u00a0{margin}",
        "say_open": "not conclusive yet: {value} {unit}, {span}",
        "say_indicative": "indicative: a difference of {span} {unit}",
        "full": "{value}, {span} ({n})",
        "indicative": "indicative: {span}, observed value {value} ({n})",
        "hidden": "too few: {n}, {floor} needed",
        "about": "{subject}: {text}",
        "both": "{first} and {second}",
        "against": "{after}, against {before}",
        "alone": "No comparison with {n}, {floor} needed",
        "mix": "By the change of requests alone, {text}",
        "own": "At equal requests, {text}",
    },
}


def verdict(difference: Difference, margin: float | None = None) -> Verdict | None:
    """Say what the interval of a difference allows to say.

    Args:
        difference: any difference.
        margin: how far from zero is still no difference, in the unit of the difference (0.03 for three
            points of a share), above 0. Without it, no interval says that there is none.

    Returns:
        The verdict, or ``None`` when a side has too few answers for any.

    Raises:
        ValueError: if ``margin`` is not above 0.
    """
    if margin is not None and not margin > 0:
        raise ValueError(f"the margin of no difference lies above 0, got {margin}")
    if difference.display is not Display.FULL:
        return None
    if difference.excludes_zero:
        return Verdict.CLEAR
    tight = margin is not None and -margin <= difference.low and difference.high <= margin
    return Verdict.SAME if tight else Verdict.OPEN


def word(said: Verdict, language: str = "fr") -> str:
    """Return the word of certainty: « net », « pas d’écart visible » or « pas encore concluant »."""
    return _WORDS[code(language)][said]


def arrow(difference: Difference) -> str:
    """Return ▲ or ▼ when the difference is clear with at least 30 answers on both sides, otherwise =."""
    if verdict(difference) is not Verdict.CLEAR:
        return "="
    return "▲" if difference.low > 0 else "▼"


def sentence(estimate: Estimate, language: str = "fr", *, subject: str = "", noun: Noun | None = None) -> str:
    """Say an estimate: « Clients satisfaits : 84 %, de 71 à 92 % (47 réponses) ».

    Under 30 answers the interval comes first; under 5 no figure is given.

    Args:
        estimate: any estimate.
        language: ``fr`` or ``en``.
        subject: what is measured, put before a colon; nothing by default.
        noun: singular and plural of what was counted; answers by default.

    Returns:
        The sentence, without a full stop.
    """
    words = _WORDS[code(language)]
    text = words[estimate.display].format(
        value=show(estimate, language, noun),
        span=span(estimate, language),
        n=count(estimate.n, language, noun),
        floor=FLOOR,
    )
    return words["about"].format(subject=subject, text=text) if subject else text


def difference_sentence(
    difference: Difference,
    language: str = "fr",
    *,
    margin: float | None = None,
    noun: Noun | None = None,
    decimals: int | None = None,
) -> str:
    """Say a difference: « pas encore concluant : −2 points, de −5 à +2 (430 et 512 réponses) ».

    Args:
        difference: any difference.
        language: ``fr`` or ``en``.
        margin: as for ``verdict``.
        noun: singular and plural of what was counted; answers by default.
        decimals: as for ``figures.gap``.

    Returns:
        The sentence, without a full stop.
    """
    words, said = _WORDS[code(language)], verdict(difference, margin)
    if difference.display is Display.HIDDEN:
        return words["hidden"].format(n=count(difference.n, language, noun), floor=FLOOR)
    pieces = gap(difference, language, decimals)
    first, second = difference.counts
    both = words["both"].format(first=number(first, language), second=count(second, language, noun))
    text = words[f"say_{said or 'indicative'}"].format(
        value=pieces.value,
        unit=pieces.unit if said else points(_reach(difference), language),
        span=pieces.span,
        margin=_margin(difference, margin or 0.0, language),
    )
    return f"{text} ({both})"


def _reach(difference: Difference) -> float:
    return max(abs(difference.low), abs(difference.high)) * factor(difference.scale)


def _margin(difference: Difference, margin: float, language: str) -> str:
    size = round(margin * factor(difference.scale), 6)
    return f"{number(size, language, decimals_of(size))} {points(size, language)}"


def change_sentence(
    after: Estimate,
    before: Estimate,
    difference: Difference,
    language: str = "fr",
    *,
    subject: str = "",
    margin: float | None = None,
    noun: Noun | None = None,
) -> str:
    """Say where a figure stands, where it stood, and what may be said of the way between.

    Args:
        after: the newer figure.
        before: the older figure, on the same scale.
        difference: newer minus older.
        language: ``fr`` or ``en``.
        subject: what is measured, put before a colon; nothing by default.
        margin: as for ``verdict``.
        noun: singular and plural of what was counted; answers by default.

    Returns:
        « Clients satisfaits : 79 %, contre 81 %. Pas encore concluant : −2 points, de −5 à +2 (…). »
    """
    words = _WORDS[code(language)]
    if difference.display is Display.HIDDEN:
        alone = words["alone"].format(n=count(difference.n, language, noun), floor=FLOOR)
        return f"{sentence(after, language, subject=subject, noun=noun)}. {alone}."
    decimals = telling(after, before, difference)
    said = difference_sentence(difference, language, margin=margin, noun=noun, decimals=decimals)
    facts = words["against"].format(after=show(after, language), before=show(before, language))
    start = words["about"].format(subject=subject, text=facts) if subject else facts
    return f"{start}. {said[0].upper()}{said[1:]}."


def mix_sentence(parts: Decomposition, language: str = "fr", *, noun: Noun | None = None) -> str:
    """Say what of a change comes from the requests and what does not.

    Args:
        parts: the change, cut in two.
        language: ``fr`` or ``en``.
        noun: singular and plural of what was counted; answers by default.

    Returns:
        « Par la seule évolution des demandes, écart net : −2,0 points… À demandes égales, pas encore
        concluant : +0,2 point… », or nothing when a side has too few answers for a comparison.
    """
    if parts.own.display is not Display.FULL:
        return ""
    words = _WORDS[code(language)]
    told = {"mix": parts.mix, "own": parts.own}
    return " ".join(
        words[name].format(text=difference_sentence(each, language, noun=noun)) + "."
        for name, each in told.items()
    )
