"""Pages of the project list."""
