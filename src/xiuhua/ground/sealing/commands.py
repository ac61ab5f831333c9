"""``xiuhua keys``: the keys that sensitive fields are sealed under."""

from typing import Annotated, Any

import typer

from xiuhua.ground.words import gettext as _

app = typer.Typer(add_completion=False, no_args_is_help=True, rich_markup_mode=None, help=_("钥匙：敏感字段的封存"))
UNFINISHED = 1


@app.callback()
def keys() -> None:
    """钥匙：敏感字段的封存。"""


@app.command("list", help=_("列出钥匙的编号，以及各封存了多少个值；不显示钥匙本身"))
def list_keys() -> None:
    """列出钥匙的编号，以及各封存了多少个值；不显示钥匙本身。"""
    from xiuhua.ground.sealing.keyring import keyring, source
    from xiuhua.ground.sealing.rotation import stores

    _migrate()
    ring = keyring()
    found = [store.counts(ring.ids) for store in stores()]
    _say(_("钥匙在 %(place)s") % {"place": source()})
    for kid in ring.ids:
        words = {"kid": kid, "count": sum(counts[kid] for counts in found)}
        _say((_("%(kid)s：%(count)s 个值（现用）") if kid == ring.current else _("%(kid)s：%(count)s 个值")) % words)


@app.command("add", help=_("加一把新钥匙，从此用它封存；已有的值留在原来的钥匙下"))
def add() -> None:
    """加一把新钥匙，从此用它封存；已有的值留在原来的钥匙下。"""
    from xiuhua.ground.sealing.keyring import source
    from xiuhua.ground.sealing.rotation import change_key

    _migrate()
    added = change_key()
    _say(_("加了钥匙 %(kid)s。请马上备份 %(place)s") % {"kid": added.kid, "place": source()})
    _say(_("还有 %(left)s 行在旧钥匙下；要换过来请运行 xiuhua keys rotate --resume") % {"left": added.left})


@app.command("rotate", help=_("换钥匙：加一把新的，把封存的值都换到它下面；中断了再运行一次就接着换"))
def rotate(
    resume: Annotated[bool, typer.Option("--resume", help=_("接着换，不加新钥匙"))] = False,
) -> None:
    """换钥匙：加一把新的，把封存的值都换到它下面；中断了再运行一次就接着换。"""
    from xiuhua.ground.progress import progress_bar
    from xiuhua.ground.sealing import rotation
    from xiuhua.ground.sealing.keyring import source

    _migrate()
    with progress_bar() as progress:
        rotated = rotation.rotate(resume=resume, progress=progress)
    words: dict[str, Any] = {"moved": rotated.moved, "kid": rotated.kid, "place": source()}
    _say(_("换好 %(moved)s 行，现用钥匙 %(kid)s。请马上备份 %(place)s；旧钥匙要留着") % words)
    for place in rotated.broken:
        _say(place, wrong=True)
    if rotated.broken:
        _say(_("这些值是在程序之外被改动的，换不了；请从数据的备份里找回"), wrong=True)
    if held := rotated.left - len(rotated.broken):
        _say(_("还有 %(left)s 行没有换；请过一会儿再运行 xiuhua keys rotate --resume") % {"left": held}, wrong=True)
    if rotated.left:
        raise typer.Exit(UNFINISHED)


def _migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def _say(text: str, *, wrong: bool = False) -> None:
    from rich.console import Console

    Console(stderr=wrong).print(text, highlight=False, markup=False, soft_wrap=True)
