"""Pictures that come with the data: the frame that shows one on the page."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from io import BytesIO
from pathlib import PurePath
from typing import NamedTuple, Protocol

from ctgdocs.findings import TemplateError
from ctgdocs.templates.values import InlineImage
from ctgdocs.word.pictures import Damaged, facts_of

_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ENDINGS = {"png": "png", "jpeg": "jpg"}


class Host(Protocol):
    """The document being written, as a picture sees it (session.py)."""

    def link(self, url: str) -> str:
        """The id, in the current part, of a hyperlink to an address."""

    def add_image(self, data: bytes, ending: str, media_type: str) -> str:
        """The id, in the current part, of a picture; the same file is stored once."""


class _Facts(NamedTuple):
    """The size of a picture on the page, in EMU; what its file is."""

    across: int
    down: int
    media_type: str
    ending: str


def picture(image: InlineImage, host: Host) -> str:
    """`<wp:inline>` of the picture, its file added to the document being written. Raises TemplateError."""
    name = PurePath(image.name).name
    facts = _facts(image.data, name, image.width, image.height)
    ending = PurePath(name).suffix.lstrip(".").lower() or facts.ending
    relation = host.add_image(image.data, ending, facts.media_type)
    xml = _frame(facts, name or f"image.{facts.ending}", relation)
    if image.alt is not None:
        alt = escape(image.alt)
        xml = re.sub(r"(<wp:docPr [^>]*?)(/?>)", lambda m: f'{m[1]} descr="{alt}"{m[2]}', xml, count=1)
    if image.anchor:
        xml = _with_link(xml, host.link(image.anchor))
    return xml


def _with_link(xml: str, relation: str) -> str:
    click = (
        f'<a:hlinkClick xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" r:id="{relation}"/>'
    )
    xml = re.sub(r"<wp:docPr ([^>]*)/>", rf"<wp:docPr \1>{click}</wp:docPr>", xml, count=1)
    return re.sub(r"<pic:cNvPr ([^>]*)/>", rf"<pic:cNvPr \1>{click}</pic:cNvPr>", xml, count=1)


@lru_cache(maxsize=64)
def _facts(data: bytes, name: str, width: int | None, height: int | None) -> _Facts:
    """Those of the pictures of the house, whose size is decided, need no python-docx: 80 ms."""
    if width is not None and height is not None:
        try:
            kind = facts_of(data).kind
            return _Facts(width, height, f"image/{kind}", _ENDINGS[kind])
        except Damaged:
            pass
    from docx.image.exceptions import (
        InvalidImageStreamError,
        UnexpectedEndOfFileError,
        UnrecognizedImageError,
    )
    from docx.image.image import Image

    try:
        found = Image.from_file(BytesIO(data))
    except (
        UnrecognizedImageError,
        InvalidImageStreamError,
        UnexpectedEndOfFileError,
        ZeroDivisionError,
    ) as error:
        raise TemplateError(
            f"l’image « {name or 'sans nom'} » n’est pas d’un format que Word sait montrer",
            hint="donnez une image PNG, JPEG, GIF, BMP ou TIFF",
        ) from error
    across, down = found.scaled_dimensions(width, height)
    return _Facts(across, down, found.content_type, found.ext)


def _frame(facts: _Facts, name: str, relation: str) -> str:
    """A `<wp:inline>` (ECMA-376 part 1, § 20.4.2.8)."""
    size = f'cx="{int(facts.across)}" cy="{int(facts.down)}"'
    said = escape(name, quote=False).replace('"', "&quot;")
    return (
        f'<wp:inline xmlns:wp="{_WP}" xmlns:a="{_A}" xmlns:pic="{_PIC}" xmlns:r="{_R}"><wp:extent {size}/>'
        '<wp:docPr id="1" name="Picture 1"/>'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        f'<a:graphic><a:graphicData uri="{_PIC}"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="0" name="{said}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"/></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline>"
    )
