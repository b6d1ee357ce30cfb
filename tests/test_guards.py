"""The guards bite: each fault planted here is one that a page could make."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.template import Context, Engine, Origin, Template, engines

from tests.guards import HOUSE, RawComponentError, UndefinedVariableError, check_components
from tests.scores import BareScoreError, assert_scores_carry_n_and_interval, bare_scores


def _template(source: str, name: str) -> Template:
    engine: Engine = engines["django"].engine  # type: ignore[attr-defined]
    return Template(source, origin=Origin(name), engine=engine)


def test_an_undefined_variable_in_our_template_fails() -> None:
    ours = _template("{{ missing.name }}", str(HOUSE / "web/templates/page.html"))
    with pytest.raises(UndefinedVariableError, match=r"missing\.name"):
        ours.render(Context())


def test_an_undefined_variable_in_the_template_of_others_stays_silent() -> None:
    theirs = _template("[{{ missing|default:'as they wish' }}]", "site-packages/allauth/templates/page.html")
    assert theirs.render(Context()) == "[as they wish]"


def test_a_condition_on_an_undefined_variable_is_allowed() -> None:
    ours = _template("{% if missing %}yes{% else %}no{% endif %}", str(HOUSE / "web/templates/page.html"))
    assert ours.render(Context()) == "no"


def test_a_component_left_raw_fails() -> None:
    with pytest.raises(RawComponentError, match="c-badge"):
        check_components(HttpResponse("<p><c-badge>new</c-badge></p>"))
    check_components(HttpResponse("<p>new</p>"))


WHOLE = '<td data-figure><b data-score="84" data-n="312" data-low="80" data-high="88">84 %</b> n = 312</td>'


def test_a_score_with_n_and_interval_passes() -> None:
    assert_scores_carry_n_and_interval(WHOLE)


def test_a_group_too_small_shows_no_figure() -> None:
    assert_scores_carry_n_and_interval('<b data-score="" data-n="3">3 retours</b>')


def test_a_large_n_is_recognised_with_its_thousands_apart() -> None:
    assert_scores_carry_n_and_interval(
        WHOLE.replace("n = 312", "n = 12\u202f312").replace('"312"', '"12312"')
    )


@pytest.mark.parametrize("lost", ['data-n="312" ', 'data-low="80" ', 'data-high="88"', "n = 312"])
def test_a_score_that_lost_what_it_rests_on_fails(lost: str) -> None:
    with pytest.raises(BareScoreError):
        assert_scores_carry_n_and_interval(WHOLE.replace(lost, ""))
    assert bare_scores(WHOLE.replace(lost, ""))


def test_a_page_without_any_score_proves_nothing() -> None:
    with pytest.raises(BareScoreError, match="0 scores"):
        assert_scores_carry_n_and_interval("<p>Bonjour</p>")
