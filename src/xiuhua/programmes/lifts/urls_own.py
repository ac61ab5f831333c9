from django.urls import URLPattern

app_name = "own_lift"
urlpatterns: list[URLPattern] = []
