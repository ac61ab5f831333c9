"""Staff by spreadsheet (人员名册): accounts are opened and roles given by their own verbs, each with its own entry.

No password is in it, and none is made by it: an account that a sheet opens cannot be signed in to until first passwords
are handed out on one printed list (`first_passwords.hand_out`), which is shown once and kept nowhere.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy

from xiuhua.ground.accounts import actions, permits, rules
from xiuhua.ground.accounts.models import Kind, RoleGrant, User
from xiuhua.ground.accounts.places import places_for
from xiuhua.ground.clock import now
from xiuhua.ground.rosters import kinds
from xiuhua.ground.rosters.cells import ChoiceCell, NameCell, TextCell
from xiuhua.ground.rosters.codes import PhoneCell
from xiuhua.ground.rosters.kinds import SUBDISTRICT_DEPTH, Column, RosterKind
from xiuhua.ground.rosters.models import StagedWrite
from xiuhua.ground.rosters.rows import Outcome, Row, Write
from xiuhua.ground.scope.grants import Grant
from xiuhua.ground.scope.masking import mask_phone
from xiuhua.ground.scope.paths import within
from xiuhua.ground.scope.roles import OVERSIGHT, Role, Sight
from xiuhua.ground.sealing.fields import BlindIndexField
from xiuhua.ground.sealing.keyring import keyring
from xiuhua.ground.sealing.normal import digits_of
from xiuhua.ground.sealing.seal import unseal
from xiuhua.ground.verdicts import Verdict
from xiuhua.ground.words import gettext as _

_OFFICE = re.compile(r"(街道办事处|居民委员会|居委会|居委)$")
ROLES = {
    role: (str(role.label), role.value, *also)
    for role, also in (dict.fromkeys(Role, ()) | {
        Role.GRID_WORKER: ("微格长", "网格长", "居委会干部", "社工"),
        Role.COMMITTEE_HEAD: ("书记", "居委书记", "居委会主任"),
        Role.LIFT_COORDINATOR: ("加梯协调员",),
    }).items()
}  # fmt: skip


class StaffRoster(RosterKind):
    """People who work here; somebody with several roles stands in several rows."""

    key = "staff"
    title = gettext_lazy("人员")
    note = gettext_lazy(
        "一行一个角色，一个人有几个角色就写几行。表里不写密码：导入以后在「人员与权限」里打印首次密码表"
    )
    order = 70
    sight = Sight.STAFF
    roles = (Role.SYSTEM_ADMIN,)
    levels = (SUBDISTRICT_DEPTH,)
    unique = (("username", "role", "place"),)
    writes = ("accounts.user", "accounts.rolegrant")
    seen_at = "accounts:staff"

    username = Column(
        "工号",
        TextCell(40),
        also=("员工号", "编号", "账号", "用户名"),
        required=True,
        examples=("CF0317", "CF0318"),
    )
    name = Column("姓名", NameCell(40), also=("名字",), required=True, examples=("傅建华", "潘文静"))
    phone = Column(
        "手机号",
        PhoneCell(),
        also=("手机", "电话", "联系电话", "手机号码"),
        examples=("13800000000", ""),
        sensitive=True,
        mask=mask_phone,
    )
    role = Column(
        "角色",
        ChoiceCell(ROLES),
        also=("职务", "岗位", "权限"),
        examples=("微网格长", "科长"),
        note=gettext_lazy("空着就只开账号，角色以后再给"),
    )
    place = Column(
        "区划",
        TextCell(80),
        also=("居委会", "地方", "所属居委会", "街道、居委会或微网格", "范围", "所属区划"),
        examples=("长风一村", "长风新村街道"),
        note=gettext_lazy("角色管到哪里：街道、居委会或微网格的名称，或它的区划代码"),
    )

    def begin(self) -> None:
        places = [place for place in places_for(self.actor) if within(place.path, self.path)]
        self.paths = {_key(place.name): place.path for place in places} | {place.path: place.path for place in places}
        self.names = [place.name for place in places]
        self.new: dict[str, tuple[User, int]] = {}
        self.phones: dict[str, str] = {}
        self.held: dict[str, set[Grant]] = {}

    def resolve(self, rows: Sequence[Row]) -> None:
        known = self._on_record([row["username"] for row in rows if row.tells("username")])
        holders = self._phone_holders([row["phone"] for row in rows if row.tells("phone")])
        for row in rows:
            path = self._place(row)
            if not row.tells("username", "name"):
                continue
            key = row["username"].casefold()
            user = known.get(key)
            self._look_at_phone(row, key, holders)
            if user is None:
                self._open(row, key, path)
            elif not within(user.home, self.path) or user.kind != Kind.STAFF:
                row.refuse(
                    "username", _("工号 %(username)s 已经有人用") % {"username": row["username"]}, _("换一个工号")
                )
            else:
                self._compare(row, key, user, path)

    def _place(self, row: Row) -> str:
        """The path at which a row gives its role; where it is wrong, the row says why."""
        if row["role"] is None and row["place"] is None:
            return self.path
        if row["place"] is None:
            if "place" not in row.faults:
                row.refuse("place" if "place" in self.given else "role", _("没有写角色管到哪里"), self._names())
            return ""
        path = self.paths.get(_key(row["place"]), "")
        if not path:
            row.refuse("place", _("没有「%(name)s」这个地方") % {"name": row["place"]}, self._names())
        return path

    def _names(self) -> str:
        return _("可以写：%(names)s等") % {"names": _("、").join(self.names[:4])}

    def _open(self, row: Row, key: str, path: str) -> None:
        """An account that is not there yet; the same person's further rows only add roles."""
        user, first = self.new.get(key, (None, row.number))
        if user is None:
            verdict = rules.staff_can_be_invited(
                row["username"], row["name"], row["phone"] or "", taken=False, phone_taken=False
            )
            if _refused(row, verdict):
                return
            user = User(
                username=row["username"], name=row["name"], phone=row["phone"] or "", home=self.path, made_at=now()
            )
            self.new[key] = (user, row.number)
        elif user.name != row["name"]:
            row.refuse("name", _("同一个工号，和第 %(number)s 行的姓名不一样") % {"number": first}, _("两行写成一样"))
        elif row["role"] is None:
            row.refuse("username", _("和第 %(number)s 行重复") % {"number": first}, _("两行留一行"))
        grant = self._grant(row, key, None, path)
        if row.faults:
            return
        row.path = path
        row.creates(user)
        if grant is not None:
            row.writes.append(Write(grant))

    def _compare(self, row: Row, key: str, user: User, path: str) -> None:
        if not user.is_active:
            row.refuse("username", _("这个账号已经停用"), _("先在「人员与权限」里重新启用"))
            return
        grant = self._grant(row, key, user, path)
        fields = self._differing(row, user)
        if fields and not permits.may_manage(self.actor, user=user):
            row.refuse("name", _("这个账号不归您管"), _("请安全管理员更正"))
        if row.faults:
            return
        row.path = path
        row.updates(user, fields)
        row.told = [self.fields[name].heading for name in fields]
        if grant is not None:
            row.writes.append(Write(grant))
            row.outcome = Outcome.CHANGED
            row.told.append(self.fields["role"].heading)

    @staticmethod
    def _differing(row: Row, user: User) -> list[str]:
        fields = []
        if user.name != row["name"]:
            user.name = row["name"]
            fields.append("name")
        if row["phone"] and digits_of(user.phone) != digits_of(row["phone"]):
            user.phone = row["phone"]
            fields.append("phone")
        return fields

    def _grant(self, row: Row, key: str, user: User | None, path: str) -> RoleGrant | None:
        """The role that a row gives; None where it gives none, or one that is held already."""
        role = row["role"]
        if role is None or not path:
            return None
        held = self.held.setdefault(key, set(user.grants) if user else set())
        if Grant(role, path) in held:
            return None
        if not permits.may_give_role(self.actor, role=role, path=path):
            giver = permits.GIVERS[role in OVERSIGHT].label
            said = {"role": role.label, "giver": giver}
            row.refuse(
                "role", _("%(role)s要由%(giver)s给") % said, _("这一格空着，先开账号，再请%(giver)s给角色") % said
            )
            return None
        verdict = rules.role_can_be_given(
            role,
            path,
            held,
            is_staff=True,
            is_active=True,
            is_self=user is not None and user.reference == self.actor.reference,
            place_known=True,
        )
        if _refused(row, verdict):
            return None
        held.add(Grant(role, path))
        grant = RoleGrant(role=role, path=path, given_by=self.actor.reference, given_at=now())
        if user is not None:
            grant.user_id = user.pk
        return grant

    def _look_at_phone(self, row: Row, key: str, holders: dict[str, str]) -> None:
        if not row.tells("phone"):
            return
        phone = digits_of(row["phone"])
        holder = self.phones.setdefault(phone, holders.get(phone, key))
        if holder != key:
            row.refuse("phone", _("这个手机号已经有账号在用"), _("对一下号码；没有就空着"))

    @staticmethod
    def _on_record(usernames: Sequence[str]) -> dict[str, User]:
        folded = {name.casefold() for name in usernames}
        rows = User.objects.filter(username__in={*usernames, *folded, *(name.upper() for name in usernames)})
        return {user.username.casefold(): user for user in rows.prefetch_related("role_grants")}

    @staticmethod
    def _phone_holders(phones: Sequence[str]) -> dict[str, str]:
        """Whose account has each of these telephones."""
        index = User._meta.get_field("phone_index")
        assert isinstance(index, BlindIndexField)
        made = {index.made_from(phone, kid): digits_of(phone) for phone in phones for kid in keyring().ids}
        rows = User.objects.filter(phone_index__in=list(made), is_active=True, kind=Kind.STAFF)
        return {made[index_of]: name.casefold() for index_of, name in rows.values_list("phone_index", "username")}

    def carry_out(self, batch: UUID) -> bool:
        """Open accounts and give roles, by their verbs; a role without an account is that of the one staged before."""
        opened: dict[str, User] = {}
        last: User | None = None
        for staged in StagedWrite.objects.filter(batch=batch).order_by("id"):
            data: dict[str, Any] = staged.data
            if staged.model == "accounts.user":
                last = self._account(staged.target, data, opened)
                continue
            user = last if data["user_id"] is None else User.objects.get(pk=data["user_id"])
            assert user is not None
            user.forget_grants()
            actions.give_role(actor=self.actor, user=user, role=Role(data["role"]), path=data["path"])
        return True

    def _account(self, target: int | None, data: dict[str, Any], opened: dict[str, User]) -> User:
        """The account that a staged row opens, has opened, or puts right."""
        if target is not None:
            user = User.objects.get(pk=target)
            name, phone = data.get("name", user.name), _opened(data, user) if "phone" in data else user.phone
            return actions.correct_staff(actor=self.actor, user=user, name=name, phone=phone).subject
        username = data["username"]
        if username not in opened:
            opened[username] = actions.invite_staff(
                actor=self.actor,
                path=self.path,
                username=username,
                name=data["name"],
                phone=_opened(data),
                with_password=False,
            ).subject
        return opened[username]


def _opened(data: dict[str, Any], user: User | None = None) -> str:
    """The telephone that a staged row holds sealed."""
    field: Any = User._meta.get_field("phone")
    seal_id = user.seal_id if user is not None else UUID(data["seal_id"])
    return unseal(data["phone"], *field.place_of(seal_id)) if data["phone"] else ""


def _refused(row: Row, verdict: Verdict[bool]) -> bool:
    """Say on the row what a rule says against it, at the columns that it is about."""
    if verdict.decision:
        return False
    columns = {"path": "place"}
    for reason in verdict.reasons:
        row.refuse(columns.get(reason.field or "", reason.field or ""), reason.text, reason.mend or "")
    return True


def _key(name: str) -> str:
    """A place's name as it is compared."""
    key = "".join(unicodedata.normalize("NFKC", name).split()).casefold()
    return _OFFICE.sub("", key) or key


def register_all() -> None:
    """Offer the kind."""
    kinds.register(StaffRoster)
