"""What the sweep would miss, nobody would find: each of its rules names a planted fault."""

from __future__ import annotations

from typing import Any

import pytest

from tests.pages import sweep

GOOD = """<html lang="fr"><title>Retours · Vis-à-vis</title><main><h1>Retours</h1>{}</main></html>"""
SCORE = '<p data-score="0.8" data-n="40" data-low="0.7" data-high="0.9">80 %, 40 réponses</p>'


def test_a_page_that_is_right_has_no_fault() -> None:
    assert not list(sweep.faults_of_markup(GOOD.format(SCORE)))


@pytest.mark.parametrize(
    ("spoilt", "fault"),
    [
        (GOOD.format("<h1>Encore</h1>"), "2 h1"),
        (GOOD.format("").replace("<h1>Retours</h1>", ""), "0 h1"),
        (GOOD.format("").replace("Retours · ", " · "), "no title"),
        (GOOD.format("").replace('lang="fr"', 'lang="en"'), "not declared in French"),
        (GOOD.format(SCORE.replace("data-low", "data-bas")), "score without n and interval"),
    ],
)
def test_a_fault_of_the_markup_is_named(spoilt: str, fault: str) -> None:
    assert any(told.startswith(fault) for told in sweep.faults_of_markup(spoilt))


def test_words_left_in_one_language_are_named_and_data_is_not() -> None:
    french = GOOD.format("<p>How are they ranked?</p><p>Une phrase du client.</p><p>À traiter ce soir</p>")
    english = GOOD.format("<p>How are they ranked?</p><p>Une phrase du client.</p>").replace('"fr"', '"en"')
    told = list(sweep.faults_of_language(french, english, ["Une phrase du client."]))
    assert told == ["the same in both languages: How are they ranked?"]
    assert list(sweep.faults_of_language(french, french, [])) == ["has no English"]


@pytest.mark.browser
def test_what_axe_and_narrow_screens_find_is_named(page: Any) -> None:
    wide = '<div style="width: 500px">large</div>'
    pale = '<p style="color: light-dark(#000, #222); background: light-dark(#fff, #111)">pâle</p>'
    page.set_content(GOOD.format(f"<style>:root {{ color-scheme: light dark }}</style><input>{wide}{pale}"))
    told = list(sweep.faults_of_looks(page))
    assert any(fault.startswith("1280 light: label ") for fault in told)
    assert any(fault.startswith("390 dark: color-contrast ") for fault in told)
    assert not any("light: color-contrast" in fault for fault in told)
    assert any(fault.startswith("overflows at 320 by ") and "large" in fault for fault in told)


@pytest.mark.browser
def test_a_control_out_of_reach_or_without_focus_is_named(page: Any) -> None:
    trap = "<button onkeydown=\"event.key === 'Tab' && event.preventDefault()\">piège</button>"
    page.set_content(GOOD.format(f'<a href="#" style="outline: none">pâle</a>{trap}<a href="#">loin</a>'))
    told = list(sweep.faults_of_keys(page))
    assert any(fault.startswith("focus not seen") and "pâle" in fault for fault in told)
    assert any(fault.startswith("not reached by Tab") and "loin" in fault for fault in told)
