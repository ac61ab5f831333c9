"""What an upload has become once it was looked at (收好的文件): ours through and through, ready to be kept."""

from dataclasses import dataclass
from enum import StrEnum


class Sort(StrEnum):
    """What people send."""

    PHOTO = "photo"
    VOICE = "voice"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Prepared:
    """Bytes that we made ourselves (a photograph, a recording) or have looked at (a document).

    Parameters
    ----------
    sort : Sort
        What it is.
    content, small : bytes
        The file, and the thumbnail of a large photograph.
    media_type : str
        What it is served as.
    name : str
        What it was called where it came from, with the ending that it has now.
    width, height : int
        Of a photograph, in pixels.
    seconds : float
        Of a recording.
    """

    sort: Sort
    content: bytes
    media_type: str
    name: str = ""
    small: bytes = b""
    width: int = 0
    height: int = 0
    seconds: float = 0.0
