"""Files of others become responses, exchanges and people."""
