"""A copy of a template with each finding as a Word comment, at the paragraph it is about.

Word holds comments in the body only: a finding about a header, a footer or a note stands at the first
paragraph, and says where it belongs. No date is written: the same findings give the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from lxml import etree

from ctgdocs.findings import Finding, Severity
from ctgdocs.rendering.locator import Spot, spots
from ctgdocs.rendering.package import Package, Readable, read, write
from ctgdocs.rendering.parts import W_NS, WORD_TYPE, XML_SPACE, add_part, main_part, one, parse, serialize, w

AUTHOR, INITIALS = "ctgdocs", "ctg"
_BRACES = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_TITLES = {Severity.ERREUR: "Erreur", Severity.ALERTE: "Attention", Severity.INFO: "À savoir"}


def annotate(source: Readable | Package, findings: Sequence[Finding]) -> bytes:
    """The bytes of the annotated copy. `findings` come from `lint` of the same file.

    Raises TemplateError when `source` is not a Word file.
    """
    package = dict(source) if isinstance(source, dict) else read(source)
    main = main_part(package)
    body = [spot for spot in spots(package) if spot.part == main]
    by_rank = {spot.rank: spot.element for spot in body}
    if not body or not findings:
        return write(package)
    document = body[0].element.getroottree().getroot()
    comments_part, comments = _comments(package, main)
    first_free = max((int(node.get(w("id"), "0")) for node in comments), default=-1) + 1
    for number, finding in enumerate(findings, start=first_free):
        paragraph = by_rank.get(finding.place.column) if finding.place.column else None
        _anchor(paragraph if paragraph is not None else _first(body), number)
        comments.append(_comment(finding, number, elsewhere=paragraph is None))
    package[comments_part] = serialize(comments)
    package[main] = serialize(document)
    return write(package)


def _comments(package: Package, main: str) -> tuple[str, etree._Element]:
    name = one(package, "comments")
    if name is not None:
        return name, parse(package[name], name)
    name = "word/comments.xml"
    root = etree.Element(w("comments"), nsmap={"w": W_NS})
    add_part(package, main, name, serialize(root), kind="comments", type=f"{WORD_TYPE}comments+xml")
    return name, root


def _first(body: Sequence[Spot]) -> etree._Element:
    """The first paragraph outside a table, for what has no paragraph of its own."""
    return next((spot.element for spot in body if spot.cell is None), body[0].element)


def _anchor(paragraph: etree._Element, number: int) -> None:
    """Puts the whole paragraph under the comment."""
    properties = paragraph.find(w("pPr"))
    start = etree.Element(w("commentRangeStart"), {w("id"): str(number)})
    if properties is None:
        paragraph.insert(0, start)
    else:
        properties.addnext(start)
    paragraph.append(etree.Element(w("commentRangeEnd"), {w("id"): str(number)}))
    run = etree.SubElement(paragraph, w("r"))
    etree.SubElement(run, w("commentReference"), {w("id"): str(number)})


def _comment(finding: Finding, number: int, *, elsewhere: bool) -> etree._Element:
    comment = etree.Element(
        w("comment"), {w("id"): str(number), w("author"): AUTHOR, w("initials"): INITIALS}
    )
    for line in _lines(finding, elsewhere):
        run = etree.SubElement(etree.SubElement(comment, w("p")), w("r"))
        text = etree.SubElement(run, w("t"))
        text.set(XML_SPACE, "preserve")
        text.text = line
    return comment


def _lines(finding: Finding, elsewhere: bool) -> Iterable[str]:
    """What the comment says. Tags lose their braces: a comment must not hold what looks like a tag."""
    if elsewhere and finding.place.field:
        yield _bare(f"Dans : {finding.place.field}")
    yield _bare(f"{_TITLES[finding.severity]} : {finding.message}")
    if finding.hint:
        yield _bare(f"Conseil : {finding.hint}")


def _bare(text: str) -> str:
    return _BRACES.sub(lambda match: match[0].strip("{}#"), text)
