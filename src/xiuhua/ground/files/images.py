"""Photographs (照片): told by their first bytes, decoded, and written anew by us.

Nothing of what was sent is kept but the picture: no place, no device, no second file behind the first, no profile. A
picture that only claims to be one does not decode; one that would unfold into gigabytes is refused by what its head
says before any of it is decoded.
"""

import io
import warnings
from threading import Lock

from PIL import Image, ImageOps

from xiuhua.ground.files.prepared import Prepared, Sort
from xiuhua.ground.standards.files import PhotoStandard
from xiuhua.ground.verdicts import Reason, Refused
from xiuhua.ground.words import gettext as _

FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/gif"}
"""What is decoded, by Pillow's name."""
START_OF_SCAN = b"\xff\xda"
_WHITE = (255, 255, 255)
_APPLE = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"heif")
_NO_PICTURES = [b"<svg", b"<html", b"<!doctype", b"<script", b"<?xml", b"<?php"]
_one_at_a_time = Lock()
"""A large picture takes some 150 MB while it is open: a process opens one."""


def sniffed(head: bytes) -> str:
    """Pillow's name of the format that the first bytes tell; empty for none of ours."""
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    return "GIF" if head[:6] in (b"GIF87a", b"GIF89a") else ""


def prepare_photo(content: bytes, name: str, figures: PhotoStandard) -> Prepared:
    """Look at a photograph and write it anew: upright, no larger than needed, with a thumbnail.

    Raises
    ------
    Refused
        It is no picture of a kind that we read, is damaged, or has too many pixels.
    """
    kind = sniffed(content[:16])
    if not kind:
        raise Refused(_why_no_picture(content))
    if kind == "JPEG" and content.count(START_OF_SCAN) > figures.scans.number:
        raise _damaged()
    with _one_at_a_time:
        picture = _decoded(content, kind, figures)
        whole, thumbnail = _written(picture, figures), _thumbnail(picture, figures)
    return Prepared(
        Sort.PHOTO, whole, "image/jpeg", f"{name or _('照片')}.jpg", thumbnail, picture.width, picture.height
    )


def _decoded(content: bytes, kind: str, figures: PhotoStandard) -> Image.Image:
    """The picture, upright, in red, green and blue, at the size that is kept."""
    side = int(figures.side.number)
    most = (figures.pixels if kind == "JPEG" else figures.whole_pixels).number
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(content), formats=[kind]) as looked_at:
                if looked_at.width * looked_at.height > most:
                    raise _too_many_pixels(most)
                looked_at.verify()
            with Image.open(io.BytesIO(content), formats=[kind]) as opened:
                turned = opened.getexif().get(0x0112, 1) if kind != "GIF" else 1
                opened.draft("RGB", (side, side))  # a JPEG is decoded at a fraction of its size
                opened.load()
                picture = _in_colour(opened, side)
    except Refused:
        raise
    except Image.DecompressionBombError:  # Pillow's own limit, which comes before ours can be asked
        raise _too_many_pixels(most) from None
    except Exception:  # decoders of four formats raise what they like at what strangers send
        raise _damaged() from None
    return _upright(picture, turned)


def _in_colour(opened: Image.Image, side: int) -> Image.Image:
    """Red, green and blue, eight bits each, on white where it was transparent, with longer side `side` at the most."""
    picture = opened
    if picture.mode.startswith("I"):  # sixteen bits of grey; Pillow would cut them off at 255
        picture = picture.convert("F").point(lambda value: value * (255.0 / 65535.0) + 0.0).convert("L")
    clear = picture.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in picture.info
    if clear:
        picture = picture.convert("RGBA")
    elif picture.mode in ("1", "P"):
        picture = picture.convert("RGB")
    picture.thumbnail((side, side), reducing_gap=2.0)
    plain = Image.new("RGB", picture.size, _WHITE)
    plain.paste(picture.convert("RGB"), mask=picture.getchannel("A") if clear else None)
    return plain


def _upright(picture: Image.Image, orientation: object) -> Image.Image:
    """Turned as the camera was held; the note of how it was held is then of no use."""
    picture.getexif()[0x0112] = orientation if isinstance(orientation, int) else 1
    upright: Image.Image = ImageOps.exif_transpose(picture)
    return upright


def _thumbnail(picture: Image.Image, figures: PhotoStandard) -> bytes:
    """The picture at the size of a list; nothing where it is no larger than that itself."""
    side = int(figures.small_side.number)
    if max(picture.size) <= side:
        return b""
    small = picture.copy()
    small.thumbnail((side, side))
    return _written(small, figures)


def _written(picture: Image.Image, figures: PhotoStandard) -> bytes:
    plain = Image.new("RGB", picture.size)
    plain.paste(picture)
    written = io.BytesIO()
    plain.save(written, "JPEG", quality=int(figures.quality.number), optimize=True, progressive=True)
    return written.getvalue()


def _why_no_picture(content: bytes) -> Reason:
    """Why bytes are no picture for us, and what to do: telephones' own formats are told apart from rubbish."""
    if not content:
        return Reason(_("照片是空的"), mend=_("请重新拍一张，或从相册里重选"))
    if content[4:8] == b"ftyp" and content[8:12] in _APPLE:
        return Reason(
            _("这张照片是 HEIC 格式，这里打不开"),
            mend=_("请在苹果手机“设置—相机—格式”里选“兼容性最佳”再拍，或把照片截屏后传截图"),
        )
    if content[4:8] == b"ftyp" and content[8:12] in (b"avif", b"avis"):
        return Reason(_("这张照片是 AVIF 格式，这里打不开"), mend=_("请存成 JPG 再传，或传截图"))
    if any(mark in content[:1024].lower() for mark in _NO_PICTURES):
        return Reason(_("这个文件是网页或矢量图，不是照片"), mend=_("请传 JPG 或 PNG 照片；图纸请存成 PDF 当文件传"))
    return Reason(_("这个文件不是照片"), mend=_("请传 JPG、PNG、WebP 或 GIF"))


def _too_many_pixels(most: float) -> Refused:
    said = _("照片像素太多，最多收 %(most)s 万像素") % {"most": round(most / 10_000)}
    return Refused(Reason(said, mend=_("请在手机上选“中等大小”再传，或传截图")))


def _damaged() -> Refused:
    return Refused(Reason(_("照片坏了，打不开或者没传完"), mend=_("请重新拍一张，或从相册里重选")))
