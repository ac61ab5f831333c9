from django.urls import path

from xiuhua.ground.territory.views import figures
from xiuhua.programmes.suggestions.views import board, deeds, entering, everything, inbox, publishing, topics, verbs

app_name = "suggestions"
urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("news/", inbox.news, name="news"),
    path("all/", everything.everything, name="all"),
    path("map/", everything.suggestion_map, name="map"),
    path("new/", entering.enter, name="new"),
    path("board/", board.board, name="board"),
    *figures.urls("suggestions", "terms/"),
    path("topics/", topics.topics, name="topics"),
    path("topics/regroup/", topics.regroup, name="regroup"),
    path("topics/<int:pk>/", topics.topic, name="topic"),
    path("topics/<int:pk>/rename/", topics.rename, name="rename_topic"),
    path("topics/<int:pk>/merge/", topics.merge, name="merge_topic"),
    path("<int:pk>/", inbox.suggestion, name="suggestion"),
    path("<int:pk>/sender/", inbox.sender, name="sender"),
    path("<int:pk>/sort/", deeds.sort, name="sort"),
    path("<int:pk>/accept/", deeds.accept, name="accept"),
    path("<int:pk>/merge/", deeds.merge, name="merge"),
    path("<int:pk>/reply/", deeds.reply, name="reply"),
    path("<int:pk>/memo/", deeds.memo, name="memo"),
    path("<int:pk>/close/", deeds.close, name="close"),
    path("<int:pk>/transfer/", verbs.transfer, name="transfer"),
    path("<int:pk>/service/", verbs.service, name="service"),
    path("<int:pk>/petition/", verbs.petition, name="petition"),
    path("<int:pk>/extend/", verbs.extend, name="extend"),
    path("<int:pk>/split/", verbs.split, name="split"),
    path("<int:pk>/adopt/", verbs.adopt, name="adopt"),
    path("<int:pk>/decline/", verbs.decline, name="decline"),
    path("<int:pk>/draft/", publishing.draft, name="draft"),
    path("<int:pk>/publish/", publishing.publish, name="publish"),
    path("<int:pk>/unpublish/", publishing.unpublish, name="unpublish"),
]
