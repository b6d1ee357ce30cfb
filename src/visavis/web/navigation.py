"""The navigation is data: rooms register their entries, the base page shows what the viewer may open."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import TextChoices
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from visavis.people.access.viewer import Viewer

#: Most links that stand on one line of a page, in French, on a screen of 1280 px.
ON_ONE_LINE = 8


class Section(TextChoices):
    """The six entries of the house, in their order: the loop of the articles."""

    MY_DAY = "my_day", _("My day")
    LISTEN = "listen", _("Listen")
    UNDERSTAND = "understand", _("Understand")
    ACT = "act", _("Act")
    SHARE = "share", _("Share")
    ADMIN = "admin", _("Administer")


@dataclass(frozen=True, slots=True)
class Entry:
    """One page that the navigation leads to.

    Attributes:
        section: which of the six it stands under.
        label: its words in the row of links, translated lazily.
        url_name: name of an address without arguments.
        allowed: whether this viewer may open it.
        order: place within its section, lowest first; the first one allowed is what the section opens.
        badge: how many things wait for this viewer there. Nothing else may have a badge.
        rare: whether it is seldom opened: it goes behind « More » where the row would be too long.
    """

    section: Section
    label: str | Promise
    url_name: str
    allowed: Callable[[Viewer], bool]
    order: int = 50
    badge: Callable[[Viewer], int] | None = None
    rare: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as one viewer sees it on one page."""

    label: str | Promise
    url: str
    current: bool
    rare: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """The row of links under the title: those that show, and those behind « More »."""

    shown: tuple[Link, ...] = ()
    more: tuple[Link, ...] = ()

    @property
    def further(self) -> bool:
        """Whether the page itself is one of those behind « More »."""
        return any(link.current for link in self.more)


@dataclass(frozen=True, slots=True)
class SectionLinks:
    """A section as one viewer sees it on one page, with the row of its pages."""

    key: str
    label: str
    url: str
    current: bool
    badge: int
    links: tuple[Link, ...]


_ENTRIES: dict[str, Entry] = {}


def register(*entries: Entry) -> None:
    """Add entries, once, in a room's ``apps.py ready()``. The last one of a name wins."""
    for entry in entries:
        _ENTRIES[entry.url_name] = entry


def sections(viewer: Viewer, path: str) -> list[SectionLinks]:
    """The sections that ``viewer`` may open, as they stand on the page at ``path``.

    Args:
        viewer: who looks; a section without any allowed entry is left out.
        path: the page's address, to mark the current entry: the longest registered start of it.
    """
    allowed = [entry for entry in _in_order(_ENTRIES.values()) if entry.allowed(viewer)]
    current = _current({reverse(entry.url_name) for entry in allowed}, path)
    return [
        _section(section, found, viewer, current) for section in Section if (found := _of(section, allowed))
    ]


def current_row(shown: Iterable[SectionLinks]) -> Row:
    """The row of links under the title: the pages of the current section, when there is a choice."""
    links = next((section.links for section in shown if section.current), ())
    if len(links) <= ON_ONE_LINE:
        return Row(links if len(links) > 1 else ())
    return Row(tuple(link for link in links if not link.rare), tuple(link for link in links if link.rare))


def _in_order(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: (entry.order, entry.url_name))


def _of(section: Section, entries: Iterable[Entry]) -> list[Entry]:
    return [entry for entry in entries if entry.section is section]


def _section(section: Section, entries: list[Entry], viewer: Viewer, current: str) -> SectionLinks:
    links = tuple(
        Link(entry.label, url := reverse(entry.url_name), url == current, entry.rare) for entry in entries
    )
    return SectionLinks(
        key=section.value,
        label=str(section.label),
        url=links[0].url,
        current=any(link.current for link in links),
        badge=sum(entry.badge(viewer) for entry in entries if entry.badge),
        links=links,
    )


def _current(urls: Iterable[str], path: str) -> str:
    """The longest address that ``path`` starts with; the home page counts only as itself."""
    starts = [url for url in urls if path == url or (url != "/" and path.startswith(url))]
    return max(starts, key=len, default="")
