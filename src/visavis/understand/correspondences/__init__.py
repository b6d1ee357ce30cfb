"""One taxonomy, two voices: what each speaks of, who said it first, which theme answers which."""
