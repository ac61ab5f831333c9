"""What came of an event, on paper and on screen: no personal data in it."""

from typing import Any

from xiuhua.ground.documents import typeset
from xiuhua.ground.files import vault
from xiuhua.ground.files.models import StoredFile
from xiuhua.ground.standards import on
from xiuhua.ground.territory.days import today
from xiuhua.ground.territory.models import Subdistrict
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.suggestions.events import lists, queries
from xiuhua.programmes.suggestions.flow import SuggestionFlow
from xiuhua.programmes.suggestions.models import Event, Suggestion

MOST_PHOTOS, MOST_NOTES = 6, 5
"""Photographs that the report shows, and notes of each topic."""

ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}


def report_of(event: Event) -> dict[str, Any]:
    """The report as plain values: what `documents/report.typ` and the page read."""
    suggestions = queries.suggestions_from(event)
    office = Subdistrict.objects.defer("geometry").get(path=event.subdistrict)
    return {
        "title": event.title,
        "subtitle": " · ".join([str(event.get_kind_display()), lists.span_of(event), event.place]),
        "author": office.name,
        "running": [office.name, _("活动小结")],
        "footer": _("人数和件数由系统按登记算出；不含个人信息"),
        "lead": event.theme,
        "parts": [
            part
            for part in (
                _figures(event, suggestions),
                _conclusions(event),
                _programme(event),
                *_notes(event),
                *_suggestions(event, suggestions),
                _photos(event),
                _minutes(event),
            )
            if part is not None
        ],
    }


def pdf_of(event: Event) -> bytes:
    """The report as PDF."""
    return typeset("documents/report.typ", report_of(event), _pictures(event))


def _figures(event: Event, suggestions: list[Suggestion]) -> dict[str, Any]:
    people = queries.people_counts(event)
    rows = []
    if people:
        rows += [[str(people["registered"]), _("人"), _("报名")], [str(people["came"]), _("人"), _("到场")]]
    notes = event.notes.filter(taken_down_at__isnull=True).count()
    adopted = sum(row.adopted_at is not None for row in suggestions)
    rows += [
        [str(notes), _("张"), _("便签")],
        [str(len(suggestions)), _("件"), _("转成建议")],
        [str(adopted), _("件"), _("已采纳")],
    ]
    return {"title": "", "figures": rows}


def _conclusions(event: Event) -> dict[str, Any] | None:
    lines = [line.strip() for line in event.conclusions.splitlines() if line.strip()]
    return {"title": _("结论"), "lines": lines} if lines else None


def _programme(event: Event) -> dict[str, Any] | None:
    rows = [[f"{item.starts_at:%H:%M}", item.title, item.who, item.place] for item in event.programme.all()]
    return (
        {"title": _("议程"), "table": {"heads": [_("时间"), _("内容"), _("谁"), _("地点")], "rows": rows}}
        if rows
        else None
    )


def _notes(event: Event) -> list[dict[str, Any]]:
    """The notes with most dots, topic by topic."""
    notes = queries.notes_on(event)
    rows = []
    for number, topic in enumerate(event.topics):
        here = [note for note in notes if note.topic == number]
        rows += [
            [topic if place == 0 else "", note.masked_words, str(note.dots)]
            for place, note in enumerate(here[:MOST_NOTES])
        ]
    if not rows:
        return []
    table = {"heads": [_("话题"), _("便签上写的"), _("贴点")], "rows": rows, "numeric": [2]}
    return [{"title": _("便签墙"), "table": table}]


def _suggestions(event: Event, suggestions: list[Suggestion]) -> list[dict[str, Any]]:
    if not suggestions:
        return []
    book = on(today(), at=event.subdistrict).suggestions
    most = queries.tally(book.category_name(row.category) for row in suggestions)
    states = queries.tally(SuggestionFlow.title_of(row.state) for row in suggestions)
    total = len(suggestions)
    return [
        {
            "title": _("说的是什么"),
            "bars": [[name, count / total, _("%(count)s 件") % {"count": count}] for name, count in most],
        },
        {"title": _("办到哪一步"), "facts": [[name, _("%(count)s 件") % {"count": count}] for name, count in states]},
    ]


def _photos(event: Event) -> dict[str, Any] | None:
    photos = _shown(event)
    return {"title": _("照片"), "photos": [[_name(photo), photo.title] for photo in photos]} if photos else None


def _minutes(event: Event) -> dict[str, Any] | None:
    if not event.masked_minutes:
        return None
    return {"title": _("纪要（个人信息已遮住）"), "text": event.masked_minutes}


def _shown(event: Event) -> list[StoredFile]:
    return [photo for photo in queries.photos_of(event) if photo.media_type in ENDINGS][:MOST_PHOTOS]


def _name(photo: StoredFile) -> str:
    return f"photo-{photo.pk}.{ENDINGS[photo.media_type]}"


def _pictures(event: Event) -> dict[str, bytes]:
    return {_name(photo): vault.get(photo.seal_id) for photo in _shown(event)}
