"""Exchanges between a customer and the company: the hinge of everything."""
