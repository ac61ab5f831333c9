"""Workers beside servers."""

from ground.jobs.conftest import office

__all__ = ["office"]
