"""Keeping files and letting go of them (存、公开、删): called by actions, within their transaction."""

from django.db import models, transaction

from xiuhua.ground.clock import now
from xiuhua.ground.files import vault
from xiuhua.ground.files.models import StoredFile
from xiuhua.ground.files.prepared import Prepared
from xiuhua.ground.journal.record import reference_of, territory_of
from xiuhua.ground.sealing.keyring import keyring


def keep(prepared: Prepared, *, subject: models.Model, title: str = "") -> StoredFile:
    """Keep a file that belongs to a row (存附件).

    The bytes are on the disk before the row is written; where the action rolls back, the nightly sweep takes them.

    Parameters
    ----------
    prepared : Prepared
        What `taking.take_in` made of the upload.
    subject : Model
        The row that it belongs to: who sees that sees it.
    title : str
        What it shows, without personal data; the text in place of a picture for those who do not see it.
    """
    kid = keyring().current
    file = StoredFile(
        sort=prepared.sort.value,
        media_type=prepared.media_type,
        name=prepared.name,
        title=title[:120],
        size=len(prepared.content),
        has_small=bool(prepared.small),
        width=prepared.width,
        height=prepared.height,
        seconds=prepared.seconds,
        kid=kid,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        path=territory_of(subject),
        kept_at=now(),
    )
    vault.put(file.seal_id, vault.WHOLE, prepared.content, kid)
    if prepared.small:
        vault.put(file.seal_id, vault.SMALL, prepared.small, kid)
    file.save(force_insert=True)
    return file


def publish(file: StoredFile) -> None:
    """Let everybody see a file (公开附件)."""
    file.public_at = file.public_at or now()
    file.save(update_fields=["public_at"])


def withhold(file: StoredFile) -> None:
    """Let only those see a file again who see what it belongs to (撤回公开)."""
    file.public_at = None
    file.save(update_fields=["public_at"])


def remove(file: StoredFile) -> None:
    """Take a file away (删附件): its bytes when the action has committed; the row says that there was one."""
    file.name = file.title = ""
    file.public_at, file.removed_at = None, file.removed_at or now()
    file.save(update_fields=["name", "title", "public_at", "removed_at"])
    number = file.seal_id
    transaction.on_commit(lambda: vault.discard(number))


def remove_all_of(*subjects: models.Model) -> list[str]:
    """Take away all files of these rows, as the erasing of a person does; returns their references on record."""
    files = list(StoredFile.objects.of(*subjects).select_for_update())
    for file in files:
        remove(file)
    return [reference_of(file) for file in files]
