"""The page as a file: each line of each cut, the four views with their intervals, and the gap to the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from visavis.listen.releases.planning import UNIT
from visavis.measure.estimates import FLOOR
from visavis.measure.sentences import verdict, word
from visavis.measure.two_views import Spread
from visavis.people.access.viewer import Viewer
from visavis.understand.pairs import queries
from visavis.understand.pairs.findings import Corner, Standing, share, standings
from visavis.understand.pairs.page import CUTS, Asked, cut_names
from visavis.understand.pairs.pictures import corner_names
from visavis.web.downloads import Cell, Points, Share


def header() -> list[str]:
    """Names of the columns."""
    columns = [_("Cut by"), _("Place"), _("Months"), _("Exchanges told by both"), _("Exchanges crossed")]
    for name in corner_names().values():
        columns += [
            name,
            _("%(name)s: low end of the interval") % {"name": name},
            _("%(name)s: high end of the interval") % {"name": name},
        ]
    for name in (_("Blind spot"), _("Taken upon oneself")):
        columns += [
            _("%(name)s: gap to the other places, points") % {"name": name},
            _("%(name)s: what may be said of the gap") % {"name": name},
        ]
    return columns


def rows(viewer: Viewer, wanted: Asked, language: str) -> Iterator[Sequence[Cell]]:
    """One row a place of each cut, the whole first; places that show nothing are left out.

    Args:
        viewer: who exports.
        wanted: from ``page.asked``; the file holds every cut of its period.
        language: "fr" or "en".
    """
    spread = queries.spread(wanted.shown)
    if spread is None:
        return
    names = cut_names()
    for key, cut in CUTS.items():
        lines = queries.lines(viewer, wanted.shown, cut)
        found = {} if cut == UNIT else standings(lines, spread)
        held = {
            corner: {one.line.place: one for one in found.get(corner, [])}
            for corner in (Corner.BLIND, Corner.BORNE)
        }
        for line in lines:
            if line.n >= FLOOR:
                gaps = [held[corner].get(line.place) for corner in held]
                yield (
                    names[key],
                    line.label,
                    line.months,
                    line.told,
                    line.n,
                    *_views(line, spread),
                    *_gaps(gaps, language),
                )


def _views(line: queries.Line, spread: Spread) -> Iterator[Cell]:
    for name in corner_names():
        found = share(getattr(line.four, name), line.n, spread)
        yield Share(found.estimate or 0.0)
        yield Share(found.low)
        yield Share(found.high)


def _gaps(found: Sequence[Standing | None], language: str) -> Iterator[Cell]:
    for one in found:
        said = verdict(one.rest) if one and one.rest else None
        yield Points(100 * one.rest.observed) if one and one.rest and said else None
        yield word(said, language) if said else ""
