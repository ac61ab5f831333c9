"""The list of past imports."""

from django.utils.translation import gettext_lazy as _

from xiuhua.ground.rosters.models import RosterImport, State
from xiuhua.ground.ui.lists import Choice, Column, Empty, ListPage, Period, choice_words
from xiuhua.ground.words import gettext


def uploader_of(roster_import: RosterImport) -> str:
    """Whoever uploaded it, by name."""
    return str(roster_import.made_by) if roster_import.made_by else gettext("系统")


def outcome_of(roster_import: RosterImport) -> str:
    """What came of it, in a few words."""
    counts = {"new": roster_import.new, "changed": roster_import.changed, "faulty": roster_import.faulty}
    if roster_import.state == State.FAULTY:
        return gettext("%(faulty)s 行有错") % counts
    if roster_import.state in {State.READY, State.APPLIED}:
        return gettext("新增 %(new)s，更新 %(changed)s") % counts
    return ""


IMPORTS: ListPage[RosterImport] = ListPage(
    title=_("名册"),
    subtitle=_("居委会、楼栋、居民这些名册，在 Excel 里填好，从这里导入。先核对，没有错才导入。"),
    columns=[
        Column(
            "file",
            _("文件"),
            lambda found: found.file_name,
            link=RosterImport.get_absolute_url,
            order_by="file_name",
            search="file_name__icontains",
        ),
        Column("kind", _("名册"), lambda found: found.title, order_by="kind"),
        Column("place", _("导入到"), lambda found: found.place, order_by="path", search="place__icontains"),
        Column(
            "state",
            _("状态"),
            choice_words("state", State),
            kind="chip",
            tone=lambda found: found.tone,
            order_by="state",
        ),
        Column("outcome", _("结果"), outcome_of),
        Column("rows", _("行数"), lambda found: found.rows, numeric=True, order_by="rows"),
        Column("who", _("上传人"), uploader_of, order_by="asked_by"),
        Column("made_at", _("上传时间"), lambda found: found.made_at, kind="moment", order_by="made_at"),
    ],
    filters=[Choice("state", _("状态"), State.choices, lookup="state"), Period("made", _("上传时间"), "made_at")],
    empty=Empty(_("还没有导入过名册"), _("从上面选一种名册，先下载模板，填好再导入。")),
    template="rosters/home.html",
)
