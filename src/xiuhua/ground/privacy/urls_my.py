"""Addresses of what is kept about oneself."""

from django.urls import path

from xiuhua.ground.privacy.views import own

app_name = "my_data"
urlpatterns = [
    path("", own.home, name="home"),
    path("kept/", own.what_is_kept, name="kept"),
    path("seen/", own.who_opened, name="seen"),
    path("ask/<slug:kind>/", own.ask, name="ask"),
    path("requests/", own.own_requests, name="requests"),
    path("requests/<int:request_id>/copy/", own.copy, name="copy"),
    path("consents/", own.own_consents, name="consents"),
    path("consents/<int:consent_id>/withdraw/", own.withdraw, name="withdraw"),
]
