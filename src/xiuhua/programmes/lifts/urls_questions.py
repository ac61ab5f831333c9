"""Pages about residents' questions."""

from django.urls import path

from xiuhua.programmes.lifts.views import questions

urlpatterns = [
    path("questions/", questions.questions, name="questions"),
    path("questions/<int:pk>/", questions.question, name="question"),
    path("dossiers/<int:pk>/questions/", questions.dossier_questions, name="dossier_questions"),
]
