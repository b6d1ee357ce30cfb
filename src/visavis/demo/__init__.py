"""Mutuelle Vaubrune, the invented company. The product never imports it."""
