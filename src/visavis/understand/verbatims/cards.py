"""Cards beside one return that higher floors may add, without this page knowing them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from visavis.listen.returns.models import Response
from visavis.people.access.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Card:
    """A card beside a return: what there is to know, and where it leads.

    Attributes:
        title: its title.
        text: a sentence or two.
        url: where it leads, if anywhere.
        action: the words of that link, a verb.
    """

    title: str
    text: str
    url: str = ""
    action: str = ""


#: Gives the card of a return for a viewer, or nothing when there is none, or none for this viewer.
Maker = Callable[[Viewer, Response], Card | None]

_MAKERS: dict[str, Maker] = {}


def offer(name: str, make: Maker) -> None:
    """Register a card under a name, once, in a room's ``apps.py ready()``; the last one of a name wins."""
    _MAKERS[name] = make


def cards(viewer: Viewer, said: Response) -> list[Card]:
    """The cards of a return for this viewer, in the order in which they were registered.

    Args:
        viewer: who reads.
        said: a return that this viewer may read.
    """
    made = (make(viewer, said) for make in _MAKERS.values())
    return [card for card in made if card is not None]
