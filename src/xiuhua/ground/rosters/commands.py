"""``xiuhua roster``: templates out and spreadsheets in, with the same checks and the same words as on screen."""

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from xiuhua.ground.verdicts import Reason, Refused
from xiuhua.ground.words import gettext as _

BAD_INPUT = 2
MOST_TOLD = 100
"""Faults that are told one by one; the file has to be mended anyway."""

app = typer.Typer(add_completion=False, no_args_is_help=True, rich_markup_mode=None, help=_("名册：模板和导入"))


@app.callback()
def roster() -> None:
    """名册：模板和导入。"""


@app.command("template", help=_("写出一种名册的空表：表头、示例行、填表说明"))
def template(
    kind: Annotated[str, typer.Argument(metavar="KIND", help=_("哪种名册，例如 residents"))],
    out: Annotated[Path, typer.Option("--out", dir_okay=False, help=_("写到哪个 .xlsx 文件"))],
) -> None:
    """写出一种名册的空表：表头、示例行、填表说明。"""
    from xiuhua.ground.rosters.kinds import kind_named
    from xiuhua.ground.rosters.workbooks import template_of

    try:
        out.write_bytes(template_of(kind_named(kind)))
    except OSError as error:
        reason = Reason(_("写不进 %(file)s") % {"file": out}, field="--out", mend=_("换一个文件夹"))
        raise Refused(reason) from error
    _say(_("模板写在 %(file)s") % {"file": out})


@app.command("import", help=_("核对一份名册，没有错就导入；有一处错就全部不导入"))
def import_roster(
    kind: Annotated[str, typer.Argument(metavar="KIND", help=_("哪种名册，例如 residents"))],
    file: Annotated[Path, typer.Argument(metavar="FILE.xlsx", dir_okay=False, help=_("填好的 .xlsx 或 .csv 文件"))],
    preview: Annotated[bool, typer.Option("--preview", help=_("只核对，不导入"))] = False,
    as_json: Annotated[bool, typer.Option("--json", help=_("结果写成 JSON"))] = False,
    username: Annotated[str | None, typer.Option("--as", help=_("以谁的名义：工号；不写就是系统"))] = None,
    path: Annotated[str | None, typer.Option("--at", help=_("导入到哪个街道或居委会：区划代码"))] = None,
) -> None:
    """核对一份名册，没有错就导入；有一处错就全部不导入。"""
    from xiuhua.ground.progress import progress_bar

    try:
        with progress_bar() as progress:
            told = _checked_and_imported(kind, file, preview, username, path, progress)
    except Refused as refused:
        if not as_json:
            raise
        reasons = [{"field": reason.field, "text": reason.text, "mend": reason.mend} for reason in refused.reasons]
        _print_json({"kind": kind, "file": file.name, "state": "refused", "refused": reasons})
        raise typer.Exit(BAD_INPUT) from refused
    if as_json:
        _print_json(told)
    else:
        _tell(told)
    if told["faulty"]:
        raise typer.Exit(BAD_INPUT)


def _checked_and_imported(
    kind: str, file: Path, preview: bool, username: str | None, path: str | None, progress: Any
) -> dict[str, Any]:
    from xiuhua.ground.rosters import actions
    from xiuhua.ground.rosters.actions import Upload
    from xiuhua.ground.rosters.kinds import kind_named
    from xiuhua.ground.rosters.models import State

    actor = _actor(username)
    chosen = kind_named(kind)
    place = path or _only_place(chosen, actor)
    if not chosen.permits(actor, place):
        mend = _("换一个管那里的工号，或者改 --at")
        raise Refused(
            Reason(_("不能为 %(path)s 导入%(title)s名册") % {"path": place, "title": chosen.title}, mend=mend)
        )
    upload = Upload(file.name, _content(file))
    found = actions.check_roster(actor=actor, kind=kind, path=place, upload=upload, progress=progress, wait=True)
    if found.state == State.REFUSED:
        actions.discard_roster(actor=actor, roster_import=found)
        raise Refused(*(Reason(text, field=file.name, mend=mend or None) for text, mend in found.refusal))
    told = _told(found)
    if preview or found.state == State.FAULTY:
        actions.discard_roster(actor=actor, roster_import=found)
    else:
        progress(_("写入名册"), 1.0)
        told["state"] = actions.apply_roster(actor=actor, roster_import=found).subject.state
    return told


