from django.urls import include, path

app_name = "lifts"
urlpatterns = [
    path("", include("xiuhua.programmes.lifts.urls_map")),
    path("", include("xiuhua.programmes.lifts.urls_dossiers")),
    path("", include("xiuhua.programmes.lifts.urls_votes")),
    path("", include("xiuhua.programmes.lifts.urls_shares")),
    path("", include("xiuhua.programmes.lifts.urls_build")),
    path("", include("xiuhua.programmes.lifts.urls_questions")),
    path("", include("xiuhua.programmes.lifts.urls_batches")),
]
