"""Forms of the lift programme."""
