"""Staff, and where each of them works from when to when."""
