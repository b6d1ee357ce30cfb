"""Honest statistics: every number with its interval and what it rests on."""
