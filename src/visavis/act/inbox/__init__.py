"""Returns that somebody must treat, in an order that explains itself."""
