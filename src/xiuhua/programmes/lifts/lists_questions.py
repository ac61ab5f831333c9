"""The list of residents' questions: who waits for an answer, the longest first."""

from typing import Any, cast

from django.db.models import F, QuerySet
from django.http import HttpRequest

from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.scope.grants import Seer
from xiuhua.ground.scope.paths import committee_of
from xiuhua.ground.territory.queries import committee_names
from xiuhua.ground.ui.lists import Choice, Column, Empty, ListPage, choice_words
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts.models import Question
from xiuhua.programmes.lifts.views.asked import crumbs


def questions(seer: Seer) -> QuerySet[Question]:
    """Questions that this reader may read, those that wait first (one query)."""
    rows = Question.objects.visible_to(seer).select_related("stairwell__building")
    rows = rows.defer("stairwell__building__geometry")
    return cast("QuerySet[Question]", rows.order_by(F("answered_at").asc(nulls_first=True), "asked_at", "pk"))


def page(request: HttpRequest) -> ListPage[Question]:
    """Questions across the reader's places."""
    actor = actor_of(request)
    committees = committee_names(actor)
    return ListPage(
        title=_("居民提问"),
        subtitle=_("居民在手机上问的，和想装电梯的人家；答复发到他们的账号里。"),
        crumbs=crumbs(),
        columns=[
            Column(
                "stairwell",
                _("门洞"),
                lambda row: row.stairwell.address,
                link=Question.get_absolute_url,
                order_by="path",
                search=("stairwell__name__icontains", "stairwell__building__name__icontains"),
            ),
            Column("committee", _("居委会"), lambda row: committees.get(committee_of(row.path), "")),
            Column("kind", _("种类"), choice_words("kind", Question.Kind)),
            Column("words", _("问什么"), lambda row: row.words),
            Column("asked_at", _("提问时间"), lambda row: row.asked_at, order_by="asked_at"),
            Column("state", _("状态"), state_words, kind="chip", tone=state_tone),
        ],
        filters=[
            Choice("state", _("状态"), [("waiting", _("待答复")), ("answered", _("已答复"))], by=_by_state),
            Choice("kind", _("种类"), Question.Kind.choices, lookup="kind"),
        ],
        filter_label=_("门洞地址"),
        empty=Empty(_("还没有人提问"), _("居民在「我家电梯」里问一句，就到这里。")),
    )


def state_words(row: Question) -> str:
    """Whether it waits for an answer."""
    return _("已答复") if row.answered_at else _("待答复")


def state_tone(row: Question) -> str:
    """Its colour."""
    return "good" if row.answered_at else "soon"


def _by_state(rows: Any, value: str) -> Any:
    return rows.filter(answered_at__isnull=value == "waiting")
