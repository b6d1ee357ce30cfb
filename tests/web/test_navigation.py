from __future__ import annotations

import pytest

from visavis.people.access.viewer import NOBODY, Viewer
from visavis.web import navigation
from visavis.web.navigation import ON_ONE_LINE, Entry, Section, current_row, register, sections

SOMEBODY = Viewer(1, 1)


@pytest.fixture(autouse=True)
def _a_navigation_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "_ENTRIES", {})
    register(
        Entry(Section.ADMIN, "Preferences", "web:preferences", lambda viewer: viewer.account_id is not None),
        Entry(Section.LISTEN, "Part", "web:pieces_part", lambda _: True, order=20),
        Entry(Section.LISTEN, "Pieces", "web:pieces", lambda _: True, order=10, badge=lambda _: 2),
        Entry(Section.ACT, "Help", "web:help", lambda viewer: viewer is NOBODY),
    )


def test_a_viewer_sees_the_sections_that_she_may_open_in_their_order() -> None:
    assert [section.key for section in sections(SOMEBODY, "/")] == ["listen", "admin"]
    assert [section.key for section in sections(NOBODY, "/")] == ["listen", "act"]


def test_a_section_opens_its_first_entry_and_carries_the_badges_of_all() -> None:
    listen = sections(SOMEBODY, "/")[0]
    assert (listen.url, listen.badge) == ("/admin/pieces/", 2)


def test_the_longest_address_that_the_page_starts_with_is_the_current_one() -> None:
    shown = sections(SOMEBODY, "/admin/pieces/part/")
    assert [section.current for section in shown] == [True, False]
    assert [(link.label, link.current) for link in current_row(shown).shown] == [
        ("Pieces", False),
        ("Part", True),
    ]


def test_a_page_under_an_entry_belongs_to_it() -> None:
    links = current_row(sections(SOMEBODY, "/admin/pieces/12/detail/")).shown
    assert [link.current for link in links] == [True, False]


def test_no_section_is_current_on_a_page_that_belongs_to_none() -> None:
    shown = sections(SOMEBODY, "/elsewhere/")
    assert not any(section.current for section in shown)
    assert not current_row(shown).shown


def test_a_section_with_one_page_has_no_row_of_links() -> None:
    assert not current_row(sections(SOMEBODY, "/preferences/")).shown


def test_only_a_row_too_long_for_one_line_puts_its_rare_pages_behind_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = ["web:preferences", *(f"many:{number}" for number in range(ON_ONE_LINE))]
    monkeypatch.setattr(navigation, "reverse", lambda name: f"/{name.replace(':', '/')}/")
    for name in names[:-1]:
        register(Entry(Section.ACT, name, name, lambda _: True, rare=name.endswith(("1", "2"))))
    assert not current_row(sections(SOMEBODY, "/many/1/")).more
    register(Entry(Section.ACT, names[-1], names[-1], lambda _: True))
    row = current_row(sections(SOMEBODY, "/many/1/"))
    assert [(link.label, link.current) for link in row.more] == [("many:1", True), ("many:2", False)]
    assert row.further
    assert len(row.shown) == ON_ONE_LINE - 1
    assert not current_row(sections(SOMEBODY, "/many/3/")).further


def test_an_entry_registered_twice_stands_once() -> None:
    register(Entry(Section.LISTEN, "Pieces", "web:pieces", lambda _: True, order=30))
    assert [link.label for link in sections(SOMEBODY, "/")[0].links] == ["Part", "Pieces"]
