"""Addresses of GeoReport v2, each in both forms."""

from django.urls import path

from xiuhua.programmes.suggestions.open311 import views

app_name = "open311"
FORMS = ("json", "xml")
_ROUTES = (
    ("discovery", views.discovery),
    ("services", views.services),
    ("services/<str:code>", views.definition),
    ("requests", views.requests),
    ("requests/<str:number>", views.one_request),
    ("tokens/<str:token>", views.token),
)
urlpatterns = [
    path("", views.discovery, {"form": "json"}, name="root"),
    *(path(f"{route}.{form}", view, {"form": form}) for route, view in _ROUTES for form in FORMS),
]
