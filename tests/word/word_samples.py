"""Word files for the tests of this room, made by python-docx, and ways to look into a package."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

from blank import blank
from docx import Document
from docx.document import Document as DocumentType

DATE = (1980, 1, 1, 0, 0, 0)


def package_of(document: DocumentType) -> dict[str, bytes]:
    """The parts of a python-docx document."""
    buffer = io.BytesIO()
    document.save(buffer)
    return unzipped(buffer.getvalue())


def unzipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(package: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in package.items():
            archive.writestr(zipfile.ZipInfo(name, DATE), data)
    return buffer.getvalue()


def opened(package: Mapping[str, bytes]) -> DocumentType:
    """The package as python-docx reads it: proof that it holds together."""
    return Document(io.BytesIO(zipped(package)))


def a_template(*paragraphs: str) -> dict[str, bytes]:
    """A plain Word file with these paragraphs."""
    document = blank()
    for text in paragraphs:
        document.add_paragraph(text)
    return package_of(document)


def text_of(xml: str | bytes) -> str:
    """The text of WordprocessingML, a line per paragraph."""
    source = xml.decode() if isinstance(xml, bytes) else xml
    paragraphs = re.split(r"</w:p>", source)
    lines = ["".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", piece)) for piece in paragraphs[:-1]]
    return "\n".join(lines)


_ORDINARY = re.compile(
    rb"http://schemas\.openxmlformats\.org/((?!package|markup-compatibility)\w+)/2006/(\w+)"
)


def strict(data: bytes) -> bytes:
    """A file of Word or Excel as « Document Open XML Strict » names things."""
    package = {
        name: _ORDINARY.sub(rb"http://purl.oclc.org/ooxml/\1/\2", part)
        .replace(b"relationships/extended-properties", b"relationships/extendedProperties")
        .replace(b"officeDocument/extended-properties", b"officeDocument/extendedProperties")
        .replace(b"<w:document ", b'<w:document w:conformance="strict" ')
        for name, part in unzipped(data).items()
    }
    return zipped(package)
