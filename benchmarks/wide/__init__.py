"""Parts of ``benchmarks/analytics.py``: invented facts, the questions, and who answers them."""
