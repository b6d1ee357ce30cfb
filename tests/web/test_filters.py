from __future__ import annotations

import datetime as dt
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import QueryDict
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from visavis.core.words import Voice
from visavis.web.filters import Choices, FilterBar, Filters, read_filters

TODAY = dt.date(2025, 12, 1)
CHOICES = Choices(
    scopes=[("/acme/", "Toute la mutuelle"), ("/acme/lys/", "Lys")],
    channels=[("phone", "Téléphone"), ("mail", "Courriel")],
    reasons=[("claim", "Sinistre")],
    voices=tuple(Voice),
)
ADDRESS = "perimetre=%2Facme%2Flys%2F&periode=2025-11&canal=mail&motif=claim&voix=clients"


def read(query: str, choices: Choices = CHOICES) -> Filters:
    return read_filters(QueryDict(query), choices, TODAY)


def test_an_address_says_what_a_page_is_limited_to() -> None:
    filters = read(ADDRESS)
    assert (filters.scope, filters.channel, filters.reason) == ("/acme/lys/", "mail", "claim")
    assert filters.voice is Voice.CUSTOMER
    assert (filters.period.first, filters.period.after) == (dt.date(2025, 11, 1), TODAY)
    assert not filters.problems


def test_without_an_address_all_that_the_viewer_may_see_for_three_months() -> None:
    filters = read("")
    assert (filters.scope, filters.channel, filters.reason, filters.voice) == ("", "", "", None)
    assert filters.period.key == "3m"


def test_filters_written_again_are_the_same_address() -> None:
    assert read(ADDRESS).query() == ADDRESS


def test_the_order_of_an_address_does_not_matter() -> None:
    assert read("canal=mail&periode=12m") == read("periode=12m&canal=mail")
    assert read("canal=mail&periode=12m").query() == "periode=12m&canal=mail"


@pytest.mark.parametrize(
    "query",
    [
        "periode=demain",
        "periode=9999-99",
        "perimetre=/autre/",
        "canal=' OR 1=1",
        "motif=%00",
        "voix=martiens",
        "du=2025-11-30&au=2025-11-01",
        "du=x&au=y",
    ],
)
def test_a_hostile_value_gives_the_default_and_a_polite_sentence(query: str) -> None:
    filters = read(query)
    assert filters == read("")
    assert len(filters.problems) == 1


def test_what_is_not_yours_is_answered_as_what_does_not_exist() -> None:
    assert read("perimetre=/acme/secret/").problems == read("perimetre=/nowhere/").problems


@given(
    st.dictionaries(
        st.sampled_from(["perimetre", "periode", "canal", "motif", "voix", "du", "au"]), st.text(max_size=30)
    )
)
def test_no_address_breaks_a_page_and_the_canonical_one_is_stable(given: dict[str, str]) -> None:
    query = QueryDict(mutable=True)
    query.update(given)
    filters = read_filters(query, CHOICES, TODAY)
    again = read(filters.query())
    assert again == filters
    assert not again.problems


def test_two_dates_typed_by_hand_make_a_period() -> None:
    assert read("du=2025-11-03&au=2025-11-17&periode=3m").period.key == "2025-11-03..2025-11-17"
    assert read("du=2025-11-03&periode=12m").period.key == "12m"


def test_an_export_carries_the_same_filters() -> None:
    url = read(ADDRESS).on("/export/?format=csv&periode=12m#top", page="2")
    parts = urlsplit(url)
    assert parts.path == "/export/"
    assert parts.fragment == "top"
    assert parse_qs(parts.query) == {**parse_qs(ADDRESS), "format": ["csv"], "page": ["2"]}


def test_the_template_tag_carries_them_too() -> None:
    shown = Template("{% load visavis %}{% with_filters '/export/' format='csv' %}").render(
        Context({"filters": read("canal=mail")})
    )
    assert shown == "/export/?periode=3m&amp;canal=mail&amp;format=csv"


def bar(query: str, choices: Choices = CHOICES) -> FilterBar:
    return FilterBar(read(query, choices), choices, TODAY, kept={"theme": "delay"})


def test_the_form_offers_the_filters_in_their_one_order() -> None:
    assert [select.name for select in bar("").selects] == ["perimetre", "periode", "canal", "motif", "voix"]


def test_a_filter_without_a_choice_is_left_out() -> None:
    lone = Choices(channels=[("phone", "Téléphone")], voices=(Voice.CUSTOMER,))
    assert [select.name for select in bar("", lone).selects] == ["periode", "canal"]


@pytest.mark.parametrize(
    "query", [ADDRESS, "", "periode=2019-05-03", "periode=2019-01-01..2019-05-03", "periode=tout"]
)
def test_each_list_has_exactly_what_stands_now_selected(query: str) -> None:
    for select in bar(query).selects:
        chosen = [option.value for option in select.options if option.selected]
        assert chosen == [dict(read(query).pairs()).get(select.name, "")]


def test_the_months_on_offer_are_spoken_in_the_language_of_the_reader() -> None:
    with translation.override("fr"):
        french = [option.label for option in bar("").selects[1].options]
    with translation.override("en"):
        english = [option.label for option in bar("").selects[1].options]
    assert french[:3] == ["3 derniers mois", "12 derniers mois", "Décembre\u00a02025"]
    assert english[:3] == ["Last 3 months", "Last 12 months", "December\u00a02025"]


def test_the_form_with_dates_repeats_everything_but_the_period() -> None:
    assert dict(bar(ADDRESS).hidden) == {
        "perimetre": "/acme/lys/", "canal": "mail", "motif": "claim", "voix": "clients", "theme": "delay",
    }  # fmt: skip
