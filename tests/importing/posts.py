"""A proposal read back as the program would: what it holds, whether it is valid. And Word files to import."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

from ctgdocs.content.reading import parse
from ctgdocs.content.validation import validate
from ctgdocs.importing.document import opened
from ctgdocs.importing.reader import Proposal
from ctgdocs.kinds.fiche_de_poste import from_word
from ctgdocs.kinds.fiche_de_poste.acte import Acte

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_XML = '<Default Extension="xml" ContentType="application/xml"/>'
_TYPES = f'<Types xmlns="{_PACKAGE}/content-types">{_XML}</Types>'


def _rels(kind: str, target: str) -> str:
    relation = f'<Relationship Id="rId1" Type="{_OFFICE}/{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{relation}</Relationships>'


def propose(data: bytes, name: str) -> Proposal:
    return from_word.propose(opened(name, data))


def proposed(text: str, name: str = "offre.txt") -> Proposal:
    return propose(text.encode("utf-8"), name)


def acte_of(proposal: Proposal) -> Acte:
    """The validated post of a proposal, which must be without any error."""
    source, findings = parse(proposal.text.encode("utf-8"), "content/fiches_de_poste/essai.yaml")
    assert source is not None, (findings, proposal.text)
    assert findings == [], (findings, proposal.text)
    entry, findings = validate(source.root, Acte, source, (), "fiche_de_poste", "essai")
    assert entry is not None, (findings, proposal.text)
    acte: Acte = entry.value
    return acte


def imported(text: str, name: str = "offre.txt") -> Acte:
    return acte_of(proposed(text, name))


def paragraph(text: str, style: str = "", level: int | None = None) -> str:
    list_level = "" if level is None else f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{list_level}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def a_word_file(*body: str, prolog: str = "", main: str = "word/document.xml", **parts: Any) -> bytes:
    """A Word file; `main` is the name of its main part, `parts` others, in place of those it has."""
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/></w:style>'
        for id, name in (("Titre2", "heading 2"), ("Puce", "List Bullet 2"))
    )
    said = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _rels("officeDocument", main),
        f"word/_rels/{main.rpartition('/')[2]}.rels": _rels("styles", "styles.xml"),
        "word/styles.xml": f'<w:styles xmlns:w="{WORD}">{styles}</w:styles>',
        main: f'{prolog}<w:document xmlns:w="{WORD}"><w:body>{"".join(body)}</w:body></w:document>',
    }
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, xml in {**said, **parts}.items():
            package.writestr(name, xml)
    return buffer.getvalue()
