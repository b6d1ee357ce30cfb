"""Search in the texts: by their words, and by what they mean."""
