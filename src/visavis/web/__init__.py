"""Furniture that all screens share."""
