"""What people do with files that are kept; rooms above keep, publish and remove theirs within their own actions."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.files import keeping, permits, rules
from xiuhua.ground.files.models import StoredFile
from xiuhua.ground.files.queries import owner_of
from xiuhua.ground.journal.actions import Audience, Done, action, locked
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.verdicts import refuse_unless


@action("files.remove_file", says=_("删除附件"), permits=permits.may_remove, audience=Audience.STAFF)
def remove_file(*, actor: Actor, file: StoredFile, reason: str) -> Done[models.Model]:
    """Take a file away for a reason (删除附件): a photograph of a passer-by, something sent by mistake.

    It stands on record under what the file belonged to.

    Raises
    ------
    Refused
        No reason is given, or it is gone already.
    """
    file = locked(file)
    refuse_unless(rules.file_can_be_removed(reason=reason, removed=file.removed_at is not None))
    keeping.remove(file)
    return Done(owner_of(file), {"file": file.pk, "sort": file.sort}, sealed={"reason": reason.strip()})
