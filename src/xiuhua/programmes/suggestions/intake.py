"""Taking in what people say (收件): cleaned and sorted before it is put on record, whichever way it came."""

import re
import unicodedata
from dataclasses import replace
from datetime import datetime

from xiuhua.ground.accounts.models import User
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.sealing.normal import digits_of
from xiuhua.ground.territory.models import Subdistrict
from xiuhua.programmes.suggestions import actions
from xiuhua.programmes.suggestions.heard import Circumstances, Heard
from xiuhua.programmes.suggestions.models import Suggestion
from xiuhua.programmes.suggestions.sort import sorted_out
from xiuhua.programmes.suggestions.sorting.words import cleaned

_MOBILE = re.compile(r"(?:(?:\+|00)?86)?(1\d{10})")


def take_in(
    *,
    actor: Actor | User,
    subdistrict: Subdistrict,
    heard: Heard,
    sender: str = "",
    at_event: bool = False,
    written_at: datetime | None = None,
) -> Suggestion:
    """Clean, sort and receive what somebody says; sorting is done before the transaction begins.

    Parameters
    ----------
    sender : str
        Digest of the address that it came from (`queries.sender_digest`); empty where the office enters it.
    at_event : bool
        Sent from a hall that many people share: the limit of one address is another.
    written_at : datetime, optional
        When it was written, by our clock.

    Raises
    ------
    Refused
        It cannot be received as it is (`actions.receive`).
    """
    heard = tidied(heard)
    circumstances = Circumstances(
        sorted_out(subdistrict, heard), sender=sender, at_event=at_event, written_at=written_at
    )
    return actions.receive(actor=actor, subdistrict=subdistrict, heard=heard, circumstances=circumstances).subject


def tidied(heard: Heard) -> Heard:
    """The same without what nobody sees, and with the telephone as figures."""
    return replace(
        heard,
        words=cleaned(heard.words),
        name=cleaned(heard.name),
        place=" ".join(cleaned(heard.place).split()),
        phone=telephone(heard.phone),
        outside_number=cleaned(heard.outside_number),
    )


def telephone(text: str) -> str:
    """A telephone number as figures, a mobile one without the country's; what is none stays as it was typed."""
    text = unicodedata.normalize("NFKC", text).strip()
    mobile = _MOBILE.fullmatch(re.sub(r"[\s\-—–()]", "", text))
    if mobile:
        return mobile[1]
    return digits_of(text) if re.fullmatch(r"[\d\s\-—–()+]*", text) else text
