from django.urls import path

from xiuhua.doors.api.interface import api
from xiuhua.doors.api.pages import document_page, nothing_here

urlpatterns = [
    path("api/v1/", document_page, name="api_document"),
    path("api/v1/", api.urls),
    path("api/<path:rest>", nothing_here, name="api_nothing"),
]
