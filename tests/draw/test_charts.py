"""Charts show what the figures allow: floors, certainty, both voices, a table that says the same."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from xml.etree.ElementTree import XML, Element

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visavis.core.words import Voice
from visavis.draw.axes import Axis, month_ticks, reach
from visavis.draw.bars import Row, dot_list, dot_table, interval_bar, interval_table
from visavis.draw.frame import Frame, Reference
from visavis.draw.palette import LOOKS, PAGE, Side
from visavis.draw.paper import fit, text, width_of, wrap
from visavis.draw.quadrants import Corner, Towards, quadrant_table, quadrants
from visavis.draw.themes import Theme, theme_bars, theme_table
from visavis.draw.timeline import Happening, Line, lettered, timeline, timeline_table
from visavis.measure.estimates import POINTS, SHARE, marks
from visavis.measure.means import Sums, mean_interval
from visavis.measure.shares import proportion_difference, proportion_interval

SVG = "{http://www.w3.org/2000/svg}"
FRAME = Frame("Clients satisfaits", of="Motif")


def parts(picture: str, name: str) -> list[Element]:
    return list(XML(picture).iter(SVG + name))


def words(picture: str) -> list[str]:
    return [element.text or "" for element in parts(picture, "text")]


def test_each_voice_has_its_own_colour_shape_sign_and_side() -> None:
    customer, employee = LOOKS[Voice.CUSTOMER], LOOKS[Voice.EMPLOYEE]
    assert set(LOOKS) == set(Voice)
    assert (customer.side, employee.side) == (Side.LEFT, Side.RIGHT)
    assert customer.colour(PAGE) != employee.colour(PAGE)
    share = proportion_interval(40, 60)
    blue, amber = (interval_bar(share, FRAME, voice=voice) for voice in Voice)
    assert (len(parts(blue, "circle")), len(parts(blue, "polygon"))) == (1, 0)
    assert (len(parts(amber, "circle")), len(parts(amber, "polygon"))) == (0, 1)
    assert "var(--clients)" in blue
    assert "var(--collab)" in amber


def test_the_band_is_the_interval_and_the_dot_the_value() -> None:
    share = proportion_interval(50, 100)
    picture = interval_bar(
        share, Frame("Part", width=216), voice=Voice.CUSTOMER, reference=Reference(0.25, "équipe")
    )
    (dot,), (band,) = parts(picture, "circle"), parts(picture, "rect")
    assert float(dot.attrib["cx"]) == 108
    assert float(band.attrib["x"]) == pytest.approx(8 + 200 * share.low, abs=0.05)
    assert float(band.attrib["width"]) == pytest.approx(200 * (share.high - share.low), abs=0.05)
    assert parts(picture, "line")[1].get("x1") == "58"


def test_an_axis_that_is_not_the_whole_scale_says_its_ends() -> None:
    share = proportion_interval(90, 100)
    assert words(interval_bar(share, FRAME, voice=Voice.CUSTOMER)) == []
    cut = interval_bar(share, FRAME, voice=Voice.CUSTOMER, domain=(0.5, 1))
    assert words(cut) == ["50\u00a0%", "100\u00a0%"]


def test_few_answers_are_hollow_and_grey_and_too_few_are_words() -> None:
    few = interval_bar(proportion_interval(9, 12), FRAME, voice=Voice.CUSTOMER)
    assert parts(few, "circle")[0].get("fill") == "var(--surface)"
    assert "var(--clients)" not in few
    too_few = interval_bar(proportion_interval(3, 4), FRAME, voice=Voice.CUSTOMER)
    assert words(too_few) == ["moins de 5 réponses"]
    assert not parts(too_few, "circle")
    assert "75" not in too_few


ROWS = (
    Row("Sinistre", proportion_interval(590, 766), "22 %", proportion_difference(590, 766, 300, 750), "/a"),
    Row("Décès", proportion_interval(120, 140), "4 %", proportion_difference(120, 140, 118, 139)),
    Row("Étranger", proportion_interval(14, 22), "1 %", proportion_difference(14, 22, 1, 20)),
    Row("Autre", proportion_interval(3, 4), "", proportion_difference(3, 4, 1, 6)),
)


@pytest.mark.parametrize("frame", [FRAME, FRAME.narrow()])
def test_a_list_shows_an_arrow_only_where_the_change_is_clear(frame: Frame) -> None:
    shown = words(dot_list(ROWS, frame, voice=Voice.CUSTOMER))
    assert [word for word in shown if word in {"▲", "▼", "="}] == ["▲", "="]
    assert "+37" in shown
    assert "–" in shown
    assert "moins de 5 réponses" in shown
    assert any("766\u00a0réponses" in word for word in shown)


def test_the_legend_says_what_lines_dots_and_equals_mean() -> None:
    legend = " ".join(
        words(dot_list(ROWS, FRAME, voice=Voice.CUSTOMER, reference=Reference(0.79, "la mutuelle")))
    )
    assert "intervalles à 95\u00a0%" in legend
    assert "la mutuelle, 79\u00a0%" in legend
    assert "pas encore concluant ou pas d’écart visible" in legend


def test_rows_of_two_scales_are_not_drawn_together() -> None:
    mixed = [ROWS[0], Row("Climat", mean_interval(Sums(40, 160, 700)))]
    with pytest.raises(ValueError, match="one scale"):
        dot_list(mixed, FRAME, voice=Voice.CUSTOMER)


def test_the_table_of_a_list_says_the_same() -> None:
    table = dot_table(ROWS, FRAME)
    assert table.header == ("Motif", "", "Valeur", "Intervalle", "Réponses", "Évolution")
    assert table.rows[0] == ("Sinistre", "22 %", "77\u00a0%", "de 74 à 80\u00a0%", "766", "+37 ▲")
    assert table.rows[2][-1] == ""
    assert table.rows[3] == ("Autre", "", "moins de 5 réponses", "–", "4", "")
    one = interval_table(ROWS[0].estimate, FRAME)
    assert one.rows == (("Clients satisfaits", "77\u00a0%", "de 74 à 80\u00a0%", "766"),)


THEMES = (
    Theme("Cotisation", 262, 30, 20, proportion_difference(312, 1204, 140, 1180), "/t/1"),
    Theme("Écoute", 5, 7, 152, proportion_difference(164, 1204, 170, 1180)),
    Theme("Courriers", 12, 3, 4),
    Theme("Application", 2, 1, 1),
)


def test_a_bar_is_as_long_as_its_count_and_split_by_tone() -> None:
    widths = [float(rect.attrib["width"]) for rect in parts(theme_bars(THEMES, FRAME), "rect")]
    assert len(widths) == 3 + 3 + 3 + 1
    assert widths[0] / widths[5] == pytest.approx(262 / 152, rel=0.02)
    shown = words(theme_bars(THEMES, FRAME))
    assert "−\u00a084\u00a0%" in shown
    assert "+\u00a093\u00a0%" in shown
    assert "de 79 à 88\u00a0%" in shown
    assert "312\u00a0réponses" in shown
    assert not [word for word in shown if "50" in word]


def test_the_table_of_themes_hides_what_the_bar_hides() -> None:
    rows = theme_table(THEMES, FRAME).rows
    assert rows[0] == (
        "Cotisation",
        "312",
        "262",
        "30",
        "20",
        "−\u00a084\u00a0%",
        "de 79 à 88\u00a0%",
        "+14 ▲",
    )
    assert rows[3] == ("Application", "4", "–", "–", "–", "moins de 5 réponses", "", "")


def test_negative_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="counts from 0"):
        theme_bars([Theme("x", -1, 2, 3)], FRAME)


CORNERS = (
    Corner("Pris sur soi", 9),
    Corner("Tout va bien", 41),
    Corner("Difficile", 5),
    Corner("Angle mort", 7),
)
SIDES = {
    "up": Towards("Client satisfait", Voice.CUSTOMER),
    "across": Towards("Bien vécu", Voice.EMPLOYEE),
}


def test_a_square_shows_four_shares_their_intervals_and_n() -> None:
    shown = words(
        quadrants(
            CORNERS, Frame("Échanges", noun=("échange", "échanges")), up=SIDES["up"], across=SIDES["across"]
        )
    )
    assert {
        "15\u00a0%",
        "66\u00a0%",
        "8\u00a0%",
        "11\u00a0%",
        "de 54 à 77\u00a0%",
        "62\u00a0échanges",
    } <= set(shown)
    assert "● Client satisfait →" in shown
    assert "◆ Bien vécu →" in shown


def test_a_square_of_few_exchanges_says_so_and_of_too_few_shows_nothing() -> None:
    few = [Corner(corner.label, corner.n // 4) for corner in CORNERS]
    assert "14\u00a0réponses, indicatif" in words(
        quadrants(few, FRAME, up=SIDES["up"], across=SIDES["across"])
    )
    none = [Corner("a", 1), Corner("b", 3), Corner("c", 0), Corner("d", 0)]
    shown = words(quadrants(none, FRAME, up=SIDES["up"], across=SIDES["across"]))
    assert not [word for word in shown if "%" in word]
    assert "effectif trop faible\u00a0: 4\u00a0réponses, il en faut 5" in " ".join(shown)
    assert {row[1] for row in quadrant_table(none, FRAME).rows} == {"moins de 5 réponses"}
    assert quadrant_table(CORNERS, FRAME).rows[1] == (
        "Tout va bien",
        "66\u00a0%",
        "de 54 à 77\u00a0%",
        "41 sur 62",
    )


DAYS = [date(2024, 9, 1), date(2024, 10, 1), date(2024, 11, 1), date(2024, 12, 1), date(2025, 1, 1)]
POINTS_OF = [
    (day, proportion_interval(yes, n))
    for day, (yes, n) in zip(DAYS, [(80, 100), (75, 100), (3, 4), (70, 100), (15, 20)], strict=True)
]


def test_a_hidden_point_breaks_the_line_and_a_small_one_is_hollow() -> None:
    picture = timeline([Line("Roubaix", POINTS_OF, Voice.CUSTOMER)], FRAME)
    assert len(parts(picture, "polyline")) == 2
    fills = [circle.get("fill") for circle in parts(picture, "circle")]
    assert fills == ["var(--clients)"] * 3 + ["var(--surface)"]


def test_a_line_without_a_voice_is_grey_dashed_and_under_the_others() -> None:
    picture = timeline([Line("Roubaix", POINTS_OF, Voice.EMPLOYEE), Line("Angers", POINTS_OF)], FRAME)
    strokes = [line.get("stroke") for line in parts(picture, "polyline")]
    assert strokes == ["var(--encre-2)"] * 2 + ["var(--collab)"] * 2
    assert not parts(picture, "circle")


def test_events_get_letters_in_the_order_of_their_days_and_only_inside_the_period() -> None:
    happenings = [
        Happening(date(2024, 11, 12), "Plannings"),
        Happening(date(2024, 9, 13), "Serveur vocal"),
        Happening(date(2026, 1, 1), "Plus tard"),
    ]
    assert [(letter, e.label) for letter, e in lettered(happenings, DAYS[0], DAYS[-1])] == [
        ("A", "Serveur vocal"),
        ("B", "Plannings"),
    ]
    shown = words(timeline([Line("Roubaix", POINTS_OF, Voice.CUSTOMER)], FRAME, events=happenings))
    assert "A. Serveur vocal (13\u00a0sept.\u00a02024)" in shown
    assert "B. Plannings (12\u00a0nov.\u00a02024)" in shown
    assert "sept.\u00a024" in shown
    assert "janv.\u00a025" in shown
    assert "De 4 à 100\u00a0réponses par point." in " ".join(shown)


def test_a_period_aligns_two_timelines() -> None:
    line = Line("Roubaix", POINTS_OF[:2], Voice.CUSTOMER)
    wide = timeline([line], FRAME, period=(date(2024, 9, 1), date(2025, 9, 1)))
    first, second = (float(circle.attrib["cx"]) for circle in parts(wide, "circle"))
    assert first == 44
    assert second < 100


def test_the_table_of_a_timeline_has_a_row_a_day_and_a_column_a_line() -> None:
    table = timeline_table([Line("Roubaix", POINTS_OF, Voice.CUSTOMER), Line("Angers", POINTS_OF[:1])], FRAME)
    assert table.header == ("Période", "Roubaix", "Angers")
    assert table.rows[0][0] == "1er\u00a0sept.\u00a02024"
    assert table.rows[0][1] == "80\u00a0%, de 71 à 87\u00a0% (100\u00a0réponses)"
    assert table.rows[1][2] == "–"
    assert table.rows[2][1] == "effectif trop faible\u00a0: 4\u00a0réponses, il en faut 5"


def test_lines_of_one_name_are_told_apart_by_the_panel_they_stand_in() -> None:
    lines = [Line("Roubaix", POINTS_OF, Voice.EMPLOYEE), Line("Roubaix", POINTS_OF, Voice.CUSTOMER)]
    header = timeline_table(lines, FRAME, ["Climat", "Clients"]).header
    assert header == ("Période", "Climat\u00a0: Roubaix", "Clients\u00a0: Roubaix")


def test_names_at_the_end_of_lines_never_touch() -> None:
    lines = [Line(f"Équipe {place}", POINTS_OF, Voice.CUSTOMER) for place in range(4)]
    named = [e for e in parts(timeline(lines, FRAME), "text") if (e.text or "").startswith("Équipe")]
    heights = sorted(float(e.attrib["y"]) for e in named)
    assert all(after - before >= 16 for before, after in pairwise(heights))


@given(st.floats(-100, 99), st.floats(0.01, 100), st.integers(2, 8))
def test_ticks_are_few_round_and_inside(low: float, width: float, most: int) -> None:
    ticks = Axis(low, low + width, 0, 100).ticks(most)
    assert len(ticks) <= most
    assert all(low - 1e-6 <= tick <= low + width + 1e-6 for tick in ticks)


@pytest.mark.parametrize("scale", [SHARE, POINTS, marks(1, 5)])
@given(data=st.data())
def test_an_axis_holds_its_values_and_stays_on_the_scale(data: st.DataObject, scale: object) -> None:
    assert isinstance(scale, type(SHARE))
    values = data.draw(st.lists(st.floats(scale.low, scale.high), max_size=6))
    low, high = reach(values, scale)
    assert scale.low <= low < high <= scale.high
    assert all(low - 1e-9 <= value <= high + 1e-9 for value in values)


@given(st.dates(date(1990, 1, 1), date(2080, 1, 1)), st.integers(0, 20000), st.integers(2, 8))
def test_months_on_an_axis_are_few_and_evenly_spaced(first: date, days: int, most: int) -> None:
    last = date.fromordinal(first.toordinal() + days)
    shown = month_ticks(first, last, most)
    assert len(shown) <= most
    gaps = {(b.year - a.year) * 12 + b.month - a.month for a, b in pairwise(shown)}
    assert len(gaps) <= 1


@given(st.text(max_size=80), st.integers(20, 300))
def test_words_that_are_cut_fit(label: str, room: int) -> None:
    assert width_of(fit(label, room)) <= room
    assert all(width_of(line) <= room for line in wrap(label, room, 3))
    assert len(wrap(label, room, 3)) <= 3


def test_text_under_twelve_pixels_is_refused() -> None:
    with pytest.raises(ValueError, match="under 12"):
        text(0, 0, "petit", "black", 11)
