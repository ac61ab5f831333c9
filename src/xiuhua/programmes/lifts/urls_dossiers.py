from django.urls import path

from xiuhua.ground.territory.views import figures
from xiuhua.programmes.lifts.views import dossiers, flats, gates, papers, team

_one = "dossiers/<int:pk>/"

urlpatterns = [
    *figures.urls("lifts", "rules/"),
    path("list/", dossiers.everything, name="list"),
    path("workload/", team.workload, name="workload"),
    path("centres/", team.centres, name="centres"),
    path("centres/open/", team.open_centre, name="open_centre"),
    path("centres/<int:pk>/", team.centre, name="centre"),
    path("centres/<int:pk>/close/", team.close_centre, name="close_centre"),
    path("team/<int:pk>/leave/", team.leave_team, name="leave_team"),
    path(_one, dossiers.dossier, name="dossier"),
    path(f"{_one}log/", dossiers.log, name="log"),
    path(f"{_one}gates/", gates.every_gate, name="gates"),
    path(f"{_one}gates/<slug:rule>/pass/", gates.pass_gate, name="pass_gate"),
    path(f"{_one}gates/<slug:rule>/waive/", gates.waive_gate, name="waive_gate"),
    path(f"{_one}gates/<slug:rule>/take-back/", gates.take_back_gate, name="take_back_gate"),
    path(f"{_one}move/", gates.move, name="move"),
    path(f"{_one}set-aside/", gates.set_aside, name="set_aside"),
    path(f"{_one}snag/", gates.note_snag, name="note_snag"),
    path(f"{_one}measure/", flats.measure, name="measure"),
    path(f"{_one}flats/", flats.flats, name="flats"),
    path(f"{_one}flats/areas/", flats.areas, name="areas"),
    path(f"{_one}flats/wishes/", flats.stances, name="stances"),
    path(f"{_one}flats/add/", flats.correct_flat, name="add_flat"),
    path(f"{_one}flats/<int:flat_pk>/", flats.correct_flat, name="flat"),
    path(f"{_one}flats/<int:flat_pk>/owners/add/", flats.add_owner, name="add_owner"),
    path(f"{_one}flats/<int:flat_pk>/owners/<int:owner_pk>/remove/", flats.remove_owner, name="remove_owner"),
    path(f"{_one}owners/<int:owner_pk>/open/", flats.open_owner, name="open_owner"),
    path(f"{_one}papers/", papers.papers, name="papers"),
    path(f"{_one}papers/add/", papers.add_paper, name="add_paper"),
    path(f"{_one}contacts/", papers.contacts, name="contacts"),
    path(f"{_one}contacts/add/", papers.note_contact, name="note_contact"),
    path(f"{_one}team/", team.team, name="team"),
    path(f"{_one}team/join/", team.join_team, name="join_team"),
]
