"""The parts of a Word package and what ties them: content types and relationships.

A package is a `dict` from part name (`word/document.xml`) to bytes. Readers take any mapping; the functions
that change a package take a `dict` they may write to, and are only called on a copy made by their caller.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from lxml import etree

from ctgdocs.findings import TemplateError
from ctgdocs.word.names import CONTENT_TYPES, OFFICE, RELS_NS, TYPES_NS, W_NS, rels_name

Package = dict[str, bytes]

_WHOLE = re.compile(r"\s*-?[0-9]{1,9}\s*")


@cache
def w(name: str) -> str:
    """`{namespace}name` of a WordprocessingML element or attribute."""
    return f"{{{W_NS}}}{name}"


def whole(text: str | None, otherwise: int = 0) -> int:
    """A whole number as an attribute holds it; `otherwise` when there is none, or when it does not read.

    >>> whole("12"), whole(None, 1), whole("²"), whole("9" * 5000)
    (12, 1, 0, 0)
    """
    return int(text) if text is not None and _WHOLE.fullmatch(text) else otherwise


def remove(node: etree._Element) -> None:
    """Takes a node out, with all it holds."""
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)


OFF = ("0", "false", "off")
"""How a look is taken away."""


def val(node: etree._Element | None, *path: str) -> str:
    """The `w:val` of what stands below a node (`"pPr", "pStyle"`), "" when it is not there."""
    found = None if node is None else node.find("/".join(map(w, path)))
    return "" if found is None else found.get(w("val"), "")


def is_on(node: etree._Element | None, name: str, otherwise: bool = False) -> bool:
    """Whether a look is given by a child of a node; `otherwise` when nothing is said of it."""
    found = None if node is None else node.find(w(name))
    return otherwise if found is None else found.get(w("val"), "1") not in OFF


@dataclass(frozen=True, slots=True)
class Relation:
    """A relationship of one part. `target` is a part name, or the address itself when `external`."""

    id: str
    type: str
    target: str
    external: bool = False

    @property
    def kind(self) -> str:
        """The last word of the type: `header`, `image`, `hyperlink`…"""
        return self.type.rpartition("/")[2]


def parse(data: bytes, name: str = "") -> etree._Element:
    """The root of an XML part, without what XML says beside its elements, which Word drops too: no DTD, no
    entity, no network. Raises TemplateError when it does not read."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise TemplateError(
            f"le fichier Word est abîmé : la partie « {name} » ne se lit pas ({error.msg})"
        ) from error
    if b"<!DOCTYPE" in data:
        raise TemplateError(f"le fichier Word est refusé : la partie « {name} » contient une DTD")
    return root


def serialize(root: etree._Element) -> bytes:
    """The bytes of a part, with the declaration Word writes."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


# --- relationships ------------------------------------------------------------------------------------


def relations(package: Mapping[str, bytes], part: str) -> list[Relation]:
    """The relationships of a part, in file order."""
    data = package.get(rels_name(part))
    return [] if data is None else list(_related(data, part))


@lru_cache(maxsize=64)  # a part is asked again and again for whom it is related to
def _related(data: bytes, part: str) -> tuple[Relation, ...]:
    found = []
    for node in parse(data, rels_name(part)).iterchildren(f"{{{RELS_NS}}}Relationship"):
        target, external = node.get("Target", ""), node.get("TargetMode") == "External"
        if not external:
            target = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")
        found.append(Relation(node.get("Id", ""), node.get("Type", ""), target, external))
    return tuple(found)


def related(package: Mapping[str, bytes], part: str, kind: str) -> Iterator[str]:
    """The names of the existing parts that `part` is related to by a relationship of `kind` (`styles`…)."""
    for relation in relations(package, part):
        if relation.kind == kind and not relation.external and relation.target in package:
            yield relation.target


def main_part(package: Mapping[str, bytes]) -> str:
    """The name of the main document part, `word/document.xml` in nearly every file."""
    main = next(related(package, "", "officeDocument"), None)
    if main is None:
        raise TemplateError("ce fichier n’est pas un document Word (.docx ou .dotx)")
    return main


def one(package: Mapping[str, bytes], kind: str) -> str | None:
    """The part that a document has one of (`styles`, `numbering`, `settings`…), None when absent."""
    return next(related(package, main_part(package), kind), None)


def styles_of(package: Mapping[str, bytes]) -> dict[str, etree._Element]:
    """Style id → the style that has it."""
    part = one(package, "styles")
    nodes = parse(package[part], part).iterchildren(w("style")) if part else ()
    return {node.get(w("styleId"), ""): node for node in nodes}


def lineage(styles: Mapping[str, etree._Element], id: str) -> Iterator[etree._Element]:
    """A style, then those it is based on, each once."""
    seen = set[str]()
    while id in styles and id not in seen:
        seen.add(id)
        yield styles[id]
        id = val(styles[id], "basedOn")


STORIES = ("header", "footer", "footnotes", "endnotes")


def stories(package: Mapping[str, bytes], kinds: Collection[str] = STORIES) -> list[str]:
    """The parts that show text, each once: the body, then headers, footers and notes as they are related."""
    main = main_part(package)
    around = (one.target for one in relations(package, main) if one.kind in kinds and not one.external)
    return [*dict.fromkeys((main, *(name for name in around if name in package)))]


def check_usual(root: etree._Element, name: str) -> None:
    """Raises TemplateError for a part that does not write « w: », as Word does: a program made it."""
    if root.nsmap.get("w") != W_NS:
        raise TemplateError(
            f"la partie « {name} » n’est pas du Word ordinaire", hint="enregistrez le modèle dans Word"
        )


def add_relation(package: Package, part: str, kind: str, target: str, *, external: bool = False) -> str:
    """Relates `part` to `target` (a part name or an address) and gives the new relationship's id."""
    name = rels_name(part)
    empty = f'<Relationships xmlns="{RELS_NS}"/>'.encode()
    root = parse(package.get(name, empty), name)
    taken = {node.get("Id") for node in root}
    number = len(root) + 1
    while f"rId{number}" in taken:
        number += 1
    node = etree.SubElement(root, f"{{{RELS_NS}}}Relationship", Id=f"rId{number}", Type=OFFICE + kind)
    node.set(
        "Target",
        target if external else posixpath.relpath("/" + target, posixpath.join("/", posixpath.dirname(part))),
    )
    if external:
        node.set("TargetMode", "External")
    package[name] = serialize(root)
    return f"rId{number}"


