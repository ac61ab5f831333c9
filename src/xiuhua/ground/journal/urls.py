from django.urls import path

from xiuhua.ground.journal import views

app_name = "journal"
urlpatterns = [
    path("", views.record, name="record"),
    path("whose/", views.whose, name="whose"),
    path("<int:entry_id>/", views.entry, name="entry"),
    path("<int:entry_id>/sealed/", views.open_sealed, name="open_sealed"),
]
