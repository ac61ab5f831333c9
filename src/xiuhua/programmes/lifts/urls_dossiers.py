from django.urls import path

from xiuhua.programmes.lifts.views import dossiers

urlpatterns = [
    path("", dossiers.everything, name="map"),
    path("list/", dossiers.everything, name="list"),
    path("dossiers/<int:pk>/", dossiers.dossier, name="dossier"),
]
