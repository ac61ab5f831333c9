"""Which language a page speaks: Chinese, until the reader switches (a cookie remembers).

Django's own ``LocaleMiddleware`` would follow the browser's Accept-Language, which on office machines says little about
the person in front of it.
"""

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.deprecation import MiddlewareMixin
from django.utils.translation import trans_real

LOCALE_FOLDER = Path(__file__).parent / "locale"


class ChosenLanguageMiddleware(MiddlewareMixin):
    """Speak the language of the reader's cookie, else the site's own; goes where ``LocaleMiddleware`` would."""

    def process_request(self, request: HttpRequest) -> None:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        translation.activate(chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = translation.get_language()

    def process_response(self, _request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        patch_vary_headers(response, ("Cookie",))
        response.headers.setdefault("Content-Language", translation.get_language() or settings.LANGUAGE_CODE)
        return response


def script_words(language: str) -> dict[str, str]:
    """Messages of our scripts in `language`; empty for Chinese, in which they are written."""
    if language == settings.LANGUAGE_CODE:
        return {}
    catalogue = trans_real.DjangoTranslation(language, domain="djangojs", localedirs=[str(LOCALE_FOLDER)])
    return {message: text for message, text in catalogue._catalog.items() if message and text}  # type: ignore[attr-defined]
