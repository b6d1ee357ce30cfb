"""The company's moments: their sheets and versions, what listens to them, where emotion runs high."""
