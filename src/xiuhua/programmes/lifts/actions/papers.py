"""Documents are put away in a dossier, version after version."""

from datetime import date

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.clock import now
from xiuhua.ground.files import keeping
from xiuhua.ground.files.prepared import Prepared
from xiuhua.ground.journal.actions import Done, action
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.territory.days import today
from xiuhua.ground.verdicts import refuse_unless
from xiuhua.programmes.lifts import permits
from xiuhua.programmes.lifts.actions.held import held
from xiuhua.programmes.lifts.models import Dossier, Paper
from xiuhua.programmes.lifts.rules import moves, papers


@action("lifts.add_paper", says=_("文件归档"), permits=permits.may_work)
def add_paper(
    *,
    actor: Actor,
    dossier: Dossier,
    kind: str,
    title: str,
    file: Prepared,
    dated: date,
    for_residents: bool = False,
) -> Done[Paper]:
    """Put a document away (存文件); one of the same title becomes its next version.

    Raises
    ------
    Refused
        There is no title, no such kind, or its day is still to come.
    """
    dossier = held(dossier)
    refuse_unless(papers.paper_is_told(title, kind=kind, kinds=Paper.Kind.values))
    refuse_unless(moves.day_has_come(dated, today=today(), field="dated"))
    paper = put_away(actor, dossier, kind, title.strip(), file, dated=dated, for_residents=for_residents)
    return Done(paper, {"kind": kind, "version": paper.version})


def put_away(
    actor: Actor, dossier: Dossier, kind: str, title: str, file: Prepared, *, dated: date, for_residents: bool = False
) -> Paper:
    """Keep a file as the next version of a document; called by verbs that take one along."""
    last = dossier.papers.filter(title=title).aggregate(last=Max("version"))["last"] or 0
    paper = Paper.objects.create(
        dossier=dossier,
        kind=kind,
        title=title,
        version=last + 1,
        dated=dated,
        for_residents=for_residents,
        by=actor.reference,
        at=now(),
    )
    keeping.keep(file, subject=paper, title=title)
    return paper
