"""Small Word templates, built with python-docx in one line, and what to read in the documents they make."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from typing import Any

from blank import blank
from inspecting import inspect, texts_printed
from lxml import etree

from ctgdocs.templates import Template

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def a_template(*paragraphs: str | Iterable[str], **places: Any) -> bytes:
    """A template of paragraphs; one given as several texts is several runs, every second one bold.
    `header`, `footer`, `title`: texts of those; `table`: rows of cell texts, after the paragraphs."""
    document = blank()
    for paragraph in paragraphs:
        added = document.add_paragraph()
        for index, text in enumerate((paragraph,) if isinstance(paragraph, str) else paragraph):
            run = added.add_run(text)
            if index % 2:
                run.bold = True
    if "table" in places:
        add_table(document, places["table"])
    if "header" in places:
        document.sections[0].header.paragraphs[0].text = places["header"]
    if "footer" in places:
        document.sections[0].footer.paragraphs[0].text = places["footer"]
    if "title" in places:
        document.core_properties.title = places["title"]
    return saved(document)


def add_table(document: Any, rows: list[list[str]]) -> Any:
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            lines = text.split("¶")
            cell.text = lines[0]
            for line in lines[1:]:
                cell.add_paragraph(line)
    return table


def made(template: bytes, /, **context: Any) -> bytes:
    """The document that a template makes; it must have nothing wrong in it."""
    loaded = Template.load(template)
    document = loaded.render(context)
    assert inspect(document, loaded, texts_printed(loaded, context)) == []
    return document


def parts(document: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def body(document: bytes) -> str:
    """The body's XML, without the section."""
    xml = parts(document)["word/document.xml"].decode()
    return re.sub(r"<w:sectPr.*?</w:sectPr>", "", xml[xml.index("<w:body>") + 8 : xml.index("</w:body>")])


def words(document: bytes, part: str = "word/document.xml") -> list[str]:
    """The text of each paragraph of a part; tabs and line breaks as `\\t` and `\\n`."""
    root = etree.fromstring(parts(document)[part])
    lines = []
    for paragraph in root.iter(W + "p"):
        text = ""
        for node in paragraph.iter(W + "t", W + "tab", W + "br"):
            if node.getparent().tag == W + "r":
                text += node.text or "" if node.tag == W + "t" else "\t" if node.tag == W + "tab" else "\n"
        lines.append(text)
    return lines


def repacked(document: bytes, changes: dict[str, bytes | None]) -> bytes:
    """The same file with parts changed, added, or (None) removed."""
    content = {**parts(document), **changes}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            if data is not None:
                archive.writestr(name, data)
    return out.getvalue()


def edited(document: bytes, part: str, *replacements: tuple[str, str]) -> bytes:
    """The same file with texts of a part replaced."""
    xml = parts(document)[part].decode()
    for old, new in replacements:
        assert old in xml, old
        xml = xml.replace(old, new)
    return repacked(document, {part: xml.encode()})


def outline(data: bytes) -> list[str]:
    """A part's elements, attributes and texts, one a line: equal for documents that Word shows the same.
    Numbers of pictures, the order of `w:rPr` and `w:tcPr` and namespaces of no use do not count."""
    lines: list[str] = []

    def walk(element: Any) -> None:
        if not isinstance(element.tag, str):
            return
        name = etree.QName(element).localname
        attributes = {etree.QName(key).localname: value for key, value in element.attrib.items()}
        if name == "docPr":
            attributes.pop("id")
        text = (element.text or "") if name == "t" else (element.text or "").strip()
        lines.append(f"{name} {sorted(attributes.items())} {text}")
        children = sorted(element, key=lambda child: child.tag) if name in ("rPr", "tcPr") else element
        for child in children:
            walk(child)
        lines.append(f"/{name}")

    walk(etree.fromstring(data))
    return lines


def with_notes(footnote: str, endnote: str) -> bytes:
    """A template with a footnote and an endnote, each called in the body."""
    types = "application/vnd.openxmlformats-officedocument.wordprocessingml."
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    document = edited(
        a_template("texte {{ x }}"),
        "word/document.xml",
        (
            "</w:p>",
            '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:endnoteReference w:id="2"/></w:r></w:p>',
        ),
    )
    added: dict[str, bytes | None] = {}
    for kind, text in (("footnote", footnote), ("endnote", endnote)):
        added[f"word/{kind}s.xml"] = (
            f'<?xml version="1.0"?><w:{kind}s xmlns:w="{W[1:-1]}"><w:{kind} w:id="2"><w:p><w:r>'
            f"<w:t>{text}</w:t></w:r></w:p></w:{kind}></w:{kind}s>"
        ).encode()
    relations = "".join(
        f'<Relationship Id="rIdN{kind}" Type="{office}{kind}s" Target="{kind}s.xml"/>'
        for kind in ("footnote", "endnote")
    )
    overrides = "".join(
        f'<Override PartName="/word/{kind}s.xml" ContentType="{types}{kind}s+xml"/>'
        for kind in ("footnote", "endnote")
    )
    document = edited(
        document, "word/_rels/document.xml.rels", ("</Relationships>", relations + "</Relationships>")
    )
    document = edited(document, "[Content_Types].xml", ("</Types>", overrides + "</Types>"))
    return repacked(document, added)
