"""Sealed files, brought along when keys are changed.

A file says itself which key it lies under, and its row says so too: the file is replaced first. One whose row was not
written any more is found again by the row, sealed anew without harm, and its row put right.
"""

import time
from collections.abc import Iterator, Sequence

from django.db.models import Count

from xiuhua.ground.files import vault
from xiuhua.ground.files.models import StoredFile
from xiuhua.ground.journal.guard import acting
from xiuhua.ground.sealing.seal import Broken
from xiuhua.ground.sealing.stores import BREATH, Batch
from xiuhua.ground.words import gettext as _

BATCH = 20
"""Files between two reports: each is read and written whole."""


class SealedFiles:
    """Bytes in the vault: a store of a rotation (`sealing.stores.Store`)."""

    @property
    def name(self) -> str:
        return _("附件的内容")

    def counts(self, kids: Sequence[str]) -> dict[str, int]:
        """Return how many files lie under each of these keys."""
        found = StoredFile.objects.standing().filter(kid__in=kids).order_by().values_list("kid")
        told = dict(found.annotate(count=Count("pk")))
        return {kid: told.get(kid, 0) for kid in kids}

    def left(self, kid: str) -> int:
        """Return how many files lie under another key."""
        return int(StoredFile.objects.standing().exclude(kid=kid).count())

    def reseal(self, kid: str) -> Iterator[Batch]:
        """Go through the files once and bring each under the key; yields now and then."""
        todo = StoredFile.objects.standing().exclude(kid=kid).order_by("pk")
        last = 0
        while files := list(todo.filter(pk__gt=last)[:BATCH]):
            last = files[-1].pk
            broken = tuple(filter(None, (_brought_under(kid, file) for file in files)))
            yield Batch(len(files) - len(broken), broken)
            time.sleep(BREATH)


def _brought_under(kid: str, file: StoredFile) -> str:
    """Seal one file anew; returns what is wrong with it, if anything."""
    try:
        for size in vault.SIZES if file.has_small else (vault.WHOLE,):
            if vault.sealed_under(file.seal_id, size) != kid:
                vault.put(file.seal_id, size, vault.get(file.seal_id, size), kid)
    except (Broken, OSError) as error:
        if not StoredFile.objects.standing().filter(pk=file.pk).exists():
            return ""  # removed meanwhile
        return str(error) if isinstance(error, Broken) else _("附件 %(number)s 不在磁盘上") % {"number": file.pk}
    with acting():
        moved = StoredFile.objects.standing().filter(pk=file.pk).update(kid=kid)
    if not moved:
        vault.discard(file.seal_id)
    return ""
