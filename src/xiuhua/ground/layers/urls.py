from django.urls import path

from xiuhua.ground.layers import views

app_name = "layers"
urlpatterns = [
    path("<slug:territory>/<slug:name>.geojson", views.layer_geojson, name="geojson"),
]
