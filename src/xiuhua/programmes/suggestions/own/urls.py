"""Addresses of what people say, follow and read for themselves."""

from django.urls import path

from xiuhua.programmes.suggestions.own import board, following, forgetting, ground, saying

app_name = "say"
urlpatterns = [
    path("", saying.say, name="form"),
    path("at/<slug:code>/", saying.say_at, name="at"),
    path("mine/", following.mine, name="mine"),
    path("mine/clear/", following.not_mine, name="not_mine"),
    path("f/<str:token>/", following.follow, name="follow"),
    path("f/<str:token>/rate/", following.rate, name="rate"),
    path("f/<str:token>/reopen/", following.reopen, name="reopen"),
    path("f/<str:token>/forget/", forgetting.forget, name="forget"),
    path("f/<str:token>/phone/", following.confirm_phone, name="confirm_phone"),
    path("board/", board.board, name="board"),
    path("board/map/", board.board_map, name="board_map"),
    path("board/points.geojson", board.points, name="points"),
    path("board/<int:office>/<str:number>/", board.published, name="published"),
    path("near.json", ground.near, name="near"),
    path("around.svg", ground.around, name="around"),
    path("ground/<slug:name>.geojson", ground.layer, name="ground"),
]
