from __future__ import annotations

from pathlib import Path

import pytest

from tests.web import markup
from tests.web.markup import HOUSE, STYLES, colours, faults

DOCS = HOUSE.parents[1] / "docs" / "pieces.md"
SCRIPT = HOUSE / "web" / "static" / "visavis" / "js" / "visavis.js"


DEMO_STYLE = HOUSE / "demo" / "static" / "demo" / "demo.css"


@pytest.mark.parametrize("path", markup.templates(), ids=lambda path: str(path.relative_to(HOUSE)))
def test_a_template_holds_no_style_no_script_and_quotes_its_attributes(path: Path) -> None:
    assert not faults(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "planted",
    [
        '<p style="color:red">x</p>',
        '<p class="a" style = "x">x</p>',
        "{{ text|safe }}",
        "{{ text | safe }}",
        "{% autoescape off %}{{ x }}{% endautoescape %}",
        '<button onclick="go()">x</button>',
        '<div {% if x %}onmouseover="go()"{% endif %}>x</div>',
        "<a href={{ url }}>x</a>",
        "<input value=x>",
        '<a href="javascript:go()">x</a>',
        '<svg><path fill="#1d5fae"/></svg>',
        '<svg><path stroke="red"/></svg>',
        "<script>go()</script>",
        "<style>p{}</style>",
        '<div hx-on:click="go()">x</div>',
        "<div hx-vals='js:{a: 1}'>x</div>",
    ],
)
def test_what_is_forbidden_is_found(planted: str) -> None:
    assert faults(planted)


@pytest.mark.parametrize(
    "fine",
    [
        '<p class="{% if x %}a{% endif %}" {{ attrs }}>3 < 4</p>',
        "<a href=\"{% url 'web:help' %}?a=b&c=d\">x</a>",
        '<div hx-headers=\'{"X": "{{ csrf_token }}"}\'>x</div>',
        '<svg><path fill="var(--clients)" stroke="none"/></svg>',
        '<c-card title="{% translate \'on=off\' %}" :estimate="one">x</c-card>',
        '{# style="x" #}<!-- onclick= -->',
        "<input {% if a == b %}checked{% endif %} disabled>",
    ],
)
def test_what_is_allowed_passes(fine: str) -> None:
    assert not faults(fine)


def test_the_walk_finds_the_templates_of_the_house() -> None:
    found = {str(path.relative_to(HOUSE)) for path in markup.templates()}
    assert {"web/templates/base.html", "web/templates/cotton/card.html"} <= found


def test_every_stylesheet_stands_in_a_layer_and_none_stands_elsewhere() -> None:
    there = {path.name for path in STYLES.glob("*.css")} - {"visavis.css"}
    brought = dict(markup.layers())
    assert set(brought) == there
    assert set(brought.values()) <= {"reset", "tokens", "base", "pieces", "page"}
    elsewhere = {
        path for path in HOUSE.rglob("*.css") if path.parent != STYLES and path.parent.name != "fonts"
    }
    # The demo stands on top of the product, which knows nothing of it: its banner brings its own style.
    assert elsewhere == {DEMO_STYLE}
    assert DEMO_STYLE.read_text(encoding="utf-8").split("*/\n")[1].startswith("@layer pieces {")


@pytest.mark.parametrize("path", [*sorted(STYLES.glob("*.css")), DEMO_STYLE], ids=lambda path: path.name)
def test_a_stylesheet_is_short_and_takes_its_colours_from_the_tokens(path: Path) -> None:
    style = path.read_text(encoding="utf-8")
    assert style.count("\n") < 300
    assert path.name == "tokens.css" or not colours(style)


def test_a_colour_outside_the_tokens_is_found() -> None:
    assert colours("a { color: #fff }") == ["#fff"]
    assert colours("a { color: rgb(1 2 3) }")
    assert colours("a { color: white; white-space: nowrap }") == ["white"]
    assert not colours("a { color: var(--encre); white-space: nowrap } /* white */ b { color: CanvasText }")


@pytest.mark.parametrize("piece", markup.pieces())
def test_every_piece_is_explained_and_shown(piece: str) -> None:
    shown = "".join(
        path.read_text(encoding="utf-8") for path in HOUSE.glob("web/templates/web/catalogue*.html")
    )
    assert f"<c-{piece} " in DOCS.read_text(encoding="utf-8") or f"<c-{piece}>" in DOCS.read_text(
        encoding="utf-8"
    )
    assert f"<c-{piece} " in shown or f"<c-{piece}>" in shown


def test_the_script_is_short_and_runs_no_text() -> None:
    script = SCRIPT.read_text(encoding="utf-8")
    assert script.count("\n") <= 150
    assert not [
        word
        for word in ("eval(", "innerHTML", "outerHTML", "new Function", "document.write")
        if word in script
    ]
