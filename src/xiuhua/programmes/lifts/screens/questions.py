"""Residents' questions on the pages of a dossier: a tab with how many wait, and the list with their answers."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.scope.paths import within
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.ui.lists import Column, choice_words
from xiuhua.ground.ui.objects import Related
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts.lists_questions import questions, state_tone, state_words
from xiuhua.programmes.lifts.models import Dossier, Question
from xiuhua.programmes.lifts.screens.sections import tab


def section_of(actor: Actor, dossier: Dossier) -> Related:
    """Questions about a stairwell, those that wait first."""
    columns: list[Column[Question]] = [
        Column("words", _("问什么"), lambda row: row.words or _("想装电梯"), link=Question.get_absolute_url),
        Column("kind", _("种类"), choice_words("kind", Question.Kind)),
        Column("asked_at", _("提问时间"), lambda row: row.asked_at),
        Column("state", _("状态"), state_words, kind="chip", tone=state_tone),
        Column("answer", _("答复"), lambda row: row.answer),
    ]
    rows = list(questions(actor).filter(stairwell=dossier.stairwell_id))
    return Related(_("居民提问"), columns, rows, empty=_("还没有人提问。居民在手机上「问一句」，就到这里。"))


@tab(gettext_lazy("问答"), "lifts:dossier_questions", order=80)
def waiting_note(request: HttpRequest, dossier: Dossier) -> str | None:
    """How many wait for an answer; none of the business of who does not see owners."""
    actor = actor_of(request)
    if not any(within(dossier.path, top) for top in actor.sees(Sight.OWNERS)):
        return None
    waiting = Question.objects.filter(stairwell=dossier.stairwell_id).waiting().count()
    return _("%(count)s 个待答复") % {"count": waiting} if waiting else ""
