"""Both voices side by side: team by team, moment by moment, before and after what happened."""
