"""Address of a person's own messages."""

from django.urls import path

from xiuhua.ground.messages import views

app_name = "my_messages"
urlpatterns = [path("", views.own_messages, name="list")]
