from django.urls import path

from xiuhua.ground.rosters import views

app_name = "rosters"
urlpatterns = [
    path("", views.home, name="home"),
    path("imports/<int:import_id>/", views.roster_import, name="import"),
    path("imports/<int:import_id>/marked.xlsx", views.marked, name="marked"),
    path("imports/<int:import_id>/import/", views.begin_import, name="begin"),
    path("imports/<int:import_id>/check/", views.check_again, name="check_again"),
    path("imports/<int:import_id>/columns/", views.columns, name="columns"),
    path("imports/<int:import_id>/discard/", views.discard, name="discard"),
    path("<slug:kind>/", views.start, name="start"),
    path("<slug:kind>/template.xlsx", views.template, name="template"),
]
