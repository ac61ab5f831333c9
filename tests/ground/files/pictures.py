"""Pictures and sounds to send, honest and otherwise."""

import io
import subprocess
from functools import cache

import imageio_ffmpeg
from PIL import Image


def written(picture: Image.Image, kind: str, **how: object) -> bytes:
    """A picture as a file."""
    file = io.BytesIO()
    picture.save(file, kind, **how)
    return file.getvalue()


def opened(content: bytes) -> Image.Image:
    """A file as a picture."""
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture


def street(width: int = 320, height: int = 200) -> Image.Image:
    """A picture whose upper left quarter is red, the rest blue."""
    picture = Image.new("RGB", (width, height), (0, 0, 200))
    picture.paste((200, 0, 0), (0, 0, width // 2, height // 2))
    return picture


JPEG = written(street(), "JPEG")
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
HOWS = {
    "webm": ("webm", "-c:a", "libopus"),
    "m4a": ("ipod", "-c:a", "aac"),
    "wav": ("wav",),
    "ogg": ("ogg", "-c:a", "libopus"),
    "mp3": ("mp3",),
}


@cache
def sound(kind: str, seconds: float = 1.0) -> bytes:
    """A note of music, as telephones and browsers record."""
    how = ("mp4", "-movflags", "frag_keyframe+empty_moov") if kind == "m4a" else HOWS[kind]
    codec = HOWS[kind][1:] if kind == "m4a" else ()
    told = [imageio_ffmpeg.get_ffmpeg_exe(), "-loglevel", "error", "-f", "lavfi", "-i", f"sine=440:d={seconds}"]
    return subprocess.run([*told, *codec, *how[1:], "-f", how[0], "-"], check=True, capture_output=True).stdout
