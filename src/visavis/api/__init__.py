"""The programming interface, one router a verb."""
