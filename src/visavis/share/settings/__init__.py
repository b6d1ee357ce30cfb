"""Administering: first steps, accounts, organisation, references, journal."""
