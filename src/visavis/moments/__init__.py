"""The double reference: moments of truth and moments of life, and the exchanges where they happen."""
