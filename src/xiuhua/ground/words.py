"""The words that people read: written in Chinese in the code, translated by one English catalogue.

Readers, the rule book and analyses run without Django, so this stands in for its ``gettext`` there and hands over to it
where Django is set up: one catalogue serves both.
"""

import gettext as catalogues
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

CHINESE, ENGLISH = "zh-hans", "en"

_LOCALE_FOLDER = Path(__file__).parent / "ui" / "locale"
_language: ContextVar[str | None] = ContextVar("language", default=None)


def gettext(message: str) -> str:
    """Return the message in the reader's language."""
    settings = sys.modules.get("django.conf")
    if settings is not None and settings.settings.configured:
        from django.utils.translation import gettext as django_gettext

        return django_gettext(message)
    return message if current_language() == CHINESE else _english().gettext(message)


def in_english() -> bool:
    """Whether the reader at hand reads English: for names that data hold in both languages."""
    settings = sys.modules.get("django.conf")
    if settings is not None and settings.settings.configured:
        from django.utils.translation import get_language

        return (get_language() or "").startswith(ENGLISH)
    return current_language() == ENGLISH


def gettext_noop(message: str) -> str:
    """Mark a message that is said elsewhere, so that it stands in the catalogue."""
    return message


def current_language() -> str:
    """Language on the command line: set by `use_language`, else by ``XIUHUA_LANG`` or ``LANG``, else Chinese."""
    chosen = _language.get() or os.environ.get("XIUHUA_LANG") or os.environ.get("LANG", "")
    return ENGLISH if chosen.lower().startswith("en") else CHINESE


@contextmanager
def use_language(language: str) -> Iterator[None]:
    """Speak one language within a block."""
    token = _language.set(language)
    try:
        yield
    finally:
        _language.reset(token)


@cache
def _english() -> catalogues.NullTranslations:
    return catalogues.translation("django", _LOCALE_FOLDER, [ENGLISH], fallback=True)
