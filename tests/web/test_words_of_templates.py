from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from visavis.core.words import Polarity, Voice
from visavis.measure.shares import proportion_interval
from visavis.web.templatetags import visavis as words

N = "\u00a0"


def show(source: str, language: str = "fr", **context: Any) -> str:
    with translation.override(language):
        return Template("{% load visavis %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("source", "french", "english"),
    [
        ("{{ day|spoken_date }}", "1er\u00a0décembre\u00a02025", "1\u00a0December\u00a02025"),
        (
            '{{ day|spoken_date:"weekday" }}',
            "lundi 1er\u00a0décembre\u00a02025",
            "Monday 1\u00a0December\u00a02025",
        ),
        ('{{ day|spoken_date:"short" }}', "1er\u00a0décembre", "1\u00a0December"),
        ('{{ day|spoken_date:"month" }}', "décembre\u00a02025", "December\u00a02025"),
        ("{{ 9842|number }}", f"9{N}842", "9,842"),
        ("{{ 4.25|number:1 }}", "4,3", "4.3"),
        ("{{ 0.84|percent }}", f"84{N}%", "84%"),
        ("{{ words|quote }}", f"«{N}Merci &lt;b&gt;{N}»", "“Merci &lt;b&gt;”"),
        ("{{ nothing|spoken_date }}{{ nothing|number }}{{ nothing|percent }}", "", ""),
        (
            "{% mark 2 %}",
            f'<span class="token" data-tone="negative">2{N}sur{N}5</span>',
            f'<span class="token" data-tone="negative">2{N}out{N}of{N}5</span>',
        ),
        (
            "{% mark 3 %}",
            f'<span class="token" data-tone="">3{N}sur{N}5</span>',
            f'<span class="token" data-tone="">3{N}out{N}of{N}5</span>',
        ),
    ],
)
def test_words_are_spoken_in_both_languages(source: str, french: str, english: str) -> None:
    given = {"day": dt.date(2025, 12, 1), "words": "Merci <b>", "nothing": None}
    assert show(source, "fr", **given) == french
    assert show(source, "en", **given) == english


@pytest.mark.parametrize(
    ("tone", "sign"), [(Polarity.NEGATIVE, "−"), (Polarity.POSITIVE, "+"), (Polarity.MIXED, "±")]
)
def test_a_tone_is_never_told_by_colour_alone(tone: Polarity, sign: str) -> None:
    assert f"{sign}&nbsp;Clarté" in show('{% token "Clarté" tone %}', tone=tone)


def test_a_voice_is_never_told_by_colour_alone(voice: Voice) -> None:
    assert words.SHAPES[voice] in show('{% token "x" voice=voice %}{% voice voice %}', voice=voice)
    assert words.SHAPES[voice] != words.SHAPES[voice.other]


def test_what_somebody_wrote_never_becomes_markup() -> None:
    hostile = '"><script>x</script>'
    shown = show(
        "{% token text tone url=text %}{% voice 'customer' text %}{{ text|quote }}",
        text=hostile,
        tone="negative",
    )
    assert "<script" not in shown
    assert 'href="&quot;&gt;' in shown


def test_a_bare_number_is_no_figure() -> None:
    with pytest.raises(TypeError):
        show("{% figure 0.84 as shown %}")


def test_a_figure_carries_its_count_and_its_interval() -> None:
    shown = show(
        "{% figure e as f %}{{ f.text }}|{{ f.count }}|{{ f.span }}|{{ f.hidden }}",
        e=proportion_interval(40, 47),
    )
    assert shown == f"85{N}%|47{N}réponses|de 72 à 93{N}%|False"


def test_only_a_drawing_is_shown_as_it_is() -> None:
    assert show("{{ svg|drawing }}", svg="<svg a='1'></svg>") == "<svg a='1'></svg>"
    for other in ("<p>x</p>", "<svg ><script>x</script></svg>", "text"):
        with pytest.raises(ValueError, match="picture"):
            show("{{ svg|drawing }}", svg=other)


def test_an_address_changes_one_key_and_keeps_the_others() -> None:
    request = RequestFactory().get("/?canal=mail&page=3&theme=x")
    shown = show("{% url_with page=4 theme='' %}", request=request)
    assert shown == "?canal=mail&amp;page=4"


def test_an_instant_is_told_in_the_time_of_the_company() -> None:
    at = dt.datetime(2025, 12, 1, 8, 0, tzinfo=dt.UTC)
    now = dt.datetime(2025, 12, 1, 10, 30, tzinfo=dt.UTC)
    assert show("{{ at|hour }} {{ at|relative:now }}", at=at, now=now) == f"9{N}h il y a 2{N}h"


def test_a_big_badge_stays_small() -> None:
    assert show("{{ 99|abbreviated }} {{ 100|abbreviated }}") == "99 99+"


def test_an_address_breaks_before_its_at_and_a_name_stays_whole() -> None:
    assert words.breakable("cse@vaubrune.example") == "cse<wbr>@vaubrune.example"
    assert words.breakable("<b>a@b") == "&lt;b&gt;a<wbr>@b"
    assert words.breakable("Inès Morel") == "Inès Morel"
