"""The calls of the shared vectors, as `run_vectors.py` wants them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from visavis.measure import means, scores, shares, surveys


def _names(result: object) -> dict[str, Any]:
    """Every public value of a result, computed ones too."""
    return {name: getattr(result, name) for name in dir(result) if not name.startswith("_")}


def _plain(call: Callable[..., object]) -> Callable[..., dict[str, Any]]:
    return lambda **inputs: _names(call(**inputs))


CALLS = {
    call.__name__: _plain(call)
    for call in (
        shares.proportion_interval,
        shares.proportion_difference,
        shares.proportion_sample_size,
        shares.multinomial_intervals,
        shares.top_box,
        scores.nps_score,
        scores.nps_interval,
        scores.nps_difference,
        scores.nps_sample_size,
        means.cluster_mean,
        surveys.kish_design_effect,
        surveys.response_rates,
        surveys.fdr,
    )
}
