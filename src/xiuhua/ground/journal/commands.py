"""``xiuhua journal``: what is done to the record from the command line."""

from typing import Annotated

import typer

from xiuhua.ground.words import gettext as _

BROKEN = 1

app = typer.Typer(add_completion=False, no_args_is_help=True, rich_markup_mode=None, help=_("留痕：验证"))


@app.callback()
def journal() -> None:
    """留痕：验证。"""


@app.command("verify", help=_("验证留痕是否完整：改过、少了、插进来的、截掉的都查得出；完整时退出码 0，否则 1"))
def verify(
    quiet: Annotated[bool, typer.Option("--quiet", help=_("只用退出码回答"))] = False,
) -> None:
    """验证留痕是否完整。"""
    from rich.console import Console

    from xiuhua.ground.journal.verify import verify as verify_all
    from xiuhua.ground.progress import progress_bar

    with progress_bar() as progress:
        found = verify_all(progress)
    for fault in found.faults if not quiet else ():
        Console(stderr=True).print(str(fault), highlight=False, markup=False)
    if not found.whole:
        raise typer.Exit(BROKEN)
    if not quiet:
        said = _("留痕完整：%(entries)s 条，%(chains)s 条链。") % {"entries": found.entries, "chains": found.chains}
        Console().print(said, highlight=False, markup=False)
