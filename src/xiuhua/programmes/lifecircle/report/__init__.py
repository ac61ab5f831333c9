"""The page in one file: map, figures and words, opened from anywhere without a network."""
