"""Changes of keys (换钥匙) on record: when one was added, and when all that lies sealed had come under it."""

from django.utils.translation import gettext_lazy

from xiuhua.ground.journal.actors import System
from xiuhua.ground.journal.guard import acting
from xiuhua.ground.journal.models import Audience
from xiuhua.ground.journal.record import Happening, put_on_record
from xiuhua.ground.journal.verbs import Verb, register
from xiuhua.ground.sealing.rotation import Rotated

ADDED = Verb("keys.add", gettext_lazy("新增钥匙"), Audience.OFFICE)
ROTATED = Verb("keys.rotate", gettext_lazy("换钥匙"), Audience.OFFICE)
KEEPER = System("keys")

for _verb in (ADDED, ROTATED):
    register(_verb)


def note_rotation(rotated: Rotated) -> None:
    """Put on record how far a change of keys has got; ids of keys and counts only."""
    verb = ADDED if rotated.added else ROTATED
    facts = {"key": rotated.kid, "moved": rotated.moved, "left": rotated.left, "broken": len(rotated.broken)}
    with acting():
        put_on_record(Happening(verb.name, KEEPER, audience=verb.audience, facts=facts))
