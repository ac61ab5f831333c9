"""The overview of a dossier (总览): what is in the way, the stairwell as it stands, its gates, papers and record."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy

from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.territory.days import today
from xiuhua.ground.territory.names import short_door
from xiuhua.ground.ui.acts import Act
from xiuhua.ground.ui.objects import Fact, Facts, Part, Section
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import gates, permits, queries, queries_dossiers, words
from xiuhua.programmes.lifts.flow import LiftFlow
from xiuhua.programmes.lifts.models import Dossier, Flat
from xiuhua.programmes.lifts.rules import moves, suitability
from xiuhua.programmes.lifts.screens import gates as gate_words
from xiuhua.programmes.lifts.screens.sections import aside, primary, section, tab

PAPERS_SHOWN, ACTS_SHOWN = 4, 8
MOST_DOORS = 6
"""Doors of a floor up to which rooms are drawn above each other; more are a row of their own on each floor."""

SYMBOLS = {
    Flat.Stance.FOR: "i-check",
    Flat.Stance.UNSURE: "i-help",
    Flat.Stance.AGAINST: "i-x",
    Flat.Stance.UNKNOWN: "i-circle-dashed",
}


def _url(name: str, dossier: Dossier) -> str:
    return reverse(f"lifts:{name}", args=[dossier.pk])


@primary(order=90)
def next_gate(request: HttpRequest, dossier: Dossier) -> Act | None:
    """What passes the next open gate, or the move itself."""
    return gate_words.what_is_next(actor_of(request), dossier, gates.next_gates(dossier))


@section(order=5)
def stuck(request: HttpRequest, dossier: Dossier) -> list[Section]:
    """Since when nothing has moved, and why, for those who carry it."""
    figures = words.book(dossier.path).pace
    days = moves.stuck_days(dossier.facts(), today())
    works = permits.may_work(actor_of(request), dossier=dossier)
    late = days >= figures.stuck_days.number
    if not late and not (works and dossier.snag):
        return []
    title = _("%(days)s 天没有进展") % {"days": days} if late else _("为什么慢")
    context = {
        "late": late,
        "told": days >= figures.escalate_days.number,
        "works": works,
        "dossier": dossier,
        "figure": figures.stuck_days,
        "rule": _("%(days)g 天没有进展算卡住") % {"days": figures.stuck_days.number},
        "url": _url("note_snag", dossier),
    }
    return [Part(title, "lifts/dossiers/stuck.html", context)]


@dataclass(frozen=True, slots=True)
class Missing:
    """A room that the other floors let expect, and that is not on record."""

    room: str
    flat: None = None


@dataclass(frozen=True, slots=True)
class DrawnFlat:
    """A flat in the drawing: its room, area, owners and what it wishes, as shape and word."""

    flat: Flat
    owners: int

    @property
    def area(self) -> str:
        return words.square_metres(self.flat.area_dm2)

    @property
    def stance(self) -> str:
        return str(Flat.Stance(self.flat.stance).label)

    @property
    def symbol(self) -> str:
        return SYMBOLS[Flat.Stance(self.flat.stance)]


@dataclass(slots=True)
class DrawnFloor:
    """A storey: flats left and right of the stairs."""

    number: int
    left: list[DrawnFlat | Missing] = field(default_factory=list)
    right: list[DrawnFlat | Missing] = field(default_factory=list)

    @property
    def shape(self) -> str:
        """How the stairs part it, so that every flat is as wide as the next: ``is-2-1``; empty for halves."""
        left, right = len(self.left), len(self.right)
        return f"is-{left}-{right}" if left != right and right else ""


@section(order=60)
def house(request: HttpRequest, dossier: Dossier) -> list[Section]:
    """The stairwell as it stands, each flat with what it wishes; only for those who see owners."""
    if not permits.may_work(actor_of(request), dossier=dossier):
        return []
    flats = queries.flats_of(dossier)
    if not flats:
        return []
    asked = dossier.state == "consulting" or any(flat.stance != Flat.Stance.UNKNOWN for flat in flats)
    wish = sum(flat.stance == Flat.Stance.FOR for flat in flats)
    context = {
        "floors": floors_of(dossier.stairwell.levels, flats),
        "door": short_door(dossier.stairwell),
        "has_lift": dossier.state == "running",
        "asked": asked,
        "note": _("%(wish)s／%(all)s 户愿意") % {"wish": wish, "all": len(flats)} if asked else "",
        "url": _url("stances", dossier),
        "flats_url": _url("flats", dossier),
    }
    return [Part(_("这个门洞"), "lifts/dossiers/house.html", context)]


def floors_of(levels: int, flats: Sequence[Flat]) -> list[DrawnFloor]:
    """Floors from the top down; half of a floor's flats stand left of the stairs, each door above the one below."""
    by_floor: dict[int, list[Flat]] = {number: [] for number in range(1, levels + 1)}
    for flat in flats:
        by_floor.setdefault(flat.floor, []).append(flat)
    doors = _doors_of(flats)
    found = []
    for number in sorted(by_floor, reverse=True):
        drawn = _drawn_floor(number, by_floor[number], doors)
        half = (len(drawn) + 1) // 2
        found.append(DrawnFloor(number, drawn[:half], drawn[half:]))
    return found


