"""Where the privacy officer begins; finding a person; one person's page."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xiuhua.ground.accounts.guards import UserRequest, sight_required
from xiuhua.ground.jobs.actions import enqueue
from xiuhua.ground.journal.known import things_meant
from xiuhua.ground.privacy import lists, queries
from xiuhua.ground.privacy.forms import PersonForm
from xiuhua.ground.privacy.jobs import VERIFY
from xiuhua.ground.privacy.models import DataRequest
from xiuhua.ground.privacy.overseen import RESIDENT
from xiuhua.ground.privacy.sections import basis_facts, consents_of
from xiuhua.ground.scope.masking import mask_name, mask_phone
from xiuhua.ground.scope.queryset import get_visible_or_404
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.standards import on
from xiuhua.ground.territory.days import today
from xiuhua.ground.territory.models import Resident
from xiuhua.ground.ui.acts import Act
from xiuhua.ground.ui.forms import FormPage
from xiuhua.ground.ui.objects import Chip, Fact, Next, ObjectPage, Related
from xiuhua.ground.words import gettext as _

SHOWN = 6


@require_safe
@sight_required(Sight.PRIVACY)
def home(request: UserRequest) -> HttpResponse:
    """What waits: requests by their term, who is to be erased, holds; and what the handling rests on."""
    actor, day = request.actor, today()
    book = on(day)
    requests, asked = _first(queries.requests_for(actor).filter(state=DataRequest.State.OPEN))
    to_erase, without_basis = _first(queries.left_without_basis(actor, book, day))
    return ObjectPage(
        title=_("个人信息"),
        subtitle=_("居民来问自己的信息，在这里登记和答复；同意、删除、影响评估也在这里。"),
        acts=[
            Act(_("全部请求"), reverse("privacy:requests"), "i-inbox"),
            Act(_("同意"), reverse("privacy:consents"), "i-signature"),
            Act(_("影响评估"), reverse("privacy:assessments"), "i-report"),
            Act(_("找一位居民"), reverse("privacy:find"), "i-search", primary=True),
        ],
        sections=[
            Related(
                _("等着答复的请求"),
                lists.request_columns(day),
                requests,
                empty=_("没有等着答复的请求。"),
                note=_("%(count)s 件") % {"count": asked},
                more=(_("全部"), reverse("privacy:requests")),
            ),
            Related(
                _("待删除"),
                lists.to_erase_columns(),
                to_erase,
                empty=_("没有等着删除的。"),
                note=_("%(count)s 人") % {"count": without_basis},
                more=(_("全部"), reverse("privacy:to_erase")),
            ),
            Related(
                _("暂停删除"),
                lists.hold_columns(),
                queries.holds_for(actor).filter(lifted_at__isnull=True, until__gte=day)[:SHOWN],
                empty=_("没有暂停删除的。"),
                more=(_("全部"), reverse("privacy:holds")),
            ),
            Related(
                _("只存不用"),
                lists.restriction_columns(),
                queries.restrictions_for(actor).filter(lifted_at__isnull=True)[:SHOWN],
                empty=_("没有只存不用的。"),
                more=(_("全部"), reverse("privacy:restrictions")),
            ),
            Related(
                _("凭什么留存"),
                lists.basis_columns(),
                list(book.privacy.bases.values()),
                note=_("「待街道核定」的还不是法律规定"),
            ),
        ],
    ).respond(request)


def _first(rows: QuerySet[Any]) -> tuple[list[Any], int]:
    """The first of them, and how many there are; counted only where they are not all shown."""
    found = list(rows[: SHOWN + 1])
    return found[:SHOWN], len(found) if len(found) <= SHOWN else rows.count()


@sensitive_post_parameters("person")
@require_http_methods(["GET", "POST"])
@sight_required(Sight.PRIVACY)
def find(request: UserRequest) -> HttpResponse:
    """Find whom a request is about."""
    form = PersonForm(request.POST or None)
    page = FormPage(
        title=_("找一位居民"),
        submit=_("找"),
        icon="i-search",
        crumbs=lists.home_crumbs(),
        say=[_("写全姓名、电话或证件号。封存的值只能整个比对，少一个字就找不到。")],
        cancel=reverse("privacy:home"),
        template="journal/whose.html",
    )
    if not form.is_valid():
        return page.respond(request, form)
    numbers = [
        number for label, number in things_meant(form.cleaned_data["person"], request.actor) if label == RESIDENT
    ]
    found = list(queries.residents_for(request.actor).filter(pk__in=numbers))
    if len(found) == 1:
        return redirect("privacy:person", found[0].pk)
    if not found:
        form.add_error("person", _("您的范围里没有这位居民；请核对有没有写全、写对"))
        return page.respond(request, form)
    named = [
        (f"{mask_name(one.name)} {one.household.address}", reverse("privacy:person", args=[one.pk])) for one in found
    ]
    return page.respond(request, form, extra={"found": named})


@require_safe
@sight_required(Sight.PRIVACY)
def person(request: UserRequest, resident_id: int) -> HttpResponse:
    """One person: by what right they are kept, what they agreed to and asked, whether they are held."""
    resident = resident_for(request, resident_id)
    basis = on(today()).privacy.bases.get(resident.basis)
    here = [resident.pk]
    held = list(queries.holds_for(request.actor).filter(resident=resident))
    standing = [hold for hold in held if hold.holds_on(today())]
    limited = list(queries.restrictions_for(request.actor).filter(resident=resident)[:SHOWN])
    limits = []
    if not any(row.stands for row in limited):
        limits = [Act(_("设为只存不用"), reverse("privacy:new_restriction", args=here), "i-lock")]
    return ObjectPage(
        title=mask_name(resident.name) or _("没有登记姓名的居民"),
        subtitle=resident.household.address,
        subject=resident,
        crumbs=lists.home_crumbs(),
        chips=[
            *([Chip(_("只存不用"), "soon", "i-lock")] if queries.kept_only_among(here) else []),
            *(Chip(_("暂停删除到 %(day)s") % {"day": hold.until}, "soon") for hold in standing),
        ],
        acts=[
            Act(_("谁看过"), f"{reverse('journal:record')}?about={RESIDENT}:{resident.pk}&opened=1", "i-eye"),
            Act(_("暂停删除"), reverse("privacy:new_hold", args=here), "i-lock"),
            Act(_("删除个人信息"), reverse("privacy:erase", args=here), "i-trash", danger=True),
            Act(_("登记请求"), reverse("privacy:new_request", args=here), "i-plus", primary=True),
        ],
        facts=[
            Fact(_("电话"), mask_phone(resident.phone)),
            Fact(_("出生年份"), resident.birth_year),
            *basis_facts(basis, resident.basis),
        ],
        sections=[
            consents_of(resident),
            Related(
                _("个人信息请求"),
                lists.request_columns(today()),
                queries.requests_for(request.actor).filter(resident=resident)[:SHOWN],
                empty=_("没有提出过请求。"),
            ),
            Related(_("暂停删除"), lists.hold_columns(), held[:SHOWN], empty=_("没有暂停删除。")),
            *([Related(_("只存不用"), lists.restriction_columns(), limited)] if limited else []),
        ],
        aside=[
            Next(
                _("还可以做的"),
                acts=[
                    Act(_("登记同意"), reverse("privacy:new_consent", args=here), "i-signature"),
                    Act(_("改处理依据"), reverse("privacy:basis", args=here), "i-scale"),
                    *limits,
                ],
            )
        ],
    ).respond(request)


@require_POST
@sight_required(Sight.RECORD)
def verify_record(request: UserRequest) -> HttpResponse:
    """Ask for a verification of the record, as a job."""
    top = request.actor.sees(Sight.RECORD)[0]
    job = enqueue(actor=request.actor, kind=VERIFY, path=top).subject
    messages.success(request, _("已经交给后台验证；验完这里会看到结果。"))
    return redirect(job)


def resident_for(request: HttpRequest, resident_id: int) -> Resident:
    """The resident, where the reader is their privacy officer."""
    actor = request.actor  # type: ignore[attr-defined]
    return get_visible_or_404(queries.residents_for(actor), actor, pk=resident_id)
