"""Who accompanies a stairwell: people join its team and leave it."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from xiuhua.ground import standards
from xiuhua.ground.accounts.models import User
from xiuhua.ground.journal.actions import Done, action, locked
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.territory.days import today
from xiuhua.ground.verdicts import refuse_unless
from xiuhua.programmes.lifts import permits, queries
from xiuhua.programmes.lifts.actions.held import held
from xiuhua.programmes.lifts.models import Dossier, Flat, TeamMember
from xiuhua.programmes.lifts.rules import team as rules
from xiuhua.programmes.lifts.rules.team import MemberFacts


@action("lifts.join_team", says=_("加入陪伴小组"), permits=permits.may_work)
def join_team(
    *,
    actor: Actor,
    dossier: Dossier,
    facts: MemberFacts,
    since: date,
    user: User | None = None,
    flat: Flat | None = None,
    trade: str = "",
) -> Done[TeamMember]:
    """Put somebody into the team that accompanies a stairwell (加入陪伴小组).

    Raises
    ------
    Refused
        A coordinator has no account or carries too many, a neighbour no flat, a professional no telephone.
    """
    dossier = held(dossier)
    figures = standards.on(today(), at=dossier.path).lifts.team
    carried = queries.carried_by(user.pk) if user else 0
    refuse_unless(rules.member_can_join(facts, carried=carried, figures=figures))
    refuse_unless(
        rules.is_new(
            again=user is not None and dossier.team.filter(user=user, until__isnull=True).exists(),
            of_here=flat is None or flat.dossier_id == dossier.pk,
        )
    )
    member = TeamMember.objects.create(
        dossier=dossier,
        part=facts.part,
        user=user,
        flat=flat,
        name=facts.name.strip(),
        phone=facts.phone.strip(),
        trade=trade.strip(),
        since=since,
    )
    return Done(member, {"part": facts.part})


@action("lifts.leave_team", says=_("离开陪伴小组"), permits=permits.may_change_team)
def leave_team(*, actor: Actor, member: TeamMember) -> Done[TeamMember]:
    """Take somebody out of the team (离开陪伴小组); that they were in it stays on record.

    Raises
    ------
    Refused
        They have left already.
    """
    member = locked(member)
    refuse_unless(rules.is_still_there(left=member.until is not None))
    member.until = today()
    member.save(update_fields=["until"])
    return Done(member, {"part": member.part})
