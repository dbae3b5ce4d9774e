"""Word files that come with the data: python-docx and docxcompose bring them into the page."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple, Protocol

from docx import Document
from docxtpl.subdoc import SubdocComposer
from lxml import etree

from ctgdocs.findings import TemplateError
from ctgdocs.templates import frames
from ctgdocs.templates.values import HeldValue
from ctgdocs.word.names import W_NS
from ctgdocs.word.package import Package, Readable, content_of, read, write
from ctgdocs.word.parts import set_content_type
from ctgdocs.word.safety import make_safe


class Host(frames.Host, Protocol):
    """The document being written, as a sub-document sees it (session.py)."""

    def current(self, name: str) -> bytes:
        """A part as it stands now."""

    def package(self) -> bytes:
        """The document as it stands."""

    def adopt(self, parts: Mapping[str, bytes]) -> None:
        """Takes over parts that a sub-document changed."""


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
