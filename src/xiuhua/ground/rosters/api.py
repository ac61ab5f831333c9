"""Rosters by the API: the kinds, their empty tables; bring a file, see what was found, import it."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from ninja import File, Form, Query, Router, Schema, Status, UploadedFile
from ninja.errors import HttpError, ValidationError
from pydantic import StringConstraints

from xiuhua.ground.api.asked import Id, TerritoryPath, one_of, reader
from xiuhua.ground.api.paging import Page, Paging, paged
from xiuhua.ground.api.words import gettext_lazy as _
from xiuhua.ground.files.upload import Dropped
from xiuhua.ground.rosters import actions, limits, queries
from xiuhua.ground.rosters.actions import Upload
from xiuhua.ground.rosters.kinds import RosterKind, kind_named, kinds
from xiuhua.ground.rosters.models import RosterImport, StagedRow, State
from xiuhua.ground.rosters.preview import Heading, faults_of
from xiuhua.ground.rosters.rows import Outcome
from xiuhua.ground.rosters.workbooks import template_of
from xiuhua.ground.scope.queryset import get_visible_or_404
from xiuhua.ground.ui.lists.workbook import XLSX
from xiuhua.ground.verdicts import Refused

router = Router()
ImportState = Annotated[State, one_of(State)]
RowOutcome = Annotated[Outcome, one_of(Outcome)]
KindKey = Annotated[str, StringConstraints(pattern=r"^[a-z_-]{1,40}$")]
"""A kind of roster, by its key."""
FILE_NEEDED = {"requestBody": {"content": {"multipart/form-data": {"schema": {"required": ["file"]}}}}}
WORKBOOK = {"responses": {200: {"content": {XLSX: {"schema": {"type": "string", "format": "binary"}}}}}}


class PlaceTold(Schema):
    """A place that a roster may be about."""

    path: str
    name: str


class ColumnTold(Schema):
    """A column of a kind's table."""

    heading: str
    required: bool
    also: list[str]


class KindTold(Schema):
    """A kind of roster that whoever asks may import, and for which places."""

    key: str
    title: str
    columns: list[ColumnTold]
    places: list[PlaceTold]


class ImportTold(Schema):
    """A file on its way in: what was found in it, what became of it."""

    id: int
    kind: str
    path: str
    place: str
    file_name: str
    state: ImportState
    made_at: datetime
    checked_at: datetime | None
    ended_at: datetime | None
    job: int | None
    rows: int
    new: int
    changed: int
    same: int
    faulty: int
    reminded: int
    refusal: list[list[str]]


class FaultTold(Schema):
    """What is wrong in a cell, and what can be done."""

    cell: str
    heading: str
    text: str
    mend: str


class RowTold(Schema):
    """A row as it was checked, personal values masked."""

    number: int
    outcome: RowOutcome
    cells: list[str]
    faults: list[FaultTold]


class ImportFilters(Paging):
    """Which imports are asked for."""

    state: ImportState | None = None


class RowFilters(Paging):
    """Which rows are asked for."""

    outcome: RowOutcome | None = None


@router.get("/kinds", response=list[KindTold], summary=_("能导入的名册"))
def list_roster_kinds(request: HttpRequest) -> list[dict[str, Any]]:
    """Kinds of roster that whoever asks may import somewhere."""
    return [_kind_told(kind, reader(request)) for kind in kinds() if kind.places(reader(request))]


@router.get("/kinds/{kind}/template", summary=_("名册的空表"), openapi_extra=WORKBOOK)
def get_roster_template(request: HttpRequest, kind: KindKey) -> HttpResponse:
    """The empty table of a kind."""
    headers = {"Content-Disposition": f'attachment; filename="{kind}.xlsx"', "Cache-Control": "private, no-store"}
    return HttpResponse(template_of(_kind(request, kind)), content_type=XLSX, headers=headers)


@router.get("/imports", response=Page[ImportTold], summary=_("导入过的名册"))
def list_roster_imports(request: HttpRequest, asked: Query[ImportFilters]) -> dict[str, Any]:
    """Imports that whoever asks may see, newest first."""
    rows = queries.imports(reader(request))
    return paged(rows.filter(state=asked.state) if asked.state else rows, asked, _told)


