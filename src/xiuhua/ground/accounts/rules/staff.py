"""What an account and its roles must satisfy."""

import re
from collections.abc import Collection

from xiuhua.ground.accounts.numbers import is_mobile
from xiuhua.ground.scope.grants import Grant
from xiuhua.ground.scope.roles import OVERSIGHT, Role
from xiuhua.ground.verdicts import Reason, Verdict
from xiuhua.ground.words import gettext as _

_USERNAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,38}")


def staff_can_be_invited(username: str, name: str, phone: str, *, taken: bool, phone_taken: bool) -> Verdict[bool]:
    """Whether staff number, name and telephone make an account that is not there yet."""
    reasons = []
    if not _USERNAME.fullmatch(username):
        reasons.append(
            Reason(
                _("工号「%(username)s」不对") % {"username": username},
                field="username",
                mend=_("请用 2 到 39 个英文字母、数字、点、横线，例如 CF0317"),
            )
        )
    elif taken:
        reasons.append(
            Reason(
                _("工号 %(username)s 已经有人用") % {"username": username},
                field="username",
                mend=_("请核对工号；停用过的人请在名单里重新启用"),
            )
        )
    if not name.strip():
        reasons.append(Reason(_("姓名空着"), field="name", mend=_("请填姓名")))
    reasons += _phone_is_good(phone, taken=phone_taken).reasons
    return Verdict(not reasons, *reasons)


def staff_can_be_corrected(name: str, phone: str, *, is_active: bool, phone_taken: bool) -> Verdict[bool]:
    """Whether an account may be called and reached so."""
    if not is_active:
        return _no(_("这个账号已经停用"), None, _("请先重新启用"))
    if not name.strip():
        return _no(_("姓名空着"), "name", _("请填姓名"))
    return _phone_is_good(phone, taken=phone_taken)


def role_can_be_given(
    role: Role, path: str, held: Collection[Grant], *, is_staff: bool, is_active: bool, is_self: bool, place_known: bool
) -> Verdict[bool]:
    """Whether someone who holds these roles may hold one more there.

    Whoever oversees holds no other role: who runs the system does not set its locks, neither keeps the record of the
    other (GB/T 22239-2019, level 3), and nobody opens files and then reads the record of their opening.
    """
    if not is_staff:
        return _no(_("居民账号不能有工作角色"), "role", _("请给这个人另开工作人员账号"))
    if not is_active:
        return _no(_("这个账号已经停用"), "role", _("请先重新启用，再给角色"))
    if is_self:
        return _no(_("不能给自己角色"), "role", _("请另一位管理员来办"))
    if not place_known:
        return _no(_("没有代码为 %(path)s 的区划") % {"path": path}, "path", _("请从名单里选街道、居委会或微网格"))
    if Grant(role, path) in held:
        return _no(_("这个角色已经有了"), "role", _("不用再给一次"))
    other = next((grant.role for grant in held if {grant.role, role} & OVERSIGHT and grant.role != role), None)
    if other is not None:
        return _no(
            _("%(other)s不能兼任%(role)s") % {"other": other.label, "role": role.label},
            "role",
            _("系统、安全、审计管理员和个人信息保护负责人各由一个人专任；请另选一人，或先收回原来的角色"),
        )
    return Verdict(True)


def staff_can_be_ended(*, is_active: bool, is_self: bool, last_of: Role | None) -> Verdict[bool]:
    """Whether an account may be ended: not one's own, and not the last administrator of its kind."""
    if not is_active:
        return _no(_("这个账号已经停用"), None, _("不用再停一次"))
    if is_self:
        return _no(_("不能停用自己的账号"), None, _("请另一位管理员来办"))
    if last_of is not None:
        return _no(_("这是街道最后一位%(role)s") % {"role": last_of.label}, None, _("请先把这个角色给另一个人，再停用"))
    return Verdict(True)


def role_can_be_taken(*, is_held: bool, is_self: bool, last_of: Role | None) -> Verdict[bool]:
    """Whether a role may be taken from someone."""
    if not is_held:
        return _no(_("这个角色已经收回"), None, _("不用再收一次"))
    if is_self:
        return _no(_("不能收回自己的角色"), None, _("请另一位管理员来办"))
    if last_of is not None:
        return _no(_("这是街道最后一位%(role)s") % {"role": last_of.label}, None, _("请先把这个角色给另一个人，再收回"))
    return Verdict(True)


def staff_can_be_reopened(*, is_active: bool) -> Verdict[bool]:
    """Whether an account may be opened again."""
    return _no(_("这个账号没有停用"), None, _("不用重新启用")) if is_active else Verdict(True)


def password_can_be_reset(*, is_active: bool, is_self: bool) -> Verdict[bool]:
    """Whether someone may be given a new first password: one's own is changed by who knows the old one."""
    if is_self:
        return _no(_("不能重设自己的密码"), None, _("请在「我的账号」里修改密码；忘了就请另一位管理员来办"))
    return Verdict(True) if is_active else _no(_("这个账号已经停用"), None, _("请先重新启用"))


def factors_can_be_dropped(*, stand: bool, is_self: bool) -> Verdict[bool]:
    """Whether second factors may be taken from someone: one's own are given up by who shows one once more."""
    if is_self:
        return _no(_("不能清除自己的登录第二步"), None, _("请在「我的账号」里办；手机丢了就请另一位管理员来办"))
    return Verdict(True) if stand else _no(_("这个账号没有设置登录第二步"), None, _("不用清除"))


def _phone_is_good(phone: str, *, taken: bool) -> Verdict[bool]:
    if phone and not is_mobile(phone):
        return _no(_("手机号不对"), "phone", _("手机号是 1 开头的 11 位数字；没有可以不填"))
    if phone and taken:
        return _no(_("这个手机号已经有账号在用"), "phone", _("请核对号码，或先停用原来的账号"))
    return Verdict(True)


def _no(text: str, field: str | None, mend: str) -> Verdict[bool]:
    return Verdict(False, Reason(text, field=field, mend=mend))
