"""Places of the base page that higher floors may fill without the base page knowing them."""

from __future__ import annotations

from enum import StrEnum


class Slot(StrEnum):
    """Where a template may be put on every page."""

    BANNER = "banner"  # over the whole page
    SIDE = "side"  # at the bottom of the sidebar, above the person
    FOOT = "foot"  # under the page


_FILLED: dict[Slot, list[str]] = {}


def fill(slot: Slot, template: str) -> None:
    """Show ``template`` in ``slot`` of every page; done once, in ``apps.py ready()``."""
    there = _FILLED.setdefault(slot, [])
    if template not in there:
        there.append(template)


def filled() -> dict[str, tuple[str, ...]]:
    """The templates of each slot, in the order in which they came."""
    return {slot.value: tuple(_FILLED.get(slot, ())) for slot in Slot}
