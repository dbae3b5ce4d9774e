"""Pictures that come with the data: python-docx reads their size and writes their frame."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from io import BytesIO
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from ctgdocs.errors import ContextError

if TYPE_CHECKING:
    from ctgdocs.rendering.session import Session
    from ctgdocs.rendering.values import InlineImage

_SPACE = re.compile(r">\s+<")


class Frame(NamedTuple):
    """A picture's `<wp:inline>`, a mark where its relationship goes; its media type and ending."""

    xml: str
    media_type: str
    ending: str


def picture(image: InlineImage, session: Session) -> str:
    """`<wp:inline>` of the picture, its file added to the document being written. Raises ContextError."""
    frame = _frame(image.data, PurePath(image.name).name, image.width, image.height)
    relation = session.add_image(image.data, frame.ending, frame.media_type)
    xml = frame.xml.replace("rIdPicture", relation)
    if image.alt is not None:
        alt = escape(image.alt)
        xml = re.sub(r"(<wp:docPr [^>]*?)(/?>)", lambda m: f'{m[1]} descr="{alt}"{m[2]}', xml, count=1)
    if image.anchor:
        xml = _with_link(xml, session.link(image.anchor))
    return xml


def _with_link(xml: str, relation: str) -> str:
    click = (
        f'<a:hlinkClick xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" r:id="{relation}"/>'
    )
    xml = re.sub(r"<wp:docPr ([^>]*)/>", rf"<wp:docPr \1>{click}</wp:docPr>", xml, count=1)
    return re.sub(r"<pic:cNvPr ([^>]*)/>", rf"<pic:cNvPr \1>{click}</pic:cNvPr>", xml, count=1)


@lru_cache(maxsize=64)
def _frame(data: bytes, name: str, width: int | None, height: int | None) -> Frame:
    from docx.image.exceptions import (
        InvalidImageStreamError,
        UnexpectedEndOfFileError,
        UnrecognizedImageError,
    )
    from docx.image.image import Image
    from docx.oxml.shape import CT_Inline
    from lxml import etree

    try:
        found = Image.from_file(BytesIO(data))
    except (
        UnrecognizedImageError,
        InvalidImageStreamError,
        UnexpectedEndOfFileError,
        ZeroDivisionError,
    ) as error:
        raise ContextError(
            f"l’image « {name or 'sans nom'} » n’est pas d’un format que Word sait montrer",
            hint="donnez une image PNG, JPEG, GIF, BMP ou TIFF",
        ) from error
    across, down = found.scaled_dimensions(width, height)
    inline = CT_Inline.new_pic_inline(1, "rIdPicture", name or found.filename, across, down)
    xml = _SPACE.sub("><", etree.tostring(inline, encoding="unicode"))
    ending = PurePath(name).suffix.lstrip(".").lower() or found.ext
    return Frame(xml, found.content_type, ending)