@router.get("/imports/{import_id}", response=ImportTold, summary=_("一份名册办到哪一步"))
def get_roster_import(request: HttpRequest, import_id: Id) -> dict[str, Any]:
    """One import."""
    return _told([_import(request, import_id)])[0]


@router.get("/imports/{import_id}/rows", response=Page[RowTold], summary=_("名册核对的结果"))
def list_roster_rows(request: HttpRequest, import_id: Id, asked: Query[RowFilters]) -> dict[str, Any]:
    """Rows of an import as they were checked, with what is wrong."""
    found = _import(request, import_id)
    rows = queries.staged_rows(found)
    headings = [Heading(*told) for told in found.layout.get("columns", [])]
    chosen = rows.filter(outcome=asked.outcome) if asked.outcome else rows
    return paged(chosen, asked, lambda part: [_row(row, headings) for row in part])


@router.post("/imports", response={201: ImportTold}, summary=_("上传名册核对"), openapi_extra=FILE_NEEDED)
def check_roster(
    request: HttpRequest,
    kind: Form[KindKey],
    path: Form[TerritoryPath],
    file: UploadedFile = File(None),  # type: ignore[type-arg]
) -> Status[dict[str, Any]]:
    """Take in a file and compare it with what is on record; nothing is imported yet."""
    chosen = _kind(request, kind)
    upload = _upload(request, file)
    found = actions.check_roster(actor=reader(request), kind=chosen.key, path=path, upload=upload)
    return Status(201, _told([found])[0])


@router.post("/imports/{import_id}/apply", response=ImportTold, summary=_("导入名册"))
def apply_roster(request: HttpRequest, import_id: Id) -> dict[str, Any]:
    """Import what was checked: all rows or none; a large file by a job."""
    return _go_on(request, import_id, actions.start_import)


@router.post("/imports/{import_id}/check", response=ImportTold, summary=_("再核对一次"))
def check_roster_again(request: HttpRequest, import_id: Id) -> dict[str, Any]:
    """Compare the file once more with what is on record."""
    return _go_on(request, import_id, actions.check_again)


@router.post("/imports/{import_id}/discard", response=ImportTold, summary=_("放弃名册"))
def discard_roster(request: HttpRequest, import_id: Id) -> dict[str, Any]:
    """Give an import up; the file is forgotten."""
    return _go_on(request, import_id, lambda **given: actions.discard_roster(**given).subject)


def _go_on(request: HttpRequest, import_id: int, act: Callable[..., RosterImport]) -> dict[str, Any]:
    found = _import(request, import_id)
    return _told([act(actor=reader(request), roster_import=found)])[0]


def _upload(request: HttpRequest, file: UploadedFile | None) -> Upload:
    """The file; one that was dropped for its weight is told apart from none."""
    if file is None:
        raise ValidationError([{"type": "missing", "loc": ("file", "file")}])
    if isinstance(file, Dropped) or (file.size or 0) > limits.FILE_BYTES:
        raise HttpError(413, "")
    return Upload(file.name or "", file.read())


def _import(request: HttpRequest, import_id: int) -> RosterImport:
    found: RosterImport = get_visible_or_404(queries.imports(reader(request)), reader(request), pk=import_id)
    return found


def _kind(request: HttpRequest, key: str) -> type[RosterKind]:
    """The kind of that key, where whoever asks may import it anywhere."""
    try:
        kind = kind_named(key)
    except Refused as error:
        raise Http404 from error
    if not kind.places(reader(request)):
        raise PermissionDenied
    return kind


def _kind_told(kind: type[RosterKind], actor: Any) -> dict[str, Any]:
    return {
        "key": kind.key,
        "title": str(kind.title),
        "columns": [
            {"heading": column.heading, "required": column.required, "also": list(column.also)}
            for column in kind.fields.values()
        ],
        "places": [{"path": place.path, "name": place.name} for place in kind.places(actor)],
    }


def _told(imports: list[RosterImport]) -> list[dict[str, Any]]:
    names = [name for name in ImportTold.model_fields if name != "job"]
    return [{**{name: getattr(one, name) for name in names}, "job": one.job_id} for one in imports]


def _row(row: StagedRow, headings: list[Heading]) -> dict[str, Any]:
    faults = [{name: getattr(fault, name) for name in FaultTold.model_fields} for fault in faults_of(row, headings)]
    return {"number": row.number, "outcome": row.outcome, "cells": row.shown, "faults": faults}
