"""Every piece in every state, on one page."""
