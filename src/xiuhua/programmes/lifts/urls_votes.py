"""Pages about votes, mandates, objections and mediation."""

from django.urls import path

from xiuhua.programmes.lifts.views import objections, votes

_one = "dossiers/<int:pk>/"

urlpatterns = [
    path(f"{_one}votes/", votes.votes, name="votes"),
    path(f"{_one}votes/open/", votes.open_vote, name="open_vote"),
    path(f"{_one}votes/past/", votes.past_vote, name="past_vote"),
    path("votes/<int:pk>/electors/<int:elector_pk>/paper/", votes.paper_ballot, name="paper_ballot"),
    path("votes/<int:pk>/electors/<int:elector_pk>/phone/", votes.elector_phone, name="elector_phone"),
    path("votes/<int:pk>/close/", votes.close_vote, name="close_vote"),
    path("votes/<int:pk>/cancel/", votes.cancel_vote, name="cancel_vote"),
    path("votes/<int:pk>/sheet/", votes.sheet, name="vote_sheet"),
    path("votes/<int:pk>/sheet/csv/", votes.sheet_csv, name="vote_sheet_csv"),
    path(f"{_one}mandates/give/", objections.give_mandate, name="give_mandate"),
    path("mandates/<int:pk>/end/", objections.end_mandate, name="end_mandate"),
    path(f"{_one}objections/", objections.objections, name="objections"),
    path(f"{_one}objections/note/", objections.note_objection, name="note_objection"),
    path("objections/<int:pk>/answer/", objections.answer_objection, name="answer_objection"),
    path(f"{_one}mediations/note/", objections.note_mediation, name="note_mediation"),
]
