"""What the page of an import offers, by where the import stands."""

from django.urls import reverse

from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.rosters import permits
from xiuhua.ground.rosters.models import RosterImport, State
from xiuhua.ground.ui.acts import Act
from xiuhua.ground.ui.lists.long import LONG
from xiuhua.ground.ui.objects import Step
from xiuhua.ground.words import gettext as _


def steps_of(roster_import: RosterImport | None) -> list[Step]:
    """The three steps, up to where this import has got; none has only begun."""
    if roster_import is None:
        at = 0
    elif roster_import.state == State.APPLIED:
        at = 3
    else:
        at = 0 if roster_import.state == State.REFUSED else 1
    titles = (_("选文件"), _("核对"), _("导入"))
    return [
        Step(title, "done" if place < at else "now" if place == at else "later") for place, title in enumerate(titles)
    ]


def acts_of(roster_import: RosterImport, actor: Actor) -> list[Act]:
    """What this reader can do with an import now."""
    if not permits.may_go_on(actor, roster_import=roster_import) or roster_import.at_work:
        return []
    columns = _columns(roster_import)
    state, own = State(roster_import.state), permits.may_have_file(actor, roster_import=roster_import)
    again = f"{reverse('rosters:start', args=[roster_import.kind])}?path={roster_import.path}"
    rows = {"rows": roster_import.new + roster_import.changed}
    if state == State.FAULTY:
        blocked = _("%(faulty)s 行有错，改好再导入") % {"faulty": roster_import.faulty}
        at_once = roster_import.rows <= LONG
        marked = Act(_("下载标红的表"), _url("marked", roster_import), "i-download", download=at_once)
        return [
            Act(_("导入 %(rows)s 行") % {"rows": roster_import.rows}, blocked=blocked),
            *([marked] if own else []),
            *columns,
            Act(_("传改好的表"), again, "i-upload", primary=True),
        ]
    if state == State.READY:
        discard = Act(_("放弃"), _url("discard", roster_import), post=True)
        check = Act(_("再核对一次"), _url("check_again", roster_import), "i-refresh", post=True)
        if not roster_import.writes_anything:
            return [discard, *columns, Act(_("导入"), blocked=_("和登记的一样，没有要改的"))]
        go = Act(_("导入 %(rows)s 行") % rows, _url("begin", roster_import), "i-check", primary=True, post=True)
        return [discard, *columns, check, go]
    if state == State.REFUSED:
        return [*columns, Act(_("传改好的表"), again, "i-upload", primary=not columns)]
    if state == State.READING:
        check = Act(_("再核对一次"), _url("check_again", roster_import), "i-refresh", post=True)
        return [Act(_("放弃"), _url("discard", roster_import), post=True), check]
    return [*_seen(roster_import), Act(_("再传一份"), again, "i-upload")]


def _columns(roster_import: RosterImport) -> list[Act]:
    """The way to say what the file's headings mean, where its kind comes from elsewhere."""
    if roster_import.roster_kind is None or not roster_import.roster_kind.learns_headings:
        return []
    return [Act(_("认列"), _url("columns", roster_import), "i-table", primary=roster_import.state == State.REFUSED)]


def _seen(roster_import: RosterImport) -> list[Act]:
    """The way to what was imported, where its kind has a page for it."""
    kind = roster_import.roster_kind
    if kind is None or not kind.seen_at or roster_import.state != State.APPLIED:
        return []
    return [Act(_("看%(title)s") % {"title": kind.title}, reverse(kind.seen_at), "i-list", primary=True)]


def _url(name: str, roster_import: RosterImport) -> str:
    return reverse(f"rosters:{name}", args=[roster_import.pk])
