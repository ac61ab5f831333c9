"""The money of a stairwell on screen: who signed, what is due, what came in."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse

from xiuhua.ground.ui.acts import Act
from xiuhua.ground.ui.lists import Column, Empty, ListPage
from xiuhua.ground.ui.objects import Fact, Facts, Next, Related, Section
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import queries_shares
from xiuhua.programmes.lifts.models import Dossier, Payment, Scheme, SchemeLine
from xiuhua.programmes.lifts.rules.money import Balance, Part, fallen_due, parts_of
from xiuhua.programmes.lifts.share_words import exact_yuan, percent, yuan

Row = tuple[SchemeLine, Balance]
MOST_PAYMENTS = 60
"""Receipts that the page shows."""


def sections_of(dossier: Dossier, scheme: Scheme, day: date) -> list[Section]:
    """Households, instalments and receipts."""
    plan = queries_shares.plan_of(scheme)
    rows = queries_shares.balances(scheme)
    return [
        _sums(scheme, rows, plan, day),
        Related(
            _("每户"),
            columns_of(dossier, plan, day, papers=True),
            rows,
            more=(_("导出"), f"{reverse('lifts:balances', args=[dossier.pk])}?export=xlsx"),
        ),
        Related(_("分期"), _plan_columns(), _parts(scheme, plan), empty=_("还没有排分期")),
        _receipts(dossier),
    ]


def sections_without_scheme(dossier: Dossier) -> list[Section]:
    """What is said while no scheme is in force: what was paid under an earlier attempt goes back."""
    owed = sum(queries_shares.paid_by_flat(dossier).values())
    say = _("先在「分摊」里算好、定稿，再登记签字和收款。")
    if owed:
        say = _("以前收的 %(amount)s 元要退给各户。") % {"amount": yuan(owed)} + say
    return [Next(_("还没有定稿的分摊方案"), say=say), *([_receipts(dossier)] if owed else [])]


def _receipts(dossier: Dossier) -> Related:
    rows = queries_shares.payments_of(dossier)[:MOST_PAYMENTS]
    return Related(_("收付款"), _payment_columns(), rows, empty=_("还没有收过款"))


def balance_list(dossier: Dossier, scheme: Scheme, day: date) -> ListPage[Row]:
    """Balance by household as a list that can be exported."""
    return ListPage(
        title=_("各户收款余额"),
        subtitle=dossier.address,
        columns=columns_of(dossier, queries_shares.plan_of(scheme), day),
        empty=Empty(_("还没有定稿的分摊方案")),
        crumbs=[
            (dossier.address, dossier.get_absolute_url()),
            (_("签约收款"), reverse("lifts:money", args=[dossier.pk])),
        ],
    )


def columns_of(dossier: Dossier, plan: Sequence[Part], day: date, *, papers: bool = False) -> list[Column[Row]]:
    """What is told of a household: share, signature, due, paid, left."""
    columns: list[Column[Row]] = [
        Column("room", _("室号"), lambda row: row[0].flat.room),
        Column("share", _("应出"), lambda row: row[0].due_fen / 100, unit=_("元"), numeric=True, shown=_shown),
        Column("signed", _("签字"), _signed, kind="chip", tone=lambda row: "good" if _has_signed(row) else ""),
        Column(
            "fallen", _("已到期"), lambda row: _fallen(row, plan, day) / 100, unit=_("元"), numeric=True, shown=_shown
        ),
        Column("paid", _("已付"), lambda row: row[1].paid_fen / 100, unit=_("元"), numeric=True, shown=_shown),
        Column("left", _("还差"), lambda row: row[1].left_fen / 100, unit=_("元"), numeric=True, shown=_shown),
        Column("back", _("应退"), lambda row: row[1].back_fen / 100, unit=_("元"), numeric=True, shown=_shown),
    ]
    if papers:
        columns.append(
            Column(
                "agreement",
                _("协议"),
                lambda row: _("打印") if row[0].takes_part else "",
                link=lambda row: reverse("lifts:agreement", args=[dossier.pk, row[0].flat_id]),
            )
        )
        columns.append(
            Column(
                "fund",
                _("公积金说明"),
                lambda row: _("打印") if row[1].paid_fen else "",
                link=lambda row: reverse("lifts:fund_note", args=[dossier.pk, row[0].flat_id]),
            )
        )
    return columns


def acts_of(dossier: Dossier, scheme: Scheme | None) -> list[Act]:
    """What can be done with the money, for whoever carries the stairwell."""
    here = [dossier.pk]
    refund = Act(_("登记退款"), reverse("lifts:note_refund", args=here), "i-receipt")
    if scheme is None:
        owed = any(queries_shares.paid_by_flat(dossier).values())
        work_out = Act(_("算分摊"), reverse("lifts:shares", args=here), "i-coin", primary=True)
        return [refund, work_out] if owed else [work_out]
    lines = queries_shares.lines_of(scheme)
    unsigned = any(line.amount_fen > 0 and not hasattr(line, "signature") for line in lines)
    acts = [
        Act(_("打印全部协议"), reverse("lifts:agreements", args=here), "i-printer"),
        Act(_("排分期"), reverse("lifts:plan_instalments", args=here), "i-calendar"),
        Act(_("登记收款"), reverse("lifts:note_payment", args=here), "i-receipt", primary=not unsigned),
    ]
    if dossier.state in ("finishing", "running"):
        acts.append(Act(_("结算造价"), reverse("lifts:settle_cost", args=here), "i-scale"))
    if any(balance.back_fen for _line, balance in queries_shares.balances(scheme)):
        acts.append(refund)
    if unsigned:
        acts.append(Act(_("登记签字"), reverse("lifts:sign_share", args=here), "i-signature", primary=True))
    return acts


def _sums(scheme: Scheme, rows: Sequence[Row], plan: Sequence[Part], day: date) -> Facts:
    payers = [line for line, _balance in rows if line.amount_fen > 0]
    signed = sum(hasattr(line, "signature") for line in payers)
    due = sum(line.due_fen for line, _balance in rows)
    paid = sum(balance.paid_fen for _line, balance in rows)
    facts = [
        Fact(_("方案"), _("第 %(number)s 稿，%(kind)s") % {"number": scheme.number, "kind": scheme.get_kind_display()}),
        Fact(_("签字"), _("%(signed)s／%(count)s 户") % {"signed": signed, "count": len(payers)}),
        Fact(_("居民应出"), _("%(amount)s 元") % {"amount": yuan(due)}),
        Fact(_("已到期"), _("%(amount)s 元") % {"amount": yuan(sum(_fallen(row, plan, day) for row in rows))}),
        Fact(_("已收"), _("%(amount)s 元") % {"amount": yuan(paid)}),
        Fact(_("还差"), _("%(amount)s 元") % {"amount": yuan(sum(balance.left_fen for _line, balance in rows))}),
    ]
    if scheme.settled_on is not None and scheme.final_total_fen is not None:
        told = {"amount": yuan(scheme.final_total_fen), "on": scheme.settled_on}
        facts.append(Fact(_("结算"), _("总价 %(amount)s 元，%(on)s") % told))
    return Facts(_("这个门洞的钱"), facts)


def _plan_columns() -> list[Column[tuple[Part, int]]]:
    return [
        Column("words", _("什么时候付"), lambda row: row[0].words),
        Column("percent", _("比例"), lambda row: percent(row[0].percent), numeric=True),
        Column("sum", _("各户合计"), lambda row: row[1] / 100, unit=_("元"), numeric=True, shown=_shown),
        Column("due", _("最晚"), lambda row: row[0].due_on, kind="date"),
    ]


def _parts(scheme: Scheme, plan: Sequence[Part]) -> list[tuple[Part, int]]:
    """Instalments with what all households pay at each together."""
    percents = [part.percent for part in plan]
    split = [parts_of(line.due_fen, percents) for line in queries_shares.lines_of(scheme)] if plan else []
    return [(part, sum(amounts[at] for amounts in split)) for at, part in enumerate(plan)]


def _payment_columns() -> list[Column[Payment]]:
    return [
        Column(
            "receipt", _("收据号"), lambda row: row.receipt, link=lambda row: reverse("lifts:receipt", args=[row.pk])
        ),
        Column("room", _("室号"), lambda row: row.flat.room),
        Column("kind", _("收付"), _kind, kind="chip", tone=lambda row: "over" if row.struck_at else "outline"),
        Column("amount", _("金额"), lambda row: row.amount_fen / 100, unit=_("元"), numeric=True, shown=_shown),
        Column("way", _("方式"), lambda row: str(row.get_way_display())),
        Column("on", _("日期"), lambda row: row.on, kind="date"),
        Column(
            "strike",
            _("改错"),
            lambda row: "" if row.struck_at else _("作废"),
            link=lambda row: reverse("lifts:strike_payment", args=[row.pk]),
        ),
    ]


def _kind(payment: Payment) -> str:
    return _("已作废") if payment.struck_at else str(payment.get_kind_display())


def _has_signed(row: Row) -> bool:
    return hasattr(row[0], "signature")


def _signed(row: Row) -> str:
    if _has_signed(row):
        return _("已签")
    return _("没签") if row[0].amount_fen else _("不出资")


def _fallen(row: Row, plan: Sequence[Part], day: date) -> int:
    return fallen_due(row[0].due_fen, plan, day) if plan else 0


def _shown(value: object) -> str:
    return exact_yuan(round(float(str(value)) * 100))
