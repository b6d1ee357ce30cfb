"""Words that every floor shares. Standard library only."""
