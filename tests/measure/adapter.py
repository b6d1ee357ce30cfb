"""The calls of the shared vectors, as `run_vectors.py` wants them."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

MODULES = """
shares: proportion_interval proportion_difference proportion_sample_size multinomial_intervals top_box
scores: nps_score nps_interval nps_difference nps_sample_size
means: cluster_mean
surveys: kish_design_effect response_rates fdr
charts: ewma_chart cusum xmr_chart nps_ewma_chart
share_charts: p_chart laney_p_chart
breaks: single_mean_shift
seasons: stl_decompose
weighting: ipf rake_nps weighted_nps
strata: poststratified_nps r_indicator sample_allocation
solicitation: quarantine quarantine_weights
durations: kaplan_meier
posteriors: nps_posterior
panels: nps_paired_difference
"""


def _names(result: object) -> dict[str, Any]:
    """Every public value of a result, computed ones too."""
    return {name: getattr(result, name) for name in dir(result) if not name.startswith("_")}


def _plain(module: str, name: str) -> Callable[..., dict[str, Any]]:
    call = getattr(importlib.import_module(f"visavis.measure.{module}"), name)
    return lambda **inputs: _names(call(**inputs))


LINES = (line.split(": ") for line in MODULES.strip().splitlines())
CALLS = {name: _plain(module, name) for module, names in LINES for name in names.split()}
