"""The page as a file: links with their evidence, shares of both voices with their intervals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from visavis.measure.estimates import Display, Estimate
from visavis.people.access.viewer import Viewer
from visavis.understand.correspondences.gaps import gaps
from visavis.understand.correspondences.page import Asked
from visavis.understand.correspondences.pictures import gap_words
from visavis.understand.correspondences.proposing import THEME, Proposal, proposals
from visavis.understand.correspondences.wording import states
from visavis.web.downloads import Cell, Points, Share


def link_header() -> list[str]:
    """Names of the columns of links."""
    return [
        _("Customers’ side"), _("Employees’ side"), _("Face to face in the reference"),
        _("What the data say"), _("Link between teams"), _("Link, low"), _("Link, high"), _("Teams"),
        _("Employees rise, week of"), _("Customers rise, week of"), _("Employees precede by, weeks"),
        _("Lead, low"), _("Lead, high"), _("Decision"), _("Why"),
    ]  # fmt: skip


def links(viewer: Viewer, wanted: Asked, language: str) -> Iterator[Sequence[Cell]]:
    """One line a link, in the order of the page."""
    named = states()
    for one in proposals(viewer, wanted.themes, wanted.both, language):
        yield [
            one.left.label, one.right.label, _("yes") if one.facing or one.same else _("no"),
            named[one.state] if one.left.kind == THEME else "", *_link(one), *_first(one),
            one.decided.get_status_display() if one.decided else "",
            one.decided.reason if one.decided else "",
        ]  # fmt: skip


def _link(one: Proposal) -> list[Cell]:
    if one.link is None or one.link.display is not Display.FULL:
        return [None, None, None, one.link.teams if one.link else None]
    return [one.link.estimate, one.link.low, one.link.high, one.link.teams]


def _first(one: Proposal) -> list[Cell]:
    if one.first is None:
        return [None] * 5
    order = one.first.order
    return [one.first.employees_on, one.first.customers_on, order.lead, order.low, order.high]


def share_header() -> list[str]:
    """Names of the columns of shares."""
    sides = (_("Customers"), _("Employees"))
    columns = [_("Theme")]
    for side in sides:
        columns += [side, _("%(side)s, low") % {"side": side}, _("%(side)s, high") % {"side": side}]
        columns += [_("%(side)s, texts") % {"side": side}]
    return [*columns, _("Gap, points"), _("What may be said of it")]


def shares(wanted: Asked, language: str) -> Iterator[Sequence[Cell]]:
    """One line a theme of both voices."""
    for gap in gaps(wanted.both, wanted.shared) if wanted.both else []:
        told = gap.difference.display is Display.FULL
        yield [
            wanted.labels[gap.code], *_side(gap.customers), *_side(gap.employees),
            Points(100 * gap.difference.observed) if told else None, gap_words(gap, language),
        ]  # fmt: skip


def _side(one: Estimate) -> list[Cell]:
    if one.display is Display.HIDDEN or one.estimate is None:
        return [None, None, None, one.n]
    return [Share(one.estimate), Share(one.low), Share(one.high), one.n]
