from django.urls import path

from xiuhua.programmes.projects.views import deeds, milestones, pages

app_name = "projects"
urlpatterns = [
    path("", pages.project_list, name="list"),
    path("map/", pages.project_map, name="map"),
    path("new/", pages.propose, name="propose"),
    path("<int:pk>/", pages.project, name="project"),
    path("<int:pk>/edit/", pages.edit, name="edit"),
    path("<int:pk>/approve/", deeds.approve, name="approve"),
    path("<int:pk>/start/", deeds.start, name="start"),
    path("<int:pk>/finish/", deeds.finish, name="finish"),
    path("<int:pk>/stop/", deeds.stop, name="stop"),
    path("<int:pk>/publish/", deeds.publish, name="publish"),
    path("<int:pk>/unpublish/", deeds.unpublish, name="unpublish"),
    path("<int:pk>/photos/", deeds.add_photos, name="add_photos"),
    path("<int:pk>/photos/publish/", deeds.publish_photos, name="publish_photos"),
    path("<int:pk>/milestones/", milestones.add, name="add_milestone"),
    path("milestones/<int:pk>/reach/", milestones.reach, name="reach"),
    path("milestones/<int:pk>/move/", milestones.move, name="move"),
]
