"""What the pages of the lift programme show, put together."""
