"""Pictures that come with the data: python-docx reads their size and writes their frame."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from html import escape
from io import BytesIO
from pathlib import PurePath
from typing import Any, NamedTuple, Protocol

from docx import Document
from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.image.image import Image
from docx.oxml.shape import CT_Inline
from docxtpl.subdoc import SubdocComposer
from lxml import etree

from ctgdocs.findings import TemplateError
from ctgdocs.templates.values import HeldValue, InlineImage
from ctgdocs.word.names import W_NS
from ctgdocs.word.package import Package, Readable, content_of, read, write
from ctgdocs.word.parts import set_content_type
from ctgdocs.word.safety import make_safe


class Host(Protocol):
    """The document being written, as a picture or a sub-document sees it (host.py)."""

    def link(self, url: str) -> str:
        """The id, in the current part, of a hyperlink to an address."""

    def add_image(self, data: bytes, ending: str, media_type: str) -> str:
        """The id, in the current part, of a picture; the same file is stored once."""

    def current(self, name: str) -> bytes:
        """A part as it stands now."""

    def package(self) -> bytes:
        """The document as it stands."""

    def adopt(self, parts: Mapping[str, bytes]) -> None:
        """Takes over parts that a sub-document changed."""


# --- Sub-documents: `{{p piece }}` prints a whole Word file, or one built in Python, inside the page


_DECLARATION = re.compile(r' xmlns:(\w+)="([^"]*)"')
_START_TAG = re.compile(r"<\w[^\s/>]*(?:\s+[\w:]+=\"[^\"]*\")*")
_PREFIX_USED = re.compile(r"[<\s](\w+):\w")
_REQUIRED = re.compile(r'\bRequires="([^"]*)"')
_RELATION_USE = re.compile(r'\b(r:(?:id|embed|link|pict|dm|lo|qs|cs))="([^"]*)"')


@contextmanager
def _damage_told() -> Iterator[None]:
    """python-docx and docxcompose raise whatever they meet in a file that names what it does not hold: all of
    it is a damage of that file. Raises TemplateError."""
    try:
        yield
    except Exception as error:
        raise TemplateError(
            f"le document inséré est endommagé ({type(error).__name__})",
            hint="ouvrez-le dans Word et enregistrez-le de nouveau",
        ) from error


class Subdocument(HeldValue):
    """Made by `Template.subdoc`; has every method of a python-docx document (`add_paragraph`…)."""

    block = True

    def __init__(self, template: Package, source: Readable | None = None) -> None:
        if source is not None:
            self._file = write(make_safe(read(content_of(source)), "le document inséré"))
            with _damage_told():
                self._docx: Any = Document(io.BytesIO(self._file))
            return
        self._file = b""
        self._docx = Document()
        master = Document(io.BytesIO(write(template)))
        self._before = _snapshot(master)
        self._docx._part = master.part

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self._docx, name)

    def markup(self, host: Host) -> str:
        """Its paragraphs and tables; what they need is added to the document being written."""
        return self._merged(host) if self._file else self._adopted(host)

    def _merged(self, host: Host) -> str:
        """A file: docxcompose brings its styles, numberings, pictures and notes into the master."""
        master = Document(io.BytesIO(host.package()))
        with _damage_told():
            piece = Document(io.BytesIO(self._file))
            before = _snapshot(master)
            SubdocComposer(master).attach_parts(piece)
        host.adopt(_changes(before, _snapshot(master), host))
        return _blocks(piece)

    def _adopted(self, host: Host) -> str:
        """One built in Python on a copy of the template: its new relationships are made again here."""
        part = self._docx.part
        renamed: dict[str, str] = {}
        for id, relation in part.rels.items():
            if id in self._before.relations:
                continue
            if relation.is_external:
                renamed[id] = host.link(relation.target_ref)
            elif relation.reltype.endswith("/image"):
                image = relation.target_part
                renamed[id] = host.add_image(image.blob, image.partname.ext, image.content_type)
        after = _snapshot(self._docx)
        host.adopt({
            name: data
            for name, data in after.parts.items()
            if name in ("word/styles.xml", "word/numbering.xml") and data != self._before.parts.get(name)
        })  # fmt: skip
        return _RELATION_USE.sub(lambda m: f'{m[1]}="{renamed.get(m[2], m[2])}"', _blocks(self._docx))


class _State(NamedTuple):
    """A package as python-docx holds it: its parts' bytes and types, the body's relationships."""

    parts: Package
    types: dict[str, str]
    rels: Package
    relations: frozenset[str]


def _snapshot(document: Any) -> _State:
    parts: Package = {}
    types: dict[str, str] = {}
    rels: Package = {}
    main = document.part
    for part in main.package.iter_parts():
        name = part.partname.lstrip("/")
        if len(part.rels):
            rels[part.partname.rels_uri.lstrip("/")] = part.rels.xml
        if part is not main and not name.startswith("docProps/"):
            parts[name] = part.blob
            types[name] = part.content_type
    return _State(parts, types, rels, frozenset(main.rels))


def _changes(before: _State, after: _State, host: Host) -> Package:
    changed = {name: data for name, data in after.parts.items() if before.parts.get(name) != data}
    changed.update({name: data for name, data in after.rels.items() if before.rels.get(name) != data})
    types: Package = {"[Content_Types].xml": host.current("[Content_Types].xml")}
    for name in changed:
        if name in after.types and name not in before.types:
            set_content_type(types, name, after.types[name])
    return {**changed, **types}


def _blocks(document: Any) -> str:
    """The body's children, without its last section, as they stand in another body."""
    return "".join(
        _declared_where_used(etree.tostring(child, encoding="unicode", with_tail=False))
        for child in document.element.body
        if child.tag != f"{{{W_NS}}}sectPr"
    )


def _declared_where_used(xml: str) -> str:
    """An element without the namespaces that its own document declared: those of pictures are declared by the
    elements that use them, so that a paragraph or a table begins as it does in any other part."""
    start = xml[: xml.index(">")]
    declared = dict(_DECLARATION.findall(start))
    xml = _DECLARATION.sub("", start) + xml[len(start) :]

    def declaring(tag: re.Match[str]) -> str:
        names = [*_PREFIX_USED.findall(tag[0]), *" ".join(_REQUIRED.findall(tag[0])).split()]
        own = dict(_DECLARATION.findall(tag[0]))
        needed = [name for name in dict.fromkeys(names) if name in declared and name not in ("w", "r", *own)]
        return tag[0] + "".join(f' xmlns:{name}="{declared[name]}"' for name in needed)

    return _START_TAG.sub(declaring, xml)


_SPACE = re.compile(r">\s+<")


class Frame(NamedTuple):
    """A picture's `<wp:inline>`, a mark where its relationship goes; its media type and ending."""

    xml: str
    media_type: str
    ending: str


def picture(image: InlineImage, host: Host) -> str:
    """`<wp:inline>` of the picture, its file added to the document being written. Raises TemplateError."""
    frame = _frame(image.data, PurePath(image.name).name, image.width, image.height)
    relation = host.add_image(image.data, frame.ending, frame.media_type)
    xml = frame.xml.replace("rIdPicture", relation)
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
def _frame(data: bytes, name: str, width: int | None, height: int | None) -> Frame:
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
    inline = CT_Inline.new_pic_inline(1, "rIdPicture", name or found.filename, across, down)
    xml = _SPACE.sub("><", etree.tostring(inline, encoding="unicode"))
    ending = PurePath(name).suffix.lstrip(".").lower() or found.ext
    return Frame(xml, found.content_type, ending)
