"""An app with kinds of jobs to test with."""
