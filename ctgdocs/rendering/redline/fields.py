"""Simple fields spelt out: Word tracks the pieces of a field, not a `w:fldSimple`."""

from __future__ import annotations

from lxml import etree

from ctgdocs.rendering.parts import XML_SPACE, w


def expand_simple_fields(root: etree._Element) -> None:
    """Replaces each `w:fldSimple` by the runs that Word itself writes for a field."""
    for field in [*root.iter(w("fldSimple"))]:
        parent = field.getparent()
        if parent is None:
            continue
        look = field.find(f"{w('r')}/{w('rPr')}")
        code = etree.Element(w("instrText"))
        code.text = field.get(w("instr"), "")
        code.set(XML_SPACE, "preserve")
        inner = [child for child in field if child.tag != w("fldData")]
        runs = [_run(look, _mark("begin")), _run(look, code), _run(look, _mark("separate")), *inner]
        for node in (*runs, _run(look, _mark("end"))):
            field.addprevious(node)
        parent.remove(field)


def _mark(kind: str) -> etree._Element:
    node = etree.Element(w("fldChar"))
    node.set(w("fldCharType"), kind)
    return node


def _run(look: etree._Element | None, content: etree._Element) -> etree._Element:
    from copy import deepcopy

    run = etree.Element(w("r"))
    if look is not None:
        run.append(deepcopy(look))
    run.append(content)
    return run
