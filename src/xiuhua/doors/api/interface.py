"""The API itself: every room's operations under one address, one door and one document (OpenAPI 3.1)."""

import json
from types import MappingProxyType
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation
from ninja.renderers import JSONRenderer
from ninja.responses import NinjaJSONEncoder

from xiuhua.doors.api.auth import Session, Token
from xiuhua.doors.api.document import completed
from xiuhua.doors.api.failures import handle_all
from xiuhua.doors.api.pace import REQUESTS
from xiuhua.ground.accounts import api as accounts
from xiuhua.ground.api.words import gettext_lazy as _
from xiuhua.ground.jobs import api as jobs
from xiuhua.ground.journal import api as journal
from xiuhua.ground.rosters import api as rosters
from xiuhua.ground.territory import api_keeping as territory
from xiuhua.programmes.lifecircle import api as lifecircle
from xiuhua.programmes.lifts import api as lifts
from xiuhua.programmes.lifts import api_batches as lift_batches
from xiuhua.programmes.lifts import api_build as lift_building
from xiuhua.programmes.lifts import api_report as lift_report
from xiuhua.programmes.lifts import api_shares as lift_shares
from xiuhua.programmes.lifts import api_votes as lift_votes
from xiuhua.programmes.projects import api as projects
from xiuhua.programmes.suggestions import api as suggestions


class Plain(JSONRenderer):
    """JSON whose Chinese can be read as it stands."""

    json_dumps_params = MappingProxyType({"ensure_ascii": False})


class Interface(NinjaAPI):
    """NinjaAPI whose document says everything that is answered, and whose answers nobody between may keep."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._documents: dict[str, OpenAPISchema] = {}

    def get_openapi_schema(self, **wanted: Any) -> OpenAPISchema:
        """Return the document in the reader's language: made once, since nothing in it changes."""
        language = get_language() or ""
        if language not in self._documents:
            made = completed(super().get_openapi_schema(**wanted))
            made.update(json.loads(json.dumps(made, cls=NinjaJSONEncoder)))
            self._documents[language] = made
        return self._documents[language]

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Return what an operation is called: the name of its function."""
        return str(operation.view_func.__name__)

    def create_temporal_response(self, request: HttpRequest) -> HttpResponse:
        """Return the answer that an operation fills."""
        response = super().create_temporal_response(request)
        response.headers["Cache-Control"] = "private, no-store"
        return response


api = Interface(
    title=_("绣花接口"),
    version="1",
    docs_url=None,
    docs_decorator=require_safe,
    urls_namespace="api",
    auth=[Token(), Session()],
    throttle=[REQUESTS],
    renderer=Plain(),
)
handle_all(api)
for prefix, router, tag in (
    ("", accounts.router, _("人员与权限")),
    ("", territory.router, _("区划与居民")),
    ("", journal.router, _("留痕")),
    ("jobs", jobs.router, _("后台任务")),
    ("rosters", rosters.router, _("名册")),
    ("lifecircle", lifecircle.router, _("生活圈")),
    ("lifts", lift_report.router, _("加装电梯")),
    ("lifts", lifts.router, _("加装电梯")),
    ("lifts", lift_batches.router, _("加装电梯")),
    ("lifts", lift_building.router, _("加装电梯")),
    ("lifts", lift_shares.router, _("加装电梯")),
    ("lifts", lift_votes.router, _("加装电梯")),
    ("projects", projects.router, _("项目清单")),
    ("suggestions", suggestions.router, _("人民建议")),
):
    api.add_router(prefix, router, tags=[tag])