def _doors_of(flats: Sequence[Flat]) -> list[str]:
    """Doors that floors share, as 01 and 02 of 501 and 502; none where rooms are not numbered by floor."""
    if not all(flat.room.startswith(str(flat.floor)) for flat in flats):
        return []
    doors = sorted({flat.room.removeprefix(str(flat.floor)) for flat in flats})
    return doors if len(doors) <= MOST_DOORS else []


def _drawn_floor(number: int, flats: Sequence[Flat], doors: Sequence[str]) -> list[DrawnFlat | Missing]:
    """Flats of a floor, at each door the one there is, or that it is missing."""
    drawn = {flat.room: DrawnFlat(flat, len(flat.ownerships.all())) for flat in flats}
    if not doors:
        return list(drawn.values())
    rooms = [f"{number}{door}" for door in doors]
    return [drawn.get(room) or Missing(room) for room in rooms]


@section(order=80)
def measures(request: HttpRequest, dossier: Dossier) -> list[Section]:
    """How it is built, each figure beside what it has to reach."""
    figures = words.book(dossier.path).suitability
    yes_no = {True: _("是"), False: _("不是"), None: ""}
    stair = str(Dossier.Stair(dossier.stair).label) if dossier.stair else ""
    entry = str(Dossier.Entry(dossier.entry).label) if dossier.entry else ""
    facts = [
        Fact(_("层数"), dossier.stairwell.levels, source=figures.least_levels),
        Fact(_("楼梯类型"), stair),
        Fact(_("入户方式"), entry),
        Fact(_("门洞前深度"), _metres(dossier.front_m), source=figures.front_m),
        Fact(_("加梯后和对面楼的间距"), _metres(dossier.spacing_m), source=figures.spacing_m),
        Fact(_("加梯后消防通道"), _metres(dossier.fire_lane_m), source=figures.fire_lane_m),
        Fact(_("管线"), dossier.pipes, note=yes_no[dossier.pipes_can_move] and _pipes(dossier)),
        Fact(_("结构"), _structure(dossier)),
    ]
    works = permits.may_work(actor_of(request), dossier=dossier)
    if dossier.measured_on is None and gates.is_archived(dossier):
        facts = [fact for fact in facts if fact.known]
    note = _measured(dossier)
    acts = [Act(_("重新初评") if dossier.measured_on else _("做可行性初评"), _url("measure", dossier), "i-ruler-2")]
    why = why_not(dossier) if dossier.stairwell.lift_suitable is False else ""
    told = _("；").join(part for part in (why, note) if part)
    return [Facts(_("适不适合加梯"), facts, note=told, acts=acts * works)]


def _measured(dossier: Dossier) -> str:
    """When it was measured; of what was under way before the system, that nothing of it is on record here."""
    if dossier.measured_on:
        return _("%(day)s测") % {"day": words.on_day(dossier.measured_on)}
    return _("系统以前办的，测量记录在纸质档案里") if gates.is_archived(dossier) else ""


def why_not(dossier: Dossier) -> str:
    """Every reason why a lift does not suit it: of its measures, or as the office judged it without."""
    if dossier.measured_on is None:
        return dossier.stairwell.unsuitable_because
    figures = words.book(dossier.path).suitability
    reasons = suitability.suits_a_lift(dossier.stairwell.levels, dossier.measures(), figures).reasons
    return _("；").join(reason.text for reason in reasons) or dossier.stairwell.unsuitable_because


def _metres(value: float | None) -> str:
    return "" if value is None else _("%(metres)g 米") % {"metres": value}


def _pipes(dossier: Dossier) -> str:
    return _("能迁移") if dossier.pipes_can_move else _("无法迁移")


def _structure(dossier: Dossier) -> str:
    return (
        {True: _("满足"), False: _("不满足加梯要求")}.get(dossier.structure_sound, "")
        if (dossier.structure_sound is not None)
        else ""
    )


@aside(order=10)
def gates_of_the_step(request: HttpRequest, dossier: Dossier) -> list[Section]:
    """The gates of its step, and what comes next, by whom and by when."""
    actor = actor_of(request)
    if dossier.state in ("waiting", "running"):
        return _resting(actor, dossier)
    book = words.book(dossier.path)
    rows = gates.gates_of_step(dossier)
    passed = sum(not gate.is_open for gate in rows)
    context = {
        "rows": gate_words.drawn(actor, dossier, rows),
        "note": _("%(all)s 个过了 %(passed)s 个") % {"all": len(rows), "passed": passed},
        "next": _next_words(dossier, rows),
        "url": _url("gates", dossier),
        "aside_url": _url("set_aside", dossier) if _may_put_aside(actor, dossier) else "",
    }
    title = _("第 %(number)s 步的关口") % {"number": book.steps[dossier.step].number}
    return [Part(title, "lifts/dossiers/gates.html", context)]


