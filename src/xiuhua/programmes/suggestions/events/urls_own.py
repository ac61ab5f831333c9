"""Addresses of events for everybody."""

from django.urls import path

from xiuhua.programmes.suggestions.events import own

app_name = "events"
urlpatterns = [
    path("", own.events, name="list"),
    path("<int:pk>/", own.event, name="event"),
]
