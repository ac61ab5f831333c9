"""Addresses of those who hold events."""

from django.urls import path

from xiuhua.programmes.suggestions.events import views, wall

app_name = "gatherings"
urlpatterns = [
    path("", views.event_list, name="list"),
    path("new/", views.new, name="new"),
    path("<int:pk>/", views.event, name="event"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/open/", views.open_registration, name="open"),
    path("<int:pk>/call-off/", views.call_off, name="call_off"),
    path("<int:pk>/hold/", views.hold, name="hold"),
    path("<int:pk>/finish/", views.finish, name="finish"),
    path("<int:pk>/photos/", views.photos, name="photos"),
    path("<int:pk>/minutes/", views.minutes, name="minutes"),
    path("<int:pk>/report/", views.report_page, name="report"),
    path("<int:pk>/report.pdf", views.report_pdf, name="report_pdf"),
    path("<int:pk>/code.svg", views.hall_code, name="hall_code"),
    path("<int:pk>/wall/", wall.wall, name="wall"),
    path("<int:pk>/wall/notes/", wall.notes, name="notes"),
    path("<int:pk>/wall/notes/<int:number>/", wall.note, name="note"),
    path("<int:pk>/wall/turn/", wall.turn, name="turn"),
]
