"""Serve the gallery: ``python -m browser.gallery PORT``."""

import os
import sys

import django
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import run

os.environ["DJANGO_SETTINGS_MODULE"] = "browser.gallery.settings"
django.setup()
run("127.0.0.1", int(sys.argv[1]), StaticFilesHandler(WSGIHandler()), threading=True)
