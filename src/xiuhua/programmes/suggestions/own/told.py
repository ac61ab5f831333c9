"""What a suggestion is called to whoever said it: plain words, no terms of the office."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from xiuhua.ground.standards import on
from xiuhua.ground.territory.days import today
from xiuhua.ground.ui.objects import Step
from xiuhua.ground.ui.phone import Cell
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.suggestions.flow import SuggestionFlow
from xiuhua.programmes.suggestions.models import Suggestion

FEW = 3
"""Of one's own things on the home page."""


def words_of(suggestion: Suggestion) -> str:
    """How far it is, in one line; the project is named where it is everybody's."""
    main = suggestion.merged_into or suggestion
    project = main.project if main.project is not None and main.project.public else None
    book = on(today(), at=main.subdistrict)
    unit = book.offices.section_name(main.section) if main.section else ""
    said = {
        "received": _("收到了，等街道受理"),
        "accepted": _("街道受理了"),
        "assigned": _("%(unit)s正在办") % {"unit": unit} if unit else _("正在办"),
        "passed_on": _("已经转给%(road)s") % {"road": _road(main)},
        "answered": _("答复了，请您看看"),
        "adopted": _("采纳了，放进了「%(project)s」") % {"project": project.name}
        if project
        else _("采纳了，放进了项目"),
        "declined": _("这次没有采纳，写了原因"),
        "reopened": _("退回去重新办"),
        "closed": _("办好了"),
    }
    return said.get(main.state, SuggestionFlow.title_of(main.state))


def cells(suggestions: Iterable[Suggestion]) -> list[Cell]:
    """Suggestions as a list of one's own."""
    return [
        Cell(one.title, words_of(one), reverse("say:follow", args=[one.token]), one.source_icon) for one in suggestions
    ]


def home_cells(request: HttpRequest) -> list[Cell]:
    """The newest of one's own for the home page."""
    from xiuhua.programmes.suggestions.own.following import own_rows

    return cells(own_rows(request)[:FEW])


def steps_of(suggestion: Suggestion) -> list[Step]:
    """The thread of steps: heard, taken up, in hand, told; and for what was adopted, done."""
    place = _reached(suggestion)
    titles = [_("收到"), _("受理"), _("办理"), _("答复")]
    if suggestion.state in ("adopted",) or suggestion.project_id:
        titles = [*titles[:3], _("采纳"), _("办成")]
        if suggestion.project is not None and suggestion.project.state == "done":
            place = len(titles)
    notes = [
        _day(suggestion.submitted_at),
        _day(suggestion.accepted_at),
        _day(suggestion.contacted_at),
        _day(suggestion.answered_at),
        "",
    ]
    return [
        Step(title, "done" if index < place else "now" if index == place else "later", notes[index])
        for index, title in enumerate(titles)
    ]


def due_words(suggestion: Suggestion) -> str:
    """By when an answer is owed, as one reads it; nothing where none is."""
    if not suggestion.is_owed or suggestion.reply_due_on is None:
        return ""
    day = suggestion.reply_due_on
    return _("最晚 %(month)s 月 %(day)s 日答复您") % {"month": day.month, "day": day.day}


def can_reopen(suggestion: Suggestion) -> bool:
    """Whether it may still be asked that it be taken up again."""
    if suggestion.reopened_at is not None or not SuggestionFlow.allows("reopen", suggestion.state):
        return False
    if suggestion.answered_at is None:
        return False
    term = on(today(), at=suggestion.subdistrict).suggestions.terms.reopen
    return today() <= term.after(timezone.localtime(suggestion.answered_at).date())


def _reached(suggestion: Suggestion) -> int:
    order = {
        "received": 1,
        "accepted": 2,
        "assigned": 2,
        "passed_on": 2,
        "reopened": 2,
        "answered": 4,
        "adopted": 4,
        "declined": 4,
        "closed": 4,
    }
    return order.get(suggestion.state, 1)


def _road(suggestion: Suggestion) -> str:
    roads = on(today(), at=suggestion.subdistrict).suggestions.roads
    return roads[suggestion.passed_to].name if suggestion.passed_to in roads else suggestion.passed_to


def _day(moment: object) -> str:
    if moment is None:
        return ""
    day = timezone.localtime(moment).date()  # type: ignore[arg-type]
    return _("%(month)s 月 %(day)s 日") % {"month": day.month, "day": day.day}
