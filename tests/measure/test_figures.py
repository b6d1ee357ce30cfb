"""Figures and sentences: French and English typography, words of certainty, floors."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visavis.measure.estimates import Difference, Estimate
from visavis.measure.figures import count, gap, margin, number, show, span, telling
from visavis.measure.means import Sums, mean_difference, mean_interval
from visavis.measure.scores import nps_difference, nps_interval
from visavis.measure.sentences import (
    Verdict,
    arrow,
    change_sentence,
    difference_sentence,
    sentence,
    verdict,
    word,
)
from visavis.measure.shares import proportion_difference, proportion_interval

SHARE = proportion_interval(39, 47)
FEW = proportion_interval(10, 12)
TOO_FEW = proportion_interval(3, 3)
LARGE = proportion_interval(2758, 3500)
MARK = mean_interval(Sums(47, 202, 900))
SCORE = nps_interval(1300, 700, 600)


@pytest.mark.parametrize(
    ("value", "decimals", "french", "english"),
    [
        (1284, 0, "1\u00a0284", "1,284"),
        (-1284567.25, 1, "−1\u00a0284\u00a0567,3", "−1,284,567.3"),
        (0.5, 0, "1", "1"),
        (2.5, 0, "3", "3"),
        (-0.04, 1, "0,0", "0.0"),
        (84.5, 0, "85", "85"),
    ],
)
def test_numbers_follow_their_language(value: float, decimals: int, french: str, english: str) -> None:
    assert number(value, "fr", decimals) == french
    assert number(value, "en-GB", decimals) == english


def test_only_signed_numbers_carry_a_plus_and_zero_never_does() -> None:
    assert [number(value, signed=True) for value in (3, -3, 0.2, -0.2)] == ["+3", "−3", "0", "0"]


@given(st.floats(-1e9, 1e9), st.integers(0, 3), st.sampled_from(["fr", "en"]))
def test_a_number_reads_back_as_itself(value: float, decimals: int, language: str) -> None:
    text = number(value, language, decimals).replace("−", "-").replace("\u00a0", "")
    plain = text.replace(",", ".") if language == "fr" else text.replace(",", "")
    assert float(plain) == pytest.approx(value, abs=0.5001 * 10**-decimals)


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="no words"):
        number(1, "de")


def test_plurals_follow_their_language() -> None:
    assert [count(n, "fr") for n in (0, 1, 2)] == ["0\u00a0réponse", "1\u00a0réponse", "2\u00a0réponses"]
    assert [count(n, "en") for n in (0, 1, 2)] == ["0\u00a0answers", "1\u00a0answer", "2\u00a0answers"]


@pytest.mark.parametrize(
    ("estimate", "french", "english"),
    [
        (SHARE, "83\u00a0%", "83%"),
        (LARGE, "78,8\u00a0%", "78.8%"),
        (MARK, "4,3 sur 5", "4.3 out of 5"),
        (SCORE, "+27", "+27"),
        (TOO_FEW, "moins de 5 réponses", "fewer than 5 answers"),
        (proportion_interval(0, 0), "moins de 5 réponses", "fewer than 5 answers"),
    ],
)
def test_a_figure_is_shown_in_its_unit(estimate: Estimate, french: str, english: str) -> None:
    assert show(estimate, "fr") == french
    assert show(estimate, "en") == english


def test_the_interval_is_written_with_its_unit() -> None:
    assert span(SHARE) == "de 70 à 91\u00a0%"
    assert span(SHARE, "en") == "70 to 91%"
    assert span(MARK) == "de 4,0 à 4,5"
    assert span(TOO_FEW) == ""


def test_a_margin_is_one_number_where_both_sides_read_alike() -> None:
    assert margin(LARGE) == "±\u00a01,4"
    assert margin(SCORE) == "±\u00a03"
    assert margin(SHARE) == span(SHARE)
    assert margin(TOO_FEW) == ""


def test_a_sentence_holds_value_interval_and_n() -> None:
    assert sentence(SHARE, subject="Clients satisfaits") == (
        "Clients satisfaits\u00a0: 83\u00a0%, de 70 à 91\u00a0% (47\u00a0réponses)"
    )
    assert sentence(SHARE, "en", subject="Satisfied") == "Satisfied: 83%, 70 to 91% (47\u00a0answers)"


def test_few_answers_put_the_interval_first() -> None:
    assert sentence(FEW) == "indicatif\u00a0: de 55 à 95\u00a0%, valeur observée 83\u00a0% (12\u00a0réponses)"
    assert sentence(FEW, "en") == "indicative: 55 to 95%, observed value 83% (12\u00a0answers)"


def test_too_few_answers_give_no_figure() -> None:
    assert sentence(TOO_FEW) == "effectif trop faible\u00a0: 3\u00a0réponses, il en faut 5"
    assert sentence(TOO_FEW, "en") == "too few: 3\u00a0answers, 5 needed"
    assert sentence(TOO_FEW, noun=("échange", "échanges")) == (
        "effectif trop faible\u00a0: 3\u00a0échanges, il en faut 5"
    )


CLEAR = proportion_difference(39, 47, 20, 47)
OPEN = proportion_difference(2758, 3500, 2818, 3500)
TIGHT = proportion_difference(20000, 25000, 20010, 25000)


def test_the_three_words_come_from_the_interval_alone() -> None:
    assert verdict(CLEAR) is Verdict.CLEAR
    assert verdict(OPEN) is Verdict.OPEN
    assert verdict(TIGHT, 0.03) is Verdict.SAME
    assert [word(said, "fr") for said in Verdict] == ["net", "pas d’écart visible", "pas encore concluant"]
    assert [word(said, "en") for said in Verdict] == ["clear", "no visible difference", "not conclusive yet"]


def test_no_visible_difference_needs_a_stated_margin() -> None:
    assert verdict(TIGHT) is Verdict.OPEN
    assert verdict(TIGHT, 0.005) is Verdict.OPEN
    with pytest.raises(ValueError, match="above 0"):
        verdict(TIGHT, 0)


def test_differences_are_said_with_their_interval_and_both_numbers() -> None:
    assert difference_sentence(CLEAR) == "écart net\u00a0: +40 points, de +21 à +56 (47 et 47\u00a0réponses)"
    assert difference_sentence(OPEN) == (
        "pas encore concluant\u00a0: −1,7 point, de −3,6 à +0,2 (3\u00a0500 et 3\u00a0500\u00a0réponses)"
    )
    assert difference_sentence(TIGHT, "en", margin=0.03) == (
        "no visible difference: 0.0 points, −0.7 to +0.7, within a margin of ±\u00a03 points"
        " (25,000 and 25,000\u00a0answers)"
    )


def test_few_answers_on_one_side_bring_no_word_and_no_arrow() -> None:
    few = proportion_difference(47, 47, 0, 13)
    assert few.excludes_zero
    assert verdict(few) is None
    assert arrow(few) == "="
    assert difference_sentence(few).startswith("indicatif\u00a0: écart de +")
    none = proportion_difference(47, 47, 0, 3)
    assert difference_sentence(none) == "effectif trop faible\u00a0: 3\u00a0réponses, il en faut 5"
    assert gap(none).value == ""


def test_an_arrow_needs_a_clear_difference() -> None:
    assert arrow(CLEAR) == "▲"
    assert arrow(proportion_difference(20, 47, 39, 47)) == "▼"
    assert arrow(OPEN) == arrow(TIGHT) == "="


def test_a_change_says_where_it_stands_and_stood() -> None:
    before = proportion_interval(2818, 3500)
    assert change_sentence(LARGE, before, OPEN, subject="Clients satisfaits") == (
        "Clients satisfaits\u00a0: 78,8\u00a0%, contre 80,5\u00a0%. "
        "Pas encore concluant\u00a0: −1,7 point, de −3,6 à +0,2 (3\u00a0500 et 3\u00a0500\u00a0réponses)."
    )
    alone = change_sentence(LARGE, TOO_FEW, proportion_difference(2758, 3500, 3, 3))
    assert alone.endswith(
        "(3\u00a0500\u00a0réponses). Pas de comparaison avec 3\u00a0réponses, il en faut 5."
    )


def test_rounding_never_lets_a_clear_difference_touch_zero() -> None:
    slight = Difference(
        difference=0.02,
        observed=0.02,
        low=0.0004,
        high=0.04,
        level=0.95,
        counts=(900, 900),
        method="newcombe",
    )
    assert difference_sentence(slight) == (
        "écart net\u00a0: +2,00 points, de +0,04 à +4,00 (900 et 900\u00a0réponses)"
    )


def differences() -> st.SearchStrategy[Difference]:
    size = st.integers(1, 400)
    shares = st.builds(
        lambda n, m, p, q: proportion_difference(round(p * n), n, round(q * m), m),
        size,
        size,
        st.floats(0, 1),
        st.floats(0, 1),
    )
    three = st.tuples(*[st.integers(0, 150)] * 3).filter(any)
    five = st.lists(st.integers(1, 5), min_size=1, max_size=60).map(Sums.of)
    return st.one_of(shares, st.builds(nps_difference, three, three), st.builds(mean_difference, five, five))


@given(differences(), st.sampled_from(["fr", "en"]), st.sampled_from([None, 0.02, 3.0]))
def test_no_sentence_says_more_than_its_interval(
    difference: Difference, language: str, wide: float | None
) -> None:
    said = difference_sentence(difference, language, margin=wide)
    certain = re.search(r"\b(net|clear)\b", said) is not None
    assert certain == (difference.n >= 30 and difference.excludes_zero)
    assert certain == (arrow(difference) != "=")
    assert bool(re.search(r"\d", said))
    assert "-" not in said
    if difference.n < 5:
        assert not re.search(r"[+−]", said)


@given(st.integers(0, 4000), st.floats(0, 1), st.sampled_from(["fr", "en"]))
def test_no_figure_stands_without_its_interval_and_n(n: int, part: float, language: str) -> None:
    share = proportion_interval(round(part * n), n)
    said = sentence(share, language)
    assert number(n, language) in said
    assert ("%" in said) == (n >= 5)
    assert (span(share, language) in said) is True
    assert not re.search(r"\d %| :", said)


@given(st.integers(30, 900), st.integers(30, 900), st.data())
def test_a_change_never_contradicts_the_two_figures_beside_it(n: int, m: int, data: st.DataObject) -> None:
    won, lost = data.draw(st.integers(0, n)), data.draw(st.integers(0, m))
    after, before = proportion_interval(won, n), proportion_interval(lost, m)
    way = proportion_difference(won, n, lost, m)
    shown = [int(show(each).split("\u00a0")[0]) for each in (after, before)]
    said = gap(way, decimals=telling(after, before, way)).value.replace("\u2212", "-")
    assert "," in said or int(said) == shown[0] - shown[1]


def test_a_change_is_as_short_as_its_answers_where_it_contradicts_nothing() -> None:
    after, before = proportion_interval(80, 100), proportion_interval(70, 100)
    assert telling(after, before, proportion_difference(80, 100, 70, 100)) is None
    off = proportion_difference(338, 429, 409, 496)
    assert telling(proportion_interval(338, 429), proportion_interval(409, 496), off) == 1
