"""What employees say, once it may be shown: released once, audited. Every surface reads these tables."""