def drop_relations(package: Package, part: str, ids: set[str]) -> None:
    """Removes relationships of a part; the parts they led to stay."""
    name = rels_name(part)
    if not ids or name not in package:
        return
    root = parse(package[name], name)
    for node in list(root):
        if node.get("Id") in ids:
            root.remove(node)
    package[name] = serialize(root)


# --- content types ------------------------------------------------------------------------------------


def content_type(package: Mapping[str, bytes], part: str) -> str:
    """The declared type of a part, `""` when there is none."""
    root = parse(package[CONTENT_TYPES], CONTENT_TYPES)
    extension = part.rpartition(".")[2].lower()
    default = ""
    for node in root:
        if node.get("PartName", "").lstrip("/") == part:
            return node.get("ContentType", "")
        if node.get("Extension", "").lower() == extension:
            default = node.get("ContentType", "")
    return default


def set_content_type(package: Package, part: str, type: str) -> None:
    """Declares the type of a part (an Override, unless the default of its extension says the same)."""
    if content_type(package, part) == type:
        return
    root = parse(package[CONTENT_TYPES], CONTENT_TYPES)
    for node in list(root):
        if node.get("PartName", "").lstrip("/") == part:
            root.remove(node)
    etree.SubElement(root, f"{{{TYPES_NS}}}Override", PartName=f"/{part}", ContentType=type)
    package[CONTENT_TYPES] = serialize(root)


def add_part(package: Package, owner: str, name: str, data: bytes, *, kind: str, type: str) -> str:
    """Adds a part under a free name close to `name`, related to `owner`; gives the relationship's id."""
    package[name] = data
    set_content_type(package, name, type)
    return add_relation(package, owner, kind, name)


def free_name(package: Mapping[str, bytes], name: str) -> str:
    """`name`, or the nearest numbered one that no part has.

    >>> free_name({"word/header1.xml": b"", "word/header2.xml": b""}, "word/header1.xml")
    'word/header3.xml'
    """
    taken = {part.lower() for part in package}
    stem, _, extension = name.rpartition(".")
    match = re.fullmatch(r"(.*?)(\d*)", stem)
    base, number = (match[1], int(match[2] or 1)) if match else (stem, 1)
    while name.lower() in taken:
        number += 1
        name = f"{base}{number}.{extension}"
    return name


def reachable(package: Mapping[str, bytes]) -> set[str]:
    """The parts that a chain of relationships leads to from the package itself."""
    found: set[str] = set()
    waiting = [""]
    while waiting:
        for relation in relations(package, waiting.pop()):
            if not relation.external and relation.target in package and relation.target not in found:
                found.add(relation.target)
                waiting.append(relation.target)
    return found


def forget(package: Package, names: set[str]) -> None:
    """Removes parts, their relationships and their declared types."""
    if not names:
        return
    for name in names:
        package.pop(name, None)
        package.pop(rels_name(name), None)
    root = parse(package[CONTENT_TYPES], CONTENT_TYPES)
    for node in list(root):
        if node.get("PartName", "").lstrip("/") in names:
            root.remove(node)
    package[CONTENT_TYPES] = serialize(root)
