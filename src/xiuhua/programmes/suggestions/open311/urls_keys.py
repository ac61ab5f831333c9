from django.urls import path

from xiuhua.programmes.suggestions.open311 import keys

app_name = "open311_apps"
urlpatterns = [
    path("", keys.apps, name="list"),
    path("new/", keys.new, name="new"),
    path("<int:pk>/end/", keys.end, name="end"),
]
