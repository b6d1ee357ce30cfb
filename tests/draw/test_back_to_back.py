"""The distributions of one question, back to back: each side on its own, both on one scale."""

from __future__ import annotations

from xml.etree.ElementTree import XML, Element

import pytest

from visavis.core.words import Voice
from visavis.draw.frame import Frame
from visavis.draw.mirrors import Step, back_to_back, back_to_back_table
from visavis.measure.shares import proportion_interval

SVG = "{http://www.w3.org/2000/svg}"
FRAME = Frame("Clarté", of="Note")
NAMES = {Voice.CUSTOMER: "Clients", Voice.EMPLOYEE: "Collaborateurs"}
STEPS = [
    Step(label, {Voice.CUSTOMER: customers, Voice.EMPLOYEE: employees})
    for label, customers, employees in (("10", 40, 60), ("5", 100, 30), ("0", 60, 10))
]


def parts(picture: str, name: str) -> list[Element]:
    return list(XML(picture).iter(SVG + name))


def words(picture: str) -> list[str]:
    return [element.text or "" for element in parts(picture, "text")]


@pytest.mark.parametrize("frame", [FRAME, FRAME.narrow()])
def test_customers_grow_to_the_left_and_employees_to_the_right_on_one_scale(frame: Frame) -> None:
    bars = parts(back_to_back(STEPS, frame, NAMES), "rect")
    assert len(bars) == 6
    middle = frame.width / 2
    lefts, rights = bars[::2], bars[1::2]
    assert all(float(bar.attrib["x"]) + float(bar.attrib["width"]) < middle for bar in lefts)
    assert all(float(bar.attrib["x"]) > middle for bar in rights)
    widths = [float(bar.attrib["width"]) for bar in bars]
    assert widths[0] / widths[1] == pytest.approx(0.2 / 0.6, rel=0.02)
    assert widths[2] == pytest.approx(widths[1] * 0.5 / 0.6, rel=0.02)
    assert min(float(bar.attrib["x"]) for bar in bars) > 0
    assert max(float(bar.attrib["x"]) + float(bar.attrib["width"]) for bar in bars) < frame.width


def test_each_share_has_its_interval_and_each_side_its_n() -> None:
    picture = back_to_back(STEPS, FRAME, NAMES)
    shown = words(picture)
    assert "● Clients, 200\u00a0réponses" in shown
    assert "◆ Collaborateurs, 100\u00a0réponses" in shown
    assert {"20\u00a0%", "60\u00a0%", "50\u00a0%", "30\u00a0%"} <= set(shown)
    share = proportion_interval(60, 100)
    whisker = parts(picture, "line")[1]
    bar = parts(picture, "rect")[1]
    by_share = float(bar.attrib["width"]) / 0.6
    ends = [float(whisker.attrib[name]) - float(bar.attrib["x"]) for name in ("x1", "x2")]
    assert ends == pytest.approx([by_share * share.low, by_share * share.high], abs=0.2)
    told = back_to_back_table(STEPS, FRAME, NAMES)
    assert told.header[0] == "Note"
    assert told.rows[0][4:] == ("60\u00a0%", "de 50 à 69\u00a0%", "100")


def test_few_answers_are_grey_and_too_few_are_words() -> None:
    few = [
        Step("10", {Voice.CUSTOMER: 40, Voice.EMPLOYEE: 7}),
        Step("0", {Voice.CUSTOMER: 9, Voice.EMPLOYEE: 6}),
    ]
    bars = parts(back_to_back(few, FRAME, NAMES), "rect")
    assert bars[0].get("fill") == "var(--clients)"
    assert bars[1].get("fill") != "var(--collab)"
    none = [
        Step("10", {Voice.CUSTOMER: 40, Voice.EMPLOYEE: 3}),
        Step("0", {Voice.CUSTOMER: 9, Voice.EMPLOYEE: 1}),
    ]
    picture = back_to_back(none, FRAME, NAMES)
    assert len(parts(picture, "rect")) == 2
    assert "75" not in picture
    assert "moins de 5 réponses" in words(picture)
    assert back_to_back_table(none, FRAME, NAMES).rows[0][4] == "moins de 5 réponses"
