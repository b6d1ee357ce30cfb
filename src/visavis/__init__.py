"""Vis-à-vis: the two voices of a company, face to face."""

__version__ = "0.1.0"
