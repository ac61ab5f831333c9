"""What people may send (照片、语音、文件): the limits of ``files.toml``."""

from dataclasses import dataclass

from xiuhua.ground.standards.figures import Figure, Page


@dataclass(frozen=True, slots=True)
class PhotoStandard:
    """How large a photograph may be that is sent, and how large it is kept (照片).

    Parameters
    ----------
    bytes, pixels, whole_pixels : Figure
        Of what is sent; the last of what cannot be decoded at a fraction of its size, as a JPEG can.
    side, small_side : Figure
        Longer side of what is kept, and of its thumbnail, in pixels.
    quality : Figure
        Of the JPEG that is kept.
    scans : Figure
        Passes of a progressive JPEG that is sent.
    a_form : Figure
        How many a form takes.
    """

    bytes: Figure
    pixels: Figure
    whole_pixels: Figure
    side: Figure
    small_side: Figure
    quality: Figure
    scans: Figure
    a_form: Figure


@dataclass(frozen=True, slots=True)
class VoiceStandard:
    """How long a recording may be (语音); after `wait_seconds` of converting one is given up."""

    bytes: Figure
    seconds: Figure
    wait_seconds: Figure


@dataclass(frozen=True, slots=True)
class DocumentStandard:
    """How large a document may be (文件)."""

    bytes: Figure


@dataclass(frozen=True, slots=True)
class FilesStandard:
    """Everything that ``files.toml`` says."""

    photo: PhotoStandard
    voice: VoiceStandard
    document: DocumentStandard


def read_files(page: Page) -> FilesStandard:
    """Read the whole file."""
    tables = {table.name: table for table in page.pages()}
    photo, voice = tables["photo"], tables["voice"]
    return FilesStandard(
        photo=PhotoStandard(
            bytes=photo.figure("bytes"),
            pixels=photo.figure("pixels"),
            whole_pixels=photo.figure("whole_pixels"),
            side=photo.figure("side"),
            small_side=photo.figure("small_side"),
            quality=photo.figure("quality"),
            scans=photo.figure("scans"),
            a_form=photo.figure("a_form"),
        ),
        voice=VoiceStandard(
            bytes=voice.figure("bytes"),
            seconds=voice.figure("seconds"),
            wait_seconds=voice.figure("wait_seconds"),
        ),
        document=DocumentStandard(bytes=tables["document"].figure("bytes")),
    )
