"""``xiuhua accounts``: what is done to accounts from the office's own machine, such as founding the administrators."""

from pathlib import Path
from typing import Annotated, Any

import typer

from xiuhua.ground.words import gettext as _

app = typer.Typer(add_completion=False, no_args_is_help=True, rich_markup_mode=None, help=_("账号：开通、重设密码"))


@app.callback()
def accounts() -> None:
    """账号：开通、重设密码。"""


@app.command(help=_("开通账号，并显示一次首次密码；最早的管理员这样产生"))
def invite(
    username: Annotated[str, typer.Argument(metavar="工号", help=_("工号，例如 CF0317"))],
    name: Annotated[str, typer.Argument(metavar="姓名", help=_("姓名"))],
    role: Annotated[str, typer.Option("--role", help=_("角色，例如 system_admin"))],
    path: Annotated[str, typer.Option("--path", help=_("在哪里：街道、居委会或微网格的区划代码"))],
    as_system: Annotated[bool, typer.Option("--as-system", help=_("确认由系统开通：记在系统名下，不问谁有权"))] = False,
    phone: Annotated[str, typer.Option("--phone", help=_("手机号，可以不填"))] = "",
) -> None:
    """开通账号，并显示一次首次密码；最早的管理员这样产生。"""
    from xiuhua.ground.accounts import actions
    from xiuhua.ground.journal.actors import System

    _confirmed(as_system)
    _prepare()
    user = actions.invite_staff(
        actor=System("commands"), path=path, username=username, name=name, phone=phone, role=_role(role)
    ).subject
    _tell(user.username, user.first_password)  # type: ignore[attr-defined]  # told once, kept nowhere


@app.command(help=_("重设密码，并显示一次新的首次密码"))
def reset(
    username: Annotated[str, typer.Argument(metavar="工号", help=_("工号"))],
    as_system: Annotated[bool, typer.Option("--as-system", help=_("确认由系统重设：记在系统名下，不问谁有权"))] = False,
) -> None:
    """重设密码，并显示一次新的首次密码。"""
    from xiuhua.ground.accounts import actions
    from xiuhua.ground.accounts.entrance import tries
    from xiuhua.ground.accounts.entrance.backend import staff_with
    from xiuhua.ground.journal.actors import System
    from xiuhua.ground.verdicts import Reason, Refused

    _confirmed(as_system)
    _prepare()
    user = staff_with(username)
    if user is None:
        raise Refused(
            Reason(_("没有工号为 %(username)s 的账号") % {"username": username}, field="工号", mend=_("请核对工号"))
        )
    changed = actions.reset_password(actor=System("commands"), user=user).subject
    tries.forget(tries.key_for(username, user))
    _tell(changed.username, changed.first_password)  # type: ignore[attr-defined]  # told once, kept nowhere


@app.command("first-passwords", help=_("给还没有密码的账号发首次密码，写成一张表：只写这一次"))
def first_passwords(
    out: Annotated[Path, typer.Option("--out", dir_okay=False, help=_("写到哪个 .xlsx 文件"))],
    again: Annotated[bool, typer.Option("--again", help=_("发过、还没有登录过的人，也重发一次"))] = False,
    as_system: Annotated[bool, typer.Option("--as-system", help=_("确认由系统发：记在系统名下，不问谁有权"))] = False,
) -> None:
    """给还没有密码的账号发首次密码，写成一张表：只写这一次。"""
    from rich.console import Console

    from xiuhua.ground.accounts.actions import first_passwords
    from xiuhua.ground.accounts.staff.password_list import sheet_of
    from xiuhua.ground.journal.actors import System
    from xiuhua.ground.verdicts import Reason, Refused

    _confirmed(as_system)
    _prepare()
    try:
        out.unlink(missing_ok=True)
        out.touch(mode=0o600)
        given = first_passwords.hand_out(actor=System("commands"), again=again)
        out.write_bytes(sheet_of(given))
    except OSError as error:
        reason = Reason(_("写不进 %(file)s") % {"file": out}, field="--out", mend=_("换一个文件夹"))
        raise Refused(reason) from error
    said = {"count": len(given), "file": out}
    Console().print(
        _("%(count)s 个首次密码写在 %(file)s；交给本人以后删掉这个文件") % said, highlight=False, soft_wrap=True
    )


def _role(given: str) -> Any:
    from xiuhua.ground.scope.roles import Role
    from xiuhua.ground.verdicts import Reason, Refused

    found = next((role for role in Role if given in (role.value, str(role.label))), None)
    if found is None:
        raise Refused(
            Reason(
                _("没有角色 %(role)s") % {"role": given},
                field="--role",
                mend=_("可选：%(roles)s") % {"roles": " ".join(Role.values)},
            )
        )
    return found


def _confirmed(as_system: bool) -> None:
    from xiuhua.ground.verdicts import Reason, Refused

    if not as_system:
        raise Refused(
            Reason(
                _("命令行不知道您是谁"),
                field="--as-system",
                mend=_("请加上 --as-system，这件事就记在系统名下；平时请在网页的「人员与权限」里办"),
            )
        )


def _prepare() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def _tell(username: str, password: str) -> None:
    from rich.console import Console

    Console().print(
        _("%(username)s 的首次密码：%(password)s （只显示这一次，第一次登录要换掉）")
        % {"username": username, "password": password},
        highlight=False,
        soft_wrap=True,
    )
