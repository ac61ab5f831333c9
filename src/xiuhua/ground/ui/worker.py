"""The service worker's script: which files of the shell it keeps, which pages open without signal, and its version.

The version is that of the static manifest, so that a deployment brings a new worker, and the new worker throws the old
one's files away.
"""

import hashlib
import json
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.templatetags.static import static
from django.urls import reverse

from xiuhua.ground.ui import phone

SCRIPTS = sorted(f"ui/phone/{path.name}" for path in (Path(__file__).parent / "static/ui/phone").glob("*.js"))
SHELL = [
    "vendor/weui/weui.css",
    "vendor/dexie/dexie.js",
    "ui/tokens.css",
    "ui/shared.css",
    "ui/theme-phone.css",
    "ui/screens-phone.css",
    "ui/words.js",
    "ui/icons/sprite.svg",
    "ui/icons/favicon.svg",
    "ui/icons/app-192.png",
    *SCRIPTS,
]
"""What every phone page loads; it lies plain in the worker's cache, since it is the same for everybody."""


def worker_script() -> str:
    """The worker: an import of its module, and what it is to keep."""
    told = {
        "version": static_version(),
        "fresh": settings.DEBUG,
        "static": settings.STATIC_URL if settings.STATIC_URL.startswith("/") else f"/{settings.STATIC_URL}",
        "shell": [static(name) for name in SHELL],
        "offline": reverse("ui:offline"),
        "pages": [reverse("ui:phone"), reverse("ui:outbox_page"), *phone.offline_pages()],
        "plain": [reverse("ui:outbox_page"), *phone.offline_pages()],
        "outbox": reverse("ui:outbox"),
        "signOut": phone.sign_out_address(),
    }
    script = (
        f'import {{ start }} from "{static("ui/phone/worker.js")}";\nstart({json.dumps(told, ensure_ascii=False)});\n'
    )
    return script.replace("<", "\\u003c")


@cache
def static_version() -> str:
    """A short digest of all static files' hashed names."""
    names = getattr(staticfiles_storage, "hashed_files", {})
    return hashlib.sha256(json.dumps(names, sort_keys=True).encode()).hexdigest()[:12]
