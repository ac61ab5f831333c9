from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "xiuhua.ground.privacy"
    label = "privacy"
    verbose_name = "个人信息"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from xiuhua.ground.accounts.places import names_of
        from xiuhua.ground.journal import known, oversight
        from xiuhua.ground.privacy import jobs, kept, named, overseen, queries, sections, waiting  # noqa: F401 - jobs register themselves
        from xiuhua.ground.privacy.views import own
        from xiuhua.ground.scope.roles import Sight
        from xiuhua.ground.territory import hooks
        from xiuhua.ground.ui import navigation

        kept.register_all()
        hooks.resident_sections_told_by(sections.for_resident)
        hooks.own_cards_told_by(own.card_of)
        hooks.kept_only_told_by(queries.kept_only_among)
        known.roles_told_by(overseen.roles_then)
        known.places_told_by(names_of)
        known.people_found_by(overseen.people_found)
        known.things_found_by(overseen.things_found)
        known.widened_by(overseen.concerned)
        known.opens_files(
            "territory.open_household_file", "territory.look_at_applicant", "privacy.answer_access", oversight.OPEN
        )
        known.verified_at("privacy:verify_record")
        named.register_all()
        waiting.register_all()
        navigation.register("管", _("留痕"), "journal:record", icon="i-history", order=40, sight=Sight.RECORD)
        navigation.register("管", _("个人信息"), "privacy:home", icon="i-shield-lock", order=50, sight=Sight.PRIVACY)
