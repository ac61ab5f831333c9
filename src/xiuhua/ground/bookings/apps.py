from django.apps import AppConfig


class BookingsConfig(AppConfig):
    name = "xiuhua.ground.bookings"
    label = "bookings"
    verbose_name = "预约"
