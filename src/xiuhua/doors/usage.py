"""How the command line speaks of its use (用法): help and mistakes in the reader's language, a mistake in one line."""

import re
import sys
from collections.abc import Sequence

from typer._click import Context, HelpFormatter
from typer._click.exceptions import (
    BadOptionUsage,
    BadParameter,
    MissingParameter,
    NoArgsIsHelpError,
    NoSuchOption,
    UsageError,
)
from typer.core import TyperGroup

from xiuhua.ground.verdicts import Reason
from xiuhua.ground.words import gettext as _
from xiuhua.ground.words import gettext_noop

_HEADINGS = {
    "Arguments": gettext_noop("参数"),
    "Options": gettext_noop("选项"),
    "Commands": gettext_noop("命令"),
    "Show this message and exit.": gettext_noop("显示这段说明"),
}
_REMARKS = {
    re.compile(r"\[required\]$"): gettext_noop("[必填]"),
    re.compile(r"\[default: (?P<value>.*)\]$"): gettext_noop("[默认：%(value)s]"),
    re.compile(r"\[env var: (?P<name>[^;]*); default: (?P<value>.*)\]$"): gettext_noop(
        "[环境变量：%(name)s；默认：%(value)s]"
    ),
}
_FAULTS = {
    re.compile(r"unable to parse string as a number|valid number"): gettext_noop("要一个数"),
    re.compile(r"unable to parse string as an integer|valid integer"): gettext_noop("要一个整数"),
    re.compile(r"greater than or equal to (?P<limit>\S+)"): gettext_noop("不能小于 %(limit)s"),
    re.compile(r"less than or equal to (?P<limit>\S+)"): gettext_noop("不能大于 %(limit)s"),
    re.compile(r"is a directory"): gettext_noop("这是文件夹，要的是文件"),
    re.compile(r"requires an argument|requires \d+ arguments"): gettext_noop("后面要跟一个值"),
    re.compile(r"does not take a value"): gettext_noop("后面不跟值"),
    re.compile(r"unexpected extra argument"): gettext_noop("多出来的词"),
    re.compile(r"No such command"): gettext_noop("没有这个命令"),
}


class _Help(HelpFormatter):
    """Help with Typer's own words in the reader's language."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or _("用法：%(command)s") % {"command": ""})

    def write_heading(self, heading: str) -> None:
        self.write(_("%(heading)s：") % {"heading": _in_our_words(heading)} + "\n")

    def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        super().write_dl([(name, _in_our_words(text)) for name, text in rows], col_max, col_spacing)


def speak_our_language() -> None:
    """Let Typer write its help in the reader's language."""
    Context.formatter_class = _Help


def say(error: UsageError) -> None:
    """Tell a mistake in the use of the command line in one line; a noun without a verb is answered by its help."""
    if isinstance(error, NoArgsIsHelpError):
        print(error.format_message(), file=sys.stderr)  # noqa: T201 - this is the command line's voice
    else:
        say_reason(_reason(error))


def say_reason(reason: Reason) -> None:
    """Tell why something that was given cannot be used, in one line that begins with what it is about."""
    where = f"{reason.field}: " if reason.field and reason.field not in reason.text else ""
    print(f"{where}{reason}", file=sys.stderr)  # noqa: T201 - this is the command line's voice


def _reason(error: UsageError) -> Reason:
    command = error.ctx.command_path if error.ctx else " ".join(["xiuhua", *sys.argv[1:2]])
    mend = _("用法见 %(command)s --help") % {"command": command}
    if isinstance(error, NoSuchOption):
        if error.possibilities:
            mend = _("相近的有 %(options)s") % {"options": " ".join(sorted(error.possibilities))}
        return Reason(_("没有这个选项"), field=error.option_name, mend=mend)
    if isinstance(error, MissingParameter):
        what = {"what": getattr(error.param, "help", None) or error.param_type or ""}
        return Reason(_("缺了这一项（%(what)s）") % what, field=_named(error), mend=mend)
    group = error.ctx.command if error.ctx else None
    if isinstance(group, TyperGroup) and error.ctx:
        mend = _("可选：%(keys)s") % {"keys": " ".join(group.list_commands(error.ctx))}
    return Reason(_fault(error.message), field=_named(error), mend=mend)


def _named(error: UsageError) -> str | None:
    """The option, argument or word that a mistake is about."""
    if isinstance(error, BadOptionUsage):
        return error.option_name
    if isinstance(error, BadParameter) and error.param is not None:
        is_option = error.param.param_type_name == "option"
        return max(error.param.opts, key=len) if is_option else error.param.display_name_raw
    quoted = re.search(r"\(([^()]+)\)$|'(.+)'", error.message)
    return quoted[1] or quoted[2] if quoted else None


def _fault(message: str) -> str:
    """What is wrong, in the reader's language; Typer's own words where we have none."""
    for pattern, words in _FAULTS.items():
        if found := pattern.search(message):
            return _(words) % found.groupdict() if found.groupdict() else _(words)
    return message


def _in_our_words(text: str) -> str:
    if text in _HEADINGS:
        return _(_HEADINGS[text])
    for pattern, words in _REMARKS.items():
        if found := pattern.search(text):
            said = _(words) % found.groupdict() if found.groupdict() else _(words)
            return text[: found.start()] + said
    return text
