from django.urls import URLPattern

app_name = "lifecircle"
urlpatterns: list[URLPattern] = []
