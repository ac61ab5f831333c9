"""The product's own settings, with a data folder that is gone after the run and static files as they lie."""

import atexit
import os
import shutil
import tempfile

_FOLDER = tempfile.mkdtemp(prefix="xiuhua-tests-")
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)
os.environ["XIUHUA_DATA"] = f"{_FOLDER}/data"
os.environ["XIUHUA_KEYS_FILE"] = f"{_FOLDER}/keys.txt"
os.environ.pop("XIUHUA_KEYS", None)
os.environ["XIUHUA_DEBUG"] = "1"

from xiuhua.doors.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TWO_FACTOR = False
# Every client of a test would list all static files anew, and cross two threads for each answer: browsers ask for them.
MIDDLEWARE.remove("servestatic.middleware.ServeStaticMiddleware")  # noqa: F405
INSTALLED_APPS += ["ground.sealing.app"]  # noqa: F405 - a model with sealed fields, for their own tests
MIGRATION_MODULES = {"sealing_app": None}
