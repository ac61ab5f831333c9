"""What is sent with requests that change something: little, but plausible, and about one's own place or another's."""

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from permissions.town import Place

ROSTER = "门洞,室号,姓名,性别,出生日期\n1号,101,王秀英,女,1941-05-06\n"


def file_of(sheet: str) -> SimpleUploadedFile:
    """A sheet as a file."""
    return SimpleUploadedFile("名册.csv", sheet.encode(), content_type="text/csv")


def roster(place: Place) -> dict[str, Any]:
    """A roster of residents, for a place."""
    return {"path": place.path, "kind": "residents", "file": file_of(ROSTER)}


def _person(_place: Place) -> dict[str, Any]:
    return {"name": "王秀英", "sex": "f", "birth_date": "1941-05-06", "basis": "committee_service"}


def _household(place: Place) -> dict[str, Any]:
    return {"household": place.things["household"].pk, "resident": place.things["resident"].pk}


def _session(_place: Place) -> dict[str, Any]:
    day = {"starts_at": "2099-08-05T09:30", "ends_at": "2099-08-05T11:30"}
    return {"title": "工作坊", "place": "二楼", "capacity": "20", "is_public": "on", **day}


def _visitor(_place: Place) -> dict[str, Any]:
    return {"name": "王秀英", "phone": "13900000001", "people": "1"}


def _project(place: Place) -> dict[str, Any]:
    return {
        "name": "口袋公园",
        "action": "bluegreen",
        "path": place.path,
        "place": "弄口",
        "summary": "种树",
        "owner_committee": place.path,
    }


def _event(place: Place) -> dict[str, Any]:
    day = {"starts_at": "2099-08-05T09:30", "ends_at": "2099-08-05T11:30"}
    return {"kind": "salon", "title": "沙龙", "path": place.path, "place": "二楼", "topics": "坐\n走", **day}


