"""Honest statistics: every number with its interval and what it rests on.

The library stands alone: numbers in, frozen dataclasses out, each formula with its source, held against
published values in ``tests/measure``. Most of it is behind a screen. What it offers besides, to whoever
studies an export in a notebook:

- samples and shares: ``multinomial_intervals``, ``nps_sample_size``, ``response_rates``;
- two sides: ``apim``, ``brunner_munzel``, ``mean_gap``, ``clustered_kappa``, ``clustered_cliffs_delta``,
  ``likeness_sentence``;
- movements of many teams over many waves, more than a company has at first: ``lagged_within_correlation``,
  ``lead_lag``, ``lead_sentence``;
- what to work on first: ``priority_matrix``.
"""
