"""The reference of moments: moments of truth and moments of life, one model."""
