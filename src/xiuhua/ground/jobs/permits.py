"""Who may do what with jobs."""

from typing import Any

from xiuhua.ground.jobs.models import Job
from xiuhua.ground.jobs.registry import is_known, kind_named
from xiuhua.ground.jobs.states import REACT
from xiuhua.ground.journal.actors import Actor, System
from xiuhua.ground.scope.paths import EVERYWHERE
from xiuhua.ground.scope.roles import Role

TIES_UP = (Role.SECTION_HEAD, Role.SYSTEM_ADMIN)
"""Who takes up what should have followed on another room's verb and did not."""


def may_enqueue(actor: Actor, *, kind: str, path: str = "", args: dict[str, Any] | None = None, **_: object) -> bool:
    """Whom the kind of job allows to ask for it."""
    return kind_named(kind).permits(actor, path=path, **(args or {}))


def may_stop(actor: Actor, *, job: Job, **_: object) -> bool:
    """Whoever asked for it, and the system administrator of the place."""
    return is_own(actor, job) or looks_after(actor, job)


def may_retry(actor: Actor, *, job: Job, **_: object) -> bool:
    """Whoever asked for it and still may, and the system administrator of the place."""
    return looks_after(actor, job) or (is_own(actor, job) and is_known(job.kind) and may_enqueue(actor, **asked(job)))


def may_tie_up(actor: Actor, *, job: Job, **_: object) -> bool:
    """The section heads and the system administrator of the place."""
    return job.kind == REACT and actor.holds(*TIES_UP, at=None if job.path == EVERYWHERE else job.path)


def may_have_file(actor: Actor, *, job: Job, **_: object) -> bool:
    """Whoever asked for it and still may."""
    return is_own(actor, job) and is_known(job.kind) and may_enqueue(actor, **asked(job))


def may_forget(actor: Actor, **_: object) -> bool:
    """The system alone."""
    return isinstance(actor, System)


def is_own(actor: Actor, job: Job) -> bool:
    """Whether this actor asked for the job."""
    return actor.reference == job.asked_by


def looks_after(actor: Actor, job: Job) -> bool:
    """Whether this actor keeps the system running where the job belongs; work of no place is any administrator's."""
    return actor.holds(Role.SYSTEM_ADMIN, at=None if job.path == EVERYWHERE else job.path)


def asked(job: Job) -> dict[str, Any]:
    """What the job was asked with."""
    return {"kind": job.kind, "path": job.path, "args": job.args}
