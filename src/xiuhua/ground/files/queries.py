"""Reads of files."""

from django.apps import apps
from django.db import models

from xiuhua.ground.files.models import StoredFile


def owner_of(file: StoredFile) -> models.Model:
    """The row that a file belongs to."""
    owner: models.Model = apps.get_model(file.subject_type)._base_manager.get(pk=file.subject_id)
    return owner
