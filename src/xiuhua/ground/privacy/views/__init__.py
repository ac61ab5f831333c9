"""Pages of the privacy officer, and of whoever takes a consent at the door."""
