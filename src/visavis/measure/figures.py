"""Figures as people read them: « 84 % », « 4,3 sur 5 », « +24 », in French or English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from visavis.measure.estimates import FLOOR, Difference, Display, Estimate, Kind, Scale

_NBSP = "\u00a0"
_MINUS = "\u2212"
#: From this many answers on, a share is shown with one decimal.
_FINE = 1000

#: Singular and plural of what was counted.
Noun = tuple[str, str]
ANSWERS: Mapping[str, Noun] = {"fr": ("réponse", "réponses"), "en": ("answer", "answers")}


@dataclass(frozen=True, slots=True)
class _Manners:
    thousands: str
    decimal: str
    percent: str
    out_of: str
    span: str
    too_few: str
    plural_from: int


_MANNERS: Mapping[str, _Manners] = {
    "fr": _Manners(_NBSP, ",", f"{_NBSP}%", " sur ", "de {low} à {high}", "moins de {floor} {nouns}", 2),
    "en": _Manners(",", ".", "%", " out of ", "{low} to {high}", "fewer than {floor} {nouns}", 0),
}


@lru_cache(maxsize=64)
def code(language: str) -> str:
    """Return ``fr`` or ``en`` for a language code, with or without its region.

    Raises:
        ValueError: for any other language.

    >>> code("fr-ca")
    'fr'
    """
    short = language.lower().split("-")[0]
    if short not in _MANNERS:
        raise ValueError(f"no words for language {language!r}")
    return short


@lru_cache(maxsize=8192)
def number(value: float, language: str = "fr", decimals: int = 0, *, signed: bool = False) -> str:
    r"""Write a number: halves rounded away from zero, real minus, spaces that never break.

    Args:
        value: any finite number.
        language: ``fr`` or ``en``.
        decimals: digits after the decimal sign, from 0.
        signed: whether positive numbers carry a plus.

    Returns:
        The number as text; what rounds to zero has no sign.

    >>> number(-1284.25, "fr", 1), number(-1284.25, "en", 1)
    ('−1\xa0284,3', '−1,284.3')
    """
    manners = _MANNERS[code(language)]
    rounded = _rounded(value, decimals)
    whole, _, rest = f"{abs(rounded):,}".partition(".")
    digits = whole.replace(",", manners.thousands) + (manners.decimal + rest if rest else "")
    if rounded < 0:
        return _MINUS + digits
    return f"+{digits}" if signed and rounded > 0 else digits


def _rounded(value: float, decimals: int) -> Decimal:
    # repr first: 100 * 0.845 is 84.5 to a reader, whatever its binary digits.
    return Decimal(repr(round(value, 9))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def count(n: int, language: str = "fr", noun: Noun | None = None) -> str:
    r"""Write how many: « 47 réponses ».

    Args:
        n: how many.
        language: ``fr`` or ``en``.
        noun: singular and plural of what was counted; answers by default.

    >>> count(1, "fr"), count(0, "en"), count(1284, "en", ("exchange", "exchanges"))
    ('1\xa0réponse', '0\xa0answers', '1,284\xa0exchanges')
    """
    short = code(language)
    singular, plural = noun or ANSWERS[short]
    one = n == 1 or n < _MANNERS[short].plural_from
    return f"{number(n, short)}{_NBSP}{singular if one else plural}"


def decimals_of(value: float) -> int:
    """Return how many decimals a number that somebody chose is written with, 3 at most.

    >>> [decimals_of(value) for value in (3, 2.5, 0.25, 1 / 3)]
    [0, 1, 2, 3]
    """
    return next(few for few in range(4) if abs(value - round(value, few)) < 1e-6 or few == 3)


def decimals_apart(low: float, high: float, decimals: int, nothing: float = 0.0) -> int:
    """Return as many decimals, 4 at most, as keep an interval that excludes ``nothing`` from touching it.

    >>> decimals_apart(0.004, 0.3, 1), decimals_apart(-0.2, 0.3, 1), decimals_apart(1.02, 1.4, 1, 1.0)
    (3, 1, 2)
    """
    nearest = min(low, high, key=lambda limit: abs(limit - nothing))
    while not low <= nothing <= high and decimals < 4 and _rounded(nearest, decimals) == Decimal(nothing):
        decimals += 1
    return decimals


def factor(scale: Scale) -> float:
    """Return what a value is multiplied by to be written: shares are written out of a hundred."""
    return 100.0 if scale.kind is Kind.SHARE else 1.0


def decimals_for(scale: Scale, n: int) -> int:
    """Return how many decimals ``n`` answers deserve."""
    if scale.kind is Kind.SHARE:
        return int(n >= _FINE)
    return int(scale.kind is Kind.MARK)


def _bare(value: float, estimate: Estimate, language: str) -> str:
    signed = estimate.scale.kind is Kind.POINTS
    decimals = decimals_for(estimate.scale, estimate.n)
    return number(value * factor(estimate.scale), language, decimals, signed=signed)


def _percent(scale: Scale, language: str) -> str:
    return _MANNERS[code(language)].percent if scale.kind is Kind.SHARE else ""


def show(estimate: Estimate, language: str = "fr", noun: Noun | None = None) -> str:
    """Write the value of an estimate, or that there are too few answers to write it.

    Args:
        estimate: any estimate.
        language: ``fr`` or ``en``.
        noun: singular and plural of what was counted.

    Returns:
        « 84 % », « 4,3 sur 5 », « +24 », or « moins de 5 réponses ».
    """
    manners, scale = _MANNERS[code(language)], estimate.scale
    if estimate.estimate is None or estimate.display is Display.HIDDEN:
        return manners.too_few.format(floor=FLOOR, nouns=(noun or ANSWERS[code(language)])[1])
    text = _bare(estimate.estimate, estimate, language)
    if scale.kind is Kind.MARK and scale.half != float("inf"):
        return f"{text}{manners.out_of}{number(scale.high, language)}"
    return text + _percent(scale, language)


def span(estimate: Estimate, language: str = "fr") -> str:
    """Write the interval of an estimate: « de 80 à 87 % ». Empty when the estimate is hidden."""
    if estimate.display is Display.HIDDEN:
        return ""
    low, high = (_bare(value, estimate, language) for value in (estimate.low, estimate.high))
    return _MANNERS[code(language)].span.format(low=low, high=high) + _percent(estimate.scale, language)


def margin(estimate: Estimate, language: str = "fr") -> str:
    """Write the interval as « ± 1,4 » where both sides read alike, otherwise as ``span`` does.

    Sides that differ by one in the last digit read alike: the larger is written.
    """
    if estimate.estimate is None or estimate.display is Display.HIDDEN:
        return ""
    decimals, by = decimals_for(estimate.scale, estimate.n), factor(estimate.scale)
    sides = (estimate.estimate - estimate.low, estimate.high - estimate.estimate)
    below, above = sorted(_rounded(side * by, decimals) for side in sides)
    if above - below > Decimal(1).scaleb(-decimals):
        return span(estimate, language)
    return f"±{_NBSP}{number(float(above), language, decimals)}"


@dataclass(frozen=True, slots=True)
class Gap:
    """A difference in words: its value and limits with their sign, and the word after them."""

    value: str
    span: str
    unit: str


def gap(difference: Difference, language: str = "fr", decimals: int | None = None) -> Gap:
    """Write a difference: « +9 », « de +4 à +14 », « points ».

    Limits get more decimals where rounding would let an interval that excludes zero touch it.

    Args:
        difference: any difference.
        language: ``fr`` or ``en``.
        decimals: digits after the decimal sign; as many as the answers deserve by default.

    Returns:
        The pieces that sentences and charts put together, all empty when a side has too few answers.
    """
    if difference.display is Display.HIDDEN:
        return Gap("", "", "")
    by = factor(difference.scale)
    decimals = decimals_for(difference.scale, difference.n) if decimals is None else decimals
    decimals = decimals_apart(difference.low * by, difference.high * by, decimals)
    value, low, high = (
        number(each * by, language, decimals, signed=True)
        for each in (difference.observed, difference.low, difference.high)
    )
    size = abs(_rounded(difference.observed * by, decimals))
    return Gap(value, _MANNERS[code(language)].span.format(low=low, high=high), points(float(size), language))


def telling(after: Estimate, before: Estimate, difference: Difference) -> int | None:
    """Return the decimals that keep a difference from contradicting the two figures written beside it.

    79 % after 83 % read as 4 points apart where the difference may be −3.4: one digit more says so.

    Args:
        after: the newer figure.
        before: the older figure, on the same scale.
        difference: newer minus older.

    Returns:
        One digit more than the answers deserve, or ``None`` where rounding contradicts nothing.
    """
    if after.estimate is None or before.estimate is None or difference.display is Display.HIDDEN:
        return None
    by, usual = factor(difference.scale), decimals_for(difference.scale, difference.n)
    now, then = (
        _rounded(each * by, decimals_for(one.scale, one.n))
        for each, one in ((after.estimate, after), (before.estimate, before))
    )
    return None if now - then == _rounded(difference.observed * by, usual) else usual + 1


def points(size: float, language: str = "fr") -> str:
    """Return « point » or « points » as ``size`` asks in that language."""
    one = size < 2 if code(language) == "fr" else size == 1
    return "point" if one else "points"
