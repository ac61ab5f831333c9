"""What people do with spreadsheets: bring one, have it checked, import it, give it up."""

import base64
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from itertools import islice
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.clock import now
from xiuhua.ground.jobs.actions import enqueue
from xiuhua.ground.journal.actions import Audience, Done, action, locked
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.progress import Progress, silent
from xiuhua.ground.rosters import permits, queries, rules
from xiuhua.ground.rosters.headings import Table, UnknownHeadings, key
from xiuhua.ground.rosters.kinds import kind_named, place_at
from xiuhua.ground.rosters.models import HeadingChoice, RosterFile, RosterImport, StagedRow, StagedWrite, State
from xiuhua.ground.rosters.rows import Outcome
from xiuhua.ground.rosters.staging import Findings, open_table, stage
from xiuhua.ground.tables import take_stock
from xiuhua.ground.verdicts import Reason, Refused, refuse_unless

AT_ONCE_ROWS = 2_000
"""Up to so many rows a file is checked and imported while the reader waits; longer ones are jobs."""
AT_ONCE_BYTES = 2**20
"""A larger file is not even opened while the reader waits."""
KEPT = timedelta(days=1)
"""How long an uploaded file and what was staged from it wait for a decision."""

CHECK, APPLY = "rosters.check", "rosters.apply"
"""Kinds of job."""

