from django.urls import path

from xiuhua.programmes.lifecircle import views

app_name = "lifecircle"
urlpatterns = [
    path("", views.home, name="home"),
    path("runs/", views.runs_page, name="runs"),
    path("runs/new/", views.new_run, name="new_run"),
    path("runs/<int:run_id>/", views.run_page, name="run"),
    path("runs/<int:run_id>/reach.json", views.reach, name="reach"),
    path("runs/<int:run_id>/left-out/", views.left_out, name="left_out"),
    path("runs/<int:run_id>/committees/", views.committees, name="committees"),
    path("runs/<int:run_id>/buildings/<int:building_id>/", views.building, name="building"),
]