def _told(found: Any) -> dict[str, Any]:
    """What was found, in words and numbers."""
    from xiuhua.ground.rosters.preview import faults_of, headings_of
    from xiuhua.ground.rosters.queries import staged_rows
    from xiuhua.ground.rosters.rows import Outcome

    headings = headings_of(found)
    faulty = staged_rows(found).filter(outcome=Outcome.ERROR)[:MOST_TOLD]
    faults = [fault for row in faulty for fault in faults_of(row, headings)]
    return {
        "kind": found.kind,
        "place": found.path,
        "file": found.file_name,
        "state": found.state,
        **{name: getattr(found, name) for name in ("rows", "new", "changed", "same", "faulty", "reminded")},
        "faults": [
            {"cell": fault.cell, "column": fault.heading, "text": fault.text, "mend": fault.mend} for fault in faults
        ],
        "faults_in_all": found.layout["faults"],
        "reminders": [
            {"text": text, "rows": count, "first": first} for text, count, first in found.layout["reminders"]
        ],
        **{name: found.layout[name] for name in ("sheet", "heading_line", "ignored", "skipped", "other_sheets")},
    }


def _tell(told: dict[str, Any]) -> None:
    """Say what was found: figures on standard output, what is to be mended on standard error."""
    _say(_("新增 %(new)s，更新 %(changed)s，不变 %(same)s，有错 %(faulty)s 行") % told)
    for reminder in told["reminders"]:
        _say(_("提醒：第 %(first)s 行起，%(rows)s 行%(text)s") % reminder)
    if told["ignored"]:
        _say(_("没有用到的列：%(columns)s") % {"columns": _("、").join(told["ignored"])})
    for fault in told["faults"]:
        where = f"{fault['cell']} {fault['column']}".strip()
        _complain(str(Reason(_("%(where)s：%(text)s") % {"where": where, "text": fault["text"]}, mend=fault["mend"])))
    if len(told["faults"]) < told["faults_in_all"]:
        _complain(_("还有 %(more)s 处没有列出") % {"more": told["faults_in_all"] - len(told["faults"])})
    if told["state"] == "applied":
        _say(_("已经导入"))
    elif told["faulty"]:
        _complain(_("有一处错就全部不导入；改好以后再导一次"))
    else:
        _say(_("只核对，没有导入"))


def _actor(username: str | None) -> Any:
    from django.contrib.auth import get_user_model

    from xiuhua.ground.journal.actors import System

    if username is None:
        return System("command")
    user: Any = get_user_model()._default_manager.filter(username=username, is_active=True).first()
    if user is None:
        mend = _("工号见「管、账号」")
        raise Refused(Reason(_("没有工号「%(username)s」") % {"username": username}, field="--as", mend=mend))
    return user


def _only_place(kind: Any, actor: Any) -> str:
    """The widest place for which this actor may import the kind, where there is only one such."""
    places = kind.places(actor)
    widest = [place for place in places if len(place.path) == min(len(other.path) for other in places)]
    if len(widest) == 1:
        path: str = widest[0].path
        return path
    listed = _("、").join(f"{place.path} {place.name}" for place in widest[:30])
    mend = (
        _("可选：%(keys)s") % {"keys": listed} if listed else _("先建街道：xiuhua territory import-osm 或 xiuhua demo")
    )
    raise Refused(Reason(_("要说导入到哪里"), field="--at", mend=mend))


def _content(file: Path) -> bytes:
    from xiuhua.ground.rosters import limits
    from xiuhua.ground.rosters.sheets import too_heavy

    try:
        if file.stat().st_size > limits.FILE_BYTES:
            raise too_heavy(file.stat().st_size)
        return file.read_bytes()
    except OSError as error:
        raise Refused(Reason(_("读不到文件"), field=str(file), mend=_("看看路径和文件名"))) from error


def _print_json(told: dict[str, Any]) -> None:
    print(json.dumps(told, ensure_ascii=False, indent=2))  # noqa: T201 - this is the answer


def _say(text: str) -> None:
    print(text)  # noqa: T201 - this is the command line's voice


def _complain(text: str) -> None:
    print(text, file=sys.stderr)  # noqa: T201 - this is the command line's voice
