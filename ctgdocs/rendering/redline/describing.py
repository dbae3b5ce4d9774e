"""What an element is beyond its words: the bytes of its picture, the words of its note, where it leads."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Final

from lxml import etree

from ctgdocs.rendering.parts import R_NS, W_NS, Package, Relation, one, parse, relations, w
from ctgdocs.rendering.redline.atoms import Describe

_NOTES: Final = {w("footnoteReference"): "footnotes", w("endnoteReference"): "endnotes"}
_NUMBERS: Final = frozenset(("id", "spid", "name", "editId", "anchorId", "paraId", "textId", "fldCharType"))


def describer(package: Package, part: str) -> Describe:
    """Says what the elements of a part are. Numbers that Word or a program gives are left out."""
    targets = {relation.id: relation for relation in relations(package, part)}
    notes = {kind: _notes(package, kind) for kind in ("footnotes", "endnotes")}

    def describe(node: etree._Element) -> str:
        if node.tag in _NOTES:
            return notes[_NOTES[node.tag]].get(node.get(w("id"), ""), "")
        told = [str(etree.QName(node).localname)] if not node.tag.startswith(f"{{{W_NS}}}") else []
        for name, value in sorted(attributes(node)):
            local = name.rpartition("}")[2]
            if name.startswith(f"{{{R_NS}}}") and value in targets:
                told.append(_target(package, targets[value]))
            elif local not in _NUMBERS and not local.startswith("rsid") and local != "space":
                told.append(f"{local}={value}")
        return " ".join(told)

    return describe


def attributes(node: etree._Element) -> list[tuple[str, str]]:
    """The attributes of an element, as texts."""
    return [(str(name), str(value)) for name, value in node.items()]


def _target(package: Mapping[str, bytes], relation: Relation) -> str:
    if relation.external:
        return relation.target
    return hashlib.sha256(package.get(relation.target, b"")).hexdigest()[:16]


def _notes(package: Package, kind: str) -> dict[str, str]:
    part = one(package, kind)
    if part is None:
        return {}
    return {
        node.get(w("id"), ""): "\n".join(
            "".join(text.text or "" for text in paragraph.iter(w("t"))) for paragraph in node.iter(w("p"))
        )
        for node in parse(package[part], part)
    }
