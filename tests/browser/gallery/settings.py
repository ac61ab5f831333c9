"""The product's own settings, without the rooms that need a database."""

import os
import tempfile
from pathlib import Path

_FOLDER = tempfile.mkdtemp(prefix="xiuhua-gallery-")
os.environ["XIUHUA_DATA"] = f"{_FOLDER}/data"
os.environ["XIUHUA_KEYS_FILE"] = f"{_FOLDER}/keys.txt"
os.environ["XIUHUA_DEBUG"] = "1"

from xiuhua.doors.settings import *  # noqa: E402, F403

INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.messages", "servestatic", "csp", "xiuhua.ground.ui"]
INSTALLED_APPS.insert(3, "django.contrib.staticfiles")
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "xiuhua.ground.ui.language.ChosenLanguageMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "browser.gallery.reader.ReaderMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "csp.middleware.CSPMiddleware",
]
SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
ROOT_URLCONF = "browser.gallery.pages"
TEMPLATES[0]["DIRS"] = [Path(__file__).parent / "templates"]  # noqa: F405
