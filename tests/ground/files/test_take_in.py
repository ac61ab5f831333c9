import io
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from expectations import refused
from ground.files.pictures import JPEG, PDF, opened, sound, street, written
from xiuhua.ground.files.taking import clean_name, take_in
from xiuhua.ground.verdicts import Refused


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def reddest(content: bytes) -> tuple[int, int]:
    """Which corner is red: (0, 0) is the upper left one."""
    picture = opened(content)
    corners = {
        (x, y): picture.getpixel((x * (picture.width - 1), y * (picture.height - 1))) for x in (0, 1) for y in (0, 1)
    }
    return max(corners, key=lambda corner: corners[corner][0] - corners[corner][2])


def taken_or_refused(sent: bytes, sort: str):
    try:
        return take_in(sent, sort), ()
    except Refused as told:
        return None, told.reasons


def test_photo_keeps_the_picture_and_nothing_else():
    exif = Image.Exif()
    exif[0x010F], exif.get_ifd(0x8825)[1] = "PHONE", "N"
    sent = written(street(), "JPEG", exif=exif, comment=b"secret", icc_profile=b"profile")
    photo = take_in(io.BytesIO(sent + b"<script>alert(1)</script>PK\x03\x04"), "photo", name="门口.HEIC.jpg")
    kept = opened(photo.content)
    assert (photo.media_type, photo.name, kept.size, kept.format) == ("image/jpeg", "门口.jpg", (320, 200), "JPEG")
    assert not dict(kept.getexif())
    assert {"exif", "icc_profile", "comment"}.isdisjoint(kept.info)
    assert not any(word in photo.content for word in (b"script", b"PHONE", b"secret", b"PK\x03\x04"))


@pytest.mark.parametrize(("orientation", "corner"), [(1, (0, 0)), (3, (1, 1)), (6, (1, 0)), (8, (0, 1))])
def test_photo_stands_upright(orientation, corner):
    exif = Image.Exif()
    exif[0x0112] = orientation
    assert reddest(take_in(written(street(), "JPEG", exif=exif)).content) == corner


@pytest.mark.parametrize(
    "sent",
    [
        written(street(), "PNG"),
        written(street(), "WEBP", save_all=True, append_images=[street()] * 3),
        written(street().convert("P"), "GIF", save_all=True, append_images=[street(90, 90).convert("P")] * 3),
        written(street().convert("CMYK"), "JPEG"),
    ],
    ids=["png", "moving webp", "moving gif", "print colours"],
)
def test_every_kind_of_picture_becomes_one_jpeg(sent):
    kept = opened(take_in(sent, "photo").content)
    assert (kept.format, kept.mode, kept.size, getattr(kept, "n_frames", 1)) == ("JPEG", "RGB", (320, 200), 1)


def test_sixteen_bits_of_grey_keep_their_shade_and_the_transparent_is_white():
    grey = opened(take_in(written(Image.new("I;16", (40, 40), 32768), "PNG")).content)
    assert abs(grey.getpixel((20, 20))[0] - 128) < 3
    clear = opened(take_in(written(Image.new("RGBA", (40, 40), (255, 0, 0, 0)), "PNG")).content)
    assert clear.getpixel((20, 20)) == (255, 255, 255)


def test_large_photo_is_kept_smaller_with_a_thumbnail():
    photo = take_in(written(street(4000, 1000), "JPEG"))
    assert (photo.width, photo.height) == opened(photo.content).size == (2048, 512)
    assert opened(photo.small).size == (480, 120)
    assert take_in(JPEG).small == b""


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (b"", "照片是空的"),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "网页或矢量图"),
        (b"<!DOCTYPE html><script>alert(1)</script>", "网页或矢量图"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "HEIC 格式，这里打不开；请在苹果手机“设置"),
        (b"\x00\x00\x00\x18ftypavif\x00\x00\x00\x00", "AVIF"),
        (b"MZ\x90\x00", "不是照片"),
        (PDF, "不是照片"),
        (b"\xff\xd8\xff<html><script>alert(1)</script>", "照片坏了"),
        (JPEG[: len(JPEG) // 2], "照片坏了"),
        (written(street(), "PNG")[:-30], "照片坏了"),
        (written(Image.new("1", (30_000, 30_000)), "PNG"), "最多收 2600 万像素"),
        (JPEG + b"\xff\xda" * 200, "照片坏了"),
        (JPEG + bytes(21 * 2**20), "文件有 21 MB，最多收 20 MB"),
    ],
    ids=lambda value: value[:12] if isinstance(value, str) else "",
)
def test_what_is_no_sound_photo_is_refused_with_a_mend(sent, said):
    with refused(said):
        take_in(sent, "photo")


