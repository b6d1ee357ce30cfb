"""Alerts: figures that leave what they usually do, and what became of it."""
