"""Same exchange, two views: what released pairs say, and each adviser's own pairs for herself."""
