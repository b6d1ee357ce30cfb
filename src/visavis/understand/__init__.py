"""Comprendre: what the voices say."""
