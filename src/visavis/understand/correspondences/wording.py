"""Links in words: both dates side by side, what teams show; never that one thing causes another."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from visavis.core.periods import spoken_day
from visavis.measure.estimates import Display
from visavis.measure.figures import number
from visavis.measure.latent import LEAST_TEAMS, LatentCorrelation
from visavis.understand.correspondences.evidence import First, refutes, supports
from visavis.understand.correspondences.proposing import THEME, Proposal, State


def said_first(first: First, language: str) -> str:
    """Both dates side by side, and which precedes if it is clear; never that one causes the other."""
    days = {
        name: spoken_day(day, language, year=True) if day else ""
        for name, day in (("employees", first.employees_on), ("customers", first.customers_on))
    }
    if first.order.lead is None:
        alone = {
            True: _("Employees speak of it more from the week of %(employees)s; customers do not visibly."),
            False: _("Customers speak of it more from the week of %(customers)s; employees do not visibly."),
        }
        return alone[first.employees_on is not None] % days
    dated = _(
        "Employees speak of it more from the week of %(employees)s, customers from the week of %(customers)s."
    )
    return f"{dated % days} {_preceding(first, language)}"


def _preceding(first: First, language: str) -> str:
    lead, low, high = (each or 0 for each in (first.order.lead, first.order.low, first.order.high))
    if not first.clear:
        return _("Which one precedes is not conclusive yet.")
    near, far = (max(0, low), high) if lead > 0 else (max(0, -high), -low)
    told = {
        "low": number(near, language),
        "high": number(far, language),
        "weeks": number(abs(lead), language),
    }
    if lead > 0:
        return ngettext(
            "Employees precede customers by about %(weeks)s week (%(low)s to %(high)s).",
            "Employees precede customers by about %(weeks)s weeks (%(low)s to %(high)s).",
            abs(lead),
        ) % told  # fmt: skip
    return ngettext(
        "Customers precede employees by about %(weeks)s week (%(low)s to %(high)s).",
        "Customers precede employees by about %(weeks)s weeks (%(low)s to %(high)s).",
        abs(lead),
    ) % told  # fmt: skip


def states() -> dict[State, str]:
    """What the data say, in words."""
    return {
        State.CONFIRMED: _("confirmed by data"),
        State.OPEN: _("not conclusive yet"),
        State.REFUTED: _("refuted by data"),
    }


def proofs(one: Proposal, language: str) -> list[str]:
    """What proposes a link and what the data say of it, a sentence each."""
    told = []
    if one.same:
        told.append(_("Both voices speak of the same theme."))
    if one.facing:
        told.append(_("Your reference puts them face to face."))
    if one.left.kind == THEME and not one.same and not one.facing:
        told.append(_("Found in the data alone: nobody named it before."))
    if one.link is not None:
        told.append(_across(one.link, language))
    if one.first is not None:
        told.append(said_first(one.first, language))
    return told


def _across(link: LatentCorrelation, language: str) -> str:
    if link.display is not Display.FULL:
        if link.teams < LEAST_TEAMS:
            return _("Between teams: no figure with %(teams)s teams, %(least)s are needed.") % {
                "teams": number(link.teams, language), "least": number(LEAST_TEAMS, language),
            }  # fmt: skip
        return _("Between teams: one side does not differ enough from team to team to be measured.")
    told = {
        "value": number(link.estimate or 0.0, language, 2), "low": number(link.low, language, 2),
        "high": number(link.high, language, 2), "teams": number(link.teams, language),
    }  # fmt: skip
    if supports(link):
        return (
            _("Between teams, both go together: clear, %(value)s (%(low)s to %(high)s), %(teams)s teams.")
            % told
        )
    if refutes(link):
        return (
            _("Between teams, they hardly go together: %(value)s (%(low)s to %(high)s), %(teams)s teams.")
            % told
        )
    return _("Between teams: not conclusive yet, %(teams)s teams.") % told
