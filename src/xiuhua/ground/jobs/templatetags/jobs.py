"""A job's progress on any page: ``{% load jobs %}{% job_progress job %}``."""

from typing import Any

from django import template
from django.http import HttpRequest

from xiuhua.ground.jobs import permits, queries, rules
from xiuhua.ground.jobs.models import Job
from xiuhua.ground.jobs.states import State

register = template.Library()


@register.inclusion_tag("jobs/parts/progress.html", takes_context=True)
def job_progress(context: template.Context, job: Job) -> dict[str, Any]:
    """Draw how far a job is; it draws itself anew every other second until the job has ended.

    When it has, the page hears the event ``xh:job-ended`` (``hx-trigger="xh:job-ended from:body"``).
    """
    request: HttpRequest = context["request"]
    return {**shown(job, request), "csrf_token": context.get("csrf_token"), "request": request}


def shown(job: Job, request: HttpRequest) -> dict[str, Any]:
    """What the template of the progress needs to know; whoever asked for the job has seen then how it ended."""
    actor: Any = request.actor  # type: ignore[attr-defined]
    job.looked_at(actor)
    state = State(job.state)
    return {
        "job": job,
        "percent": round(100 * job.share),
        "fill": "" if state == State.DONE else "info",
        "before": queries.waiting_before(job) if state == State.WAITING else 0,
        "unattended": state == State.WAITING and queries.nobody_works(job),
        "stoppable": rules.can_stop(state).decision and not job.stop_asked and permits.may_stop(actor, job=job),
        "led_on": not job.result.get("file") or (permits.may_have_file(actor, job=job) and queries.has_file(job)),
        "retryable": rules.can_retry(state).decision and permits.may_retry(actor, job=job),
    }
