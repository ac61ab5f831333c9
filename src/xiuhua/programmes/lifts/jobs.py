"""What the lift programme does by itself."""

from xiuhua.programmes.lifts import jobs_votes  # noqa: F401 - registers the job that counts votes
