"""Models in words: what one is, why it was published or not, from its measures alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from visavis.measure.estimates import FULL_FROM
from visavis.measure.figures import number
from visavis.understand.learning.gate import Why
from visavis.understand.learning.models import Fit, Kind
from visavis.web.wording import percent


def model_words(fit: Fit | None) -> str:
    """The name of a model; without one, the engine as shipped."""
    if fit is None:
        return _("the engine as shipped")
    return _("model %(number)s") % {"number": fit.number}


def why_words(fit: Fit, language: str) -> str:
    """Why a candidate was published, refused, or waits, in one or two sentences.

    Args:
        fit: the candidate.
        language: "fr" or "en".
    """
    tested = _trial(fit, "test", language)
    crossed = _trial(fit, "cross", language)
    words = {
        Why.NOTHING: _("Refused: it reads every text as before."),
        Why.FALLS: _("Refused: it reads the answers kept apart less well.") + f" {tested}",
        Why.HOLDS: _("Published: it reads the answers kept apart at least as well.") + f" {tested}",
        Why.CROSS: _("Published: the gain is clear on texts that it did not learn from.")
        + f" {crossed} {_few(fit)}",
        Why.FEW: _("Waits for answers.") + f" {_few(fit)} {crossed}".rstrip(),
        Why.HELD: _("Waits for you: it passes its test, but somebody went back to an earlier model.")
        + f" {tested}",
    }
    return words[Why(fit.why)]


def _few(fit: Fit) -> str:
    n = fit.measures["test"]["n"]
    text = ngettext(
        "%(n)s answer is kept apart to test; %(least)s are needed.",
        "%(n)s answers are kept apart to test; %(least)s are needed.",
        n,
    )
    return text % {"n": n, "least": FULL_FROM}


def _trial(fit: Fit, name: str, language: str) -> str:
    """What a trial found, with its interval and its count; nothing under 5 texts."""
    trial: Mapping[str, Any] = fit.measures.get(name, {})
    if trial.get("n", 0) < FULL_FROM // 6:
        return ""
    facts = {
        "before": percent(trial["before"], language),
        "after": percent(trial["after"], language),
        "gain": _points(trial["gain"], language),
        "low": _points(trial["low"], language),
        "high": _points(trial["high"], language),
        "n": number(trial["n"], language),
    }
    if fit.kind == Kind.TONE:
        start = _("Right tones: %(before)s before, %(after)s after.") % facts
    else:
        start = _("Agreement on themes: %(before)s before, %(after)s after.") % facts
    gain = _("Gain: %(gain)s points, from %(low)s to %(high)s (%(n)s texts).") % facts
    return f"{start} {gain}"


def _points(value: float, language: str) -> str:
    return number(100 * value, language, 1, signed=True)