def test_a_head_that_promises_gigabytes_is_refused_before_anything_is_unpacked():
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 12_000, 6_000, 8, 6, 0, 0, 0))
    bomb = b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(2**20))) + chunk(b"IEND", b"")
    with refused("像素太多"):
        take_in(bomb, "photo")


@given(
    st.binary(max_size=300),
    st.sampled_from([b"", JPEG[:40], b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF\x00\x00\x00\x00WEBP", PDF]),
)
def test_whatever_comes_is_taken_or_refused_with_reasons(tail, head):
    for sort in ("photo", "document"):
        taken, reasons = taken_or_refused(head + tail, sort)
        assert (taken is not None) != bool(reasons)
        assert all(reason.text and reason.mend for reason in reasons)


@given(st.integers(0, len(JPEG) - 1), st.integers(1, 255))
def test_a_photo_with_a_changed_byte_is_taken_or_refused(place, change):
    sent = bytearray(JPEG)
    sent[place] ^= change
    taken, _reasons = taken_or_refused(bytes(sent), "photo")
    assert taken is None or opened(taken.content).format == "JPEG"


@pytest.mark.parametrize("kind", ["webm", "m4a", "wav", "ogg", "mp3"])
def test_voice_of_every_telephone_becomes_one_kind(kind):
    voice = take_in(sound(kind), "voice", name="录音.bin")
    assert (voice.media_type, voice.name, round(voice.seconds)) == ("audio/mp4", "录音.m4a", 1)
    assert voice.content[4:8] == b"ftyp"
    assert take_in(voice.content).sort == "voice"


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (b"", "录音是空的"),
        (b"hello", "这个文件不是录音"),
        (JPEG, "这个文件不是录音"),
        (b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n", "这个文件不是录音"),
        (b"ffconcat version 1.0\nfile /etc/passwd\n", "这个文件不是录音"),
        (b"\x1aE\xdf\xa3" + bytes(500), "录音打不开"),
        (sound("wav", 0.1), "录音太短"),
        (sound("mp3", 150), "录音长 2 分 30 秒，最长收 2 分钟"),
        (sound("wav") + bytes(11 * 2**20), "最多收 10 MB"),
    ],
    ids=lambda value: value[:10] if isinstance(value, str) else "",
)
def test_what_is_no_sound_recording_is_refused(sent, said):
    with refused(said):
        take_in(sent, "voice")


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (b"", "文件是空的"),
        (b"PK\x03\x04word", "不收 Word"),
        (JPEG, "不是 PDF"),
        (PDF[:-8], "PDF 没传完"),
        (PDF[:5] + bytes(16 * 2**20) + PDF[-6:], "最多收 15 MB"),
    ],
)
def test_what_is_no_whole_pdf_is_refused(sent, said):
    with refused(said):
        take_in(sent, "document")


def test_sort_is_found_by_content():
    assert [take_in(sent).sort for sent in (JPEG, PDF, sound("webm"))] == ["photo", "document", "voice"]
    with refused("只收照片、录音和 PDF"):
        take_in(b"MZ\x90\x00")


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\照片\\门口.JPG", "门口"),
        ("门口\u202egpj.exe", "门口gpj"),
        ("a\r\nSet-Cookie: x.png", "aSet-Cookie x"),
        ("....", ""),
        ("字" * 200, "字" * 80),
    ],
)
def test_names_neither_climb_nor_deceive(name, clean):
    assert clean_name(name) == clean