_UNIQUE_OR_MISSING = {"23505", "23503"}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came."""

    name: str
    content: bytes


def check_roster(
    *, actor: Actor, kind: str, path: str, upload: Upload, progress: Progress = silent, wait: bool = False
) -> RosterImport:
    """Take in a spreadsheet and compare it with what is on record; nothing is imported yet (核对).

    A small file is checked at once; a large one by a job, unless one is ready to `wait`.

    Parameters
    ----------
    actor : Actor
        Who brings it.
    kind : str
        Key of the roster kind.
    path : str
        Territory path that it is about.
    upload : Upload
        The file.
    progress : callable
        Told how far the check is, where it happens at once.
    wait : bool
        Check a large file at once too.

    Raises
    ------
    PermissionDenied
        The kind does not let this actor import there.
    Refused
        There is no such kind or place, or the file cannot be used; the reasons name the file or the column.
    """
    table, is_unknown = None, False
    if permits.may_import(actor, kind=kind, path=path) and (wait or len(upload.content) <= AT_ONCE_BYTES):
        try:
            table = open_table(upload.content, upload.name, kind_named(kind), path)
        except UnknownHeadings:
            if not kind_named(kind).learns_headings:
                raise
            is_unknown = True
        if table and not wait and sum(1 for _line in islice(table.rows(), AT_ONCE_ROWS + 1)) > AT_ONCE_ROWS:
            table = None
    roster_import = receive_roster(actor=actor, kind=kind, path=path, upload=upload).subject
    if roster_import.state != State.READING:
        return roster_import
    if table is None and not is_unknown:
        return queue_roster(actor=actor, roster_import=roster_import, work=CHECK).subject
    return check_now(actor=actor, roster_import=roster_import, table=table, progress=progress)


def check_now(
    *,
    actor: Actor,
    roster_import: RosterImport,
    asker: Actor | None = None,
    table: Table | None = None,
    progress: Progress = silent,
    effect: Callable[[], AbstractContextManager[None]] = nullcontext,
) -> RosterImport:
    """Check the file of an import, and put on record what was found.

    Parameters
    ----------
    actor : Actor
        Who puts it on record.
    roster_import : RosterImport
        What was received.
    asker : Actor, optional
        Who imports, where that is somebody else (a job acts on behalf).
    table : Table, optional
        The file, where it is open already.
    progress : callable
        Told how far it is.
    effect : callable
        Context in which the outcome is put on record: a job's effect.
    """
    kind = kind_named(roster_import.kind)
    findings = None
    refusal: tuple[Reason, ...] = ()
    try:
        content = queries.content_of(roster_import)
        table = table or open_table(content, roster_import.file_name, kind, roster_import.path)
        findings = stage(roster_import, kind, table, asker or actor, progress)
    except Refused as refused:
        refusal = refused.reasons
    with effect():
        return record_check(actor=actor, roster_import=roster_import, findings=findings, refusal=refusal).subject


def check_again(*, actor: Actor, roster_import: RosterImport) -> RosterImport:
    """Compare the file that is kept once more with what is on record (再核对)."""
    if roster_import.file_bytes > AT_ONCE_BYTES or roster_import.rows > AT_ONCE_ROWS:
        return queue_roster(actor=actor, roster_import=roster_import, work=CHECK).subject
    return check_now(actor=actor, roster_import=roster_import)


def start_import(*, actor: Actor, roster_import: RosterImport) -> RosterImport:
    """Import what was checked: at once where it is small, else by a job."""
    if roster_import.rows > AT_ONCE_ROWS:
        return queue_roster(actor=actor, roster_import=roster_import, work=APPLY).subject
    return apply_roster(actor=actor, roster_import=roster_import).subject


@action("rosters.receive", says=_("上传名册"), permits=permits.may_import, audience=Audience.OFFICE)
def receive_roster(*, actor: Actor, kind: str, path: str, upload: Upload) -> Done[RosterImport]:
    """Take in a file, sealed, to be checked (上传).

    Raises
    ------
    Refused
        There is no such place.
    """
    place = place_at(path, actor, kind_named(kind))
    roster_import = RosterImport.objects.create(
        kind=kind,
        path=path,
        place=place.name,
        file_name=upload.name.replace("\\", "/").rpartition("/")[2][-200:],
        file_bytes=len(upload.content),
        made_by=actor if isinstance(actor, get_user_model()) else None,
        asked_by=actor.reference,
        made_at=now(),
    )
    RosterFile.objects.create(roster_import=roster_import, content=base64.b64encode(upload.content).decode())
    return Done(roster_import, {"kind": kind, "bytes": len(upload.content)})


@action("rosters.queue", says=_("名册交给后台办"), permits=permits.may_go_on, audience=Audience.OFFICE)
def queue_roster(*, actor: Actor, roster_import: RosterImport, work: str) -> Done[RosterImport]:
    """Let a job check (`CHECK`) or import (`APPLY`) a large file.

    Raises
    ------
    Refused
        It cannot be imported as it stands, or a job is at it already.
    """
    roster_import = locked(roster_import)
    if roster_import.at_work:
        raise Refused(Reason(str(_("后台正在办这份名册")), mend=str(_("等它办完，进度在这一页上"))))
    facts = queries.facts_of(roster_import)
    refuse_unless(rules.can_apply(facts) if work == APPLY else rules.can_check_again(facts))
    job = enqueue(
        actor=actor,
        kind=work,
        path=roster_import.path,
        args={"roster_import": roster_import.pk},
        title=(_("导入%(kind)s名册（%(place)s）") if work == APPLY else _("核对%(kind)s名册（%(place)s）"))
        % {"kind": roster_import.title, "place": roster_import.place},
    ).subject
    roster_import.job = job
    roster_import.state = State.READING if work == CHECK else roster_import.state
    roster_import.save(update_fields=["job", "state"])
    return Done(roster_import, {"kind": roster_import.kind})


@action("rosters.check", says=_("核对名册"), permits=permits.may_go_on, audience=Audience.OFFICE)
def record_check(
    *, actor: Actor, roster_import: RosterImport, findings: Findings | None, refusal: Sequence[Reason] = ()
) -> Done[RosterImport]:
    """Put on record what a check found; the batch that it staged is the import's from here on."""
    roster_import = locked(roster_import)
    refuse_unless(rules.can_check_again(queries.facts_of(roster_import)))
    roster_import.checked_at = now()
    roster_import.refusal = [[reason.text, reason.mend or ""] for reason in refusal]
    if findings is None:
        roster_import.state, roster_import.batch, roster_import.rows = State.REFUSED, None, 0
    else:
        counts = findings.counts
        roster_import.state = State.FAULTY if counts[Outcome.ERROR] else State.READY
        roster_import.batch, roster_import.rows, roster_import.layout = findings.batch, findings.rows, findings.layout
        roster_import.new, roster_import.changed = counts[Outcome.NEW], counts[Outcome.CHANGED]
        roster_import.same, roster_import.faulty = counts[Outcome.SAME], counts[Outcome.ERROR]
        roster_import.reminded = findings.reminded
    roster_import.save()
    return Done(roster_import, {"kind": roster_import.kind, **_counts(roster_import)})


