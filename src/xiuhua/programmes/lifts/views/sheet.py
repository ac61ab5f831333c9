"""The five-colour map to be printed."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from xiuhua.ground.accounts.guards import sight_required
from xiuhua.ground.documents import pdf_response
from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.territory.days import today
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts.sheet import lift_sheet
from xiuhua.programmes.lifts.views.map import subdistrict_of


@require_safe
@sight_required(Sight.LIFTS)
def map_pdf(request: HttpRequest) -> HttpResponse:
    """A sheet of A3: the map, its legend, and the figures of each committee."""
    day, subdistrict = today(), subdistrict_of(request)
    name = _("五色加梯地图 %(place)s %(day)s") % {"place": subdistrict.name, "day": day.isoformat()}
    return pdf_response(lift_sheet(actor_of(request), subdistrict, day), name)
