"""``xiuhua journal``: what is done to the record from the command line."""

from typing import Annotated

import typer

from xiuhua.ground.words import gettext as _

BROKEN = 1

app = typer.Typer(add_completion=False, no_args_is_help=True, rich_markup_mode=None, help=_("留痕：验证"))


@app.callback()
def journal() -> None:
    """留痕：验证。"""


@app.command("renew-heads", help=_("库外记下的链尾丢了或随备份恢复时，重新记起；要写原因，记在系统名下"))
def renew_heads(
    path: Annotated[str, typer.Argument(metavar="PATH", help=_("哪个街道的链，写区划代码；不属于街道的写 office"))],
    why: Annotated[str, typer.Option("--why", help=_("为什么要重新记起"))],
) -> None:
    """重新记起库外的链尾。"""
    from rich.console import Console

    from xiuhua.ground.journal import oversight
    from xiuhua.ground.journal.actors import System
    from xiuhua.ground.journal.heads import NO_SUBDISTRICT
    from xiuhua.ground.journal.models import Chain
    from xiuhua.ground.verdicts import Reason, Refused

    name = "" if path == NO_SUBDISTRICT else path
    if not Chain.objects.filter(name=name).exists():
        known = "、".join(sorted(chain.name or NO_SUBDISTRICT for chain in Chain.objects.all()))
        raise Refused(
            Reason(
                _("没有「%(path)s」这条链") % {"path": path}, field="PATH", mend=_("可选：%(known)s") % {"known": known}
            )
        )
    oversight.renew_heads(actor=System("keeper"), path=name, words=why)
    Console().print(_("重新记起了；原来的文件放在旁边，没有删。这件事在留痕里。"), highlight=False, markup=False)


@app.command("verify", help=_("验证留痕是否完整：改过、少了、插进来的、截掉的都查得出；完整时退出码 0，否则 1"))
def verify(
    quiet: Annotated[bool, typer.Option("--quiet", help=_("只用退出码回答"))] = False,
) -> None:
    """验证留痕是否完整。"""
    from rich.console import Console

    from xiuhua.ground.journal.verify import verify as verify_all
    from xiuhua.ground.progress import progress_bar
    from xiuhua.ground.sealing.keyring import keyring

    keyring()
    with progress_bar() as progress:
        found = verify_all(progress)
    for fault in found.faults if not quiet else ():
        Console(stderr=True).print(str(fault), highlight=False, markup=False)
    if not found.whole:
        raise typer.Exit(BROKEN)
    if not quiet:
        said = _("留痕完整：%(entries)s 条，%(chains)s 条链。") % {"entries": found.entries, "chains": found.chains}
        Console().print(said, highlight=False, markup=False)
