"""Names that Word files are made of, and where something stands in one, in the words of someone who has it
open.

Imports nothing heavy: writing a document needs no XML parser.
"""

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


_STEP = re.compile(r"<(/?)w:(p|tbl|tr|tc)(?:\s[^>]*)?>")
_WHERE = (
    (re.compile(r"word/document\d*\.xml"), "corps"),
    (re.compile(r"word/header\d*\.xml"), "en-tête"),
    (re.compile(r"word/footer\d*\.xml"), "pied de page"),
    (re.compile(r"word/footnotes\d*\.xml"), "notes de bas de page"),
    (re.compile(r"word/endnotes\d*\.xml"), "notes de fin"),
    (re.compile(r"word/comments\d*\.xml"), "commentaires"),
    (re.compile(r"docProps/.*"), "propriétés du document"),
)


def part_label(part: str) -> str:
    """What a part is for its author.

    >>> part_label("word/header2.xml")
    'en-tête'
    """
    return next((label for pattern, label in _WHERE if pattern.fullmatch(part)), part)


class Places:
    """Reads a part's XML once, forward; `at` must be asked in growing order."""

    __slots__ = ("_label", "_paragraph", "_pending", "_position", "_stack", "_steps", "_tables")

    def __init__(self, xml: str, part: str) -> None:
        self._label = part_label(part) if part else ""
        self._steps = _STEP.finditer(xml)
        self._pending = next(self._steps, None)
        self._stack: list[
            list[int]
        ] = []  # per open table: its number, its row, its cell, the paragraph in it
        self._paragraph = 0
        self._tables = 0

    def at(self, offset: int) -> str:
        """« corps, paragraphe 4 » or « corps, tableau 2, ligne 3, cellule 1 »."""
        while self._pending is not None and self._pending.start() < offset:
            self._enter(self._pending)
            self._pending = next(self._steps, None)
        steps = [self._label] if self._label else []
        if self._stack:
            table, row, cell, _ = self._stack[-1]
            steps += [f"tableau {table}", f"ligne {row}", f"cellule {cell}"]
        elif self._paragraph:
            steps.append(f"paragraphe {self._paragraph}")
        return ", ".join(steps)

    def _enter(self, step: re.Match[str]) -> None:
        closing, name = step[1], step[2]
        if name == "tbl" and not closing:
            self._tables += 1
            self._stack.append([self._tables, 0, 0, 0])
        elif name == "tbl" and self._stack:
            self._stack.pop()
        elif not closing and name == "p" and not self._stack:
            self._paragraph += 1
        elif not closing and self._stack and name == "tr":
            self._stack[-1][1:3] = [self._stack[-1][1] + 1, 0]
        elif not closing and self._stack and name == "tc":
            self._stack[-1][2] += 1
