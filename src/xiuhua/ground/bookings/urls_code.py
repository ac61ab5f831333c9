from django.urls import path

from xiuhua.ground.bookings.views import door

app_name = "check_in"
urlpatterns = [path("<str:code>/", door.by_code, name="code")]
