from django.urls import path

from xiuhua.ground.messages import views

app_name = "messages"
urlpatterns = [
    path("", views.message_list, name="list"),
    path("<int:message_id>/", views.message_page, name="message"),
    path("<int:message_id>/open/", views.open_whole, name="open"),
    path("<int:message_id>/again/", views.send_again, name="send_again"),
    path("<int:message_id>/settle/", views.settle, name="settle"),
]
