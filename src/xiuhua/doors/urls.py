from django.urls import include, path
from django.views.generic import RedirectView

from xiuhua.ground.accounts.doors import signed_in
from xiuhua.ground.journal.feed import feed

urlpatterns = [
    path("feed/", signed_in(feed), name="feed"),
    path("", RedirectView.as_view(pattern_name="lifecircle:home", query_string=True)),
    path("lifecircle/", include("xiuhua.programmes.lifecircle.urls")),
    path("map/", include("xiuhua.ground.layers.urls")),
    path("", include("xiuhua.ground.ui.urls")),
]

handler400 = "xiuhua.ground.ui.views.bad_request"
handler403 = "xiuhua.ground.ui.views.forbidden"
handler404 = "xiuhua.ground.ui.views.not_found"
handler500 = "xiuhua.ground.ui.views.server_error"
