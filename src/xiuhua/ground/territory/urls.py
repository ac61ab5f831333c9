from django.urls import path

from xiuhua.ground.territory.views import binding, correcting, files, homes, lists, places, search

app_name = "territory"
urlpatterns = [
    path("", places.home, name="home"),
    path("search/", search.everything, name="search"),
    path("subdistricts/<int:pk>/", places.subdistrict, name="subdistrict"),
    path("committees/", lists.committees, name="committees"),
    path("committees/<int:pk>/", places.committee, name="committee"),
    path("micro-grids/", lists.micro_grids, name="micro_grids"),
    path("micro-grids/<int:pk>/", places.micro_grid, name="micro_grid"),
    path("buildings/", lists.buildings, name="buildings"),
    path("buildings/<int:pk>/", places.building, name="building"),
    path("buildings/<int:pk>/correct/", correcting.correct_building, name="correct_building"),
    path("stairwells/", lists.stairwells, name="stairwells"),
    path("stairwells/<int:pk>/", homes.stairwell, name="stairwell"),
    path("households/", lists.households, name="households"),
    path("households/<int:pk>/", homes.household, name="household"),
    path("households/<int:pk>/open/", files.open_household, name="open_household"),
    path("households/<int:pk>/close/", files.close_household, name="close_household"),
    path("households/<int:pk>/correct/", correcting.correct_household, name="correct_household"),
    path("households/<int:pk>/add/", correcting.add_resident, name="add_resident"),
    path("residents/", lists.residents, name="residents"),
    path("residents/<int:pk>/", homes.resident, name="resident"),
    path("residents/<int:pk>/open/", files.open_resident, name="open_resident"),
    path("residents/<int:pk>/correct/", correcting.correct_resident, name="correct_resident"),
    path("residents/<int:pk>/move-out/", correcting.move_out, name="move_out"),
    path("residents/<int:pk>/bring-back/", correcting.bring_back, name="bring_back"),
    path("bindings/", binding.bindings, name="bindings"),
    path("bindings/<int:pk>/", binding.binding, name="binding"),
    path("bindings/<int:pk>/confirm/", binding.confirm_binding, name="confirm_binding"),
    path("bindings/<int:pk>/refuse/", binding.refuse_binding, name="refuse_binding"),
    path("bindings/<int:pk>/end/", binding.end_binding, name="end_binding"),
    path("facilities/", lists.facilities, name="facilities"),
    path("facilities/<int:pk>/", places.facility, name="facility"),
]
