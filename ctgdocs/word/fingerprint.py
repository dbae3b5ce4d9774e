"""A document says itself who made it, and whether anyone has touched it since.

`docProps/custom.xml` holds the document's origin (`deliberations/2026-045`), the place it was written at, the
digest of what its page says, for an act that had left the house since when, and a fingerprint, the digest
of the names, sizes and CRCs of the parts under `word/`. Word, LibreOffice and python-docx write other parts
when they save: the fingerprint no longer holds, the origin does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from typing import Final, NamedTuple
from xml.etree import ElementTree

from ctgdocs.findings import TemplateError
from ctgdocs.word.names import CONTENT_TYPES, PACKAGE_RELS
from ctgdocs.word.package import (
    XML_DAMAGE,
    Archive,
    Facts,
    Package,
    check_xml,
    read_members,
    unzipped,
)
from ctgdocs.word.safety import relationships

CUSTOM: Final = "docProps/custom.xml"
ORIGIN: Final = "ctgdocs.origine"
PLACE: Final = "ctgdocs.sortie"
FINGERPRINT: Final = "ctgdocs.empreinte"
SEALED: Final = "ctgdocs.scelle"
CONTENT: Final = "ctgdocs.contenu"
OURS: Final = frozenset((ORIGIN, PLACE, FINGERPRINT, SEALED, CONTENT))
LARGEST: Final = 1 << 20
_DECLARING: Final = (CONTENT_TYPES, PACKAGE_RELS, CUSTOM)
_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_USER = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_FIRST_ID = 2
_EMPTY = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<Properties xmlns="{_NAMESPACE}" xmlns:vt="{_VALUES}"></Properties>'
)
_FORBIDDEN_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Mark(NamedTuple):
    """`origin`: what the document was made from; `place`: where it was written (posix, from the workspace);
    `intact`: its words and looks are those that were written; `sealed`: what had made the act leave the house
    (« la transmission du 20 octobre 2026 »), "" for nothing; `content`: the digest of its page."""

    origin: str
    place: str = ""
    intact: bool = True
    sealed: str = ""
    content: str = ""


def fingerprint(facts: Iterable[Facts]) -> str:
    """The digest of the parts under `word/`, whatever their order: (name, size, CRC) of each."""
    lines = sorted(f"{name} {size} {crc:08x}" for name, size, crc in facts if name.startswith("word/"))
    return sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()


def mark_of(document: bytes) -> Mark | None:
    """What a Word file says of itself; None when it says nothing, or is no Word file. Only its directory and
    its properties are read."""
    try:
        with unzipped(document) as archive:
            if archive.getinfo(CUSTOM).file_size > LARGEST:
                return None
            said = {one.get("name", ""): "".join(one.itertext()) for one in _read(archive.read(CUSTOM))}
            facts = [(one.filename, one.file_size, one.CRC) for one in archive.infolist()]
            place, seal = said.get(PLACE, ""), said.get(FINGERPRINT, "")
            intact = fingerprint(facts) == seal
            return Mark(said[ORIGIN], place, intact, said.get(SEALED, ""), said.get(CONTENT, ""))
    except (TemplateError, *XML_DAMAGE, ElementTree.ParseError):
        return None


def marked(document: bytes, mark: Mark) -> bytes:
    """The same Word file with that mark. Raises TemplateError when it is none."""
    members = read_members(document)
    declared = declared_in({name: members[name].part() for name in _DECLARING if name in members})
    return Archive(members).write(declared, seal=Seal(mark, declared[CUSTOM]))


@dataclass(frozen=True, slots=True)
class Seal:
    """Makes the custom properties of a document once its other parts are known. `properties`: those that its
    template has."""

    mark: Mark
    properties: bytes

    def __call__(self, facts: Iterable[Facts]) -> tuple[str, bytes]:
        said = {ORIGIN: self.mark.origin, PLACE: self.mark.place, FINGERPRINT: fingerprint(facts)}
        if self.mark.sealed:
            said[SEALED] = self.mark.sealed
        if self.mark.content:
            said[CONTENT] = self.mark.content
        return CUSTOM, _with_properties(self.properties, said)


def declared_in(package: Mapping[str, bytes]) -> Package:
    """The parts that a package with custom properties has in place of its own: they are declared in two."""
    if CUSTOM in package:
        return {CUSTOM: package[CUSTOM]}
    rels, types = (package[name].decode("utf-8-sig") for name in (PACKAGE_RELS, CONTENT_TYPES))
    ids = {relationship.get("Id") for relationship in relationships(package[PACKAGE_RELS])}
    id = next(f"rId{n}" for n in range(1, len(ids) + 2) if f"rId{n}" not in ids)
    relation = f'<{_prefix(rels)}Relationship Id="{id}" Type="{_RELATION}" Target="{CUSTOM}"/>'
    type = f'<{_prefix(types)}Override PartName="/{CUSTOM}" ContentType="{_TYPE}"/>'
    return {
        CONTENT_TYPES: _before_end(types, type),
        PACKAGE_RELS: _before_end(rels, relation),
        CUSTOM: _EMPTY.encode(),
    }


def _before_end(xml: str, node: str) -> bytes:
    """The XML with `node` as the last child of its root."""
    end = xml.rindex("</")
    return (xml[:end] + node + xml[end:]).encode("utf-8")


def _prefix(xml: str) -> str:
    """The namespace prefix of the root (`""`, or `ns0:`)."""
    match = re.match(r"(?:<\?.*?\?>\s*)?<(\w+:)?", xml, re.DOTALL)
    return (match[1] or "") if match else ""


def _read(part: bytes) -> ElementTree.Element:
    check_xml(part, CUSTOM)
    return ElementTree.fromstring(part)


def _with_properties(part: bytes, said: dict[str, str]) -> bytes:
    """The custom properties with those values, the others as they were."""
    xml, first = _EMPTY, _FIRST_ID
    if part != _EMPTY.encode():
        root = _read(part)
        for one in [one for one in root if one.get("name") in OURS]:
            root.remove(one)
        if len(root):
            first += max(int(pid) for one in root if (pid := one.get("pid", "0")).isascii() and pid.isdigit())
            xml = ElementTree.tostring(root, "unicode")
    prefix = _prefix(xml)
    nodes = [
        f'<{prefix}property fmtid="{_USER}" pid="{first + number}" name="{name}">'
        f'<vt:lpwstr xmlns:vt="{_VALUES}">{_escaped(value)}</vt:lpwstr></{prefix}property>'
        for number, (name, value) in enumerate(said.items())
    ]
    return _before_end(xml, "".join(nodes))


def _escaped(value: str) -> str:
    return escape(_FORBIDDEN_IN_XML.sub("\ufffd", value), quote=False)
