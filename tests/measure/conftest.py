"""SciPy loads on first need, which may fall in the middle of a property."""

from __future__ import annotations

import pytest
from hypothesis import settings

from visavis.measure import quantiles

# Cores are shared: the time that one example takes says nothing.
settings.register_profile("shared cores", deadline=None)
settings.load_profile("shared cores")


@pytest.fixture(scope="session", autouse=True)
def _scipy_is_loaded() -> None:
    quantiles.t(0.95, 3)
    quantiles.beta(0.5, 1, 1)
