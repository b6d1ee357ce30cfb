"""The open copy of the facts, and the one door to question it."""
