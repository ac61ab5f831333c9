from django.urls import path

from xiuhua.ground.files import views

app_name = "files"
urlpatterns = [
    path("<uuid:number>/", views.whole, name="file"),
    path("<uuid:number>/small/", views.small, name="small"),
]
