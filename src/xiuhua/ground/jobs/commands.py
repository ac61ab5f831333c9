"""The worker by command."""

from typing import Annotated

import typer
from django.db import OperationalError, ProgrammingError

from xiuhua.ground.verdicts import Reason, Refused
from xiuhua.ground.words import gettext as _


def worker(
    parent: Annotated[int | None, typer.Option(hidden=True)] = None,
) -> None:
    """在后台办交来的任务（导入名册、夜间清理等），直到按 Ctrl-C。`xiuhua serve` 自己会带一个。"""
    from rich.console import Console

    from xiuhua.ground.jobs.worker import Worker
    from xiuhua.ground.sealing.keyring import keyring

    keyring()
    if parent is None:
        Console().print(_("后台程序已经开工（按 Ctrl-C 关闭）"))
    try:
        Worker(parent).work()
    except (OperationalError, ProgrammingError) as error:
        raise Refused(Reason(_("数据库还没有准备好"), mend=_("先运行 xiuhua manage migrate"))) from error
