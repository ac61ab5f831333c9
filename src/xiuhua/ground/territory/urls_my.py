"""Addresses of a resident's own household."""

from django.urls import path

from xiuhua.ground.territory.views import own

app_name = "my_household"
urlpatterns = [
    path("", own.home, name="home"),
    path("ask/", own.ask_committee, name="ask"),
    path("ask/door/", own.ask_stairwell, name="ask_stairwell"),
    path("ask/room/", own.ask_room, name="ask_room"),
    path("ask/name/", own.ask_name, name="ask_name"),
    path("end/", own.end, name="end"),
]
