"""The calls of the shared vectors, as `run_vectors.py` wants them."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

MODULES = {
    "shares": "proportion_interval proportion_difference proportion_sample_size multinomial_intervals"
    " top_box",
    "scores": "nps_score nps_interval nps_difference nps_sample_size",
    "means": "cluster_mean",
    "surveys": "kish_design_effect response_rates fdr",
    "charts": "ewma_chart cusum xmr_chart nps_ewma_chart",
    "share_charts": "p_chart laney_p_chart",
    "breaks": "single_mean_shift",
    "seasons": "stl_decompose",
}


def _names(result: object) -> dict[str, Any]:
    """Every public value of a result, computed ones too."""
    return {name: getattr(result, name) for name in dir(result) if not name.startswith("_")}


def _plain(call: Callable[..., object]) -> Callable[..., dict[str, Any]]:
    return lambda **inputs: _names(call(**inputs))


CALLS = {
    name: _plain(getattr(importlib.import_module(f"visavis.measure.{module}"), name))
    for module, names in MODULES.items()
    for name in names.split()
}
