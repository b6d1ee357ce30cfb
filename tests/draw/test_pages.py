"""Pages for print: accessible, with their fonts inside, and nothing that anybody wrote is read as code."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import replace

import pytest

from tests.house_rules import rules
from tests.printed import facts_of, fonts_of, words_of
from visavis.core.words import Voice
from visavis.draw.bars import Row, dot_list, dot_table
from visavis.draw.frame import Frame
from visavis.draw.pages.reports import (
    PAPER_WIDE,
    Axis,
    Chart,
    Figure,
    Quote,
    ReportPage,
    read_aloud,
    report_pdf,
)
from visavis.draw.palette import PAPER
from visavis.measure.shares import proportion_interval

MADE_AT = dt.datetime(2025, 12, 1, 9, tzinfo=dt.UTC)
WORDS = {
    name: name.capitalize()
    for name in (
        "figures",
        "figures_note",
        "charts",
        "axes",
        "no_axis",
        "quotes",
        "no_quote",
        "method",
        "annex",
    )
} | {"page": "page {n} sur {of}", "colon": " : "}


def _chart(label: str = "Téléphone") -> Chart:
    rows = [Row(label, proportion_interval(80, 100), "12 % des retours")]
    frame = Frame("Par canal", "fr", PAPER, PAPER_WIDE, of="Canal")
    return Chart(frame.title, "clients", dot_list(rows, frame, voice=Voice.CUSTOMER), dot_table(rows, frame))


def _page(text: str = "Un mois ordinaire.") -> ReportPage:
    return ReportPage(
        language="fr",
        title="Rapport, novembre 2025",
        over="Mutuelle",
        facts=(("Retours", "100"),),
        as_of="Données jusqu’au 30 novembre 2025.",
        reading=text,
        notes=(text,),
        figures=(Figure("Satisfaits", "80 %", "100 réponses, de 71 à 87 %", _chart().svg, text),),
        charts=(_chart(),),
        axes=(Axis(text, text),),
        quotes=(Quote(text, "+", "Positif", text),),
        places=((text, text),),
        method=(text,),
        words=WORDS,
    )


def _labelled(pdf: bytes) -> bool:
    """Whether a file says that it is an archive and accessible."""
    return b"pdfuaid:part" in pdf and b"pdfaid:part" in pdf


def test_a_page_is_tagged_titled_and_speaks_its_language() -> None:
    pdf = report_pdf(_page(), made_at=MADE_AT)
    assert _labelled(pdf)
    assert b"/Lang(fr)" in pdf
    facts = facts_of(pdf)
    assert (facts["Title"], facts["Tagged"]) == ("Rapport, novembre 2025", "yes")
    assert "595" in facts["Page size"]
    assert "842" in facts["Page size"] or "841" in facts["Page size"]
    assert all("yes" in row for row in fonts_of(pdf))


def test_the_same_page_gives_the_same_bytes() -> None:
    assert report_pdf(_page(), made_at=MADE_AT) == report_pdf(_page(), made_at=MADE_AT)


def test_drawings_are_read_aloud_by_their_title_and_figures() -> None:
    said = read_aloud(_chart("Guichet <A> & « B »").svg)
    assert said.startswith("Par canal. Guichet <A> & « B »")
    assert "de 71 à 87 %" in said.replace("\u00a0", " ")
    with pytest.raises(ValueError, match="without a title"):
        read_aloud("<svg/>")


def test_every_cell_of_the_tables_is_printed() -> None:
    said = words_of(report_pdf(_page()))
    for row in _page().charts[0].table.rows:
        assert " ".join(" ".join(cell.split()) for cell in row if cell) in said
    assert "page 1 sur" in said


@pytest.mark.parametrize(
    "hostile",
    [
        '#panic("no") #read("/etc/passwd") #import "@preview/x:1.0.0": *',
        "$x^2$ *gras* _italique_ `code` <label> @ref = titre",
        "// rien /* rien",
        '"), #eval("1+1") ("',
        "\\u{41} \\ \\#",
        "</title><script>alert(1)</script>",
    ],
)
def test_what_people_write_is_printed_and_never_run(hostile: str) -> None:
    page = replace(_page(hostile), over=hostile, charts=(_chart(hostile),))
    said = words_of(report_pdf(page)).replace("\n", " ")
    assert " ".join(hostile.split()) in said


@pytest.mark.parametrize(
    "text", ["a\x00b\x07\x1b", "\ue000 \ud800 \u2028", "\u202egauche \u2066", "\ufeffMerci", "a" * 600]
)
def test_what_cannot_be_printed_does_not_cost_the_page_its_labels(text: str) -> None:
    assert _labelled(report_pdf(_page(text)))


@pytest.mark.parametrize("text", ["Merci 👍🏽 😀", "中文 テスト", "\u0378"])
def test_a_writing_that_no_font_has_still_gives_a_tagged_page(text: str) -> None:
    pdf = report_pdf(_page(text))
    assert facts_of(pdf)["Tagged"] == "yes"
    assert "80 %" in words_of(pdf)


def test_words_turned_backwards_turn_nothing_else() -> None:
    assert "gauche" in words_of(report_pdf(_page("\u202egauche")))


def test_a_page_without_a_title_is_refused() -> None:
    with pytest.raises(ValueError, match="has a title"):
        report_pdf(replace(_page(), title=" "))


def test_an_empty_month_is_a_page_too() -> None:
    empty = replace(_page(""), notes=("Aucun retour.",), figures=(), charts=(), axes=(), quotes=(), places=())
    assert "Aucun retour." in words_of(report_pdf(empty))


def test_typst_waits_for_the_first_page() -> None:
    loaded = rules.loaded_after("import visavis.draw.pages.reports", {"PATH": os.environ["PATH"]})
    assert "visavis" in loaded
    assert not loaded & rules.HEAVY
