"""What the lift programme does by itself."""

from xiuhua.programmes.lifts import jobs_batches, jobs_votes  # noqa: F401 - registers what cuts lots and counts votes
