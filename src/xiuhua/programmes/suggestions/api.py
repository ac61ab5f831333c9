"""People's suggestions by the API: what was said, every verb of the office, and the public board without signing in."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Status

from xiuhua.ground.api.asked import Id, reader
from xiuhua.ground.api.paging import Page, paged
from xiuhua.ground.api.words import gettext_lazy as _
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.scope.queryset import get_visible_or_404
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.standards import on
from xiuhua.ground.territory.days import today
from xiuhua.ground.territory.models import Subdistrict
from xiuhua.programmes.projects.models import Project
from xiuhua.programmes.suggestions import actions, queries
from xiuhua.programmes.suggestions.actions.assigning import Unit
from xiuhua.programmes.suggestions.api_bodies import (
    Accepted,
    Adopted,
    BoardFilters,
    CategoryTold,
    Drafted,
    HandedOn,
    InHand,
    Into,
    PassedOn,
    Published,
    Said,
    SuggestionFilters,
    SuggestionReason,
    SuggestionTold,
    SuggestionWhole,
    Told,
    What,
)
from xiuhua.programmes.suggestions.heard import Heard
from xiuhua.programmes.suggestions.intake import take_in
from xiuhua.programmes.suggestions.models import Source, Suggestion
from xiuhua.programmes.suggestions.sorting.personal import masked

router = Router()


@router.get("", response=Page[SuggestionTold], summary=_("人民建议"))
def list_suggestions(request: HttpRequest, asked: Query[SuggestionFilters]) -> dict[str, Any]:
    """Suggestions, newest first."""
    rows: Any = queries.listed(_actor(request))
    if asked.path:
        rows = rows.under(asked.path)
    if asked.overdue:
        rows = rows.overdue(today())
    names = ("state", "nature", "category", "source", "section")
    wanted = {name: value for name in names if (value := getattr(asked, name))}
    return paged(rows.filter(**wanted), asked, lambda part: [_told(one) for one in part])


@router.get("/categories", response=list[CategoryTold], summary=_("建议的类别"))
def list_suggestion_categories(request: HttpRequest) -> list[dict[str, str]]:
    """What suggestions may be about."""
    _actor(request)
    return [{"key": key, "name": one.name} for key, one in on(today()).suggestions.categories.items()]


@router.get("/board", auth=None, response=Page[Published], summary=_("公示栏，不用登录"))
def list_published_suggestions(request: HttpRequest, asked: Query[BoardFilters]) -> dict[str, Any]:
    """What stands on the public board, newest first."""
    rows: Any = queries.published(None)
    if asked.subdistrict:
        rows = rows.filter(subdistrict=asked.subdistrict)
    return paged(rows.filter(category=asked.category) if asked.category else rows, asked, _published)


@router.get("/{suggestion_id}", response=SuggestionWhole, summary=_("一件建议"))
def get_suggestion(request: HttpRequest, suggestion_id: Id) -> dict[str, Any]:
    """One suggestion with what was replied."""
    return _whole(_one(request, suggestion_id))


@router.post("", response={201: SuggestionWhole}, summary=_("登记建议"))
def receive_suggestion(request: HttpRequest, body: Said) -> Status[dict[str, Any]]:
    """Enter what somebody said."""
    actor = _actor(request)
    subdistrict = get_visible_or_404(Subdistrict, actor, path=body.path[:9])
    heard = Heard(**{**body.model_dump(exclude={"path"}), "source": Source(body.source)})
    return Status(201, _whole(take_in(actor=actor, subdistrict=subdistrict, heard=heard)))


@router.post("/{suggestion_id}/sort", response=SuggestionWhole, summary=_("确认分类"))
def sort_suggestion(request: HttpRequest, suggestion_id: Id, body: What) -> dict[str, Any]:
    """Say what it is."""
    return _done(request, suggestion_id, actions.confirm_sorting, **{**body.model_dump(), "path": body.path or ""})


@router.post("/{suggestion_id}/accept", response=SuggestionWhole, summary=_("受理"))
def accept_suggestion(request: HttpRequest, suggestion_id: Id, body: Accepted) -> dict[str, Any]:
    """Take it up, and hand it to a unit where one is named."""
    given = {"unit": body.unit(), "with_unit": body.helper(), "is_complex": body.is_complex}
    return _done(request, suggestion_id, actions.accept, **given)


@router.post("/{suggestion_id}/assign", response=SuggestionWhole, summary=_("分派"))
def assign_suggestion(request: HttpRequest, suggestion_id: Id, body: InHand) -> dict[str, Any]:
    """Hand it to a section or committee."""
    return _done(request, suggestion_id, actions.assign, unit=body.unit(), with_unit=body.helper())


@router.post("/{suggestion_id}/transfer", response=SuggestionWhole, summary=_("转交"))
def transfer_suggestion(request: HttpRequest, suggestion_id: Id, body: HandedOn) -> dict[str, Any]:
    """Hand it on to another section or committee."""
    unit = Unit(body.section, body.committee or "")
    return _done(request, suggestion_id, actions.transfer, unit=unit, reason=body.reason)


@router.post("/{suggestion_id}/pass-on", response=SuggestionWhole, summary=_("转办"))
def pass_on_suggestion(request: HttpRequest, suggestion_id: Id, body: PassedOn) -> dict[str, Any]:
    """Pass on what is not ours."""
    return _done(request, suggestion_id, actions.pass_on, **body.model_dump())


@router.post("/{suggestion_id}/merge", response=SuggestionWhole, summary=_("合并"))
def merge_suggestion(request: HttpRequest, suggestion_id: Id, body: Into) -> dict[str, Any]:
    """Merge it into another one about the same matter."""
    return _done(request, suggestion_id, actions.merge, into=_one(request, body.into))


@router.post("/{suggestion_id}/split", response=SuggestionWhole, summary=_("拆开"))
def split_suggestion(request: HttpRequest, suggestion_id: Id) -> dict[str, Any]:
    """Take it out of what it was merged into."""
    return _done(request, suggestion_id, actions.split)


@router.post("/{suggestion_id}/contact", response=SuggestionWhole, summary=_("首次联系"))
def contact_about_suggestion(request: HttpRequest, suggestion_id: Id, body: Told) -> dict[str, Any]:
    """Let the person know that they were heard."""
    return _done(request, suggestion_id, actions.contact, **body.model_dump())


@router.post("/{suggestion_id}/answer", response=SuggestionWhole, summary=_("答复"))
def answer_suggestion(request: HttpRequest, suggestion_id: Id, body: Told) -> dict[str, Any]:
    """Answer it."""
    return _done(request, suggestion_id, actions.answer, **body.model_dump())


@router.post("/{suggestion_id}/adopt", response=SuggestionWhole, summary=_("采纳"))
def adopt_suggestion(request: HttpRequest, suggestion_id: Id, body: Adopted) -> dict[str, Any]:
    """Adopt it into a project."""
    project = get_visible_or_404(Project, _actor(request), pk=body.project)
    return _done(request, suggestion_id, actions.adopt, project=project, words=body.words, template=body.template)


@router.post("/{suggestion_id}/decline", response=SuggestionWhole, summary=_("不采纳"))
def decline_suggestion(request: HttpRequest, suggestion_id: Id, body: Told) -> dict[str, Any]:
    """Say that it is not adopted, and why."""
    return _done(request, suggestion_id, actions.decline, **body.model_dump())


@router.post("/{suggestion_id}/extend", response=SuggestionWhole, summary=_("延期"))
def extend_suggestion(request: HttpRequest, suggestion_id: Id, body: SuggestionReason) -> dict[str, Any]:
    """Take more time."""
    return _done(request, suggestion_id, actions.extend, reason=body.reason)


@router.post("/{suggestion_id}/close", response=SuggestionWhole, summary=_("办结"))
def close_suggestion(request: HttpRequest, suggestion_id: Id) -> dict[str, Any]:
    """Close what was answered."""
    return _done(request, suggestion_id, actions.close)


@router.post("/{suggestion_id}/draft", response=SuggestionWhole, summary=_("拟公开"))
def draft_publication(request: HttpRequest, suggestion_id: Id, body: Drafted) -> dict[str, Any]:
    """Put forward what would stand on the public board."""
    return _done(request, suggestion_id, actions.draft_publication, **body.model_dump())


@router.post("/{suggestion_id}/publish", response=SuggestionWhole, summary=_("公开"))
def publish_suggestion(request: HttpRequest, suggestion_id: Id) -> dict[str, Any]:
    """Put it on the public board, after another person wrote it."""
    return _done(request, suggestion_id, actions.publish)


@router.post("/{suggestion_id}/unpublish", response=SuggestionWhole, summary=_("撤下公开"))
def unpublish_suggestion(request: HttpRequest, suggestion_id: Id, body: SuggestionReason) -> dict[str, Any]:
    """Take it off the public board."""
    return _done(request, suggestion_id, actions.unpublish, reason=body.reason)


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = reader(request, Sight.SUGGESTIONS)
    return actor


def _one(request: HttpRequest, suggestion_id: int) -> Suggestion:
    actor = _actor(request)
    return get_visible_or_404(queries.listed(actor), actor, pk=suggestion_id)


def _done(request: HttpRequest, suggestion_id: int, verb: Any, **given: Any) -> dict[str, Any]:
    suggestion = _one(request, suggestion_id)
    return _whole(verb(actor=_actor(request), suggestion=suggestion, **given).subject)


def _told(row: Suggestion) -> dict[str, Any]:
    other = {
        "unit": row.section or row.unit_path,
        "merged_into": row.merged_into_id,
        "project": row.project_id,
    }
    return {**{name: getattr(row, name) for name in SuggestionTold.model_fields if name not in other}, **other}


def _whole(row: Suggestion) -> dict[str, Any]:
    names = set(SuggestionWhole.model_fields) - set(SuggestionTold.model_fields) - {"replies"}
    replies = [
        {"kind": one.kind, "said_at": one.said_at, "words": masked(one.words)} for one in queries.replies_to(row)
    ]
    return {**_told(row), **{name: getattr(row, name) for name in names}, "replies": replies}


def _published(rows: list[Suggestion]) -> list[dict[str, Any]]:
    book, points = on(today()).suggestions, [queries.public_point(row) for row in rows]
    return [
        {
            "number": row.number,
            "subdistrict": row.subdistrict,
            "title": row.public_title,
            "words": row.public_words,
            "answer": row.public_answer,
            "category": row.category,
            "category_name": book.category_name(row.category),
            "place": row.public_place,
            "lon": point[0] if point else None,
            "lat": point[1] if point else None,
            "is_done": row.project is not None and row.project.state == "done",
            "said_on": timezone.localtime(row.submitted_at).date(),
            "published_at": row.published_at,
        }
        for row, point in zip(rows, points, strict=True)
    ]
