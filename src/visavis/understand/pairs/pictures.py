"""The charts of the page, each with its table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from visavis.core.words import Voice
from visavis.draw.bars import Row, dot_list, dot_table
from visavis.draw.frame import Frame, Reference
from visavis.draw.paper import Picture
from visavis.draw.quadrants import Corner as Drawn
from visavis.draw.quadrants import Towards, quadrant_table, quadrants
from visavis.measure.agreement import Quadrants
from visavis.measure.estimates import Estimate
from visavis.understand.pairs.findings import Corner, Standing

#: Whose voice each corner is drawn in: who is not heard, who carries.
_VOICES = {Corner.BLIND: Voice.CUSTOMER, Corner.BORNE: Voice.EMPLOYEE}


def corner_names() -> dict[str, str]:
    """What the four views are called, in the order of the square."""
    return {
        "customer_only": _("Taken upon oneself"),
        "symmetric_high": _("All is well"),
        "symmetric_low": _("Hard on both sides"),
        "adviser_only": _("Blind spot"),
    }


def nouns() -> tuple[str, str]:
    """Singular and plural of what the page counts."""
    return _("exchange"), _("exchanges")


def square(four: Quadrants, language: str, title: str, effect: float) -> Picture:
    """Draw how exchanges fall in the four views."""
    corners = [Drawn(label, getattr(four, name)) for name, label in corner_names().items()]
    up = Towards(_("Satisfied customer"), Voice.CUSTOMER)
    across = Towards(_("Went well for the adviser"), Voice.EMPLOYEE)
    frame = Frame(title, language, of=_("Views"), noun=nouns())
    drawn = [quadrants(corners, one, up=up, across=across, effect=effect) for one in (frame, frame.narrow())]
    return Picture(title, drawn[0], drawn[1], quadrant_table(corners, frame, effect))


def places(
    found: Sequence[Standing], corner: Corner, whole: Estimate, frame: Frame, links: Mapping[str, str]
) -> Picture:
    """Draw the share of one corner in each place, beside that of all exchanges.

    Args:
        found: the lines in the order of their groups.
        corner: which view.
        whole: its share of all exchanges.
        frame: its title, and what the lines are.
        links: where some places lead.
    """
    rows = [
        Row(one.line.label, one.estimate, _months(one.line.months), one.rest, links.get(one.line.place, ""))
        for one in found
    ]
    held = Reference(whole.estimate, _("all exchanges")) if whole.estimate is not None else None
    widths = (frame.beside(), frame.narrow())
    drawn = [dot_list(rows, each, voice=_VOICES[corner], reference=held) for each in widths]
    return Picture(frame.title, drawn[0], drawn[1], dot_table(rows, frame))


def _months(number: int) -> str:
    return ngettext("%(number)s month", "%(number)s months", number) % {"number": number}
