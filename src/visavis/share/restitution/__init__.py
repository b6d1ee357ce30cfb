"""The monthly report and the daily file."""
