"""Which pages may be kept as a view: rooms name theirs, with the right that opens it."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise

from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer


@dataclass(frozen=True, slots=True)
class SavedPage:
    """A page whose address may be kept under a name.

    Attributes:
        key: what is kept of it, and its word in addresses.
        label: its name, translated lazily.
        url_name: name of its address, without arguments: all that it shows is in its query.
        right: what opens it.
    """

    key: str
    label: str | Promise
    url_name: str
    right: Right

    def address(self, query: str) -> str:
        """Where it shows what a query asks."""
        return f"{reverse(self.url_name)}?{query}" if query else reverse(self.url_name)


_PAGES: dict[str, SavedPage] = {}


def may_be_saved(*pages: SavedPage) -> None:
    """Name pages of a room; safe to run twice."""
    _PAGES.update({page.key: page for page in pages})


def pages(viewer: Viewer) -> dict[str, SavedPage]:
    """The pages that the viewer opens, by key, in the order in which rooms named them."""
    return {key: page for key, page in _PAGES.items() if viewer.may(page.right)}
