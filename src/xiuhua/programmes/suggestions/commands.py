"""``xiuhua suggestions``: learn to sort from a labelled spreadsheet, and put messages of one matter together."""

import csv
import io
import json
from pathlib import Path
from typing import Annotated, Any

import typer

from xiuhua.ground.verdicts import Reason, Refused
from xiuhua.ground.words import gettext as _

_FORMULA = ("=", "+", "-", "@", "\t", "\r")

app = typer.Typer(
    add_completion=False, no_args_is_help=True, rich_markup_mode=None, help=_("建议：学着分类，归并同一件事")
)


@app.callback()
def suggestions() -> None:
    """建议：学着分类，归并同一件事。"""


@app.command("train", help=_("从分好类的表里学着分类；新的不比在用的差，才换上"))
def train(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="FILE.xlsx", dir_okay=False, help=_("分好类的 .xlsx 或 .csv；不写就用自己办过的建议")),
    ] = None,
    text: Annotated[
        list[str] | None, typer.Option("--text", metavar="COLUMN", help=_("文字在哪一列；可重复，先标题后正文"))
    ] = None,
    label: Annotated[str | None, typer.Option("--label", metavar="COLUMN", help=_("分类在哪一列"))] = None,
    test: Annotated[
        Path | None, typer.Option("--test", dir_okay=False, help=_("核对用的另一个表；不写就留出五分之一"))
    ] = None,
    report: Annotated[Path | None, typer.Option("--report", dir_okay=False, help=_("结果写进这个 JSON 文件"))] = None,
    out: Annotated[Path | None, typer.Option("--out", dir_okay=False, help=_("模型另存一份"))] = None,
    replace: Annotated[bool, typer.Option("--replace", help=_("和在用的没法比、或者比不上，也换上"))] = False,
) -> None:
    """从分好类的表里学着分类；新的不比在用的差，才换上。"""
    from django.core.management import call_command

    from xiuhua.ground.progress import progress_bar
    from xiuhua.programmes.suggestions import queries
    from xiuhua.programmes.suggestions.learning import shelf
    from xiuhua.programmes.suggestions.learning.decisions import own_decisions
    from xiuhua.programmes.suggestions.learning.lessons import examples_in, learn

    _refuse_unwritable(("--report", report), ("--out", out))
    call_command("migrate", verbosity=0)
    with progress_bar() as progress:
        progress(_("读表"), 0.0)
        columns = (_asked(text, "--text"), _asked(label, "--label")) if file or test else ([], "")
        examples = examples_in(file, *columns) if file else own_decisions(queries.decided())
        measured = examples_in(test, *columns) if test else None
        lesson = learn(examples, shelf.measured_in_use(), measured, progress, anyway=replace)
    if out:
        _keep(out, "--out", lesson.measured.model.to_bytes())
    if lesson.replaces:
        shelf.put_in_use(lesson.measured, lesson.report)
    if report:
        _keep(report, "--report", json.dumps(lesson.report, ensure_ascii=False, indent=2).encode())
    _tell(lesson.report)


