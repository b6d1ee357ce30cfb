"""The adviser's markers and pairs, drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from visavis.core.words import Voice
from visavis.draw.frame import Frame
from visavis.draw.paper import Table
from visavis.draw.quadrants import Corner, Towards, quadrant_table, quadrants
from visavis.measure.estimates import FLOOR
from visavis.measure.sentences import Verdict, verdict
from visavis.share.boards.markers import Own, Pairs
from visavis.share.restitution.pictures import marker_bar


@dataclass(frozen=True, slots=True)
class Drawn:
    """One marker with its bar."""

    marker: Own
    bar: str


def drawn(markers: Sequence[Own], language: str) -> list[Drawn]:
    """Draw each marker against the rest of the team."""
    return [Drawn(marker, _bar(marker, language)) for marker in markers]


def _bar(marker: Own, language: str) -> str:
    frame = Frame(marker.label, language, noun=(marker.one, marker.many))
    return marker_bar(
        marker.estimate, frame, voice=marker.voice, against=(marker.team, _("the rest of the team"))
    )


def gaps_said(markers: Sequence[Own]) -> str:
    """Say whether any marker stands apart from the team's, from the intervals alone."""
    if not any(one.gap for one in markers):
        return ""
    clear = [one.label for one in markers if one.gap and verdict(one.gap) is Verdict.CLEAR]
    if clear:
        return _("Clear gap with the team: %(labels)s.") % {"labels": ", ".join(clear).lower()}
    return _("No gap with the team is conclusive over these months.")


@dataclass(frozen=True, slots=True)
class Square:
    """The pairs as a square, with its table."""

    n: int
    picture: str
    table: Table


def square(pairs: Pairs, language: str) -> Square | None:
    """Draw the pairs; None under the floor, where no share may be shown."""
    if pairs.n < FLOOR:
        return None
    corners = [
        Corner(_("You took it upon yourself"), pairs.borne),
        Corner(_("All is well"), pairs.well),
        Corner(_("Hard on both sides"), pairs.hard),
        Corner(_("Blind spot"), pairs.blind),
    ]
    frame = Frame(
        _("Your exchanges, seen from both sides"),
        language,
        noun=(
            _("exchange on which the customer and you have both spoken"),
            _("exchanges on which the customer and you have both spoken"),
        ),
    ).narrow()
    up, across = (
        Towards(_("Satisfied customer"), Voice.CUSTOMER),
        Towards(_("Went well for you"), Voice.EMPLOYEE),
    )
    return Square(pairs.n, quadrants(corners, frame, up=up, across=across), quadrant_table(corners, frame))