@action("rosters.choose_headings", says=_("认列"), permits=permits.may_go_on, audience=Audience.OFFICE)
def choose_headings(*, actor: Actor, roster_import: RosterImport, chosen: Mapping[str, str]) -> Done[RosterImport]:
    """Say what the headings of a file mean (认列); the next file that has them is read so.

    Parameters
    ----------
    chosen : mapping
        Column names by heading as it is written; empty for a heading that is not used.

    Raises
    ------
    Refused
        A required column has no heading, or one has two.
    """
    roster_import = locked(roster_import)
    kind = kind_named(roster_import.kind)
    refuse_unless(rules.can_check_again(queries.facts_of(roster_import)))
    columns = {name: (column.heading, column.required) for name, column in kind.fields.items()}
    refuse_unless(rules.headings_can_be_chosen(chosen, columns))
    for heading, column in chosen.items():
        HeadingChoice.objects.update_or_create(
            path=roster_import.path,
            kind=roster_import.kind,
            heading=key(heading)[:80],
            defaults={"column": column, "chosen_by": actor.reference, "chosen_at": now()},
        )
    return Done(roster_import, {"kind": roster_import.kind, "headings": len(chosen)})


@action("rosters.apply", says=_("导入名册"), permits=permits.may_go_on)
def apply_roster(*, actor: Actor, roster_import: RosterImport) -> Done[RosterImport]:
    """Import what was checked: all rows or none, in one short transaction (导入).

    Raises
    ------
    Refused
        A row is in error, it is imported already, or somebody changed the same things since the check.
    """
    roster_import = locked(roster_import)
    refuse_unless(rules.can_apply(queries.facts_of(roster_import)))
    kind = kind_named(roster_import.kind)(path=roster_import.path, actor=actor)
    spread = queries.counts_by_committee(roster_import)
    try:
        with transaction.atomic():
            complete = kind.carry_out(roster_import.batch) if roster_import.batch else True
            kind.applied()
            connection.check_constraints([apps.get_model(label)._meta.db_table for label in kind.writes])
    except IntegrityError as error:
        if not _is_about_other_rows(error):
            raise
        complete = False
    if not complete:
        raise Refused(rules.overtaken())
    roster_import.state, roster_import.ended_at = State.APPLIED, now()
    roster_import.save(update_fields=["state", "ended_at"])
    transaction.on_commit(partial(clear_staged, roster_import.pk))
    transaction.on_commit(partial(take_stock, *map(apps.get_model, kind.writes)))
    return Done(roster_import, {"kind": roster_import.kind}, spread=spread)


@action("rosters.discard", says=_("放弃名册"), permits=permits.may_go_on, audience=Audience.OFFICE)
def discard_roster(*, actor: Actor, roster_import: RosterImport) -> Done[RosterImport]:
    """Give an import up; the file is forgotten (放弃).

    Raises
    ------
    Refused
        It is imported, or given up already.
    """
    return _ended(roster_import)


@action("rosters.expire", says=_("名册过期"), permits=permits.is_system, audience=Audience.OFFICE)
def expire_roster(*, actor: Actor, roster_import: RosterImport) -> Done[RosterImport]:
    """Give up an import that nobody decided on for a day (过期)."""
    return _ended(roster_import)


def clear_staged(roster_import_id: int) -> None:
    """Forget the file and the staged rows of an import that has ended. Bears being done again."""
    StagedWrite.objects.filter(roster_import=roster_import_id).delete()
    StagedRow.objects.filter(roster_import=roster_import_id).delete()
    RosterFile.objects.filter(roster_import=roster_import_id).delete()


def _ended(roster_import: RosterImport) -> Done[RosterImport]:
    roster_import = locked(roster_import)
    refuse_unless(rules.can_discard(queries.facts_of(roster_import)))
    roster_import.state, roster_import.ended_at = State.DISCARDED, now()
    roster_import.save(update_fields=["state", "ended_at"])
    transaction.on_commit(partial(clear_staged, roster_import.pk))
    return Done(roster_import, {"kind": roster_import.kind})


def _counts(roster_import: RosterImport) -> dict[str, Any]:
    return {name: getattr(roster_import, name) for name in ("rows", "new", "changed", "same", "faulty")}


def _is_about_other_rows(error: DatabaseError) -> bool:
    """Whether rows clash with others on record, or miss one that was there: somebody was faster."""
    state = getattr(error.__cause__, "sqlstate", None)
    return state in _UNIQUE_OR_MISSING or str(error).startswith(("UNIQUE", "FOREIGN KEY", "The row in table"))
