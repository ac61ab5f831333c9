"""Printed things (文件): a Typst template, fed by a query's plain values, becomes a PDF.

::

    typeset("suggestions/report.typ", {"title": …, "rows": …}, images={"hall.jpg": photo})

Templates lie in the folder ``documents`` of their app and import ``/base.typ``, which looks like the identity's print.
"""

from xiuhua.ground.documents.serving import pdf_response
from xiuhua.ground.documents.typesetting import typeset

__all__ = ["pdf_response", "typeset"]
