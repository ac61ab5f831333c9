"""Whether the record is whole (验证留痕): every entry as it was written, none missing, none put in, no tail cut off."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection
from django.db.models import Exists, OuterRef

from xiuhua.ground.journal import chain, heads
from xiuhua.ground.journal.guard import missing_triggers
from xiuhua.ground.journal.models import Chain, Entry, Outcome, Sealed, SubjectKey
from xiuhua.ground.journal.values import SHREDDED
from xiuhua.ground.progress import Progress, silent
from xiuhua.ground.verdicts import Refused
from xiuhua.ground.words import gettext as _

ROWS_A_BATCH = 2_000
RENEWAL = "journal.renew_heads"
"""The verb by which the notes outside the database begin anew."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A place where the record is not what was written."""

    chain: str
    number: int
    what: str

    def __str__(self) -> str:
        where = self.chain or _("不属于街道的")
        return _("%(chain)s 第 %(number)s 条：%(what)s") % {"chain": where, "number": self.number, "what": self.what}


@dataclass(frozen=True, slots=True)
class Verified:
    """What a verification found."""

    entries: int
    chains: int
    faults: tuple[Fault, ...]

    @property
    def whole(self) -> bool:
        return not self.faults


def verify(progress: Progress = silent) -> Verified:
    """Follow every chain from its first entry, and hold its end against what is noted outside the database.

    A chain is told by its first fault: what comes after a broken link cannot be vouched for.
    """
    # Heads first: an entry that comes in meanwhile then lies beyond what is asked for, not short of it.
    noted = {name: heads.noted_bytes(name) for name in heads.noted_chains()}
    names = sorted({*noted, *Chain.objects.values_list("name", flat=True), *_names_in_entries()})
    total, seen, faults = Entry.objects.count() or 1, 0, []
    for name in names:
        walk = _Walk(name, noted.get(name, 0))
        for _number in walk.follow():
            seen += 1
            if seen % ROWS_A_BATCH == 0:
                progress(_("验证留痕"), min(seen / total, 1.0))
        faults += walk.faults
    faults += _unguarded() + _keys_gone()
    progress(_("验证留痕"), 1.0)
    return Verified(seen, len(names), tuple(faults))


class _Walk:
    """Follows one chain, and beside it what is noted of it outside the database."""

    def __init__(self, name: str, noted_bytes: int) -> None:
        self.name, self.noted_bytes = name, noted_bytes
        self.heads = heads.noted_heads(name, noted_bytes)
        self.number, self.mac, self.row_id = 0, chain.START, 0
        self.head: heads.Head | None = None
        self.faults: list[Fault] = []

    def follow(self) -> Iterator[int]:
        """Yield the number of each entry that is looked at, up to the first fault."""
        try:
            self.head = next(self.heads, None)
            yield from self._follow()
        except heads.BadHead:
            self._fault(0, _("库外记下的链尾被改过，或读不出来"))

    def _follow(self) -> Iterator[int]:
        rows = Entry.objects.filter(chain=self.name).select_related("sealed").order_by("number", "id")
        begun = self.head.number if self.head else 0
        for row in rows.iterator(chunk_size=ROWS_A_BATCH):
            yield row.number
            what = self._wrong_with(row) or self._wrong_with_noted(row, begun)
            if what is not None:
                self.faults.append(what)
                return
            self.number, self.mac, self.row_id = row.number, row.mac, row.pk
        self._end()

    def _wrong_with(self, row: Entry) -> Fault | None:
        if row.number != self.number + 1:
            missing = row.number > self.number + 1
            what = _("这一条不见了") if missing else _("编号重复，是后来插进来的")
            return Fault(self.name, self.number + 1 if missing else row.number, what)
        try:
            expected = chain.link(row.content(), self.mac, chain.key_of(row.mac))
        except (Refused, LookupError):
            return Fault(self.name, row.number, _("签名用的钥匙不认识"))
        if not chain.same(expected, row.mac):
            return Fault(self.name, row.number, _("内容被改过，或不是系统写的"))
        if row.pk <= self.row_id:
            return Fault(self.name, row.number, _("库里的行号被换过"))
        return self._wrong_with_sealed(row)

    def _wrong_with_sealed(self, row: Entry) -> Fault | None:
        sealed: Sealed | None = getattr(row, "sealed", None)
        if (chain.digest_of(sealed.token) if sealed else "") == row.sealed_digest:
            return None
        return Fault(self.name, row.number, _("封存的内容被换过或不见了"))

    def _wrong_with_noted(self, row: Entry, begun: int) -> Fault | None:
        """Hold an entry against the note that was taken of it; notes begin with the first entry, or a renewal."""
        if self.head is None or self.head.number > row.number:
            return None
        if self.head.mac != row.mac:
            return Fault(self.name, row.number, _("和库外记下的不一样，从这里起被截掉重写过"))
        if row.number == begun > 1 and row.verb != RENEWAL:
            what = _("库外从这一条才记起，之前记下的不见了；查明原因后，用 xiuhua journal renew-heads 重新记起")
            return Fault(self.name, row.number, what)
        self.head = next(self.heads, None)
        return None

    def _end(self) -> None:
        kept = Chain.objects.filter(name=self.name).first()
        if self.head is not None:
            last = max(self.head.number, *(head.number for head in self.heads), 0)
            self._fault(self.number + 1, _("从这一条起被截掉，库外记着有 %(count)s 条") % {"count": last})
        elif kept is not None and kept.number > self.number:
            self._fault(self.number + 1, _("从这一条起被截掉，库里记着有 %(count)s 条") % {"count": kept.number})
        elif self.number and (kept is None or kept.mac != self.mac):
            self._fault(self.number, _("链尾和库里记下的不一样"))
        elif self.number and not self.noted_bytes:
            self._fault(self.number, _("库外没有记下这条链；若数据是从备份恢复的，请连同 heads 文件夹一起恢复"))

    def _fault(self, number: int, what: str) -> None:
        self.faults.append(Fault(self.name, number, what))


def _unguarded() -> list[Fault]:
    """Whether the triggers stand that refuse changes."""
    missing = missing_triggers(connection)
    told = _("只增不改的触发器不见了（%(names)s）；运行 xiuhua manage migrate 装回去，再查是谁拆的")
    return [Fault("", 0, told % {"names": "、".join(missing)})] if missing else []


def _keys_gone() -> list[Fault]:
    """Whether more keys of sealed values are gone than the record says were destroyed."""
    lacking = Sealed.objects.exclude(
        Exists(SubjectKey.objects.filter(subject=OuterRef("subject"), year=OuterRef("year")))
    )
    gone = lacking.order_by().values("subject", "year").distinct().count()
    if not gone:
        return []
    told = Entry.objects.filter(outcome=Outcome.DONE, facts__has_key=SHREDDED).values_list(
        f"facts__{SHREDDED}", flat=True
    )
    destroyed = sum(count for count in told if isinstance(count, int))
    if gone <= destroyed:
        return []
    first = lacking.select_related("entry").order_by("entry_id")[0].entry
    what = _("封存内容的钥匙少了 %(gone)s 把，留痕里只记着粉碎 %(destroyed)s 把")
    return [Fault(first.chain, first.number, what % {"gone": gone, "destroyed": destroyed})]


def _names_in_entries() -> list[str]:
    return list(Entry.objects.order_by().values_list("chain", flat=True).distinct())
