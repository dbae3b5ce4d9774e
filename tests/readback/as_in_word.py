"""What people and programs do to a document in Word: words changed in split runs, tracked, looks, paragraphs
added, removed, moved. Written after real files: rsids, proofErr, autocorrected quotes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from copy import deepcopy

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
MAIN = "word/document.xml"


def w(name: str) -> str:
    return f"{{{W}}}{name}"


def changed(document: bytes, change: Callable[[etree._Element], None], part: str = MAIN) -> bytes:
    """The document with one of its parts changed by hand."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(document)) as before,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for member in before.infolist():
            data = before.read(member)
            if member.filename == part:
                root = etree.fromstring(data)
                change(root)
                data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            after.writestr(member.filename, data)
    return out.getvalue()


def parts(document: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return archive.namelist()


def text_of(paragraph: etree._Element) -> str:
    return "".join(node.text or "" for node in paragraph.iter(w("t")))


def the_paragraph(root: etree._Element, words: str, rank: int = 0) -> etree._Element:
    """The paragraph that says some words (`rank` among those that do)."""
    found = [one for one in root.iter(w("p")) if plain(words) in plain(text_of(one))]
    assert len(found) > rank, f"{words!r} is in no paragraph"
    return found[rank]


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def retype(
    paragraph: etree._Element, old: str, new: str, *, author: str = "", session: str = "00A31F2B"
) -> None:
    """Replaces words as Word does: the runs are cut where the typing was, the new ones have their session's
    rsid; between tracked marks when there is an author. `old` "" adds at the end."""
    _cut_runs(paragraph)
    signs = [run for run in paragraph.iter(w("r")) if run.find(w("t")) is not None and run.find(w("t")).text]
    text = plain("".join(run.find(w("t")).text for run in signs))
    at = len(text) if not old else text.index(plain(old))
    gone = signs[at : at + len(old)] if old else []
    model = (gone or signs[-1:])[0]
    added = _run(model, new, session) if new else None
    mark = gone[0] if gone else None
    if added is not None:
        holder = _tracked("ins", author, added)
        if mark is not None:
            mark.addprevious(holder)
        elif signs[at - 1 : at]:
            signs[at - 1].addnext(holder)
        proof = etree.Element(w("proofErr"), {w("type"): "spellStart"})
        holder.addprevious(proof)
        holder.addnext(etree.Element(w("proofErr"), {w("type"): "spellEnd"}))
    for run in gone:
        if author:
            for node in run.iter(w("t")):
                node.tag = w("delText")
                node.set(XML_SPACE, "preserve")
            place = etree.Element(
                w("del"), {w("id"): "7001", w("author"): author, w("date"): "2026-11-30T10:00:00Z"}
            )
            run.addprevious(place)
            place.append(run)
        else:
            run.getparent().remove(run)
    _join_runs(paragraph)


def _tracked(kind: str, author: str, run: etree._Element) -> etree._Element:
    if not author:
        return run
    mark = etree.Element(w(kind), {w("id"): "7000", w("author"): author, w("date"): "2026-11-30T10:00:00Z"})
    mark.append(run)
    return mark


def _run(model: etree._Element, text: str, session: str) -> etree._Element:
    run = etree.Element(w("r"), {w("rsidR"): session})
    look = model.find(w("rPr"))
    if look is not None:
        run.append(deepcopy(look))
    node = etree.SubElement(run, w("t"))
    node.text = text
    node.set(XML_SPACE, "preserve")
    return run


def _cut_runs(paragraph: etree._Element) -> None:
    """One run a character: what Word cuts is found again by `_join_runs`."""
    for run in [*paragraph.iter(w("r"))]:
        texts = run.findall(w("t"))
        if not texts or len(run) - (run.find(w("rPr")) is not None) != 1:
            if texts:
                for child in [*run]:
                    if child.tag == w("rPr"):
                        continue
                    twin = etree.Element(w("r"), dict(run.attrib))
                    look = run.find(w("rPr"))
                    if look is not None:
                        twin.append(deepcopy(look))
                    twin.append(child)
                    run.addprevious(twin)
                    if child.tag == w("t"):
                        _letters(twin)
                run.getparent().remove(run)
            continue
        _letters(run)


def _letters(run: etree._Element) -> None:
    for letter in run.find(w("t")).text or "":
        twin = _run(run, letter, "00B40000")
        run.addprevious(twin)
    run.getparent().remove(run)


def _join_runs(paragraph: etree._Element) -> None:
    """Letters in words of a few runs, as Word leaves them."""
    for run in [*paragraph.iter(w("r"))]:
        before = run.getprevious()
        if (
            before is not None
            and before.tag == w("r")
            and _look(before) == _look(run)
            and before.get(w("rsidR")) == run.get(w("rsidR"))
            and [c.tag for c in run if c.tag != w("rPr")] == [w("t")]
            and [c.tag for c in before if c.tag != w("rPr")] == [w("t")]
            and len(before.find(w("t")).text or "") < 11
        ):
            before.find(w("t")).text += run.find(w("t")).text
            run.getparent().remove(run)


def _look(run: etree._Element) -> bytes:
    look = run.find(w("rPr"))
    return b"" if look is None else etree.tostring(look)


def embolden(paragraph: etree._Element, words: str, name: str = "b") -> None:
    """Ctrl+B on some words."""
    _cut_runs(paragraph)
    signs = [run for run in paragraph.iter(w("r")) if run.find(w("t")) is not None]
    text = plain("".join(run.find(w("t")).text or "" for run in signs))
    at = text.index(plain(words))
    for run in signs[at : at + len(words)]:
        look = run.find(w("rPr"))
        if look is None:
            look = etree.Element(w("rPr"))
            run.insert(0, look)
        look.append(etree.Element(w(name)))
    _join_runs(paragraph)


def add_after(paragraph: etree._Element, text: str) -> etree._Element:
    """Enter at the end of a paragraph, then some words: the new one has the same style."""
    twin = etree.Element(w("p"), {w("rsidR"): "00C51F00"})
    style = paragraph.find(w("pPr"))
    if style is not None:
        twin.append(deepcopy(style))
    run = etree.SubElement(twin, w("r"))
    node = etree.SubElement(run, w("t"))
    node.text = text
    node.set(XML_SPACE, "preserve")
    paragraph.addnext(twin)
    return twin


def quotes_autocorrected(document: bytes) -> bytes:
    """Word's own quotes and apostrophes in place of those that were there."""

    def change(root: etree._Element) -> None:
        for node in root.iter(w("t")):
            node.text = re.sub(r"«[\u00a0\u202f ]?", "“", node.text or "")
            node.text = re.sub(r"[\u00a0\u202f ]?»", "”", node.text).replace("'", "’")

    return changed(document, change)


def commented(document: bytes, words: str, said: str, author: str) -> bytes:
    """A comment on a paragraph, as Word writes it."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
    node = f'<w:comments xmlns:w="{W}"><w:comment w:id="3" w:author="{author}" w:initials="A"><w:p><w:r>'
    comments = f"{node}<w:t>{said}</w:t></w:r></w:p></w:comment></w:comments>"

    def call(root: etree._Element) -> None:
        run = etree.SubElement(the_paragraph(root, words), w("r"))
        etree.SubElement(run, w("commentReference"), {w("id"): "3"})

    def declare(root: etree._Element) -> None:
        namespace = root.tag.partition("}")[0] + "}"
        etree.SubElement(
            root, f"{namespace}Relationship", {"Id": "rIdC", "Type": kind, "Target": "comments.xml"}
        )

    data = changed(changed(document, call), declare, "word/_rels/document.xml.rels")
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/comments.xml", comments)
    return out.getvalue()
