from django.urls import path

from xiuhua.ground.bookings.views import door, sessions

app_name = "bookings"
urlpatterns = [
    path("", sessions.session_list, name="sessions"),
    path("new/", sessions.new_session, name="new"),
    path("sessions/<int:pk>/", sessions.session_page, name="session"),
    path("sessions/<int:pk>/people/", sessions.people, name="people"),
    path("sessions/<int:pk>/edit/", sessions.edit, name="edit"),
    path("sessions/<int:pk>/call-off/", sessions.call_off, name="call_off"),
    path("sessions/<int:pk>/close/", sessions.close, name="close"),
    path("sessions/<int:pk>/book/", sessions.book_for, name="book_for"),
    path("sessions/<int:pk>/code.svg", sessions.poster, name="poster"),
    path("sessions/<int:pk>/door/", door.door, name="door"),
    path("sessions/<int:pk>/walk-in/", door.walk_in, name="walk_in"),
    path("<int:pk>/check-in/", door.check_in, name="check_in"),
    path("<int:pk>/contact/", door.contact, name="contact"),
    path("<int:pk>/cancel/", door.cancel, name="cancel"),
]
