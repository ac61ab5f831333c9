"""The command line: a noun, then a verb. Each is loaded when it is called, so that ``xiuhua --help`` is instant."""

import _thread
import atexit
import importlib
import os
import signal
import sys
import threading
import time
from dataclasses import dataclass
from typing import Any

import typer
from typer._click.exceptions import UsageError
from typer.core import TyperCommand, TyperGroup

from xiuhua.doors import usage
from xiuhua.ground.verdicts import Refused
from xiuhua.ground.words import current_language, gettext_noop
from xiuhua.ground.words import gettext as _

BAD_INPUT = 2
INTERRUPTED = 130

_SECONDS_OF_ONE_CTRL_C = 5.0
_MOMENT_S = 0.05


@dataclass(frozen=True, slots=True)
class _Door:
    """Where a command lives, what it does in a line, whether it needs the database and tidies up after Ctrl-C."""

    target: str
    help: str
    database: bool = True
    tidies: bool = False
    context_settings: dict[str, Any] | None = None


_DOORS = {
    "lifecircle": _Door(
        "xiuhua.programmes.lifecircle.commands:lifecircle",
        gettext_noop("一张地图变成 15 分钟生活圈（不用数据库）"),
        database=False,
        tidies=True,
    ),
    "demo": _Door("xiuhua.doors.commands:demo", gettext_noop("建成演示街道并打开网页")),
    "serve": _Door("xiuhua.doors.commands:serve", gettext_noop("打开网页，同时在后台办任务")),
    "worker": _Door("xiuhua.ground.jobs.commands:worker", gettext_noop("只在后台办任务")),
    "territory": _Door("xiuhua.ground.territory.commands:app", gettext_noop("区划：导入地图")),
    "roster": _Door("xiuhua.ground.rosters.commands:app", gettext_noop("名册：模板和导入")),
    "suggestions": _Door("xiuhua.programmes.suggestions.commands:app", gettext_noop("建议：学着分类，归并同一件事")),
    "lifts": _Door("xiuhua.programmes.lifts.commands:app", gettext_noop("加梯：一段时间的统计")),
    "journal": _Door("xiuhua.ground.journal.commands:app", gettext_noop("留痕：验证")),
    "keys": _Door("xiuhua.ground.sealing.commands:app", gettext_noop("钥匙：敏感字段的封存")),
    "accounts": _Door("xiuhua.ground.accounts.commands:app", gettext_noop("账号：开通、重设密码")),
    "manage": _Door(
        "xiuhua.doors.commands:manage",
        gettext_noop("Django 管理命令"),
        context_settings={"ignore_unknown_options": True, "allow_extra_args": True, "help_option_names": []},
    ),
}


class _LazyGroup(TyperGroup):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(_DOORS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        door = _DOORS.get(cmd_name)
        if door is None:
            return None
        if "--help" in sys.argv[1:2] or len(sys.argv) == 1:
            return TyperCommand(cmd_name, help=_(door.help))
        return _load(cmd_name, door)


class _CtrlC:
    """Hears Ctrl-C once: those of the next seconds ask for the same, and would only break off the tidying up.

    One that falls where Python cannot raise, as when an object dies, comes again a moment later.
    """

    def __init__(self) -> None:
        self._heard = -_SECONDS_OF_ONE_CTRL_C

    def listen(self) -> None:
        """Answer from now on, unless something else does or Ctrl-C is ignored."""
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            signal.signal(signal.SIGINT, self._interrupt)
            atexit.register(signal.signal, signal.SIGINT, signal.SIG_IGN)
            self._others, sys.unraisablehook = sys.unraisablehook, self._come_again

    def _interrupt(self, *_: object) -> None:
        now = time.monotonic()
        if now - self._heard >= _SECONDS_OF_ONE_CTRL_C:
            self._heard = now
            raise KeyboardInterrupt

    def _come_again(self, lost: Any) -> None:
        if lost.exc_type is KeyboardInterrupt:
            self._heard = -_SECONDS_OF_ONE_CTRL_C
            threading.Timer(_MOMENT_S, _thread.interrupt_main).start()
        else:
            self._others(lost)


def _load(name: str, door: _Door) -> Any:
    if door.tidies:
        _CtrlC().listen()
    if door.database:
        _set_up_django()
    module, attribute = door.target.split(":")
    target: Any = getattr(importlib.import_module(module), attribute)
    if isinstance(target, typer.Typer):
        return typer.main.get_command(target)
    alone = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    alone.command(name, help=_(door.help), context_settings=door.context_settings)(target)
    return typer.main.get_command(alone)


def _set_up_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiuhua.doors.settings")
    import django
    from django.utils import translation

    django.setup()
    translation.activate(current_language())


app = typer.Typer(
    cls=_LazyGroup, add_completion=False, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False
)


@app.callback(help=_("绣花 Xiuhua：像绣花一样治理一个街道。"))
def xiuhua() -> None:
    """Take a noun."""


def main() -> None:
    """Run the command line; what cannot be used is one line on standard error and exit status 2."""
    usage.speak_our_language()
    try:
        sys.exit(app(standalone_mode=False))
    except typer.Abort:
        sys.exit(INTERRUPTED)
    except UsageError as error:
        usage.say(error)
        sys.exit(BAD_INPUT)
    except Refused as refused:
        for reason in refused.reasons:
            usage.say_reason(reason)
        sys.exit(BAD_INPUT)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
