"""Residents' own pages of their lift (掌上加梯)."""

from django.urls import path

from xiuhua.programmes.lifts.own import deeds, home, mandates, voting

urlpatterns = [
    path("", home.mine, name="mine"),
    path("wish/", deeds.wish, name="wish"),
    path("asked/<int:pk>/", deeds.asked, name="asked"),
    path("<int:pk>/", home.stairwell, name="stairwell"),
    path("<int:pk>/share/", home.share, name="share"),
    path("<int:pk>/papers/", home.papers, name="papers"),
    path("<int:pk>/story/", home.story, name="story"),
    path("<int:pk>/ask/", deeds.ask, name="ask"),
    path("<int:pk>/fault/", deeds.fault, name="fault"),
    path("<int:pk>/limit/", deeds.limit, name="limit"),
    path("<int:pk>/object/", deeds.object_, name="object"),
    path("<int:pk>/mandates/", mandates.mandates, name="mandates"),
    path("mandates/<int:pk>/end/", mandates.end, name="end_mandate"),
    path("vote/<int:pk>/", voting.vote, name="vote"),
    path("vote/<int:pk>/receipt/", voting.receipt, name="receipt"),
    path("vote/<int:pk>/result/", voting.result, name="result"),
]
