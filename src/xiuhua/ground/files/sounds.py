"""Recordings (语音): told by their first bytes, and converted by ffmpeg into one kind that every telephone plays.

ffmpeg is told which reader to use, so that a file cannot make it follow a play-list or another file's name; it may
open no address of a network, gets one thread, a limit of memory and of time, and sees the file by a handle, in memory
where the system can.
"""

import os
import re
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import imageio_ffmpeg

from xiuhua.ground.files.prepared import Prepared, Sort
from xiuhua.ground.standards.files import VoiceStandard
from xiuhua.ground.verdicts import Reason, Refused
from xiuhua.ground.words import gettext as _

LEAST_SECONDS = 0.3
"""A finger that slipped."""
_CODECS = (
    "opus,libopus,vorbis,libvorbis,aac,aac_latm,alac,mp3,mp3float,mp3adu,mp3adufloat,flac,"
    "amrnb,amrwb,libopencore_amrnb,libopencore_amrwb,"
    "pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,pcm_s32le,pcm_f32le,pcm_u8,pcm_alaw,pcm_mulaw"
)
_MEMORY = 256 * 2**20
_OUT_TIME = re.compile(rb"out_time_us=(\d+)")


def sniffed(head: bytes) -> str:
    """Name, to ffmpeg, of the reader that the first bytes ask for; empty for no recording of ours."""
    if head.startswith(b"\x1aE\xdf\xa3"):
        return "matroska"
    if head[4:8] == b"ftyp" and head[8:12] not in (b"heic", b"mif1", b"avif"):
        return "mov"
    if head.startswith(b"OggS"):
        return "ogg"
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return "wav"
    if head.startswith((b"#!AMR", b"fLaC", b"caff")):
        return {b"#!AM": "amr", b"fLaC": "flac", b"caff": "caf"}[head[:4]]
    if head[:2] in (b"\xff\xf1", b"\xff\xf9"):
        return "aac"
    mp3 = head.startswith(b"ID3") or (len(head) > 1 and head[0] == 0xFF and head[1] & 0xE6 in (0xE2, 0xE4))
    return "mp3" if mp3 else ""


def prepare_voice(content: bytes, name: str, figures: VoiceStandard) -> Prepared:
    """Look at a recording and convert it: AAC in MP4, one channel, nothing but the sound.

    Raises
    ------
    Refused
        It is no recording, holds no sound, is or is too long or too short.
    """
    most = figures.seconds.number
    reader = sniffed(content[:16])
    if not content:
        raise Refused(Reason(_("录音是空的"), mend=_("请重新录一段")))
    if not reader:
        raise Refused(Reason(_("这个文件不是录音"), mend=_("请用手机录音，或传 MP3、M4A、WAV 文件")))
    with _in_hand(content) as source, _in_hand(b"") as target:
        wait = figures.wait_seconds.number
        seconds = _length(source, reader, wait)
        if seconds > most:
            told = {"seconds": _clock(seconds), "most": _clock(most)}
            raise Refused(Reason(_("录音长 %(seconds)s，最长收 %(most)s") % told, mend=_("请分几段说，或把要紧的先说")))
        seconds = _converted(source, target, reader, most, wait)
        if seconds < LEAST_SECONDS:
            raise Refused(Reason(_("录音太短，听不到内容"), mend=_("请按住再说一遍")))
        made = Path(target).read_bytes()
    return Prepared(Sort.VOICE, made, "audio/mp4", f"{name or _('语音')}.m4a", seconds=round(seconds, 1))


def _length(source: str, reader: str, wait: float) -> float:
    """Seconds of the first sound in a file, by its packets: nothing is decoded for it."""
    return _run([*_reading(source, reader), "-map", "0:a:0", "-c", "copy", "-f", "null", "-"], source, wait)


def _converted(source: str, target: str, reader: str, most: float, wait: float) -> float:
    """Convert at most so many seconds; returns how many there were."""
    writing = ["-map", "0:a:0", "-vn", "-sn", "-dn", "-map_metadata", "-1", "-map_chapters", "-1", "-t", str(most)]
    made = ["-c:a", "aac", "-b:a", "48k", "-ac", "1", "-ar", "24000", "-fflags", "+bitexact", "-flags:a", "+bitexact"]
    told = [*_reading(source, reader), *writing, *made, "-movflags", "+faststart", "-f", "mp4", "-y", target]
    return _run(told, source, wait, target)


def _reading(source: str, reader: str) -> list[str]:
    given = ["-protocol_whitelist", "pipe,file", "-format_whitelist", reader, "-codec_whitelist", _CODECS]
    return ["-max_alloc", str(_MEMORY), *given, "-threads", "1", "-f", reader, "-i", source]


def _run(told: list[str], source: str, wait: float, target: str = "") -> float:
    """Run ffmpeg; returns the seconds that it went through.

    Raises
    ------
    Refused
        It could not read the file, or took too long.
    """
    command = [_ffmpeg(), "-nostdin", "-hide_banner", "-loglevel", "error", "-progress", "pipe:1"]
    handles = tuple(int(one.rpartition("/")[2]) for one in (source, target) if one.startswith("/dev/fd/"))
    try:
        done = subprocess.run(
            [*command, *told],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=wait,
            check=False,
            pass_fds=handles,
            env={"PATH": "", "LC_ALL": "C"},
        )
    except subprocess.TimeoutExpired:
        raise _damaged() from None
    if done.returncode:
        raise _damaged()
    times = _OUT_TIME.findall(done.stdout)
    return int(times[-1]) / 1_000_000 if times else 0.0


@cache
def _ffmpeg() -> str:
    return str(imageio_ffmpeg.get_ffmpeg_exe())


@contextmanager
def _in_hand(content: bytes) -> Iterator[str]:
    """A name under which ffmpeg finds bytes: of memory on Linux, elsewhere of a file that only we can read."""
    if hasattr(os, "memfd_create"):
        handle = os.memfd_create("xiuhua-voice")
        try:
            with os.fdopen(os.dup(handle), "wb") as file:
                file.write(content)
            yield f"/dev/fd/{handle}"
        finally:
            os.close(handle)
        return
    with tempfile.TemporaryDirectory(prefix="xiuhua-voice-") as folder:
        path = Path(folder) / "voice"
        path.write_bytes(content)
        yield str(path)


def _clock(seconds: float) -> str:
    """A length as people say it."""
    minutes, rest = divmod(round(seconds), 60)
    if not minutes:
        return _("%(seconds)s 秒") % {"seconds": rest}
    if not rest:
        return _("%(minutes)s 分钟") % {"minutes": minutes}
    return _("%(minutes)s 分 %(seconds)s 秒") % {"minutes": minutes, "seconds": rest}


def _damaged() -> Refused:
    return Refused(Reason(_("录音打不开，或里面没有声音"), mend=_("请重新录一段；手机里的录音也可以传 MP3、M4A")))
