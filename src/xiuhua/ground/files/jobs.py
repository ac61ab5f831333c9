"""What this room does at night: take bytes off the disk that no row names any more."""

from django.utils.translation import gettext_lazy as _

from xiuhua.ground.files import vault
from xiuhua.ground.files.models import StoredFile
from xiuhua.ground.jobs.registry import periodic
from xiuhua.ground.jobs.running import Running
from xiuhua.ground.words import gettext

YOUNG_S = 24 * 3600.0
"""Seconds for which bytes may lie there before their row: the transaction that keeps them is not over yet."""
_AT_ONCE = 500


@periodic("20 3 * * *", "files.sweep", says=_("清理没人要的附件"))
def sweep(running: Running) -> None:
    """Remove bytes whose row was never written or was removed, and count rows whose bytes are missing."""
    swept = swept_orphans()
    missing = sum(not vault.place(file.seal_id, vault.WHOLE).exists() for file in StoredFile.objects.standing())
    with running.effect():
        running.done({gettext("清掉的文件"): swept, gettext("找不到内容的附件"): missing})


def swept_orphans(young_s: float = YOUNG_S) -> int:
    """Remove bytes that no standing row names; returns how many files went."""
    lying = list(vault.lying(older_than_s=young_s))  # the disk first: a row that comes later names younger bytes
    swept = 0
    for start in range(0, len(lying), _AT_ONCE):
        some = lying[start : start + _AT_ONCE]
        numbers = [number for number, _path in some if number is not None]
        named = set(StoredFile.objects.standing().filter(seal_id__in=numbers).values_list("seal_id", flat=True))
        for number, path in some:
            if number is None or number not in named:
                path.unlink(missing_ok=True)
                swept += 1
    return swept
