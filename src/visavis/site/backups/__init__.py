"""Backups, restores, the move of a whole organisation, and the invariants that must hold after any fault."""
