"""Pages of the record: the list, one entry, whose file. Whoever is let in is signed in (`doors.urls`)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from xiuhua.ground.clock import now
from xiuhua.ground.journal import known, oversight, permits
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.journal.forms import OpenSealedForm, WhoseForm
from xiuhua.ground.journal.lines import Line, facts_in_words, lines_of, name_of
from xiuhua.ground.journal.lists import record_page, state_of_chain
from xiuhua.ground.journal.models import Entry, Sealed
from xiuhua.ground.journal.naming import named
from xiuhua.ground.journal.queries import concerning, record_for
from xiuhua.ground.scope.queryset import get_visible_or_404
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.standards import on
from xiuhua.ground.ui.acts import Act
from xiuhua.ground.ui.forms import FormPage, refusals_on
from xiuhua.ground.ui.objects import Chip, Fact, Facts, ObjectPage, Part, Section
from xiuhua.ground.words import gettext as _

View = Callable[..., HttpResponse]


def overseen(view: View) -> View:
    """Let only people through who oversee the record somewhere."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not actor_of(request).sees(Sight.RECORD):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@sensitive_post_parameters("q")
@require_http_methods(["GET", "HEAD", "POST"])
@overseen
def record(request: HttpRequest) -> HttpResponse:
    """The whole record of the reader's places; ``?about=`` one thing and what concerns it."""
    reader, rows = actor_of(request), record_for(actor_of(request))
    thing = _thing(request.GET.get("about", ""))
    about = None
    if thing:
        rows = concerning(rows, known.with_what_concerns(thing, reader))
        about = named([thing], reader)[thing]
    extra = {"about": about, "chain": state_of_chain(reader), "whose": WhoseForm()}
    return record_page(reader, extra).respond(request, rows)


@sensitive_post_parameters("person")
@require_http_methods(["GET", "POST"])
@overseen
def whose(request: HttpRequest) -> HttpResponse:
    """Find the person whose file is meant, and go to what the record says of it."""
    reader = actor_of(request)
    page = FormPage(
        title=_("谁看过谁的档案"),
        submit=_("查留痕"),
        icon="i-search",
        crumbs=[(_("留痕"), reverse("journal:record"))],
        say=[_("写全居民的姓名、电话或证件号。封存的值只能整个比对，少一个字就找不到。")],
        cancel=reverse("journal:record"),
        template="journal/whose.html",
    )
    form = WhoseForm(request.POST or None)
    if not form.is_valid():
        return page.respond(request, form)
    things = known.things_meant(form.cleaned_data["person"], reader)
    if len(things) == 1:
        return redirect(_about(things[0]))
    if not things:
        form.add_error("person", _("您的范围里没有这位居民；请核对有没有写全、写对"))
        return page.respond(request, form)
    names = named(things, reader)
    found = [(names[thing].text, _about(thing)) for thing in things]
    return page.respond(request, form, extra={"found": found})


@require_safe
@overseen
def entry(request: HttpRequest, entry_id: int) -> HttpResponse:
    """One entry: everything that it says, its place in the chain, and the way to what it has sealed."""
    row = _entry(request, entry_id)
    return _entry_page(request, row).respond(request)


@sensitive_post_parameters("words")
@require_http_methods(["GET", "POST"])
@overseen
def open_sealed(request: HttpRequest, entry_id: int) -> HttpResponse:
    """What an entry has sealed, for the privacy officer who says why."""
    row, reader, book = _entry(request, entry_id), actor_of(request), on(now().date())
    if not permits.may_open_sealed(reader, entry=row):
        raise PermissionDenied
    here = reverse("journal:entry", args=[row.pk])
    form = OpenSealedForm(request.POST or None, book=book)
    if form.is_valid():
        with refusals_on(form):
            opened = oversight.open_sealed(actor=reader, entry=row, book=book, **form.cleaned_data)
            return _entry_page(request, opened.subject, opened=True).respond(request)
    return FormPage(
        title=_("查看封存内容"),
        submit=_("查看"),
        icon="i-eye",
        crumbs=[(_("留痕"), reverse("journal:record")), (_line(row, reader).what, here)],
        say=[_("里面是个人信息：改动前后的值、填写的说明。谁看、为什么看，会另记一条。")],
    ).respond(request, form, cancel=here)


