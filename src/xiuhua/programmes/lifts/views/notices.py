"""The notice of a stairwell: posted, printed, photographed, taken down; and permits that are applied for."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from xiuhua.ground.accounts.guards import sight_required
from xiuhua.ground.documents import pdf_response
from xiuhua.ground.journal.asking import actor_of, require
from xiuhua.ground.scope.queryset import get_visible_or_404
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.ui.forms import FormPage, Part
from xiuhua.ground.ui.qr import qr_svg
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import actions, gates, notice_paper, permits, queries_build, words
from xiuhua.programmes.lifts.forms.contracting import NoticeForm, PermitForm, PhotosForm, TakeDownForm
from xiuhua.programmes.lifts.models import Notice
from xiuhua.programmes.lifts.rules.notices import PERMITTED
from xiuhua.programmes.lifts.screens import head
from xiuhua.programmes.lifts.screens import notices as screen
from xiuhua.programmes.lifts.views.asked import ask, dossier_or_404


@require_safe
@sight_required(Sight.LIFTS)
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """The notice of a stairwell, and those before it."""
    dossier = dossier_or_404(request, pk)
    return head.page_of(
        request,
        dossier,
        sections=screen.sections_of(request, dossier),
        acts=screen.acts_of(request, dossier),
    ).respond(request)


@require_http_methods(["GET", "POST"])
@sight_required(Sight.LIFTS)
def post_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Put down that it hangs, and where."""
    dossier, actor = dossier_or_404(request, pk), actor_of(request)
    require(permits.may_work(actor, dossier=dossier))
    days = int(words.book(dossier.path).notice.days.number)
    first = {"place": _("门洞口、小区公告栏"), "stops": dossier.stairwell.levels, "load_kg": 630}
    form = NoticeForm(request.POST or None, request.FILES or None, initial=first)
    page = FormPage(
        title=_("贴公示"),
        submit=_("贴出去了"),
        icon="i-speakerphone",
        say=[
            _("公示写表决结果和定稿的分摊，张贴当天的内容从此不变；贴满 %(days)s 天，从第二天算起。") % {"days": days},
            _("内容要改，先撤下再重贴，天数重新算。"),
        ],
        parts=[Part("", [("posted_on", "place"), ("stops", "load_kg"), "photos"])],
    )
    act = partial(actions.post_notice, actor=actor, dossier=dossier)
    back = reverse("lifts:notice", args=[pk])
    return ask(request, dossier, form, page, act, _("贴出去了，编了文号。现在可以打印。"), back=back)


@require_safe
@sight_required(Sight.OWNERS)
def notice_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The printed notice, A4."""
    row = _notice_or_404(request, pk)
    require(permits.may_work(actor_of(request), dossier=row.dossier))
    address = request.build_absolute_uri(reverse("own_lift:notice", args=[row.code]))
    return pdf_response(notice_paper.printed(row, address), f"{row.dossier.address} {row.number}")


@require_safe
@sight_required(Sight.LIFTS)
def notice_code(request: HttpRequest, pk: int) -> HttpResponse:
    """The code that leads to the public page."""
    row = _notice_or_404(request, pk)
    picture = qr_svg(request.build_absolute_uri(reverse("own_lift:notice", args=[row.code])))
    return HttpResponse(picture, content_type="image/svg+xml")


@require_http_methods(["GET", "POST"])
@sight_required(Sight.LIFTS)
def notice_photos(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep photographs of it as it hangs."""
    row, actor = _notice_or_404(request, pk), actor_of(request)
    require(permits.may_work(actor, dossier=row.dossier))
    form = PhotosForm(request.POST or None, request.FILES or None)
    page = FormPage(title=_("传张贴照片"), submit=_("存照片"), icon="i-photo-plus", say=[row.number])
    act = partial(actions.add_notice_photos, actor=actor, notice=row)
    back = reverse("lifts:notice", args=[row.dossier_id])
    return ask(request, row.dossier, form, page, act, _("照片存好了。"), back=back)


@require_http_methods(["GET", "POST"])
@sight_required(Sight.LIFTS)
def take_down_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it down before its days are over."""
    row, actor = _notice_or_404(request, pk), actor_of(request)
    require(permits.may_work(actor, dossier=row.dossier))
    page = FormPage(
        title=_("提前撤下公示"),
        submit=_("撤下"),
        icon="i-ban",
        danger=True,
        say=[_("撤下以后要重新贴，天数从头算；文号和原因一直留着。")],
    )
    act = partial(actions.take_down_notice, actor=actor, notice=row)
    back = reverse("lifts:notice", args=[row.dossier_id])
    return ask(request, row.dossier, TakeDownForm(request.POST or None), page, act, _("撤下了。"), back=back)


@require_http_methods(["GET", "POST"])
@sight_required(Sight.LIFTS)
def note_permit(request: HttpRequest, pk: int, rule: str) -> HttpResponse:
    """Note that an authority has been asked."""
    dossier, actor = dossier_or_404(request, pk), actor_of(request)
    require(permits.may_work(actor, dossier=dossier))
    gate = gates.gate_named(rule, dossier)
    if gate is None or gate.evidence not in PERMITTED:
        raise Http404
    asked = queries_build.permit_of(rule, dossier)
    known = {"applied_on": asked.applied_on, "authority": asked.authority, "receipt": asked.receipt} if asked else {}
    page = FormPage(
        title=_("送审：%(what)s") % {"what": gate.name},
        submit=_("送出去了"),
        icon="i-send",
        say=[_("批下来以后，在关口上登记文号，这一关就过了；在那以前，这里算等了几个工作日。")],
    )
    act = partial(actions.note_permit, actor=actor, dossier=dossier, rule=rule)
    return ask(request, dossier, PermitForm(request.POST or None, initial=known), page, act, _("记下了，开始等。"))


def _notice_or_404(request: HttpRequest, pk: int) -> Notice:
    actor = actor_of(request)
    row: Notice = get_visible_or_404(Notice.objects.select_related("subdistrict"), actor, pk=pk)
    row.dossier = dossier_or_404(request, row.dossier_id)
    return row
