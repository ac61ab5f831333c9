"""Documents (文件): PDF, kept as it came and only ever handed over to be saved, so that nothing in it runs here."""

from xiuhua.ground.files.prepared import Prepared, Sort
from xiuhua.ground.verdicts import Reason, Refused
from xiuhua.ground.words import gettext as _

MAGIC = b"%PDF-"
_END, _TAIL = b"%%EOF", 2048
_OFFICE = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def prepare_document(content: bytes, name: str) -> Prepared:
    """Look at a document.

    Raises
    ------
    Refused
        It is no PDF, or is cut short.
    """
    if not content.startswith(MAGIC):
        raise Refused(_why_no_pdf(content))
    if _END not in content[-_TAIL:]:
        raise Refused(Reason(_("PDF 没传完，缺了后半截"), mend=_("请重新选这个文件再传")))
    return Prepared(Sort.DOCUMENT, content, "application/pdf", f"{name or _('文件')}.pdf")


def _why_no_pdf(content: bytes) -> Reason:
    if not content:
        return Reason(_("文件是空的"), mend=_("请重新选文件"))
    if content.startswith(_OFFICE):
        return Reason(_("这里只收 PDF，不收 Word、Excel 或压缩包"), mend=_("请在原来的程序里“另存为 PDF”再传"))
    return Reason(_("这个文件不是 PDF"), mend=_("请传 PDF；照片请传到照片一栏"))
