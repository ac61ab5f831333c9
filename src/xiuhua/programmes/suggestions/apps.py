from django.apps import AppConfig


class SuggestionsConfig(AppConfig):
    name = "xiuhua.programmes.suggestions"
    label = "suggestions"
    verbose_name = "人民建议"

    def ready(self) -> None:
        from xiuhua.programmes.suggestions import layers, waiting

        layers.register_all()
        waiting.register_all()
