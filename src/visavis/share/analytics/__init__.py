"""Sums by month and the open copy: published from the returns, asked by every report."""
