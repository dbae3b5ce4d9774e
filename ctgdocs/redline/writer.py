"""`redline`: the new document as a Word file whose tracked changes lead back to the old one.

The file is the new document; what the old one had is put back in it, marked as deleted, with the styles,
lists, pictures, links and notes it needs. Nothing is ever marked as moved: Word refuses files with some moves
(https://github.com/JSv4/Docxodus/issues/96), and a move is harder to judge than a deletion and an insertion.

Why not an engine: Docxodus (python-redlines 2.0.0) was measured against the gate of the tests, accept all =
the new document and reject all = the old one. It failed when two templates give the same number to different
lists, when only the style of a cell's paragraph changed, when columns changed their widths: on the sample CTG
and its renewal, on 11 pairs of acts out of 24. It cuts a rewritten sentence into scattered words, weighs
45 MB a system, and takes 23 s for a convention of 244 pages and 120 actions (this module: 3 to 4 s,
benchmarks/redline.py).
"""

from __future__ import annotations

import datetime as dt

from lxml import etree

from ctgdocs.findings import TemplateError
from ctgdocs.redline.align import EVERYTHING, WORDS
from ctgdocs.redline.edges import Edges, weaver_of
from ctgdocs.redline.legacy import Legacy
from ctgdocs.redline.pieces import end_with_paragraphs
from ctgdocs.redline.settle import SETTLED, settle
from ctgdocs.redline.tracking import Marks
from ctgdocs.word.controls import bare
from ctgdocs.word.ids import Ids
from ctgdocs.word.names import XML_SPACE
from ctgdocs.word.package import read, write
from ctgdocs.word.parts import Package, main_part, one, parse, serialize, stories, w
from ctgdocs.word.safety import make_safe

# --- Simple fields spelt out: Word tracks the pieces of a field, not a `w:fldSimple`


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


NOBODY = "ctgdocs"
NOTES = {"footnotes": "footnoteReference", "endnotes": "endnoteReference"}


def redline(old: bytes, new: bytes, *, author: str, date: dt.date, words_only: bool = False) -> bytes:
    """The new document with every difference from the old one as a tracked change of `author` on `date`;
    `words_only`: with every difference of words, for a document of another hand, in another style. Looks,
    capitals, spaces and the signs of typography are then those of the new one, and rejecting all gives the
    words of the old one.

    Changes that either already tracks are taken as accepted. Same inputs, same bytes. Raises TemplateError
    when one of them is not a Word file, or holds what no file may bring in (word/safety.py).
    """
    before, after = _plain(old), _plain(new)
    eyes = WORDS if words_only else EVERYTHING
    marks = Marks(" ".join(author.split()) or NOBODY, f"{date.isoformat()}T00:00:00Z", eyes)
    old_main, new_main = main_part(before), main_part(after)
    old_root, new_root = parse(before[old_main]), parse(after[new_main])
    legacy = Legacy(before, after, old_root, new_root)
    legacy.translate(old_root)
    edges = Edges(legacy, marks, old_root, new_root)
    weaver = weaver_of(legacy, marks, old_main, new_main)
    weaver.same_section = edges.pair
    old_body, new_body = _body(old_root), _body(new_root)
    weaver.story(old_body, new_body)
    theirs, mine = old_body.find(w("sectPr")), new_body.find(w("sectPr"))
    if theirs is not None and mine is not None:
        weaver.section(theirs, mine)
    edges.weave()
    legacy.belongings.finish()
    after[new_main] = serialize(new_root)
    for kind in NOTES:
        _mark_notes(after, new_root, kind, marks)
    Ids().apart(after, stories(after))
    return write(after)


def _plain(data: bytes) -> Package:
    """A document without tracked changes or simple fields, whose stories end as Word ends them."""
    package = make_safe(read(data), "le document")
    for name in stories(package, SETTLED):
        root = parse(package[name], name)
        bare(root)
        settle(root, accepting=True)
        expand_simple_fields(root)
        end_with_paragraphs(root)
        package[name] = serialize(root)
    return package


def _mark_notes(package: Package, root: etree._Element, kind: str, marks: Marks) -> None:
    """The words of the notes whose call was inserted or deleted."""
    part = one(package, kind)
    called = {
        call.get(w("id"), ""): "ins" if change.tag == w("ins") else "del"
        for change in root.iter(w("ins"), w("del"))
        for call in change.iter(w(NOTES[kind]))
    }
    if part is None or not called:
        return
    notes = parse(package[part])
    for note in notes:
        paragraphs = [*note.iterchildren(w("p"))] if note.get(w("id"), "") in called else []
        for paragraph in paragraphs:
            last = paragraph is paragraphs[-1]
            marks.whole_paragraph(paragraph, called[note.get(w("id"), "")], mark=not last)
    package[part] = serialize(notes)


def _body(root: etree._Element) -> etree._Element:
    body = root.find(w("body"))
    if body is None:
        raise TemplateError("ce fichier Word n’a pas de texte")
    return body
