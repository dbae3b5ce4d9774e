"""Looking at a document just made: nothing left over, nothing that Word would refuse.

The compiled template already knows what its documents cannot have wrong (values are escaped, parts read
strictly, ids numbered): only what is left is looked for. Findings carry no file; `found_in` gives them one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from html import unescape

from ctgdocs.findings import Finding, Place, Severity, advice
from ctgdocs.templates.layout import PLACEHOLDER
from ctgdocs.word.names import Places, part_label
from ctgdocs.word.package import Package

_TAG_LEFT = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#(?:(?!\{#).)*?#\}|\{\{|\}\}|\{%|%\}", re.DOTALL)
_BRACE = re.compile(r"[{}]")
_SECTIONS = re.compile(
    r"\{%[-+]?\s*(?P<end>end)?(?P<block>for|if)\b|<w:sectPr\b|(?P<reference><w:(?:header|footer)Reference\b[^>]*/>)"
)
BODY = "word/document.xml"
STORE = "customXml/"
_PARAGRAPH = re.compile(r"</w:p>|</a:p>|<w:(?:br|tab)(?: [^>]*)?/>")
_MARKUP = re.compile(r"<[^>]*>")
_FILL = "remplissez, dans l’acte ou dans la fiche qu’il cite, le champ que ces crochets attendent"
_BROKEN = (
    (
        "cellule-vide",
        "une cellule de tableau n’a pas de paragraphe",
        re.compile(
            r"<w:tc(?: [^>]*)?>(?:<w:tcPr(?:/>|>(?:(?!</w:tcPr>).)*</w:tcPr>))?</w:tc>|</w:tbl></w:tc>",
            re.DOTALL,
        ),
    ),
    (
        "tableaux-colles",
        "deux tableaux se touchent : Word en fait un seul",
        re.compile(r"</w:tbl>\s*<w:tbl>"),
    ),
    ("tableau-vide", "un tableau n’a pas de ligne", re.compile(r"</w:tblGrid>\s*</w:tbl>")),
)


def found_in(file: str, findings: Iterable[Finding]) -> list[Finding]:
    """The findings of a document, once it is known by the name `file`."""
    return [finding._replace(place=finding.place._replace(file=file)) for finding in findings]


def template_faults(package: Package, rendered: Set[str], braces: Iterable[tuple[str, str]]) -> list[Finding]:
    """What every document of a template has wrong: tags in parts that are not rendered, lone braces."""
    shown = ((name, xml) for name, xml in stories(package) if name not in rendered)
    left = [finding for name, xml in shown for finding in left_over(name, xml)]
    return left + [_lone_brace(text, place) for text, place in braces]


def sections_of(source: str) -> tuple[int, frozenset[bytes]]:
    """How many sections the Jinja source of a body keeps whatever its blocks do, and the headers and footers
    that they name."""
    sections, references, depth = 0, set(), 0
    for found in _SECTIONS.finditer(source):
        if found["block"]:
            depth += -1 if found["end"] else 1
        elif depth == 0 and found["reference"]:
            references.add(found[0].encode())
        elif depth == 0:
            sections += 1
    return sections, frozenset(references)


def section_faults(body: bytes, sections: int, references: Iterable[bytes]) -> Iterator[Finding]:
    """Sections, or their headers and footers, that a body has lost."""
    if body.count(b"<w:sectPr") < sections or not all(reference in body for reference in references):
        yield _fault(
            "section-perdue", "une section du modèle, ou son en-tête, n’est plus là", part_label(BODY)
        )


def rendered_faults(rendered: Mapping[str, bytes]) -> Iterator[Finding]:
    """What is wrong in the parts of a document that its template just made."""
    for name, part in rendered.items():
        tables = part.find(b"<w:tbl>"), part.rfind(b"</w:tbl>") + len(b"</w:tbl>")
        if tables[0] >= 0 and (
            part.count(b"</w:tc>", *tables) != part.count(b"</w:p></w:tc>", *tables)
            or part.find(b"</w:tbl><w:tbl>", *tables) >= 0
            or part.find(b"</w:tblGrid></w:tbl>", *tables) >= 0
        ):
            yield from structure_faults(name, part.decode("utf-8"))


def left_to_write(rendered: Mapping[str, bytes]) -> Iterator[Finding]:
    """Each `[à compléter : …]` that the page of a finished act shows, once, whoever wrote it."""
    said: set[str] = set()
    for part in rendered.values():
        xml = part.decode("utf-8") if b"[" in part else ""
        for paragraph in _PARAGRAPH.split(xml):
            for found in PLACEHOLDER.findall(" ".join(unescape(_MARKUP.sub("", paragraph)).split())):
                if found not in said:
                    said.add(found)
                    yield _fault("G9", f"il reste à compléter sur la page : {found}", "", _FILL)


def stories(package: Package) -> Iterator[tuple[str, str]]:
    """The parts that show text: those of `word/`, the document's properties, what controls are bound to."""
    for name, part in package.items():
        if name.endswith(".xml") and name.startswith(("word/", "docProps/", STORE)):
            yield name, part.decode("utf-8", "replace")


def structure_faults(name: str, xml: str) -> Iterator[Finding]:
    """Tables that Word would refuse to open, or would join."""
    for code, message, pattern in _BROKEN:
        places = Places(xml, name)
        for match in pattern.finditer(xml):
            yield _fault(code, message, places.at(match.end()))


def left_over(name: str, xml: str, values: Iterable[str] = ()) -> Iterator[Finding]:
    """Tags and braces that stand in a part; those of `values` are theirs."""
    if "{" not in xml and "}" not in xml:
        return
    places = Places(xml, name)
    start = 0
    for end in (*(match.end() for match in _PARAGRAPH.finditer(xml)), len(xml)):
        piece, begin, start = xml[start:end], start, end
        text = unescape(_MARKUP.sub("", piece))
        for value in values:
            text = text.replace(value, "")
        left = _TAG_LEFT.search(text)
        if name.startswith(STORE) and not (left and left[0].startswith(("{{", "{%"))):
            continue  # data that programs keep there are full of braces
        if left:
            shown = f"balise restée dans le document : « {left[0][:40]} »"
            hint = "cette partie du modèle n’est pas remplie : mettez la balise dans le corps du texte"
            yield _fault("balise-restante", shown, places.at(begin), hint)
        elif _BRACE.search(text):
            yield _lone_brace(text.strip(), places.at(begin))


def _lone_brace(text: str, place: str) -> Finding:
    shown = f"accolade seule dans le modèle : « {text[:40]} »"
    hint = "si c’est une balise, elle s’écrit {{ champ }}"
    return _fault("accolade", shown, place, hint, Severity.ALERTE)


def _fault(
    code: str, message: str, where: str, hint: str = "", severity: Severity = Severity.ERREUR
) -> Finding:
    return Finding(code, severity, message, Place(field=where), hints=advice(hint))
