"""Addresses of the shell, and the pages for errors (the root urls import the handlers from here)."""

from django.urls import path
from django.views.i18n import set_language

from xiuhua.ground.ui import outbox, phone_pages, views

app_name = "ui"

urlpatterns = [
    path("language/", set_language, name="set_language"),
    path("phone/", phone_pages.home, name="phone"),
    path("phone/waiting/", phone_pages.outbox_page, name="outbox_page"),
    path("phone/offline/", phone_pages.offline, name="offline"),
    path("phone/size/", phone_pages.size, name="size"),
    path("outbox/", outbox.box, name="outbox"),
    path("outbox/<str:kind>/", outbox.take, name="take_letter"),
    path("manifest.webmanifest", phone_pages.manifest, name="manifest"),
    path("sw.js", phone_pages.worker, name="worker"),
    path("views/keep/", views.keep_view, name="keep_view"),
    path("views/drop/", views.drop_view, name="drop_view"),
]

handler400 = "xiuhua.ground.ui.views.bad_request"
handler403 = "xiuhua.ground.ui.views.forbidden"
handler404 = "xiuhua.ground.ui.views.not_found"
handler500 = "xiuhua.ground.ui.views.server_error"
