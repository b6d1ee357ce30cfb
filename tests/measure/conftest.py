"""SciPy loads on first need, which may fall in the middle of a property."""

from __future__ import annotations

import pytest

from visavis.measure import quantiles


@pytest.fixture(scope="session", autouse=True)
def _scipy_is_loaded() -> None:
    quantiles.t(0.95, 3)
    quantiles.beta(0.5, 1, 1)
