"""Names that Word files are made of. Imports nothing heavy: writing a document needs no XML parser."""

from __future__ import annotations

import posixpath
import re

W_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R_NS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS_NS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES_NS = "http://schemas.openxmlformats.org/package/2006/content-types"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
CONTENT_TYPES = "[Content_Types].xml"
PACKAGE_RELS = "_rels/.rels"
XML_ENDINGS = (".xml", ".rels", ".vml")


def rels_name(part: str) -> str:
    """Where the relationships of a part stand; `""` is the package itself.

    >>> rels_name("word/document.xml"), rels_name("")
    ('word/_rels/document.xml.rels', '_rels/.rels')
    """
    folder, _, base = part.rpartition("/")
    return posixpath.join(folder, "_rels", f"{base}.rels")


_ROOT = re.compile(rb"(?:[^<]|<[?!][^>]*>)*<[^>]*")
_OTHERWISE = re.compile(
    rb"\sxmlns:ns\d+\s*=|\sxmlns(?::(?!w\s*=)\w+)?\s*=\s*[\"']" + W_NS.encode() + rb"[\"']"
)


def prefixed_otherwise(part: bytes) -> bool:
    """Whether the root of a part declares a prefix that Word does not use for what it names.

    >>> prefixed_otherwise(b'<ns0:hdr xmlns:ns0="urn:a"/>'), prefixed_otherwise(b'<w:hdr xmlns:w="urn:a"/>')
    (True, False)
    """
    root = _ROOT.match(part)
    return root is not None and _OTHERWISE.search(root[0]) is not None