def _may_put_aside(actor: Actor, dossier: Dossier) -> bool:
    return permits.may_work(actor, dossier=dossier) and LiftFlow.allows("set_aside", dossier.state)


def _resting(actor: Actor, dossier: Dossier) -> list[Section]:
    """What stands there before it has begun, and after it runs."""
    if dossier.state == "running":
        say = (
            _("已经交付使用。系统以前办的，依据是纸质档案。")
            if gates.is_archived(dossier)
            else _("已经交付使用，24 条都走完了。")
        )
    elif dossier.stairwell.lift_suitable is False:
        say = _("不具备加梯条件：%(why)s") % {"why": why_not(dossier)}
    elif dossier.stairwell.lift_suitable is None:
        say = _("还没有做可行性初评。")
    else:
        say = _("适合加梯，还没有人牵头。开始征询以后，五步二十四条从这里走。")
    context = {"rows": [], "say": say, "url": _url("gates", dossier)}
    return [Part(_("接下来"), "lifts/dossiers/gates.html", context)]


def _next_words(dossier: Dossier, rows: Sequence[Any]) -> str:
    """What is next, who, by when."""
    move = gates.next_move(dossier)
    ahead = [gate for gate in rows if gate.is_open and gate.move == move]
    if not ahead:
        return _("关口都过了，可以%(move)s。") % {"move": LiftFlow.move_title(move)}
    first = min(ahead, key=lambda gate: (gate.due_on or today(), gate.number))
    told = {"what": first.name, "who": words.who_sees_to(first.who), "move": LiftFlow.move_title(move)}
    if first.due_on is None:
        return _("下一件：%(what)s，%(who)s办。过完这几条就%(move)s。") % told
    told["day"] = words.on_day(first.due_on)
    if first.due_on < today():
        return _("下一件：%(what)s，%(who)s，%(day)s就该办完。过完这几条就%(move)s。") % told
    return _("下一件：%(what)s，%(who)s，%(day)s前。过完这几条就%(move)s。") % told


@aside(order=20)
def papers(request: HttpRequest, dossier: Dossier) -> list[Section]:
    """The newest documents."""
    rows = queries_dossiers.newest_papers(dossier)
    works = permits.may_work(actor_of(request), dossier=dossier)
    if not rows and not works:
        return []
    context = {
        "rows": queries_dossiers.with_files(rows[:PAPERS_SHOWN]),
        "count": len(rows),
        "url": _url("papers", dossier),
        "add_url": _url("add_paper", dossier) if works else "",
        "archived": not rows and gates.is_archived(dossier),
    }
    return [Part(_("文件"), "lifts/dossiers/papers_card.html", context)]


@aside(order=90)
def happened(request: HttpRequest, dossier: Dossier) -> list[Section]:
    """What was done, newest first."""
    context = {
        "items": queries_dossiers.happened_to(dossier, actor_of(request), latest=ACTS_SHOWN),
        "url": _url("log", dossier),
    }
    return [Part(_("时间线"), "lifts/dossiers/timeline.html", context)]


@tab(gettext_lazy("房屋和业主"), "lifts:flats", order=10)
def flats_note(request: HttpRequest, dossier: Dossier) -> str | None:
    """How many flats."""
    return str(queries.flats_counted(dossier) or "") if permits.may_work(actor_of(request), dossier=dossier) else None


@tab(gettext_lazy("文件"), "lifts:papers", order=40)
def papers_note(_request: HttpRequest, dossier: Dossier) -> str | None:
    """How many documents."""
    return str(len(queries_dossiers.newest_papers(dossier)) or "")


@tab(gettext_lazy("来往"), "lifts:contacts", order=70)
def contacts_note(request: HttpRequest, dossier: Dossier) -> str | None:
    """How often somebody was spoken to."""
    return str(dossier.contacts.count() or "") if permits.may_work(actor_of(request), dossier=dossier) else None


@tab(gettext_lazy("小组"), "lifts:team", order=80)
def team_note(_request: HttpRequest, dossier: Dossier) -> str | None:
    """How many accompany it."""
    return str(len(queries.team_of(dossier)) or "")


@tab(gettext_lazy("日志"), "lifts:log", order=90)
def log_note(request: HttpRequest, dossier: Dossier) -> str | None:
    """How much is on record."""
    return str(queries_dossiers.on_record(dossier, actor_of(request)).count() or "")
