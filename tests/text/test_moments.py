"""Moments: the one a text speaks of, or none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import visavis.moments.references
from visavis.core.words import Voice
from visavis.text import Moments, MomentSpec, Taxonomy, ThemeSpec, read
from visavis.text.moment_words import KEYWORDS

STARTERS = Path(visavis.moments.references.__file__).with_name("starters")


def starter(sector: str) -> Moments:
    moments = json.loads((STARTERS / f"{sector}.json").read_text(encoding="utf-8"))["moments"]
    codes = [one["code"] for one in moments if one["kind"] == "truth"]
    return Moments([MomentSpec(code, KEYWORDS.get(code, {})) for code in codes])


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Suite au décès de mon père, la succession n'est pas réglée", "bereavement"),
        ("Mon avis d'échéance annonce une augmentation de 12 %", "premium_notice"),
        ("Impossible de vous joindre, personne ne répond au standard", "reach_adviser"),
        ("J'ai déclaré un sinistre après un dégât des eaux", "first_claim"),
        ("Bonjour", None),
        ("Très satisfait de vos services", None),
    ],
)
def test_the_moment_that_stands_out_is_named(text: str, moment: str | None) -> None:
    [reading] = read([text], voice=Voice.CUSTOMER, moments=starter("insurer"))
    assert reading.moment == moment


def test_nothing_is_named_between_two_moments_as_likely() -> None:
    moments = Moments([MomentSpec("a", {"fr": ["décès"]}), MomentSpec("b", {"fr": ["accident"]})])
    [reading] = read(["accident, décès"], voice=Voice.CUSTOMER, moments=moments)
    assert reading.moment is None


def test_a_theme_may_tip_the_balance() -> None:
    themes = Taxonomy([ThemeSpec("claims", None, {"fr": ["garage"]})])
    texts = ["accident, décès, garage"]
    plain = [MomentSpec("a", {"fr": ["décès"]}), MomentSpec("b", {"fr": ["accident"]})]
    told = [plain[0], MomentSpec("b", {"fr": ["accident"]}, frozenset({"claims"}))]
    for specs, moment in ((plain, None), (told, "b")):
        [reading] = read(texts, voice=Voice.CUSTOMER, taxonomy=themes, moments=Moments(specs))
        assert reading.moment == moment


def test_two_moments_may_not_share_a_slug() -> None:
    with pytest.raises(ValueError, match="slug"):
        Moments([MomentSpec("a", {}), MomentSpec("a", {})])


def test_employees_have_moments_too() -> None:
    moments = Moments([MomentSpec("start_shift", {"fr": ["prise de poste", "planning"]})])
    [reading] = read(["Mon planning change sans prévenir"], voice=Voice.EMPLOYEE, moments=moments)
    assert (reading.moment, reading.polarity) == ("start_shift", None)
