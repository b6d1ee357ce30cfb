"""Agir: what is done about what was heard."""