def _entry_page(request: HttpRequest, row: Entry, *, opened: bool = False) -> ObjectPage:
    reader = actor_of(request)
    line = _line(row, reader)
    sections: list[Section] = []
    if notes := facts_in_words(row):
        sections.append(Facts(_("另外记下的"), [Fact(name, value) for name, value in notes]))
    sections.append(_sealed_section(request, row, opened=opened))
    acts = []
    if row.subject_type:
        acts.append(Act(_("同一对象的留痕"), _about((row.subject_type, row.subject_id)), "i-history"))
    return ObjectPage(
        title=line.what,
        subtitle=_("%(chain)s 第 %(number)s 条") % {"chain": line.place or row.chain, "number": row.number},
        crumbs=[(_("留痕"), reverse("journal:record"))],
        chips=[Chip(row.get_outcome_display(), "over" if line.refused else "good")],
        acts=acts,
        facts=[
            Fact(_("时间"), _moment(row)),
            Fact(_("办理人"), line.who),
            Fact(_("角色"), line.roles),
            Fact(_("对象"), line.whose.text, link=line.whose.url),
            Fact(_("事由"), line.why),
            Fact(_("地方"), line.place),
            Fact(_("可见范围"), row.get_audience_display()),
            Fact(_("动作编号"), row.verb),
            Fact(_("链"), row.mac[:24] + "…", note=_("由库外的钥匙签过；改动、删除或插入都会被验出来")),
        ],
        sections=sections,
    )


def _sealed_section(request: HttpRequest, row: Entry, *, opened: bool) -> Section:
    """What the entry has sealed: opened once, or the way to it, or why there is none."""
    sealed = Sealed.objects.filter(entry=row).first()
    values = getattr(row, "opened", None) if opened else None
    may = permits.may_open_sealed(actor_of(request), entry=row)
    url = reverse("journal:open_sealed", args=[row.pk]) if sealed and may and not opened else ""
    if sealed is None:
        said = _("这一条没有封存的个人信息。")
    elif opened and values is None:
        said = _("封存的内容已经粉碎：本人的信息已删除，或过了保存期。留痕本身仍然完整。")
    elif opened:
        said = _("只显示这一次；查看已经记在留痕里。")
    elif may:
        said = _("这一条封存着个人信息。")
    else:
        said = _("这一条封存着个人信息，只有个人信息保护负责人说明事由后能看。")
    rows = [(name_of(row, name), _told(value)) for name, value in sorted((values or {}).items())]
    return Part(_("封存的内容"), "journal/parts/sealed.html", {"said": said, "rows": rows, "url": url})


def _told(value: Any) -> list[str]:
    """A sealed value in words; a pair is what was before and what is now."""
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def _entry(request: HttpRequest, entry_id: int) -> Entry:
    return get_visible_or_404(record_for(actor_of(request)), actor_of(request), pk=entry_id)


def _line(row: Entry, reader: Actor) -> Line:
    return lines_of([row], reader)[0]


def _moment(row: Entry) -> str:
    from django.utils import timezone

    return timezone.localtime(row.at).strftime("%Y-%m-%d %H:%M:%S")


def _about(thing: known.Reference) -> str:
    return f"{reverse('journal:record')}?about={thing[0]}:{thing[1]}"


def _thing(text: str) -> known.Reference | None:
    """The thing that an address names.

    Raises
    ------
    Http404
        It names none.
    """
    if not text:
        return None
    label, colon, number = text.partition(":")
    if not colon or not number.isascii() or not number.isalnum() or len(number) > 40 or len(label) > 80:
        raise Http404
    return label, number
