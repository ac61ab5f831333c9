"""What is printed about shares and money, as plain values for the templates in ``documents/``."""

from collections.abc import Sequence
from typing import Any

from xiuhua.ground.documents import typeset
from xiuhua.ground.standards import Figure
from xiuhua.ground.standards.figures import Status
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import queries_shares
from xiuhua.programmes.lifts.models import Dossier, Flat, Payment, Scheme, SchemeLine
from xiuhua.programmes.lifts.rules.money import parts_of
from xiuhua.programmes.lifts.share_words import capitals, exact_yuan, percent, sentences, yuan


def agreements_pdf(dossier: Dossier, scheme: Scheme, flat: Flat | None = None) -> bytes:
    """The agreement of one household, or of all that take part, a sheet each from the top down."""
    lines = queries_shares.lines_of(scheme)
    wanted = [line for line in lines if line.takes_part and (flat is None or line.flat_id == flat.pk)]
    names = owner_names(dossier)
    floors = _floors(scheme)
    return typeset(
        "lifts/agreement.typ",
        {
            **_frame(dossier, _("加装电梯出资分摊协议")),
            "sheets": [_agreement(dossier, scheme, line, lines, names, floors) for line in wanted],
        },
    )


def receipt_pdf(payment: Payment) -> bytes:
    """The receipt of one payment, or of money paid back."""
    refund = payment.kind == Payment.Kind.REFUND
    title = _("加装电梯退款凭证") if refund else _("加装电梯收款收据")
    dossier = payment.dossier
    balance = queries_shares.balance_of(payment.flat)
    facts = [
        [_("金额"), _("%(amount)s 元") % {"amount": exact_yuan(payment.amount_fen)}],
        [_("大写"), capitals(payment.amount_fen)],
        [_("门洞"), dossier.address],
        [_("室号"), payment.flat.room],
        [_("业主"), _("、").join(owner_names(dossier).get(payment.flat_id, [])) or "—"],
        [_("日期"), payment.on.isoformat()],
        [_("方式"), str(payment.get_way_display())],
        [_("事由"), _("加装电梯结算退款") if refund else _("加装电梯出资")],
    ]
    if balance is not None:
        facts.append([_("打印时还差"), _("%(amount)s 元") % {"amount": yuan(balance.left_fen)}])
    return typeset(
        "lifts/receipt.typ",
        {
            **_frame(dossier, title),
            "number": _("收据号 %(receipt)s") % {"receipt": payment.receipt},
            "struck": _("作废") if payment.struck_at else "",
            "facts": facts,
            "lines": [],
            "notes": [],
            "places": [_("收款经手人") if not refund else _("付款经手人"), _("业主签名")],
        },
    )


def fund_note_pdf(dossier: Dossier, flat: Flat) -> bytes:
    """A statement of what a household has paid and for what, to take to the housing fund (公积金提取说明)."""
    rows = [row for row in queries_shares.payments_of(dossier) if row.flat_id == flat.pk and row.struck_at is None]
    balance = queries_shares.balance_of(flat)
    paid = sum(row.signed_fen for row in rows)
    facts = [
        [_("已付"), _("%(amount)s 元") % {"amount": exact_yuan(paid)}],
        [_("大写"), capitals(max(paid, 0))],
        [_("房屋"), _("%(address)s %(room)s 室") % {"address": dossier.address, "room": flat.room}],
        [_("业主"), _("、").join(owner_names(dossier).get(flat.pk, [])) or "—"],
        [_("应出"), _("%(amount)s 元") % {"amount": yuan(balance.due_fen)} if balance else "—"],
        [_("用途"), _("既有多层住宅加装电梯的业主出资")],
    ]
    table = {
        "heads": [_("收据号"), _("日期"), _("方式"), _("金额（元）")],
        "rows": [
            [row.receipt, row.on.isoformat(), str(row.get_way_display()), exact_yuan(row.signed_fen)]
            for row in sorted(rows, key=lambda row: row.number)
        ],
        "numeric": [3],
    }
    doubt = _("能不能提取公积金、要带哪些材料：上海的文件没有查到（%(status)s），请先问公积金中心，以它的答复为准。")
    return typeset(
        "lifts/receipt.typ",
        {
            **_frame(dossier, _("住房公积金提取说明")),
            "number": "",
            "struck": "",
            "facts": facts,
            "table": table,
            "lines": [_("兹说明：上面这一户为本门洞加装电梯已经付了表里的钱，收据号可以向街道加梯服务中心核对。")],
            "notes": [doubt % {"status": Status.MEMORY.label}],
            "places": [_("加梯服务中心（盖章）"), _("业主签名")],
        },
    )


