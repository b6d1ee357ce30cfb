"""Whatever an author writes into a label, a chart stays well-formed, harmless and told in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from xml.etree.ElementTree import XML

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from visavis.core.words import Voice
from visavis.draw.bars import Row, dot_list, interval_bar
from visavis.draw.crosses import Spot, scatter
from visavis.draw.effects import Effect, effect_list
from visavis.draw.faces import Gap, Half, Pair, butterfly, dumbbell
from visavis.draw.frame import Frame, Reference
from visavis.draw.mirrors import Step, back_to_back
from visavis.draw.palette import PAGE, PAPER, Palette
from visavis.draw.paper import NARROW, WIDE
from visavis.draw.quadrants import Corner, Towards, quadrants
from visavis.draw.themes import Theme, theme_bars
from visavis.draw.timeline import Happening, Line, timeline, twin_timeline
from visavis.measure.estimates import Estimate
from visavis.measure.shares import proportion_difference, proportion_interval

SVG = "{http://www.w3.org/2000/svg}"
DAY = date(2025, 1, 1)
HOSTILE = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["</text><script>alert(1)</script>", '" onload="x', "]]>", "&#0;", "\x00\x1b\ud800\ufffe", "a" * 900]
    ),
)
COUNTS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60)), min_size=1, max_size=5
)
Draw = Callable[[str, Sequence[tuple[int, int, int]], Frame, str], str]


def bar(label: str, counts: Sequence[tuple[int, int, int]], frame: Frame, href: str) -> str:
    yes, no, _ = counts[0]
    held = Reference(0.5, label)
    return interval_bar(proportion_interval(yes, yes + no), frame, voice=Voice.EMPLOYEE, reference=held)


def dots(label: str, counts: Sequence[tuple[int, int, int]], frame: Frame, href: str) -> str:
    rows = [
        Row(label, proportion_interval(a, a + b), label, proportion_difference(a, a + b + 1, b, b + 1), href)
        for a, b, _ in counts
    ]
    return dot_list(rows, frame, voice=Voice.CUSTOMER, reference=Reference(0.8, label))


def themes(label: str, counts: Sequence[tuple[int, int, int]], frame: Frame, href: str) -> str:
    change = proportion_difference(30, 50, 10, 50)
    return theme_bars([Theme(label, *three, change, href) for three in counts], frame)


def square(label: str, counts: Sequence[tuple[int, int, int]], frame: Frame, href: str) -> str:
    corners = [Corner(label, n, href) for n in (*counts[0], counts[-1][0])]
    return quadrants(corners, frame, up=Towards(label, Voice.CUSTOMER), across=Towards(label, Voice.EMPLOYEE))


def moves(label: str, counts: Sequence[tuple[int, int, int]], frame: Frame, href: str) -> str:
    points = [(DAY + timedelta(31 * i), proportion_interval(a, a + b)) for i, (a, b, _) in enumerate(counts)]
    lines = [Line(label, points, Voice.EMPLOYEE, href), Line(label, points)]
    return timeline(lines, frame, events=[Happening(DAY, label)])


def both(counts: Sequence[tuple[int, int, int]]) -> list[dict[Voice, Estimate]]:
    return [
        dict(zip(Voice, (proportion_interval(a, a + b), proportion_interval(b, b + c)), strict=True))
        for a, b, c in counts
    ]


def wings(label: str, counts: Sequence[tuple[int, int, int]], frame: Frame, href: str) -> str:
    halves = {voice: Half(label, Reference(0.8, label)) for voice in Voice}
    return butterfly([Pair(label, pair, href) for pair in both(counts)], frame, halves)


def weights(label: str, counts: Sequence[tuple[int, int, int]], frame: Frame, href: str) -> str:
    return dumbbell([Gap(label, pair, label, href) for pair in both(counts)], frame)


def crosses(label: str, counts: Sequence[tuple[int, int, int]], frame: Frame, href: str) -> str:
    pairs = both([*counts, (30, 20, 10)])
    spots = [Spot(label, pair, exception=True, href=href) for pair in pairs]
    return scatter(spots, frame, dict.fromkeys(Voice, label))


def changes(label: str, counts: Sequence[tuple[int, int, int]], frame: Frame, href: str) -> str:
    effects = [Effect(label, proportion_difference(a, a + b + 1, b, b + c + 1), href) for a, b, c in counts]
    return effect_list(effects, frame, voice=Voice.CUSTOMER, margin=0.03)


def panels(label: str, counts: Sequence[tuple[int, int, int]], frame: Frame, href: str) -> str:
    points = [(DAY + timedelta(31 * i), proportion_interval(a, a + b)) for i, (a, b, _) in enumerate(counts)]
    two = [(label, [Line(label, points, voice, href), Line(label, points)]) for voice in Voice]
    return twin_timeline(two, frame, events=[Happening(DAY, label)])


def backs(label: str, counts: Sequence[tuple[int, int, int]], frame: Frame, href: str) -> str:
    steps = [Step(label, dict(zip(Voice, (a, b), strict=True))) for a, b, _ in counts]
    return back_to_back(steps, frame, dict.fromkeys(Voice, label))


CHARTS: tuple[Draw, ...] = (
    bar, dots, themes, square, moves, wings, weights, crosses, changes, panels, backs
)  # fmt: skip
#: Those whose rows lead somewhere.
LINKED = tuple(draw for draw in CHARTS if draw not in (bar, backs))


def frames() -> st.SearchStrategy[Frame]:
    titles = HOSTILE.filter(lambda words: bool(words.strip()))
    return st.builds(
        Frame,
        titles,
        st.sampled_from(["fr", "en"]),
        st.sampled_from([PAGE, PAPER]),
        st.sampled_from([NARROW, WIDE]),
    )


@pytest.mark.parametrize("draw", CHARTS)
@settings(deadline=None, max_examples=40)
@given(label=HOSTILE, counts=COUNTS, frame=frames())
def test_hostile_labels_leave_a_well_formed_harmless_picture(
    draw: Draw, label: str, counts: list[tuple[int, int, int]], frame: Frame
) -> None:
    picture = XML(draw(label, counts, frame, "/x?q=1&r=%22"))
    tags = {element.tag.removeprefix(SVG) for element in picture.iter()}
    known = "svg title desc g a text line rect circle polygon polyline"
    assert tags <= set(known.split())
    for element in picture.iter():
        assert not {name for name in element.attrib if name.startswith("on") or name == "style"}
        assert float(element.get("font-size", "12")) >= 12
        if element.tag == f"{SVG}text":
            assert float(element.attrib["font-size"]) >= 12


@pytest.mark.parametrize("draw", CHARTS)
@settings(deadline=None, max_examples=40)
@given(counts=COUNTS, width=st.sampled_from([NARROW, WIDE]), palette=st.sampled_from([PAGE, PAPER]))
def test_nothing_is_drawn_off_the_sheet(
    draw: Draw, counts: list[tuple[int, int, int]], width: int, palette: Palette
) -> None:
    picture = XML(draw("Suivi", counts, Frame("Titre", "fr", palette, width), ""))
    _, _, right, bottom = (float(value) for value in picture.attrib["viewBox"].split())
    assert (picture.get("width"), picture.get("height")) == (f"{right:.0f}", f"{bottom:.0f}")
    for element in picture.iter():
        for name, most in (
            ("x", right),
            ("cx", right),
            ("x2", right),
            ("y", bottom),
            ("cy", bottom),
            ("y2", bottom),
        ):
            assert 0 <= float(element.get(name, "0")) <= most
        for pair in element.get("points", "").split():
            x, y = (float(value) for value in pair.split(","))
            assert -0.1 <= x <= right + 0.1
            assert -0.1 <= y <= bottom + 0.1


@pytest.mark.parametrize("draw", LINKED)
def test_a_picture_with_links_is_a_group_and_without_an_image(draw: Draw) -> None:
    plain = XML(draw("Suivi", [(30, 20, 10)], Frame("Titre"), ""))
    assert plain.get("role") == "img"
    if draw is not bar:
        leading = XML(draw("Suivi", [(30, 20, 10)], Frame("Titre"), "/verbatims?theme=1"))
        assert leading.get("role") == "group"
        assert {link.get("href") for link in leading.iter(f"{SVG}a")} == {"/verbatims?theme=1"}


@pytest.mark.parametrize("draw", CHARTS)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_picture_is_told_in_words_with_interval_and_n(draw: Draw, language: str) -> None:
    picture = XML(draw("Suivi", [(40, 20, 10)], Frame("Titre", language), ""))
    assert picture[0].tag == f"{SVG}title"
    assert picture[0].text == "Titre"
    told = picture[1].text or ""
    assert picture[1].tag == f"{SVG}desc"
    assert ("réponses" if language == "fr" else "answers") in told
    between = r"de [+−]?\d+ à [+−]?\d+(\u00a0%)?" if language == "fr" else r"[+−]?\d+ to [+−]?\d+%?"
    assert re.search(between, told)


@pytest.mark.parametrize("draw", LINKED)
@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "data:text/html,x", "//elsewhere.example", "x", " /x"]
)
def test_a_link_that_leads_elsewhere_is_refused(draw: Draw, href: str) -> None:
    with pytest.raises(ValueError, match="does not link"):
        draw("Suivi", [(30, 20, 10)], Frame("Titre"), href)


@pytest.mark.parametrize("draw", CHARTS)
def test_paper_carries_its_colours_and_the_page_its_variables(draw: Draw) -> None:
    on_page = draw("Suivi", [(30, 20, 10)], Frame("Titre"), "")
    on_paper = draw("Suivi", [(30, 20, 10)], Frame("Titre", palette=PAPER), "")
    assert '"#' not in on_page
    assert "var(" in on_page
    assert "var(" not in on_paper
    assert "Inter" in on_paper


def test_a_picture_without_a_title_is_refused() -> None:
    with pytest.raises(ValueError, match="title"):
        bar("x", [(30, 20, 0)], Frame("  "), "")


@pytest.mark.parametrize("bare", [0.84, None, (0.8, 0.9)])
def test_a_bare_number_is_not_drawn(bare: object) -> None:
    with pytest.raises(TypeError, match="interval and n"):
        interval_bar(bare, Frame("Titre"), voice=Voice.CUSTOMER)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="interval and n"):
        dot_list([Row("x", bare)], Frame("Titre"), voice=Voice.CUSTOMER)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="interval and n"):
        timeline([Line("x", [(DAY, bare)])], Frame("Titre"))  # type: ignore[list-item]


def test_an_empty_chart_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        dot_list([], Frame("Titre"), voice=Voice.CUSTOMER)
    with pytest.raises(ValueError, match="at least one"):
        theme_bars([], Frame("Titre"))
    with pytest.raises(ValueError, match="at least one"):
        timeline([], Frame("Titre"))
    with pytest.raises(ValueError, match="at least one"):
        back_to_back([], Frame("Titre"), dict.fromkeys(Voice, "x"))
    with pytest.raises(ValueError, match="four corners"):
        square("x", [(1, 2, 3)], Frame("Titre"), "") and quadrants(
            [], Frame("Titre"), up=Towards("x", Voice.CUSTOMER), across=Towards("x", Voice.EMPLOYEE)
        )
