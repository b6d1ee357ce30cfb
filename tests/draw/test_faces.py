"""Both voices on the same rows, differences around zero, units as crosses: what they show and hide."""

from __future__ import annotations

from datetime import date
from xml.etree.ElementTree import XML, Element

import pytest

from visavis.core.words import Voice
from visavis.draw.crosses import Spot, scatter, scatter_table
from visavis.draw.effects import Effect, effect_list, effect_table
from visavis.draw.faces import Gap, Half, Pair, butterfly, butterfly_table, dumbbell, dumbbell_table
from visavis.draw.frame import Frame, Reference
from visavis.draw.timeline import Happening, Line, twin_timeline
from visavis.measure.estimates import Estimate
from visavis.measure.means import Sums, mean_interval
from visavis.measure.shares import proportion_difference, proportion_interval

SVG = "{http://www.w3.org/2000/svg}"
FRAME = Frame("Les deux voix", of="Équipe")
CUSTOMER, EMPLOYEE = Voice
HALVES = {
    CUSTOMER: Half("Clients satisfaits", Reference(0.8, "la mutuelle")),
    EMPLOYEE: Half("Climat", Reference(3.5, "la mutuelle")),
}
NAMES = {CUSTOMER: "Clients", EMPLOYEE: "Équipes"}


