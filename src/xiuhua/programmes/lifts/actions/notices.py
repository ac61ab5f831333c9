"""Permits are applied for; notices are posted, and taken down early with a reason."""

import secrets
from collections.abc import Sequence
from datetime import date

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from xiuhua.ground import standards
from xiuhua.ground.files import keeping
from xiuhua.ground.files.prepared import Prepared
from xiuhua.ground.journal.actions import Done, action, locked
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.territory.days import today
from xiuhua.ground.territory.models import Subdistrict
from xiuhua.ground.verdicts import refuse_unless
from xiuhua.programmes.lifts import gates, notice_content, permits, permits_build, queries_build
from xiuhua.programmes.lifts.actions.held import held, progressed
from xiuhua.programmes.lifts.models import Dossier, Notice, Permit
from xiuhua.programmes.lifts.rules import notices as rules

LETTERS = 10
"""Bytes of a public page's address: nobody guesses it."""


@action("lifts.note_permit", says=_("报送审批"), permits=permits.may_work)
def note_permit(
    *, actor: Actor, dossier: Dossier, rule: str, applied_on: date, authority: str, receipt: str = ""
) -> Done[Permit]:
    """Note that an authority has been asked (送审): until the gate is passed it tells for how long one has waited.

    Raises
    ------
    Refused
        The rule takes no permit or is kept already, it is not said where, or the day is still to come.
    """
    dossier = held(dossier)
    gate = gates.gate_named(rule, dossier)
    refuse_unless(rules.can_be_applied_for(gate, authority=authority, applied_on=applied_on, today=today()))
    row, _made = Permit.objects.update_or_create(
        dossier=dossier,
        attempt=dossier.attempt,
        rule=rule,
        defaults={
            "applied_on": applied_on,
            "authority": authority.strip()[:60],
            "receipt": receipt.strip()[:60],
        },
    )
    progressed(dossier, applied_on)
    dossier.save(update_fields=["progressed_on"])
    return Done(row, {"rule": rule, "on": applied_on})


@action("lifts.post_notice", says=_("贴公示"), permits=permits.may_work)
def post_notice(
    *,
    actor: Actor,
    dossier: Dossier,
    posted_on: date,
    place: str,
    load_kg: int | None = None,
    stops: int | None = None,
    photos: Sequence[Prepared] = (),
) -> Done[Notice]:
    """Post a notice at the stairwell (贴公示): numbered through the year, counted in days, kept as it was posted.

    Raises
    ------
    Refused
        It is not this step's turn, one hangs already, it is not said where, or the day cannot be.
    """
    dossier = held(dossier)
    refuse_unless(
        rules.notice_can_be_posted(
            dossier.state,
            place=place,
            hangs=queries_build.notice_of(dossier) is not None,
            after=dossier.agreed_on,
            on=posted_on,
            today=today(),
        )
    )
    subdistrict = locked(Subdistrict.objects.get(path=dossier.path[:9]))
    serial = _next_serial(subdistrict, posted_on.year)
    row = Notice.objects.create(
        subdistrict=subdistrict,
        dossier=dossier,
        attempt=dossier.attempt,
        year=posted_on.year,
        serial=serial,
        number=rules.notice_number(subdistrict.name, posted_on.year, serial),
        code=secrets.token_urlsafe(LETTERS),
        place=place.strip()[:120],
        posted_on=posted_on,
        until_on=rules.last_day(posted_on, int(standards.on(posted_on, at=dossier.path).lifts.notice.days.number)),
        content=notice_content.content_of(dossier, load_kg=load_kg, stops=stops or dossier.stairwell.levels),
    )
    _keep(photos, row)
    progressed(dossier, posted_on)
    dossier.save(update_fields=["progressed_on"])
    return Done(row, {"number": row.number, "on": posted_on, "until": row.until_on})


@action("lifts.add_notice_photos", says=_("公示照片归档"), permits=permits_build.may_take_down)
def add_notice_photos(*, actor: Actor, notice: Notice, photos: Sequence[Prepared]) -> Done[Notice]:
    """Keep photographs of the notice as it hangs (公示张贴照片)."""
    notice = locked(notice)
    _keep(photos, notice)
    return Done(notice, {"photos": len(photos)})


@action("lifts.take_down_notice", says=_("提前撤下公示"), permits=permits_build.may_take_down)
def take_down_notice(*, actor: Actor, notice: Notice, on: date, because: str) -> Done[Notice]:
    """Take a notice down before its days are over (提前撤下), and say why: the next one counts from the beginning.

    Raises
    ------
    Refused
        It is down already, its days are over, no reason is given, or the day cannot be.
    """
    dossier = held(notice.dossier)
    notice = locked(notice)
    refuse_unless(
        rules.notice_can_be_taken_down(
            gone=notice.taken_down_on is not None or dossier.state != "agreeing",
            posted_on=notice.posted_on,
            until_on=notice.until_on,
            on=on,
            today=today(),
            because=because,
        )
    )
    notice.taken_down_on, notice.taken_down_because = on, because.strip()[:200]
    notice.save(update_fields=["taken_down_on", "taken_down_because"])
    return Done(notice, {"number": notice.number, "on": on}, sealed={"reason": because.strip()})


def _next_serial(subdistrict: Subdistrict, year: int) -> int:
    last = Notice.objects.filter(subdistrict=subdistrict, year=year).aggregate(last=Max("serial"))["last"]
    return int(last or 0) + 1


def _keep(photos: Sequence[Prepared], row: Notice) -> None:
    for photo in photos:
        keeping.keep(photo, subject=row, title=str(_("公示张贴照片")))
