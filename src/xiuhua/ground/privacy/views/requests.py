"""Pages of people's requests about their own data."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from xiuhua.ground.accounts.guards import UserRequest, sight_required
from xiuhua.ground.privacy import actions, copies, lists, queries
from xiuhua.ground.privacy.forms import AnswerForm, CopyForm, RequestForm
from xiuhua.ground.privacy.models import DataRequest
from xiuhua.ground.privacy.views.home import resident_for
from xiuhua.ground.scope.masking import mask_name
from xiuhua.ground.scope.queryset import get_visible_or_404
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.standards import on
from xiuhua.ground.territory.days import today
from xiuhua.ground.ui.acts import Act
from xiuhua.ground.ui.forms import FormPage, Part, refusals_on
from xiuhua.ground.ui.objects import Chip, Fact, Next, ObjectPage, Section
from xiuhua.ground.words import gettext as _


@require_safe
@sight_required(Sight.PRIVACY)
def request_list(request: UserRequest) -> HttpResponse:
    """Every request."""
    return lists.requests_page().respond(request, queries.requests_for(request.actor))


@sensitive_post_parameters("asker", "words")
@require_http_methods(["GET", "POST"])
@sight_required(Sight.PRIVACY)
def new_request(request: UserRequest, resident_id: int) -> HttpResponse:
    """Put a request on record."""
    resident = resident_for(request, resident_id)
    here = reverse("privacy:person", args=[resident.pk])
    form = RequestForm(request.POST or None, initial={"asked_on": today()})
    if form.is_valid():
        with refusals_on(form):
            given = {name: value for name, value in form.cleaned_data.items() if name != "checked"}
            done = actions.file_request(actor=request.actor, resident=resident, **given)
            messages.success(request, _("请求登记好了。"))
            return redirect(done.subject)
    return FormPage(
        title=_("登记个人信息请求"),
        subtitle=f"{mask_name(resident.name)} {resident.household.address}",
        submit=_("登记请求"),
        icon="i-check",
        crumbs=[*lists.home_crumbs(), (mask_name(resident.name), here)],
        parts=[
            Part(_("请求什么"), ["kind", "words"]),
            Part(_("谁提出的"), [("asked_on", "channel"), ("asked_by", "asker"), "checked"]),
        ],
    ).respond(request, form, cancel=here)


@require_safe
@sight_required(Sight.PRIVACY)
def one_request(request: UserRequest, request_id: int) -> HttpResponse:
    """One request: what is asked, by when, and what can be done."""
    row, day = _request(request, request_id), today()
    resident = row.resident
    term = on(row.asked_on).privacy.answer_days
    crumbs = [*lists.home_crumbs(), (_("个人信息请求"), reverse("privacy:requests"))]
    known = resident.erased_at is None
    return ObjectPage(
        title=row.get_kind_display(),
        subtitle=f"{mask_name(resident.name)} {resident.household.address}" if known else _("这位居民的信息已经删除"),
        subject=row,
        crumbs=crumbs,
        chips=[Chip(_("已逾期") if row.tone(day) == "over" else row.get_state_display(), row.tone(day))],
        acts=_acts(row) if known else [],
        facts=[
            Fact(_("居民"), mask_name(resident.name), link=reverse("privacy:person", args=[resident.pk]))
            if known
            else Fact(_("居民"), _("已删除")),
            Fact(_("请求内容"), row.words),
            Fact(_("谁提出的"), f"{row.get_asked_by_display()} {mask_name(row.asker)}".strip()),
            Fact(_("怎么提出的"), row.get_channel_display()),
            Fact(_("提出日期"), row.asked_on),
            Fact(
                _("答复期限"),
                row.due_on,
                note=_("%(days)s 天") % {"days": f"{term.number:g}"},
                source=term,
            ),
            Fact(_("答复"), row.answer) if not row.is_open else Fact(_("登记时间"), row.filed_at),
        ],
        aside=_aside(row) if known else [],
    ).respond(request)


@sensitive_post_parameters("answer")
@require_http_methods(["GET", "POST"])
@sight_required(Sight.PRIVACY)
def answer(request: UserRequest, request_id: int) -> HttpResponse:
    """Answer a request in words."""
    return _close(
        request,
        request_id,
        actions.answer_request,
        FormPage(title=_("答复请求"), submit=_("答复"), icon="i-check", say=[_("写清楚改了什么、怎么处理的。")]),
    )


@sensitive_post_parameters("answer")
@require_http_methods(["GET", "POST"])
@sight_required(Sight.PRIVACY)
def refuse(request: UserRequest, request_id: int) -> HttpResponse:
    """Refuse a request, with the reason."""
    say = [
        _("拒绝的要说明理由；本人可以依法向人民法院提起诉讼（个人信息保护法第五十条）。"),
        _("理由会交给本人。"),
    ]
    return _close(
        request,
        request_id,
        actions.refuse_request,
        FormPage(title=_("拒绝请求"), submit=_("拒绝并告知理由"), danger=True, say=say),
    )


@require_http_methods(["GET", "POST"])
@sight_required(Sight.PRIVACY)
def copy(request: UserRequest, request_id: int) -> HttpResponse:
    """Hand over a copy of everything that is kept of the person: as a page, or as a workbook."""
    row = _request(request, request_id)
    online = row.channel == DataRequest.Channel.ONLINE
    form = CopyForm(request.POST or None, initial={"form": actions.ON_THEIR_PHONE if online else "page"})
    if form.is_valid():
        with refusals_on(form):
            way = form.cleaned_data["form"]
            row = actions.answer_access(actor=request.actor, request=row, form=way).subject
            if way == actions.ON_THEIR_PHONE:
                messages.success(request, _("本人在手机上看得到副本了。"))
                return redirect(row)
            if way == "xlsx":
                return copies.as_workbook(row, request.actor)
            return copies.as_page(request, row, request.actor)
    return FormPage(
        title=_("交付副本"),
        subtitle=mask_name(row.resident.name),
        submit=_("生成副本"),
        icon="i-file-text",
        crumbs=[*lists.home_crumbs(), (_("请求"), row.get_absolute_url())],
        say=[
            _("副本里是系统保存的全部内容，姓名、电话、证件号不遮盖，还有谁看过这份档案。"),
            _("只交给本人或核对过身份的代办人；每生成一次都留痕。"),
        ],
    ).respond(request, form, cancel=row.get_absolute_url())


def _acts(row: DataRequest) -> list[Act]:
    here = [row.pk]
    if row.kind == DataRequest.Kind.ACCESS and row.state != DataRequest.State.REFUSED:
        main = Act(_("交付副本"), reverse("privacy:copy", args=here), "i-file-text", primary=row.is_open)
    elif not row.is_open:
        return []
    elif row.kind == DataRequest.Kind.LIMIT:
        main = Act(
            _("设为只存不用"), reverse("privacy:new_restriction", args=[row.resident_id]), "i-lock", primary=True
        )
    elif row.kind == DataRequest.Kind.ERASE:
        main = Act(_("删除个人信息"), reverse("privacy:erase", args=[row.resident_id]), "i-trash", danger=True)
    else:
        main = Act(_("答复"), reverse("privacy:answer", args=here), "i-check", primary=True)
    refuse = [Act(_("拒绝"), reverse("privacy:refuse", args=here), "i-ban")] if row.is_open else []
    return [*refuse, main]


def _aside(row: DataRequest) -> list[Section]:
    if not row.is_open:
        return []
    say = {
        DataRequest.Kind.ACCESS: _("核对身份，把副本交给本人，或者让本人在自己的手机上看。副本里有谁看过这份档案。"),
        DataRequest.Kind.CORRECT: _("先核实，请居委会在居民页上改；改好了回来答复。"),
        DataRequest.Kind.ERASE: _("先看留存依据和有没有暂停删除；能删的删除，不能删的说明理由拒绝。"),
        DataRequest.Kind.LIMIT: _("除了法定职责、本人请求和紧急情况，都不再使用；做不到的说明理由拒绝。"),
        DataRequest.Kind.EXPLAIN: _("把依据、目的、保存期和保护办法讲清楚，写进答复。"),
    }[DataRequest.Kind(row.kind)]
    correct = row.kind == DataRequest.Kind.CORRECT
    acts = [Act(_("去居民页"), row.resident.get_absolute_url(), "i-edit")] if correct else []
    return [Next(_("下一步"), say=say, acts=acts)]


def _close(request: UserRequest, request_id: int, act: object, page: FormPage) -> HttpResponse:
    row = _request(request, request_id)
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            act(actor=request.actor, request=row, words=form.cleaned_data["answer"])  # type: ignore[operator]
            messages.success(request, _("办结了。"))
            return redirect(row)
    crumbs = [*lists.home_crumbs(), (row.get_kind_display(), row.get_absolute_url())]
    return page.respond(request, form, cancel=row.get_absolute_url(), crumbs=crumbs)


def _request(request: UserRequest, request_id: int) -> DataRequest:
    return get_visible_or_404(queries.requests_for(request.actor), request.actor, pk=request_id)
