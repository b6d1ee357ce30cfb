"""T6: the four of Saint-Malo show with Caen at every wave, and nothing of them can be worked out."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from visavis.listen.releases import queries
from visavis.people.access.viewer import system

pytestmark = pytest.mark.django_db


def test_saint_malo_shows_with_caen_at_every_wave(vaubrune: Any) -> None:
    waves = queries.releases(system(), "wave")
    assert len(waves) == 15
    for wave in waves:
        cells = queries.cells(system(), [wave], cut="unit")
        holding = [cell for cell in cells if any("saint-malo" in member for member in cell.members)]
        assert holding
        assert all("/vaubrune/agences/caen/" in cell.members for cell in holding)
        assert all(wave.audit["accepted"] for wave in waves)


def test_no_combination_of_displayed_cells_gives_the_four(vaubrune: Any) -> None:
    for wave in queries.releases(system(), "wave"):
        cells = queries.cells(system(), [wave], cut="unit")
        leaves = sorted({member for cell in cells for member in cell.members})
        for key in {key for cell in cells for key in cell.figures}:
            shown = [cell for cell in cells if cell.figures.get(key)]
            system_of = np.array(
                [
                    [any(leaf.startswith(member) for member in cell.members) for leaf in leaves]
                    for cell in shown
                ],
                dtype=float,
            )
            wanted = np.array([leaf.endswith("/saint-malo/") for leaf in leaves], dtype=float)
            solved, *_ = np.linalg.lstsq(system_of.T, wanted, rcond=None)
            assert np.abs(system_of.T @ solved - wanted).max() > 0.1
