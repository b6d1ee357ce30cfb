"""Themes learnt from a company's examples and corrections, beside its keywords; groups nobody named yet."""
