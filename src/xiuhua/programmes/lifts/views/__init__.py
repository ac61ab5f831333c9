"""Pages of the lift programme."""
