"""Rows of the tables beside the map, as markup. Written here, since there are a hundred of them in every answer."""

from html import escape

from django.http import QueryDict
from django.template.defaultfilters import floatformat
from django.utils.safestring import SafeString

from xiuhua.ground.ui.addresses import asked_otherwise
from xiuhua.ground.ui.templatetags.ui import bar, percent, source_mark
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifecircle import written
from xiuhua.programmes.lifecircle.panel import CommitteeFigures, Panel, Radius

LOW = 0.6
"""Share below which a bar has the colour of what is far."""


def committees_drawn(panel: Panel, asked: QueryDict, *, versus: bool) -> SafeString:
    """Each committee with who reaches what was asked for, who does not, and its score; or with what was before."""
    unknown = _("没有这样的人") if panel.on_record else _("没有登记")
    rows = []
    for row in panel.committees:
        picked = row.committee == panel.question.committee
        cells = _before_and_now(row, unknown) if versus else _reached(row, unknown)
        number = "" if row.committee is None else row.committee
        css = ' class="is-picked"' if picked else ""
        head = _committee(row, asked, picked=picked)
        rows.append(f'<tr{css} data-committee="{number}"><th scope="row">{head}</th>\n{cells}</tr>\n')
    return SafeString("".join(rows))


def required_drawn(panel: Panel, asked: QueryDict) -> SafeString:
    """Each required type with the minutes of its level and who reaches it."""
    rows = []
    for row in panel.required:
        kind = escape(row.facility_type)
        address = escape(asked_otherwise(asked, type=row.facility_type))
        name = f'<a href="{address}" data-lc-type="{kind}">{escape(row.name)}</a>'
        minutes = f'<td class="xh-num">{floatformat(row.minutes)}</td>'
        rows.append(f'<tr><th scope="row">{name}</th>{minutes}<td class="lc-bar">{_bar(row.share)}</td></tr>')
    return SafeString("".join(rows))


def radii_drawn(panel: Panel) -> SafeString:
    """Each service radius with who lives within it, and how sure its figures are."""
    unknown = _("没有登记")
    return SafeString("".join(_radius(row, unknown) for row in panel.radii))


def _committee(row: CommitteeFigures, asked: QueryDict, *, picked: bool) -> str:
    name = escape(row.name)
    if not row.committee:
        return name
    address = escape(asked_otherwise(asked, committee=row.committee))
    current = ' aria-current="true"' if picked else ""
    return f'<a href="{address}" hx-get="{address}" hx-target="#lc-panel" hx-push-url="true"{current}>{name}</a>'


def _reached(row: CommitteeFigures, unknown: str) -> str:
    share = _quiet(unknown) if row.share is None else _bar(row.share)
    out, score = written.people(row.reached.out), written.share(row.score)
    return f'<td class="lc-bar">{share}</td><td class="xh-num">{out}</td><td class="xh-num">{score}</td>'


def _before_and_now(row: CommitteeFigures, unknown: str) -> str:
    change = f'<td class="xh-num">{written.change(row.change)}</td>'
    if row.share is None:
        return f'<td class="lc-both">{_quiet(unknown)}</td>{change}'
    was, now = percent(row.before), percent(row.share)
    drawn = (
        '<svg class="lc-dumbbell" height="14" aria-hidden="true"><line class="rail" x2="100%" y1="7" y2="7"/>'
        f'<line class="span" x1="{was}" x2="{now}" y1="7" y2="7"/><circle class="was" cx="{was}" cy="7" r="4"/>'
        f'<svg class="is" x="{now}" y="7"><path d="M0 -5.5L5.5 0L0 5.5L-5.5 0Z"/></svg></svg>'
    )
    before = f'<span>{written.whole_share(row.before)}<span class="xh-sr">{_("到")}</span></span>'
    return f'<td class="lc-both"><div>{drawn}{before}<b>{written.whole_share(row.share)}</b></div></td>{change}'


def _radius(row: Radius, unknown: str) -> str:
    need = f"{escape(row.level)} · {escape(row.need)}（{escape(row.need_figure.status.label)}）"
    source = escape(" ".join(filter(None, [row.radius.source, row.radius.clause])))
    mark = source_mark(row.radius.status)
    sure = f'<span class="xh-source {mark}" title="{source}">{escape(row.radius.status.label)}</span>'
    share = _quiet(unknown) if row.share is None else f"{written.share(row.share)}%"
    return (
        f'<tr><th scope="row">{escape(row.name)}<small>{need}</small></th>'
        f'<td class="xh-num">{row.radius.value}<small>{sure}</small></td><td class="xh-num">{share}</td></tr>'
    )


def _bar(share: float | None) -> str:
    drawn = bar(share, "far" if share is not None and share < LOW else "near")
    return f"<div>{drawn}<span>{written.whole_share(share)}</span></div>"


def _quiet(words: str) -> str:
    return f'<span class="xh-quiet">{escape(words)}</span>'
