"""How the house is plugged in: options, settings, addresses, commands."""
