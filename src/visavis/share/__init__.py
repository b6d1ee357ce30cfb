"""Partager: who learns of it."""
