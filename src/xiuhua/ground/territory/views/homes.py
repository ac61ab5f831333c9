"""Pages about homes and those who live there: stairwells, households, residents. Masked, unless the file is open."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from xiuhua.ground.accounts.guards import UserRequest, sight_required
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.standards import on
from xiuhua.ground.territory import hooks, house, names, permits, queries
from xiuhua.ground.territory.days import today
from xiuhua.ground.territory.models import Household, Resident, Sex, Stairwell
from xiuhua.ground.territory.opened import Opened, opened
from xiuhua.ground.territory.seen import crumbs_to, thing_or_404
from xiuhua.ground.ui.acts import Act
from xiuhua.ground.ui.lists import Column, choice_words
from xiuhua.ground.ui.objects import Chip, Fact, Facts, ObjectPage, Related
from xiuhua.ground.words import gettext as _


@sight_required(Sight.PLACES)
@require_safe
def stairwell(request: UserRequest, pk: int) -> HttpResponse:
    """A stairwell as it stands: households by floor, for those who see them."""
    row = thing_or_404(request, Stairwell, pk)
    day = today()
    households = list(Household.objects.visible_to(request.actor).filter(stairwell=row).order_by("floor", "room"))
    sees_people = permits.sees_at(request.actor, Sight.PEOPLE, row.path)
    if not sees_people:
        queries.with_people_counted(households, day)
    people = Resident.objects.visible_to(request.actor).here().under(row.path) if sees_people else None
    words, tone = names.lift_words(row)
    return ObjectPage(
        title=row.address,
        subtitle=_("%(levels)s 层，每层 %(homes)s 户") % {"levels": row.levels, "homes": row.households_per_floor},
        subject=row,
        crumbs=crumbs_to(row),
        chips=[Chip(words, tone)],
        acts=_neighbours(request, row),
        aside=[
            Facts(
                _("基本情况"),
                [
                    Fact(_("电梯"), words, note=row.unsuitable_because),
                    Fact(_("住户"), len(households)),
                    Fact(_("区划代码"), row.path),
                ],
            ),
            *hooks.sections_of_stairwell(row, request.actor),
        ],
        template="territory/stairwell.html",
        extra={
            "stairwell": row,
            "door": names.short_door(row),
            "floors": house.floors_of(row, households, people, day),
            "sees_homes": permits.sees_at(request.actor, Sight.HOUSEHOLDS, row.path),
            "sees_people": sees_people,
        },
    ).respond(request)


@sight_required(Sight.HOUSEHOLDS)
@require_safe
def household(request: UserRequest, pk: int) -> HttpResponse:
    """A household's file (一户一档): masked until it is opened for a purpose."""
    row = thing_or_404(request, Household, pk)
    file = opened(request, row)
    day = today()
    people = queries.with_kept_only(Resident.objects.visible_to(request.actor).filter(household=row).order_by("path"))
    here = [one for one in people if one.left_at is None]
    left = [one for one in people if one.left_at is not None]
    queries.with_people_counted([row], day)
    sees_people = permits.sees_at(request.actor, Sight.PEOPLE, row.path)
    columns = people_columns(file, day)
    return _shown(
        request,
        ObjectPage(
            title=row.address,
            subtitle=_("一户一档 %(number)s") % {"number": row.path},
            subject=row,
            crumbs=crumbs_to(row),
            acts=_acts_on_household(request, row, file),
            facts=_facts_of_household(row),
            sections=[
                *([Related(_("家里的人"), columns, here, empty=_("没有登记"))] if sees_people else []),
                *([Related(_("已迁出的人"), people_columns(file, day, left=True), left)] if left else []),
            ],
            template="territory/opened.html",
        ),
        row,
        file,
    )


@sight_required(Sight.PEOPLE)
@require_safe
def resident(request: UserRequest, pk: int) -> HttpResponse:
    """A resident: masked until the household's file is opened for a purpose."""
    row = thing_or_404(request, Resident, pk)
    queries.with_kept_only([row])
    file = opened(request, row.household)
    if file is not None and not file.shows(row):
        file = None
    day = today()
    return _shown(
        request,
        ObjectPage(
            title=names.resident_name(row, whole=file is not None),
            subtitle=row.household.address,
            subject=row,
            crumbs=crumbs_to(row),
            chips=_chips(row, day),
            acts=_acts_on_resident(request, row, file),
            facts=_facts_of_resident(row, file, day),
            sections=hooks.sections_of(row, request.actor, whole=file is not None),
            template="territory/opened.html",
        ),
        row.household,
        file,
    )


def people_columns(file: Opened | None, day: date, *, left: bool = False) -> list[Column[Resident]]:
    """What is shown of those who live in a household: whole where its file is open to them."""

    def whole(row: Resident) -> bool:
        return file is not None and file.shows(row)

    columns: list[Column[Resident]] = [
        Column(
            "name",
            _("姓名"),
            lambda row: names.marked_name(row, whole=whole(row)),
            link=lambda row: row.get_absolute_url(),
        ),
        Column("sex", _("性别"), choice_words("sex", Sex)),
        Column("age", _("年龄"), lambda row: row.age_on(day), numeric=True, unit=_("岁")),
        Column("phone", _("电话"), lambda row: names.resident_phone(row, whole=whole(row))),
        Column("id_number", _("证件号"), lambda row: names.resident_id_number(row, whole=whole(row))),
    ]
    if file is not None:
        columns.insert(3, Column("born", _("出生日期"), lambda row: row.birth_date if whole(row) else None))
    if left:
        columns.append(Column("left_at", _("迁出"), lambda row: row.left_on))
    return columns


