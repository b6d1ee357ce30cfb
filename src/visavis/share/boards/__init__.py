"""What waits for me: one page a role."""
