"""Jobs by the API: the list, one job, stop and retry."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Schema

from xiuhua.ground.api.asked import Id, one_of, reader
from xiuhua.ground.api.paging import Page, Paging, paged
from xiuhua.ground.api.words import gettext_lazy as _
from xiuhua.ground.jobs import actions, queries
from xiuhua.ground.jobs.lists import asker_of
from xiuhua.ground.jobs.models import Job
from xiuhua.ground.jobs.states import State
from xiuhua.ground.scope.queryset import get_visible_or_404

router = Router()
JobState = Annotated[State, one_of(State)]


class JobTold(Schema):
    """A piece of long work; `share` is how much of it is done, from 0 to 1."""

    id: int
    kind: str
    title: str
    path: str
    asked_by: str
    state: JobState
    stage: str
    share: float
    result: dict[str, Any]
    reasons: list[str]
    made_at: datetime
    started_at: datetime | None
    ended_at: datetime | None


class JobFilters(Paging):
    """Which jobs are asked for."""

    state: JobState | None = None


@router.get("", response=Page[JobTold], summary=_("后台任务"))
def list_jobs(request: HttpRequest, asked: Query[JobFilters]) -> dict[str, Any]:
    """Jobs that whoever asks may see, newest first."""
    jobs = queries.jobs_of(reader(request))
    return paged(jobs.filter(state=asked.state) if asked.state else jobs, asked, _told)


@router.get("/{job_id}", response=JobTold, summary=_("一个任务办到哪一步"))
def get_job(request: HttpRequest, job_id: Id) -> dict[str, Any]:
    """One job."""
    return _told([_job(request, job_id)])[0]


@router.post("/{job_id}/stop", response=JobTold, summary=_("停下任务"))
def stop_job(request: HttpRequest, job_id: Id) -> dict[str, Any]:
    """Stop a job at its next safe place."""
    return _told([actions.stop_job(actor=reader(request), job=_job(request, job_id)).subject])[0]


@router.post("/{job_id}/retry", response=JobTold, summary=_("再办一次"))
def retry_job(request: HttpRequest, job_id: Id) -> dict[str, Any]:
    """Begin anew with a job that failed or was stopped."""
    return _told([actions.retry_job(actor=reader(request), job=_job(request, job_id)).subject])[0]


def _job(request: HttpRequest, job_id: int) -> Job:
    return get_visible_or_404(queries.jobs_of(reader(request)), reader(request), pk=job_id)


def _told(jobs: list[Job]) -> list[dict[str, Any]]:
    return [
        {
            **{name: getattr(job, name) for name in JobTold.model_fields if name != "asked_by"},
            "asked_by": asker_of(job),
        }
        for job in jobs
    ]
