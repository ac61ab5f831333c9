"""What this house adds to the page of a resident: by what right they are kept, and what they agreed to."""

from django.urls import reverse

from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.privacy.lists import consent_columns
from xiuhua.ground.privacy.models import DataRequest
from xiuhua.ground.privacy.permits import may_answer_for, may_record_consent
from xiuhua.ground.standards import Basis, BasisKind, Figure, Status, on
from xiuhua.ground.territory.days import today
from xiuhua.ground.territory.models import Resident
from xiuhua.ground.territory.permits import may_keep_resident
from xiuhua.ground.ui.acts import Act
from xiuhua.ground.ui.objects import Chip, Fact, Facts, Related, Section
from xiuhua.ground.words import gettext as _

SHOWN = 8


def for_resident(resident: Resident, reader: Actor, *, whole: bool = False) -> list[Section]:
    """Sections for a reader who sees the resident, and `whole` their values; of someone erased, none."""
    if resident.erased_at is not None:
        return []
    return [*_corrections(resident, reader, whole=whole), basis_of(resident, reader), consents_of(resident)]


def _corrections(resident: Resident, actor: Actor, *, whole: bool) -> list[Section]:
    """What they ask to have corrected, for who keeps the register; in their words where the file is open."""
    if not may_keep_resident(actor, resident=resident):
        return []
    asked = resident.data_requests.filter(kind=DataRequest.Kind.CORRECT, state=DataRequest.State.OPEN)
    facts = [
        Fact(
            _("%(day)s 提出") % {"day": row.asked_on},
            row.words if whole else _("打开档案以后看得到"),
            note=_("%(day)s 以前答复；改好了告诉个人信息保护负责人") % {"day": row.due_on},
        )
        for row in asked
    ]
    return [Facts(_("本人要求更正"), facts)] if facts else []


def basis_of(resident: Resident, actor: Actor) -> Facts:
    """By what right their data are kept, and what can be done about it."""
    basis = on(today()).privacy.bases.get(resident.basis)
    acts = []
    if may_record_consent(actor, resident=resident):
        acts.append(Act(_("登记同意"), reverse("privacy:new_consent", args=[resident.pk]), "i-signature"))
    if may_answer_for(actor, resident=resident):
        acts.append(Act(_("个人信息"), reverse("privacy:person", args=[resident.pk]), "i-shield-lock"))
    return Facts(_("处理依据"), basis_facts(basis, resident.basis), acts=acts)


def basis_facts(basis: Basis | None, key: str) -> list[Fact]:
    """A basis in words: what it is, the law that it rests on, and whether that carries without consent."""
    if basis is None:
        return [Fact(_("依据"), key, note=_("规则手册里没有这一项，请改成手册里的依据"))]
    return [
        Fact(_("依据"), basis.name),
        Fact(_("出处"), f"{basis.law.value} {basis.law.clause}", chip=how_sure(basis.law)),
        Fact(
            _("同意的要求") if basis.kind == BasisKind.CONSENT else _("不另需同意"),
            f"{basis.carries.source} {basis.carries.clause}",
            chip=how_sure(basis.carries),
        ),
    ]


def how_sure(figure: Figure) -> Chip:
    """How sure a clause is: only what was read may be taken for the law."""
    return Chip(figure.status.label, "good" if figure.status == Status.VERIFIED else "outline")


def consents_of(resident: Resident) -> Related:
    """What they agreed to, the newest first."""
    rows = list(resident.consents.all()[: SHOWN + 1])
    return Related(
        _("同意"),
        consent_columns(with_name=False),
        rows[:SHOWN],
        empty=_("没有登记过同意。依据是法定职责的不需要。"),
        note=_("只列最近 %(count)s 份") % {"count": SHOWN} if len(rows) > SHOWN else "",
    )
