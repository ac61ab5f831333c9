"""The account of a stairwell's lift (费用账): its lines and balances, and what running it costs a household."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from xiuhua.ground.files.models import StoredFile
from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.territory.days import today
from xiuhua.ground.ui.acts import Act
from xiuhua.ground.ui.lists import Choice, Column, Empty, ListPage
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import permits, words, words_build
from xiuhua.programmes.lifts.models import Dossier, FeeLine
from xiuhua.programmes.lifts.rules import fees as rules
from xiuhua.programmes.lifts.rules.units import next_inspection
from xiuhua.programmes.lifts.screens import head


@dataclass(frozen=True, slots=True)
class AccountLine:
    """A line with the balance after it, and its receipt; a struck one moves nothing."""

    line: FeeLine
    balance_fen: int
    receipt: StoredFile | None


def account_of(dossier: Dossier) -> list[AccountLine]:
    """The account, newest line first, each with the balance after it (two queries)."""
    rows = list(dossier.fees.order_by("on", "pk"))
    balances = rules.running_balance(0 if row.taken_back_on else row.signed_fen for row in rows)
    receipts = {one.subject_id: one for one in StoredFile.objects.of(*rows)}
    lines = [AccountLine(row, balance, receipts.get(str(row.pk))) for row, balance in zip(rows, balances, strict=True)]
    return lines[::-1]


def fees_page(request: HttpRequest, dossier: Dossier, lines: list[AccountLine]) -> ListPage[AccountLine]:
    """The account as a list, to be filtered by kind and exported."""
    actor = actor_of(request)
    may_work = permits.may_work(actor, dossier=dossier)
    note = reverse("lifts:note_fee", args=[dossier.pk])
    return ListPage(
        title=_("电梯费用账"),
        subtitle=dossier.address,
        crumbs=[*head.crumbs(dossier), (dossier.address, dossier.get_absolute_url())],
        columns=_columns(may_work=may_work),
        filters=[
            Choice(
                "kind",
                _("项目"),
                FeeLine.Kind.choices,
                by=lambda rows, value: [one for one in rows if one.line.kind == value],
            )
        ],
        acts=[Act(_("记一笔"), note, "i-plus", primary=True)] if may_work else [],
        template="lifts/build/fees.html",
        extra={"account": _sums(dossier, lines)},
        empty=_nothing_yet(note if may_work else ""),
    )


def _nothing_yet(url: str) -> Empty:
    return Empty(
        _("账上还没有一笔"), _("电费、维保费、住户缴费、公共收益都记在这里，居民看得到余额。"), url, _("记一笔")
    )


def _sums(dossier: Dossier, lines: list[AccountLine]) -> dict[str, Any]:
    """The balance, what came in and went out in the last twelve months, and what that is a household and month."""
    day = today()
    since = next_inspection(date(day.year - 1, day.month, 1), 0)
    year = [one.line for one in lines if one.line.on >= since and one.line.taken_back_on is None]
    out = sum(line.amount_fen for line in year if not line.comes_in)
    into = sum(line.amount_fen for line in year if line.comes_in)
    began = max(since, dossier.completed_on or since)
    months = max(1, (day.year - began.year) * 12 + day.month - began.month + 1)
    homes = dossier.flats.exclude(floor=1).count() or dossier.flats.count()
    month = rules.household_month_fen(out, households=homes, months=min(12, months))
    return {
        "balance": words_build.yuan(lines[0].balance_fen if lines else 0),
        "negative": bool(lines and lines[0].balance_fen < 0),
        "into": words_build.yuan(into),
        "out": words_build.yuan(out),
        "month": words_build.yuan(round(month)),
        "homes": homes,
        "figure": words.book(dossier.path).money.running_yuan_month,
        "share": out / into if into else 0.0,
    }


def _columns(*, may_work: bool) -> list[Column[AccountLine]]:
    columns: list[Column[AccountLine]] = [
        Column("on", _("日期"), lambda one: one.line.on),
        Column("kind", _("项目"), lambda one: str(one.line.get_kind_display())),
        Column("words", _("说明"), _told),
        Column("into", _("收"), lambda one: _amount(one, comes_in=True), unit=_("元"), numeric=True, shown=_shown),
        Column("out", _("支"), lambda one: _amount(one, comes_in=False), unit=_("元"), numeric=True, shown=_shown),
        Column("balance", _("余额"), lambda one: one.balance_fen / 100, unit=_("元"), numeric=True, shown=_shown),
        Column(
            "receipt",
            _("票据"),
            lambda one: _("看票据") if one.receipt else "",
            link=lambda one: one.receipt.get_absolute_url() if one.receipt else "",
        ),
    ]
    if may_work:
        columns.append(
            Column(
                "strike",
                _("冲销"),
                lambda one: "" if one.line.taken_back_on else _("冲销"),
                link=lambda one: "" if one.line.taken_back_on else reverse("lifts:take_back_fee", args=[one.line.pk]),
            )
        )
    return columns


def _told(one: AccountLine) -> str:
    if one.line.taken_back_on is None:
        return one.line.words
    return _("已冲销：%(because)s") % {"because": one.line.taken_back_because}


def _amount(one: AccountLine, *, comes_in: bool) -> float | None:
    return one.line.amount_fen / 100 if one.line.comes_in is comes_in else None


def _shown(amount: float) -> str:
    return f"{amount:,.2f}"
