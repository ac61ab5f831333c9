"""Pages of people's suggestions, for the office."""