@app.command("group", help=_("把说同一件事的留言归在一起"))
def group(
    file: Annotated[Path, typer.Argument(metavar="FILE.xlsx", dir_okay=False, help=_("留言的 .xlsx 或 .csv 文件"))],
    text: Annotated[list[str], typer.Option("--text", metavar="COLUMN", help=_("文字在哪一列；可重复"))],
    out: Annotated[Path, typer.Option("--out", dir_okay=False, help=_("结果写进这个 .csv 文件"))],
    time: Annotated[str | None, typer.Option("--time", metavar="COLUMN", help=_("时间在哪一列"))] = None,
) -> None:
    """把说同一件事的留言归在一起。"""
    from xiuhua.engine import texts
    from xiuhua.ground.progress import progress_bar
    from xiuhua.programmes.suggestions.learning.tables import read_columns, titled, words

    _refuse_unwritable(("--out", out))
    with progress_bar() as progress:
        progress(_("读表"), 0.0)
        rows = read_columns(file, [*text, *([time] if time else [])])
        if not rows:
            raise Refused(Reason(_("表里只有表头，没有留言"), field=str(file), mend=_("选一个填好的表")))
        said = [titled(row.cells[: len(text)]) for row in rows]
        moments = _moments(rows, file) if time else None
        progress(_("归并"), 0.3)
        groups = texts.group(said, moments)
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(["row", "group", *text])
    for row, number in zip(rows, groups, strict=True):
        writer.writerow([row.line, int(number), *(_harmless(words(cell)) for cell in row.cells[: len(text)])])
    _keep(out, "--out", table.getvalue().encode("utf-8-sig", "replace"))
    matters, alone = int(groups.max()) + 1, int((groups < 0).sum())
    _say(
        _("%(rows)s 条留言，%(matters)s 件事，%(alone)s 条单独成事；写在 %(file)s")
        % {"rows": len(rows), "matters": matters, "alone": alone, "file": out}
    )


def _moments(rows: list[Any], file: Path) -> list[float]:
    from xiuhua.programmes.suggestions.learning.tables import moment

    moments = []
    for row in rows:
        found = moment(row.cells[-1])
        if found is None:
            said = _("第 %(line)s 行的时间「%(cell)s」看不懂") % {"line": row.line, "cell": str(row.cells[-1])[:40]}
            raise Refused(Reason(said, field=str(file), mend=_("写成 2023-05-06 或 2023-05-06 18:30")))
        moments.append(found)
    return moments


def _asked(value: Any, option: str) -> Any:
    if not value:
        raise Refused(
            Reason(_("要说是哪一列"), field=option, mend=_("写上表头，例如 %(option)s 留言主题") % {"option": option})
        )
    return value


def _refuse_unwritable(*outputs: tuple[str, Path | None]) -> None:
    """Say so before the work begins where a result could not be written at its end."""
    for option, path in outputs:
        if path is not None and not path.absolute().parent.is_dir():
            raise Refused(Reason(_("写不进 %(file)s") % {"file": path}, field=option, mend=_("换一个文件夹")))


def _keep(path: Path, option: str, content: bytes) -> None:
    from xiuhua.programmes.suggestions.learning.writing import written

    try:
        written(path, content)
    except OSError as error:
        raise Refused(Reason(_("写不进 %(file)s") % {"file": path}, field=option, mend=_("换一个文件夹"))) from error


def _harmless(cell: str) -> str:
    """A cell that a spreadsheet does not take for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _tell(report: dict[str, Any]) -> None:
    """Say what was measured."""
    for label, score in report["by_class"].items():
        figures = "  ".join(f"{score[name]:.3f}" for name in ("precision", "recall", "f1"))
        _say(f"{figures}  {score['support']:>5}  {label}")
    _say(_("学了 %(rows)s 条，核对 %(test_rows)s 条，%(train_seconds).1f 秒") % report)
    _say(_("macro-F1 %(macro_f1).4f，正确率 %(accuracy).4f，把握的误差 %(calibration_error).4f") % report)
    _tell_compared(report["compared"], replaced=report["replaced"])


def _tell_compared(compared: dict[str, Any], *, replaced: bool) -> None:
    """Say how it did beside the one in use, and what came of it."""
    figures = _("新的 %(macro_f1).4f，在用的 %(previous_macro_f1).4f")
    for said, score in (
        (_("这次核对的，两个都没学过的 %(rows)s 条："), compared["new_rows"]),
        (_("在用的当时核对过的 %(rows)s 条："), compared["old_rows"]),
    ):
        if score:
            _say((said + figures) % score)
    if replaced:
        _say(_("已经换上"))
    elif compared["outcome"] == "worse":
        _say(_("新的比不上在用的，没有换"))
    else:
        _say(_("和在用的没法比：类别大多对不上，或者没有两个都没学过的例子。没有换；看过了要换，加上 --replace"))


def _say(text: str) -> None:
    print(text)  # noqa: T201 - this is the command line's voice
