from django.urls import path

from xiuhua.programmes.lifts.views import board, sheet
from xiuhua.programmes.lifts.views import map as maps

urlpatterns = [
    path("", maps.lift_map, name="map"),
    path("map/<int:pk>/", maps.panel, name="map_panel"),
    path("replay.json", maps.replay, name="replay"),
    path("map.pdf", sheet.map_pdf, name="map_pdf"),
    path("board/", board.board, name="board"),
]
