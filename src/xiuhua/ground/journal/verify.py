"""Whether the record is whole (验证留痕): every entry as it was written, none missing, none put in, no tail cut off."""

from collections.abc import Iterator
from dataclasses import dataclass

from xiuhua.ground.journal import chain, heads
from xiuhua.ground.journal.models import Chain, Entry, Sealed
from xiuhua.ground.progress import Progress, silent
from xiuhua.ground.verdicts import Refused
from xiuhua.ground.words import gettext as _

ROWS_A_BATCH = 2_000


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
    noted = {name: _noted(name) for name in heads.noted_chains()}
    names = sorted({*noted, *Chain.objects.values_list("name", flat=True), *_names_in_entries()})
    total, seen, faults = Entry.objects.count() or 1, 0, []
    for name in names:
        walk = _Walk(name, noted.get(name))
        for _number in walk.follow():
            seen += 1
            if seen % ROWS_A_BATCH == 0:
                progress(_("验证留痕"), min(seen / total, 1.0))
        faults += walk.faults
    progress(_("验证留痕"), 1.0)
    return Verified(seen, len(names), tuple(faults))


class _Walk:
    """Follows one chain."""

    def __init__(self, name: str, noted: heads.Head | Fault | None) -> None:
        self.name, self.noted = name, noted
        self.number, self.mac = 0, chain.START
        self.faults: list[Fault] = []

    def follow(self) -> Iterator[int]:
        if isinstance(self.noted, Fault):
            self.faults.append(self.noted)
        rows = Entry.objects.filter(chain=self.name).select_related("sealed").order_by("number", "id")
        for row in rows.iterator(chunk_size=ROWS_A_BATCH):
            yield row.number
            if (what := self._wrong_with(row)) is not None:
                self.faults.append(what)
                return
            self.number, self.mac = row.number, row.mac
            if isinstance(self.noted, heads.Head) and self.noted.number == row.number and self.noted.mac != row.mac:
                self._fault(row.number, _("和库外记下的不一样，整条链可能被换过"))
                return
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
        return self._wrong_with_sealed(row)

    def _wrong_with_sealed(self, row: Entry) -> Fault | None:
        sealed: Sealed | None = getattr(row, "sealed", None)
        if (chain.digest_of(sealed.token) if sealed else "") == row.sealed_digest:
            return None
        return Fault(self.name, row.number, _("封存的内容被换过或不见了"))

    def _end(self) -> None:
        kept = Chain.objects.filter(name=self.name).first()
        if isinstance(self.noted, heads.Head) and self.noted.number > self.number:
            self._fault(self.number + 1, _("从这一条起被截掉，库外记着有 %(count)s 条") % {"count": self.noted.number})
        elif kept is not None and kept.number > self.number:
            self._fault(self.number + 1, _("从这一条起被截掉，库里记着有 %(count)s 条") % {"count": kept.number})
        elif self.number and (kept is None or kept.mac != self.mac):
            self._fault(self.number, _("链尾和库里记下的不一样"))
        elif self.noted is None and self.number:
            self._fault(self.number, _("库外没有记下这条链；若数据是从备份恢复的，请连同 heads 文件夹一起恢复"))

    def _fault(self, number: int, what: str) -> None:
        self.faults.append(Fault(self.name, number, what))


def _noted(name: str) -> heads.Head | Fault | None:
    try:
        return heads.noted_head(name)
    except (heads.BadHead, Refused, LookupError):
        return Fault(name, 0, _("库外记下的链尾被改过，或读不出来"))


def _names_in_entries() -> list[str]:
    return list(Entry.objects.order_by().values_list("chain", flat=True).distinct())
