from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SuggestionsConfig(AppConfig):
    name = "xiuhua.programmes.suggestions"
    label = "suggestions"
    verbose_name = "人民建议"

    def ready(self) -> None:
        from xiuhua.ground.files import sight
        from xiuhua.ground.messages import titles
        from xiuhua.ground.scope.roles import Sight
        from xiuhua.ground.ui import navigation, outbox, phone
        from xiuhua.ground.ui.waiting import count_of
        from xiuhua.programmes.projects import sections as project_sections
        from xiuhua.programmes.suggestions import (
            figures,
            found,
            holdings,
            layers,
            rosters,
            telling,
            told_projects,
            waiting,
        )
        from xiuhua.programmes.suggestions.events import registered as events
        from xiuhua.programmes.suggestions.open311 import permits as open311_permits
        from xiuhua.programmes.suggestions.own import following, saying, told

        project_sections.register(told_projects.adopted)
        project_sections.register_public(told_projects.published)
        layers.register_all()
        holdings.register_all()
        figures.register_all()
        found.register_all()
        rosters.register_all()
        waiting.register_all()
        events.register_all()
        navigation.register(
            "听",
            _("人民建议"),
            "suggestions:inbox",
            "i-message-2",
            10,
            sight=Sight.SUGGESTIONS,
            badge=count_of(waiting.RECEIVED),
        )
        navigation.register(
            "管", _("接入应用"), "open311_apps:list", "i-key", 90, when=open311_permits.may_issue_somewhere
        )
        titles.calls(telling.TEMPLATE, _("建议的答复"))
        sight.opened_by("suggestions.suggestion", following.opens)
        outbox.register(saying.LETTER, saying.take_letter, page="say:form")
        phone.tab(_("我要反映"), "say:form", "i-message-2", order=20)
        phone.tab(_("你说我做"), "say:board", "i-checklist", order=30)
        phone.tile(_("我要反映"), "say:form", "i-message-2", order=10)
        phone.tile(_("你说我做"), "say:board", "i-checklist", order=20)
        phone.tile(_("我说过的"), "say:mine", "i-history", order=30, second=True)
        phone.cells(told.home_cells, order=20)
