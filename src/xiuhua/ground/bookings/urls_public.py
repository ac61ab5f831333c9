from django.urls import path

from xiuhua.ground.bookings.views import own

app_name = "book"
urlpatterns = [
    path("book/<int:pk>/", own.session, name="session"),
    path("booked/<str:token>/", own.own, name="own"),
    path("booked/<str:token>/cancel/", own.cancel, name="cancel"),
    path("booked/<str:token>/code.svg", own.code, name="code"),
    path("bookings/sessions/<int:pk>/session.ics", own.calendar, name="calendar"),
]
