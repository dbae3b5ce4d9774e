"""A blank Word file to build others on."""

from __future__ import annotations

import io
from functools import cache

from docx import Document
from docx.document import Document as WordFile
from docx.oxml.ns import qn

WORN = ("Normal Table", "Table Grid")


def blank() -> WordFile:
    """python-docx's, without a hundred looks of tables that no test wears, nor all styles a second time as
    Word 2010 kept them: half of a test is theirs."""
    return Document(io.BytesIO(_lean()))


@cache
def _lean() -> bytes:
    document, data = Document(), io.BytesIO()
    styles = document.styles.element
    for style in styles.findall(qn("w:style")):
        if style.get(qn("w:type")) == "table" and style.name_val not in WORN:
            styles.remove(style)
    for id, relation in [*document.part.rels.items()]:
        if relation.reltype.endswith("/stylesWithEffects"):
            document.part.drop_rel(id)
    document.save(data)
    return data.getvalue()
