from django.urls import path

from xiuhua.programmes.lifts.views import public_notice

app_name = "own_lift"
urlpatterns = [
    path("notices/<slug:code>/", public_notice.notice, name="notice"),
]
