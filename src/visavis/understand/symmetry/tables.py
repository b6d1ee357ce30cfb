"""Both sides as a table: each figure with its n and its interval."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from django.utils.translation import gettext_lazy as _

from visavis.measure.estimates import Display, Estimate
from visavis.understand.symmetry.teams import Sides
from visavis.web.downloads import Cell, Share

TEAMS: Final = [
    _("Team"),
    _("Satisfied customers"), _("Low (95%)"), _("High (95%)"), _("Customers who answered"),
    _("Climate, 1 to 5"), _("Climate, low (95%)"), _("Climate, high (95%)"), _("Answers on climate"),
]  # fmt: skip


def teams(found: Sides) -> Iterator[Sequence[Cell]]:
    """One line a team, in the order of the organisation."""
    for team in found.teams:
        customers, climate = team.satisfied_estimate, team.climate_estimate
        shares = [None if value is None else Share(value) for value in _bounds(customers)]
        yield [team.label, *shares, customers.n, *_bounds(climate), climate.n]


def _bounds(estimate: Estimate) -> list[float | None]:
    if estimate.display is Display.HIDDEN or estimate.estimate is None:
        return [None, None, None]
    return [estimate.estimate, estimate.low, estimate.high]
