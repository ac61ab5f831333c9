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
from xiuhua.programmes.suggestions.heard import Circumstances, Heard, Sorted
from xiuhua.programmes.suggestions.models import Nature, Suggestion
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
    heard, found = looked_at(subdistrict, heard)
    circumstances = Circumstances(found, sender=sender, at_event=at_event, written_at=written_at)
    return actions.receive(actor=actor, subdistrict=subdistrict, heard=heard, circumstances=circumstances).subject


def looked_at(subdistrict: Subdistrict, heard: Heard) -> tuple[Heard, Sorted]:
    """What somebody says, clean, and what it was found to be."""
    heard = tidied(heard)
    return heard, as_said(sorted_out(subdistrict, heard), heard)


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


def as_said(found: Sorted, heard: Heard) -> Sorted:
    """What was found, but for what whoever sends it says themselves."""
    if heard.nature:
        found = replace(found, nature=Nature(heard.nature), nature_sure=1.0)
    if heard.category:
        found = replace(found, category=heard.category, category_sure=1.0, category_next="", category_next_sure=0.0)
    return found


def telephone(text: str) -> str:
    """A telephone number as figures, a mobile one without the country's; what is none stays as it was typed."""
    text = unicodedata.normalize("NFKC", text).strip()
    mobile = _MOBILE.fullmatch(re.sub(r"[\s\-—–()]", "", text))
    if mobile:
        return mobile[1]
    return digits_of(text) if re.fullmatch(r"[\d\s\-—–()+]*", text) else text