def _shown(request: UserRequest, page: ObjectPage, household: Household, file: Opened | None) -> HttpResponse:
    """Answer with the page; one that shows a file whole asks for itself again when its time is up."""
    page.extra.update({"file": file, "household": household})
    response = page.respond(request)
    if file is not None:
        response.headers["Refresh"] = str(file.seconds_left + 1)
    return response


def _neighbours(request: UserRequest, row: Stairwell) -> list[Act]:
    """The stairwells before and after this one in the same building."""
    same = Stairwell.objects.visible_to(request.actor).filter(building=row.building).select_related("building")
    before = same.filter(path__lt=row.path).order_by("-path").defer("building__geometry").first()
    after = same.filter(path__gt=row.path).order_by("path").defer("building__geometry").first()
    acts = []
    if before is not None:
        acts.append(Act(before.address, before.get_absolute_url(), "i-chevron-left"))
    if after is not None:
        acts.append(Act(after.address, after.get_absolute_url(), "i-chevron-right"))
    return acts


def _facts_of_household(row: Household) -> list[Fact]:
    living = _("%(people)s 人，其中 60 岁以上 %(elders)s 人")
    return [
        Fact(_("室号"), row.room),
        Fact(_("楼层"), _("%(floor)s 层") % {"floor": row.floor}),
        Fact(_("住房面积"), row.living_area_m2 and _("%(area)s 平方米") % {"area": f"{row.living_area_m2:g}"}),
        Fact(_("住房来源"), row.tenure),
        Fact(_("现在住着"), living % {"people": row.people, "elders": row.elders}),
        Fact(_("档案编号"), row.path),
    ]


def _facts_of_resident(row: Resident, file: Opened | None, day: date) -> list[Fact]:
    whole = file is not None
    reveal = "" if whole else reverse("territory:open_resident", args=[row.pk])
    born = (row.birth_date or row.birth_year) if whole else row.birth_year
    return [
        Fact(_("姓名"), names.resident_name(row, whole=whole), reveal=reveal),
        Fact(_("性别"), row.get_sex_display()),
        Fact(_("年龄"), _("%(age)s 岁") % {"age": row.age_on(day)}),
        Fact(_("出生"), born.isoformat() if isinstance(born, date) else _("%(year)s 年") % {"year": born}),
        Fact(_("电话"), names.resident_phone(row, whole=whole), reveal=reveal),
        Fact(_("证件号"), names.resident_id_number(row, whole=whole), reveal=reveal),
        Fact(_("住址"), row.household.address, link=row.household.get_absolute_url()),
        *([Fact(_("迁出"), row.left_on.isoformat())] if row.left_on else []),
    ]


def _chips(row: Resident, day: date) -> list[Chip]:
    age = row.age_on(day)
    below = int(on(day).privacy.guardian_below_years.number)
    chips = []
    if row.kept_only:
        chips.append(Chip(_("只存不用"), "soon", "i-lock"))
    if row.left_at is not None:
        chips.append(Chip(_("已迁出"), "outline"))
    if age >= house.VERY_OLD_FROM:
        chips.append(Chip(_("%(age)s 岁以上") % {"age": age // 10 * 10}, "soon"))
    if age < below:
        chips.append(Chip(_("未满 %(years)s 周岁，信息由监护人同意") % {"years": below}, "info", "i-shield-lock"))
    return chips


def _acts_on_household(request: UserRequest, row: Household, file: Opened | None) -> list[Act]:
    acts = []
    if permits.may_keep_household(request.actor, household=row):
        acts.append(Act(_("更正住户"), reverse("territory:correct_household", args=[row.pk]), "i-edit"))
        acts.append(Act(_("登记居民"), reverse("territory:add_resident", args=[row.pk]), "i-plus"))
    if file is None and permits.may_open_file(request.actor, household=row):
        open_url = reverse("territory:open_household", args=[row.pk])
        acts.append(Act(_("查看完整信息"), open_url, "i-eye", primary=True))
    return acts


def _acts_on_resident(request: UserRequest, row: Resident, file: Opened | None) -> list[Act]:
    acts = []
    if row.left_at is not None and permits.may_keep_resident(request.actor, resident=row):
        acts.append(Act(_("撤销迁出"), reverse("territory:bring_back", args=[row.pk]), "i-refresh"))
    if row.left_at is None and row.erased_at is None and permits.may_keep_resident(request.actor, resident=row):
        acts.append(Act(_("迁出"), reverse("territory:move_out", args=[row.pk]), "i-logout"))
        acts.append(Act(_("更正"), reverse("territory:correct_resident", args=[row.pk]), "i-edit"))
    if file is None and permits.may_open_file(request.actor, household=row.household):
        acts.append(Act(_("查看完整信息"), reverse("territory:open_resident", args=[row.pk]), "i-eye", primary=True))
    return acts
