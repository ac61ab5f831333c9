"""Pages of the territory, by what they are about."""
