from django.urls import path

from xiuhua.programmes.lifts import urls_own_phone
from xiuhua.programmes.lifts.own import diary
from xiuhua.programmes.lifts.views import public_map, public_notice

app_name = "own_lift"
urlpatterns = [
    *urls_own_phone.urlpatterns,
    path("map/", public_map.public_map, name="public_map"),
    path("map/blocks.geojson", public_map.blocks, name="public_blocks"),
    path("map/ground/<slug:name>.geojson", public_map.ground, name="public_ground"),
    path("diary/", diary.write, name="diary"),
    path("notices/<slug:code>/", public_notice.notice, name="notice"),
]
