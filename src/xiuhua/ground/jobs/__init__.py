"""Long work (任务): one row a job, with progress, result, error, stop and retry; its effect happens once.

A room declares what it does at length in its ``jobs.py``, which is found by itself::

    @job("rosters.apply", says=_("导入名册"), longest=timedelta(minutes=30))
    def apply_roster(running: Running, *, upload: int) -> None:
        for number, chunk in enumerate(chunks):          # repeatable: a worker that is killed begins again here
            running.stop_if_asked()
            running.progress(_("核对"), number / len(chunks))
        with running.effect():                           # one transaction, kept short
            counts = actions.commit(actor=running.actor, ...)
            running.done(counts, url=...)

and asks for it from an action, in the same transaction::

    enqueue(actor=actor, kind="rosters.apply", path=committee.path, args={"upload": upload.pk})
"""
