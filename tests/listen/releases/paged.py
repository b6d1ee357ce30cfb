"""A page as its reader sees it: tables, lists of choices, marked figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any


@dataclass
class Table:
    """One table of a page: its caption, then its lines; each cell with its attributes and its text."""

    caption: str = ""
    lines: list[list[tuple[dict[str, str], str]]] = field(default_factory=list)
    places: list[str] = field(default_factory=list)

    @property
    def head(self) -> list[str]:
        return [text for _, text in self.lines[0]] if self.lines else []

    def rows(self) -> Iterator[list[str]]:
        return ([text for _, text in line] for line in self.lines[1:])


class Page(HTMLParser):
    """The tables of a page, its lists of choices and its marked figures."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tables: list[Table] = []
        self.options: dict[str, list[tuple[str, str]]] = {}
        self.markers: list[tuple[dict[str, str], str]] = []
        self._into: list[Any] = []
        self._select, self._marker = "", {}  # type: str, dict[str, str]
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if begin := getattr(self, f"_begin_{tag}", None):
            begin(told)

    def handle_endtag(self, tag: str) -> None:
        what = self._into[0] if self._into else None
        if what != tag:
            return
        self._into.append(" ".join(self._into.pop(2).split()))
        getattr(self, f"_end_{tag}")(*self._into[1:])
        self._into = []

    def _begin_table(self, _told: dict[str, str]) -> None:
        self.tables.append(Table())

    def _begin_tr(self, told: dict[str, str]) -> None:
        self.tables[-1].lines.append([])
        self.tables[-1].places.append(told.get("data-place", ""))

    def _begin_td(self, told: dict[str, str]) -> None:
        self._into = ["td", told, ""]

    def _begin_th(self, told: dict[str, str]) -> None:
        self._into = ["th", told, ""]

    def _begin_caption(self, told: dict[str, str]) -> None:
        self._into = ["caption", told, ""]

    def _begin_select(self, told: dict[str, str]) -> None:
        self._select = told.get("name", "")

    def _begin_option(self, told: dict[str, str]) -> None:
        self._into = ["option", told, ""]

    def _begin_div(self, told: dict[str, str]) -> None:
        if told.get("class") == "marker":
            self._marker = told

    def _begin_span(self, told: dict[str, str]) -> None:
        if told.get("class") == "marker-label":
            self._into = ["span", self._marker, ""]
        elif "data-score" in told and self._into:
            self._into[1].update(told)

    def _end_td(self, told: dict[str, str], text: str) -> None:
        self.tables[-1].lines[-1].append((told, text))

    _end_th = _end_td

    def _end_caption(self, _told: dict[str, str], text: str) -> None:
        self.tables[-1].caption = text

    def _end_option(self, told: dict[str, str], text: str) -> None:
        self.options.setdefault(self._select, []).append((told.get("value", ""), text))

    def _end_span(self, told: dict[str, str], text: str) -> None:
        self.markers.append((told, text))

    def handle_data(self, data: str) -> None:
        if self._into:
            self._into[2] += data
