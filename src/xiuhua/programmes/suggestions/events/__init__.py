"""Events at which people are heard (活动): their pages, their wall of notes, their report."""
