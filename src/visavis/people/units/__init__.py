"""The dated tree of the organisation, and what happened in it."""
