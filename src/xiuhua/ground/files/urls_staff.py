"""What staff do with a file."""

from django.urls import path

from xiuhua.ground.files import views

app_name = "files_kept"
urlpatterns = [path("<uuid:number>/remove/", views.remove, name="remove")]