def climate(n: int, mark: int = 4) -> Estimate:
    return mean_interval(Sums.of([mark, mark - 1] * (n // 2) + [mark] * (n % 2)))


PAIRS = [
    Pair("Rennes", {CUSTOMER: proportion_interval(90, 100), EMPLOYEE: climate(40)}, "/rennes"),
    Pair("Brest", {CUSTOMER: proportion_interval(70, 100), EMPLOYEE: climate(12)}),
    Pair("Saint-Malo", {CUSTOMER: proportion_interval(80, 100), EMPLOYEE: climate(4)}),
    Pair("Siège", {CUSTOMER: proportion_interval(60, 100)}),
]


def parts(picture: str, name: str) -> list[Element]:
    return list(XML(picture).iter(SVG + name))


def words(picture: str) -> list[str]:
    return [element.text or "" for element in parts(picture, "text")]


@pytest.mark.parametrize("frame", [FRAME, FRAME.narrow()])
def test_customers_stand_left_and_employees_right_better_outwards(frame: Frame) -> None:
    picture = butterfly(PAIRS, frame, HALVES)
    circles = [float(one.attrib["cx"]) for one in parts(picture, "circle")]
    assert len(circles) == 4
    assert max(circles) < frame.width / 2
    assert circles[0] < circles[1]
    diamonds = parts(picture, "polygon")
    assert len(diamonds) == 2
    assert all(float(one.attrib["points"].split(",")[0]) > frame.width / 2 for one in diamonds)
    assert diamonds[1].get("fill") == "var(--surface)"


def test_a_side_under_the_floor_is_words_and_an_absent_one_a_dash() -> None:
    shown = words(butterfly(PAIRS, FRAME, HALVES))
    assert "moins de 5 réponses" in shown
    assert "–" in shown
    rows = butterfly_table(PAIRS, FRAME, HALVES).rows
    assert rows[0] == ("Rennes", "90\u00a0%", "de 83 à 94\u00a0%", "100", "3,5 sur 5", "de 3,3 à 3,7", "40")
    assert rows[2][4:] == ("moins de 5 réponses", "–", "4")
    assert rows[3][4:] == ("–", "–", "–")


def test_a_butterfly_of_one_side_or_of_two_scales_is_refused() -> None:
    with pytest.raises(ValueError, match="one scale"):
        butterfly([PAIRS[3]], FRAME, HALVES)
    with pytest.raises(ValueError, match="one scale"):
        butterfly([PAIRS[0], Pair("x", {CUSTOMER: climate(9), EMPLOYEE: climate(9)})], FRAME, HALVES)


GAPS = [
    Gap("Clarté", {CUSTOMER: climate(40, 3), EMPLOYEE: climate(40, 5)}, "écart démontré"),
    Gap("Écoute", {CUSTOMER: climate(40), EMPLOYEE: climate(3)}, "indéterminé"),
]


@pytest.mark.parametrize("frame", [FRAME, FRAME.narrow()])
def test_the_same_question_joins_both_marks_on_one_axis(frame: Frame) -> None:
    picture = dumbbell(GAPS, frame)
    (circle,), (diamond,) = parts(picture, "circle"), parts(picture, "polygon")
    assert float(circle.attrib["cx"]) < float(diamond.attrib["points"].split(",")[0])
    assert "moins de 5 réponses" in words(picture)
    assert {"écart démontré", "indéterminé"} <= set(words(picture))
    table = dumbbell_table(GAPS, FRAME, NAMES)
    assert table.header[-1] == "Lecture"
    assert [row[-1] for row in table.rows] == ["écart démontré", "indéterminé"]


def test_a_question_without_an_answer_of_one_voice_is_refused() -> None:
    with pytest.raises(ValueError, match="both voices"):
        dumbbell([Gap("x", {CUSTOMER: climate(9)}, "")], FRAME)


EFFECTS = [
    Effect("Plannings choisis", proportion_difference(300, 400, 200, 400), "/action/1"),
    Effect("Extension", proportion_difference(60, 90, 58, 91)),
    Effect("Petit groupe", proportion_difference(9, 12, 8, 15)),
    Effect("Trop peu", proportion_difference(2, 3, 8, 15)),
]


@pytest.mark.parametrize("frame", [FRAME, FRAME.narrow()])
def test_only_a_clear_effect_has_the_colour_of_its_voice(frame: Frame) -> None:
    picture = effect_list(EFFECTS, frame, voice=CUSTOMER, margin=0.03)
    fills = [circle.get("fill") for circle in parts(picture, "circle")]
    assert fills == ["var(--clients)", "var(--surface)", "var(--surface)"]
    shown = " ".join(words(picture))
    assert "+25, net" in shown
    assert "pas encore concluant" in shown
    assert "effectif trop faible" in shown


def test_an_effect_is_said_alike_where_it_is_drawn_and_where_it_is_read_aloud() -> None:
    same = [Effect("Pareil", proportion_difference(5000, 10_000, 5005, 10_000))]
    picture = effect_list(same, FRAME, voice=CUSTOMER, margin=0.03)
    assert "pas d’écart visible" in " ".join(words(picture))
    told = [one.text or "" for name in ("desc", "title") for one in parts(picture, name)]
    assert sum("pas d’écart visible" in one for one in told) == 2
    assert not any("pas encore concluant" in one for one in told)


def test_intervals_of_several_levels_are_not_said_to_be_of_one() -> None:
    wide = Effect("Large", proportion_difference(300, 400, 200, 400, 0.998125))
    narrow = Effect("Étroit", proportion_difference(300, 400, 200, 400, 0.975))
    both = " ".join(words(effect_list([narrow, wide], FRAME, voice=CUSTOMER)))
    assert "Traits\u00a0: intervalles à des niveaux de 97,5 à 99,8\u00a0%." in both
    alone = " ".join(words(effect_list([narrow], FRAME, voice=CUSTOMER)))
    assert "Traits\u00a0: intervalles à 97,5\u00a0%." in alone


def test_the_table_of_effects_has_both_sides_and_hides_what_is_too_few() -> None:
    rows = effect_table(EFFECTS, FRAME).rows
    assert rows[0][0] == "Plannings choisis"
    assert rows[0][-1] == "400 / 400"
    assert rows[3][1:3] == ("–", "–")


def test_units_are_crosses_and_only_exceptions_are_named() -> None:
    spots = [Spot(pair.label, pair.estimates, pair.label == "Brest") for pair in PAIRS[:3]]
    picture = scatter(spots, FRAME, NAMES)
    assert len(parts(picture, "circle")) == 2
    assert "Brest" in words(picture)
    assert "Rennes" not in words(picture)
    assert "Saint-Malo" not in picture
    assert scatter_table(spots, FRAME, NAMES).rows[2][4] == "moins de 5 réponses"
    with pytest.raises(ValueError, match="at least one"):
        scatter(spots[2:], FRAME, NAMES)


def test_two_panels_share_their_days_and_their_events() -> None:
    days = [date(2025, 1, 1), date(2025, 3, 1), date(2025, 5, 1)]
    panels = [
        ("Climat", [Line("Roubaix", [(day, climate(40)) for day in days], EMPLOYEE)]),
        ("Clients", [Line("Roubaix", [(day, proportion_interval(80, 100)) for day in days[1:]], CUSTOMER)]),
    ]
    picture = twin_timeline(panels, FRAME, events=[Happening(date(2025, 3, 1), "Plannings")])
    assert {"◆ Climat", "● Clients", "A", "A. Plannings (1er\u00a0mars\u00a02025)"} <= set(words(picture))
    assert words(picture).count("mars") == 1
    event = next(line for line in parts(picture, "line") if line.get("stroke-dasharray") == "3 3")
    at = float(event.attrib["x1"])
    diamonds = [float(one.attrib["points"].split(",")[0]) for one in parts(picture, "polygon")[1:]]
    circles = [float(one.attrib["cx"]) for one in parts(picture, "circle")]
    assert any(abs(x - at) < 0.2 for x in circles)
    assert any(abs(x - at) < 0.2 for x in diamonds)
    with pytest.raises(ValueError, match="at least one point"):
        twin_timeline([], FRAME)


def test_a_day_stands_at_one_place_in_both_panels_whatever_their_names() -> None:
    days = [date(2025, 1, 1), date(2025, 3, 1), date(2025, 5, 1)]
    panels = [
        ("Climat", [Line("Aa", [(day, climate(40)) for day in days], EMPLOYEE)]),
        (
            "Clients",
            [Line("Les autres équipes", [(d, proportion_interval(80, 100)) for d in days], CUSTOMER)],
        ),
    ]
    picture = twin_timeline(panels, FRAME)
    circles = [float(one.attrib["cx"]) for one in parts(picture, "circle")]
    marks = [one.attrib["points"].split() for one in parts(picture, "polygon")]
    diamonds = [float(one[0].split(",")[0]) for one in marks if len(one) == 4]
    assert diamonds == pytest.approx(circles, abs=0.2)