BODIES: dict[str, Callable[[Place], dict[str, Any]]] = {
    "POST /territory/households/<int:pk>/open/": lambda _place: {"purpose": "visit_due"},
    "POST /suggestions/events/new/": _event,
    "POST /suggestions/events/<int:pk>/edit/": _event,
    "POST /suggestions/events/<int:pk>/wall/notes/": lambda _place: {"words": "多种树", "topic": "1"},
    "POST /suggestions/events/<int:pk>/wall/notes/<int:number>/": lambda _place: {"do": "dot"},
    "POST /suggestions/events/<int:pk>/wall/turn/": lambda place: {"note": place.things["note"].pk},
    "POST /territory/residents/<int:pk>/open/": lambda _place: {"purpose": "visit_due"},
    "POST /api/v1/households/{row_id}/open": lambda _place: {"purpose": "visit_due"},
    "POST /territory/residents/<int:pk>/correct/": _person,
    "POST /territory/households/<int:pk>/add/": _person,
    "PATCH /api/v1/residents/{row_id}": lambda _place: {"name": "王秀英"},
    "POST /territory/residents/<int:pk>/move-out/": lambda _place: {"moved": "2023-08-01"},
    "POST /api/v1/residents/{row_id}/move-out": lambda _place: {"moved": "2023-08-01"},
    "POST /territory/households/<int:pk>/correct/": lambda _place: {"room": "909", "floor": "2", "tenure": "自有"},
    "POST /territory/buildings/<int:pk>/correct/": lambda _place: {
        "name": "改名楼",
        "use": "residential",
        "levels": "6",
        "floor_area_m2": "2400",
    },
    "POST /territory/bindings/<int:pk>/confirm/": _household,
    "POST /api/v1/bindings/{row_id}/confirm": _household,
    "POST /territory/bindings/<int:pk>/refuse/": lambda _place: {"note": "查无此人"},
    "POST /api/v1/bindings/{row_id}/refuse": lambda _place: {"note": "查无此人"},
    "POST /staff/new/": lambda place: {"username": "N0001", "name": "新人", "role": "grid_worker", "path": place.path},
    "POST /api/v1/staff": lambda place: {
        "username": "N0001",
        "name": "新人",
        "role": "grid_worker",
        "path": place.path,
    },
    "POST /staff/<int:user_id>/role/": lambda place: {"role": "lift_coordinator", "path": place.path},
    "POST /api/v1/staff/{user_id}/roles": lambda place: {"role": "lift_coordinator", "path": place.path},
    "POST /rosters/<slug:kind>/": roster,
    "POST /api/v1/rosters/imports": roster,
    "POST /lifecircle/runs/new/": lambda place: {
        "day": "1",
        "hour": "10",
        "where": "committee",
        "committee": place.things["committee"].pk,
        "datum": "wgs84",
    },
    "POST /api/v1/lifecircle/runs": lambda place: {"path": place.path[:9], "committee": place.path},
    "POST /privacy/people/<int:resident_id>/consent/": lambda _place: {
        "purpose": "photographs",
        "given_on": "2023-08-01",
        "given_by": "self",
        "evidence": "paper",
    },
    "POST /privacy/people/<int:resident_id>/request/": lambda _place: {
        "kind": "access",
        "asked_by": "self",
        "channel": "counter",
        "asked_on": "2023-08-01",
    },
    "POST /privacy/people/<int:resident_id>/hold/": lambda _place: {"reason": "官司", "until": "2099-01-01"},
    "POST /privacy/people/<int:resident_id>/restrict/": lambda _place: {"reason": "本人要求"},
    "POST /privacy/people/<int:resident_id>/basis/": lambda _place: {"basis": "elder_care", "reason": "改"},
    "POST /privacy/requests/<int:request_id>/answer/": lambda _place: {"answer": "给了"},
    "POST /privacy/requests/<int:request_id>/refuse/": lambda _place: {"answer": "不给"},
    "POST /privacy/assessments/new/": lambda place: {"path": place.path, "title": "评估", "trigger": "sensitive"},
    "POST /record/<int:entry_id>/sealed/": lambda _place: {"purpose": "complaint", "words": "有人投诉"},
    "POST /api/v1/residents/find": lambda place: {"words": place.things["resident"].phone},
    "POST /api/v1/staff/find": lambda place: {"words": place.things["staff"].username},
    "POST /territory/residents/": lambda place: {"q": place.things["resident"].phone},
    "POST /territory/search/": lambda place: {"q": place.things["resident"].phone},
    "POST /record/whose/": lambda place: {"person": place.things["resident"].name},
    "POST /privacy/find/": lambda place: {"person": place.things["resident"].name},
    "POST /my/household/ask/name/": lambda place: {"name": "王秀英", "stairwell": place.things["stairwell"].pk},
    "POST /my/data/ask/<slug:kind>/": lambda _place: {"words": "为什么留我的电话"},
    "POST /lift/<int:pk>/ask/": lambda _place: {"words": "挡不挡光"},
    "POST /lifts/questions/<int:pk>/": lambda _place: {"answer": "不挡"},
    "POST /sign-in/": lambda _place: {"number": "nobody", "password": "nothing"},
    "POST /sign-in/phone/": lambda _place: {"phone": "13900000000"},
    "POST /territory/figures/<int:pk>/<str:key>/": lambda _place: {"value": "3", "reason": "例会定的"},
    "POST /suggestions/terms/<int:pk>/<str:key>/": lambda _place: {"value": "4", "reason": "例会定的"},
    "POST /say/f/<str:token>/forget/": lambda _place: {"what": "contact"},
    "POST /bookings/new/": lambda place: {**_session(place), "path": place.path},
    "POST /bookings/sessions/<int:pk>/edit/": _session,
    "POST /bookings/sessions/<int:pk>/call-off/": lambda _place: {"reason": "台风"},
    "POST /bookings/sessions/<int:pk>/book/": _visitor,
    "POST /bookings/sessions/<int:pk>/door/": lambda place: {"code": place.things["booking_code"]},
    "POST /bookings/sessions/<int:pk>/walk-in/": lambda _place: {"people": "1"},
    "POST /bookings/sessions/<int:pk>/people/": lambda place: {"q": place.things["booking"].phone},
    "POST /book/<int:pk>/": _visitor,
    "POST /project-list/new/": _project,
    "POST /project-list/<int:pk>/edit/": _project,
    "POST /project-list/<int:pk>/start/": lambda _place: {"started_on": "2023-08-01"},
    "POST /project-list/<int:pk>/finish/": lambda _place: {"finished_on": "2023-08-01"},
    "POST /project-list/<int:pk>/stop/": lambda _place: {"reason": "翻建"},
    "POST /project-list/<int:pk>/unpublish/": lambda _place: {"reason": "改字"},
    "POST /project-list/<int:pk>/milestones/": lambda _place: {"title": "验收", "due_on": "2023-09-01"},
    "POST /project-list/milestones/<int:pk>/reach/": lambda _place: {"done_on": "2023-08-01"},
    "POST /project-list/milestones/<int:pk>/move/": lambda _place: {"due_on": "2023-09-01", "reason": "雨"},
    "POST /api/v1/lifts/dossiers/{dossier_id}/diary": lambda _place: {
        "kind": "work",
        "on": "2023-08-01",
        "words": "基坑开挖",
    },
    "POST /api/v1/lifts/dossiers/{dossier_id}/faults": lambda _place: {
        "stopped": True,
        "at": "2023-08-02T09:00:00+08:00",
    },
    "POST /api/v1/lifts/faults/{fault_id}/answer": lambda _place: {"arrived_at": "2023-08-03T10:00:00+08:00"},
    "POST /api/v1/lifts/faults/{fault_id}/close": lambda _place: {
        "closed_at": "2023-08-03T10:00:00+08:00",
        "cause": "door",
    },
    "POST /api/v1/lifts/dossiers/{dossier_id}/moves": lambda _place: {"move": "design", "on": "2023-08-01"},
    "POST /api/v1/lifts/dossiers/{dossier_id}/set-aside": lambda _place: {"on": "2023-08-01", "reason": "再谈"},
    "POST /api/v1/lifts/dossiers/{dossier_id}/gates/{rule}/pass": lambda _place: {"on": "2023-08-01"},
    "POST /api/v1/lifts/dossiers/{dossier_id}/gates/{rule}/waive": lambda _place: {"reason": "逐户谈过"},
    "POST /api/v1/lifts/dossiers/{dossier_id}/gates/{rule}/take-back": lambda _place: {"reason": "写错"},
    "POST /api/v1/projects": _project,
    "PUT /api/v1/projects/{project_id}": _project,
    "POST /api/v1/projects/{project_id}/start": lambda _place: {"on": "2023-08-01"},
    "POST /api/v1/projects/{project_id}/finish": lambda _place: {"on": "2023-08-01"},
    "POST /api/v1/projects/{project_id}/stop": lambda _place: {"reason": "翻建"},
    "POST /api/v1/projects/{project_id}/unpublish": lambda _place: {"reason": "改字"},
    "POST /api/v1/projects/{project_id}/milestones": lambda _place: {"title": "验收", "due_on": "2023-09-01"},
    "POST /api/v1/projects/milestones/{milestone_id}/reach": lambda _place: {"on": "2023-08-01"},
    "POST /suggestions/new/": lambda _place: {"source": "telephone", "words": "弄口没有灯", "looked": "1"},
    "POST /suggestions/<int:pk>/sort/": lambda place: {"nature": "service", "category": "order", "path": place.path},
    "POST /suggestions/<int:pk>/accept/": lambda place: {"unit": f"committee:{place.path}"},
    "POST /suggestions/<int:pk>/merge/": lambda place: {
        "into": place.things["suggestion"].number,
        "alike": [str(place.things["suggestion"].pk)],
    },
    "POST /suggestions/<int:pk>/reply/": lambda _place: {"kind": "contact", "words": "您好，弄口的灯不亮我们知道了"},
    "POST /suggestions/<int:pk>/memo/": lambda _place: {"words": "物业说下周来装"},
    "POST /suggestions/<int:pk>/transfer/": lambda place: {"unit": f"committee:{place.path}", "reason": "归他们管"},
    "POST /suggestions/<int:pk>/service/": lambda _place: {"road": "hotline", "words": "您好，弄口的灯已经转给热线了"},
    "POST /suggestions/<int:pk>/petition/": lambda _place: {
        "road": "petition",
        "words": "您好，您说的事已经转给信访办了",
    },
    "POST /suggestions/<int:pk>/adopt/": lambda place: {
        "project": place.things["project"].pk,
        "words": "您好，弄口的灯放进项目里了",
    },
    "POST /suggestions/<int:pk>/draft/": lambda _place: {"title": "弄口没有灯", "words": "弄口没有灯"},
    "POST /api/v1/suggestions": lambda place: {"path": place.path, "source": "telephone", "words": "弄口没有灯"},
    "POST /api/v1/suggestions/{suggestion_id}/sort": lambda _place: {"nature": "service", "category": "lifts"},
    "POST /api/v1/suggestions/{suggestion_id}/accept": lambda place: {"committee": place.path},
    "POST /api/v1/suggestions/{suggestion_id}/assign": lambda place: {"committee": place.path},
    "POST /api/v1/suggestions/{suggestion_id}/transfer": lambda place: {"committee": place.path, "reason": "归他们管"},
    "POST /api/v1/suggestions/{suggestion_id}/pass-on": lambda _place: {
        "road": "hotline",
        "notice": "您好，弄口的灯已经转给热线了",
    },
    "POST /api/v1/suggestions/{suggestion_id}/merge": lambda place: {"into": place.things["suggestion"].pk},
    "POST /api/v1/suggestions/{suggestion_id}/contact": lambda _place: {"words": "您好，弄口的灯不亮我们知道了"},
    "POST /api/v1/suggestions/{suggestion_id}/answer": lambda _place: {"words": "您好，弄口的灯装好了，请看看"},
    "POST /api/v1/suggestions/{suggestion_id}/adopt": lambda place: {
        "project": place.things["project"].pk,
        "words": "您好，弄口的灯放进项目里了",
    },
    "POST /api/v1/suggestions/{suggestion_id}/decline": lambda _place: {"words": "您好，弄口太窄，装不了新的路灯"},
    "POST /api/v1/suggestions/{suggestion_id}/extend": lambda _place: {"reason": "要等电力公司来看"},
    "POST /api/v1/suggestions/{suggestion_id}/draft": lambda _place: {"title": "弄口没有灯", "words": "弄口没有灯"},
    "POST /api/v1/suggestions/{suggestion_id}/unpublish": lambda _place: {"reason": "写错了地方，要改"},
    "POST /api/v1/projects/milestones/{milestone_id}/move": lambda _place: {"due_on": "2023-09-01", "reason": "雨"},
    "POST /files/<uuid:number>/remove/": lambda _place: {"reason": "拍到了路人"},
    "POST /messages/<int:message_id>/settle/": lambda _place: {"note": "打了电话"},
    "POST /language/": lambda _place: {"language": "en"},
}
"""By row; where nothing is named, an empty form is sent."""


def body_of(row: str, place: Place) -> dict[str, Any]:
    """What is sent to the address of a row, about a place."""
    return BODIES[row](place) if row in BODIES else {}
