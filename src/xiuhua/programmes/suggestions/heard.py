"""What somebody says (来件), how it was sorted (分类), and under what circumstances it was sent."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from xiuhua.ground.files.prepared import Prepared
from xiuhua.programmes.suggestions.models import Nature, Source


@dataclass(frozen=True, slots=True)
class Heard:
    """What the person said, and nothing besides: the same said twice is the same.

    Parameters
    ----------
    words : str
        As they wrote it.
    lon, lat : float, optional
        The point that they gave, WGS 84.
    files : sequence of Prepared
        Photographs and a voice note, looked at and written anew.
    outside_number : str
        Its number where it comes from, such as that of a 12345 work order.
    nature, category : str
        What whoever sends it says that it is; empty where they leave it to be found out.
    outside_due_on : date, optional
        The day by which wherever it comes from wants a reply.
    spot : int, optional
        Number of the place whose code was scanned.
    event : int, optional
        Number of the event at which it was said.
    """

    words: str
    source: Source = Source.PHONE
    name: str = ""
    phone: str = ""
    wants_reply: bool = False
    place: str = ""
    lon: float | None = None
    lat: float | None = None
    files: Sequence[Prepared] = ()
    outside_number: str = ""
    nature: str = ""
    category: str = ""
    outside_due_on: date | None = None
    spot: int | None = None
    event: int | None = None


@dataclass(frozen=True, slots=True)
class Sorted:
    """What the words were found to be: by nature, by category, about which place; each with how sure that is.

    Parameters
    ----------
    path : str
        Territory path of the committee that it is about, or of the subdistrict.
    place : str
        Where it is about, in words without personal data.
    title, masked_words : str
        What lists show: no personal data.
    """

    path: str
    place: str
    title: str
    masked_words: str
    lon: float | None = None
    lat: float | None = None
    nature: Nature = Nature.SUGGESTION
    nature_sure: float = 0.0
    category: str = "other"
    category_sure: float = 0.0
    category_next: str = ""
    category_next_sure: float = 0.0


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Of one sending: how it was sorted, from where it came, when it was written.

    Parameters
    ----------
    sender : str
        Digest of the address that it came from; empty where the office enters it.
    at_event : bool
        Sent from a hall that many people share.
    written_at : datetime, optional
        When it was written, by our clock; when it came, if not told.
    """

    sorted: Sorted = field(repr=False)
    sender: str = ""
    at_event: bool = False
    written_at: datetime | None = None