def owner_names(dossier: Dossier) -> dict[int, list[str]]:
    """Names of owners by flat (two queries)."""
    flats = dossier.flats.prefetch_related("ownerships__owner")
    return {flat.pk: [one.owner.name for one in flat.ownerships.all()] for flat in flats}


def _frame(dossier: Dossier, title: str) -> dict[str, Any]:
    office = dossier.stairwell.building.committee.subdistrict.name
    return {
        "title": title,
        "author": office,
        "running": [dossier.address, title],
        "footer": _("%(office)s 加梯服务中心 · 含个人信息，只给本人") % {"office": office},
    }


def _floors(scheme: Scheme) -> dict[str, Any]:
    rows = queries_shares.floor_table(scheme)
    return {
        "title": _("全门洞"),
        "heads": [_("楼层"), _("比例"), _("元")],
        "rows": [[str(row.floor), percent(row.percent), exact_yuan(row.amount_fen)] for row in rows],
    }


def _agreement(
    dossier: Dossier,
    scheme: Scheme,
    line: SchemeLine,
    lines: Sequence[SchemeLine],
    names: dict[int, list[str]],
    floors: dict[str, Any],
) -> dict[str, Any]:
    flat = line.flat
    homes = queries_shares.homes_then(lines)
    choice = queries_shares.choice_of(scheme, lines)
    amounts = {one.flat_id: one.amount_fen for one in lines}
    area = _("%(area)s 平方米") % {"area": f"{line.area_dm2 / 100:.2f}"} if line.area_dm2 else "—"
    return {
        "number": _("第 %(number)s 稿，%(on)s 定稿") % {"number": scheme.number, "on": scheme.adopted_on},
        "facts": [
            [_("本户应出"), _("%(amount)s 元") % {"amount": exact_yuan(line.amount_fen)}],
            [_("大写"), capitals(line.amount_fen)],
            [_("房屋"), _("%(address)s %(room)s 室，%(floor)s 层") % _home(dossier, flat)],
            [_("业主"), _("、").join(names.get(flat.pk, [])) or "—"],
            [_("专有面积"), area],
        ],
        "how": {"title": _("怎么算的"), "lines": sentences(flat.pk, homes, amounts, choice)},
        "floors": floors,
        "parts": _parts(scheme, line),
        "agreed": {"title": _("各户约定"), "lines": _agreed(dossier, pays=line.amount_fen > 0)},
        "sources": _sources(dossier),
        "places": [_("业主签名"), _("见证人（居委会）"), _("日期")],
    }


def _home(dossier: Dossier, flat: Flat) -> dict[str, Any]:
    return {"address": dossier.address, "room": flat.room, "floor": flat.floor}


def _parts(scheme: Scheme, line: SchemeLine) -> dict[str, Any]:
    plan = queries_shares.plan_of(scheme)
    if not line.amount_fen:
        plan = []
    amounts = parts_of(line.amount_fen, [part.percent for part in plan]) if plan else []
    return {
        "title": _("分几次付"),
        "heads": [_("什么时候"), "%", _("元"), _("最晚")],
        "rows": [
            [part.words, str(part.percent), exact_yuan(amount), part.due_on.isoformat() if part.due_on else "—"]
            for part, amount in zip(plan, amounts, strict=True)
        ],
    }


def _agreed(dossier: Dossier, *, pays: bool) -> list[str]:
    running = queries_shares.book_of(dossier).money.running_yuan_month
    told = {"yuan": f"{running.number:g}", "status": running.status.label}
    money = [
        _("各户按上面的数出资，钱专款专用，收一笔开一张收据。"),
        _("完工后按结算造价，用同样的比例重算，多退少补，算到分。"),
    ]
    nothing = [_("本户按这个方案不出资，不用付钱；完工结算以后也不用补。")]
    return [
        *(money if pays else nothing),
        _("装好以后的电费、维保费和大修，由用电梯的各户按约定分担；现在估计每户每月约 %(yuan)s 元（%(status)s）。")
        % told,
        _("没有约定或者约定不清的，按业主专有部分面积所占比例确定（《民法典》第二百八十三条）。"),
        _("房屋转让的，出让人要把这份协议告诉受让人。"),
    ]


def _sources(dossier: Dossier) -> str:
    money = queries_shares.book_of(dossier).money
    figures = (money.subsidy_percent, money.subsidy_most_yuan, money.without_agreement)
    return _("；").join(_source(figure) for figure in figures)


def _source(figure: Figure) -> str:
    return f"{figure.told_source}（{figure.status.label}）"
