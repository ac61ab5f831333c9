from django.urls import include, path
from django.views.decorators.http import require_safe

from xiuhua.doors.behind import behind, or_visitor, quietly
from xiuhua.doors.home import home
from xiuhua.doors.open311 import at_pace
from xiuhua.ground.accounts.guards import for_staff, sight_required, signed_in
from xiuhua.ground.journal.feed import feed
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.ui.phone_pages import today
from xiuhua.ground.ui.views import bell, what_waits

urlpatterns = [
    path("feed/", signed_in(require_safe(feed)), name="feed"),
    path("", signed_in(home), name="home"),
    path("waiting/", for_staff(what_waits), name="waiting"),
    path("waiting/bell/", quietly(bell), name="waiting_bell"),
    path("phone/today/", for_staff(today), name="today"),
    path("lifecircle/", include("xiuhua.programmes.lifecircle.urls")),
    path("say/", behind(or_visitor, "xiuhua.programmes.suggestions.own.urls")),
    path("open311/apps/", behind(for_staff, "xiuhua.programmes.suggestions.open311.urls_keys")),
    path("open311/v2/", behind(at_pace, "xiuhua.programmes.suggestions.open311.urls")),
    path("suggestions/events/", include("xiuhua.programmes.suggestions.events.urls")),
    path("events/", behind(or_visitor, "xiuhua.programmes.suggestions.events.urls_own")),
    path("suggestions/", include("xiuhua.programmes.suggestions.urls")),
    path("lifts/", include("xiuhua.programmes.lifts.urls")),
    path("lift/", behind(or_visitor, "xiuhua.programmes.lifts.urls_own")),
    path("project-list/", include("xiuhua.programmes.projects.urls")),
    path("projects/", behind(or_visitor, "xiuhua.programmes.projects.urls_public")),
    path("files/", behind(for_staff, "xiuhua.ground.files.urls_staff")),
    path("files/", behind(or_visitor, "xiuhua.ground.files.urls")),
    path("", behind(or_visitor, "xiuhua.ground.bookings.urls_public")),
    path("bookings/", behind(sight_required(Sight.BOOKINGS), "xiuhua.ground.bookings.urls")),
    path("b/", behind(sight_required(Sight.BOOKINGS), "xiuhua.ground.bookings.urls_code")),
    path("messages/", behind(for_staff, "xiuhua.ground.messages.urls")),
    path("phone/messages/", behind(signed_in, "xiuhua.ground.messages.urls_my")),
    path("jobs/", behind(for_staff, "xiuhua.ground.jobs.urls")),
    path("record/", behind(signed_in, "xiuhua.ground.journal.urls")),
    path("privacy/", include("xiuhua.ground.privacy.urls")),
    path("rosters/", behind(signed_in, "xiuhua.ground.rosters.urls")),
    path("my/household/", include("xiuhua.ground.territory.urls_my")),
    path("my/data/", include("xiuhua.ground.privacy.urls_my")),
    path("territory/", include("xiuhua.ground.territory.urls")),
    path("map/", behind(signed_in, "xiuhua.ground.layers.urls")),
    path("", include("xiuhua.doors.api.urls")),
    path("", include("xiuhua.ground.accounts.urls")),
    path("", include("xiuhua.ground.accounts.entrance.library_urls")),
    path("", include("xiuhua.ground.ui.urls")),
]

handler400 = "xiuhua.doors.failed.bad_request"
handler403 = "xiuhua.doors.failed.forbidden"
handler404 = "xiuhua.doors.failed.not_found"
handler500 = "xiuhua.doors.failed.server_error"
handler429 = "xiuhua.ground.accounts.entrance.pages.too_many"
