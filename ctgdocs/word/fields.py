"""The fields of a Word file: read by the XML parser, and allowed by name.

A field is an instruction that Word carries out when it updates the page: `PAGE` counts, `INCLUDETEXT` reads
another file, `DDEAUTO` starts a program. Only names that count, number or point inside the document pass, and
`HYPERLINK` to the web and to mail addresses. A name that another field computes is none of them. A bookmark
alone is a `REF` (ECMA-376 part 1, § 17.16.5.51): it passes when no field can be called so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple
from urllib.parse import urlsplit
from xml.parsers import expat

from ctgdocs.patterns import regex

ALLOWED: Final = frozenset((
    "ADVANCE", "AUTHOR", "AUTONUM", "AUTONUMLGL", "AUTONUMOUT", "BIBLIOGRAPHY", "BIDIOUTLINE", "CITATION",
    "COMMENTS", "COMPARE", "CREATEDATE", "DATE", "DOCPROPERTY", "EDITTIME", "EQ", "FILENAME", "FILESIZE",
    "FORMCHECKBOX", "FORMDROPDOWN", "FORMTEXT", "HYPERLINK", "IF", "INDEX", "INFO", "KEYWORDS", "LASTSAVEDBY",
    "LISTNUM", "MERGEFIELD", "MERGEREC", "MERGESEQ", "NOTEREF", "NUMCHARS", "NUMPAGES", "NUMWORDS", "PAGE",
    "PAGEREF", "PRINTDATE", "REF", "REVNUM", "SAVEDATE", "SECTION", "SECTIONPAGES", "SEQ", "SHAPE",
    "STYLEREF", "SUBJECT", "SYMBOL", "TA", "TC", "TIME", "TITLE", "TOA", "TOC", "USERINITIALS", "USERNAME",
    "XE",
))  # fmt: skip
"""Fields that fetch nothing and start nothing."""

LINKED: Final = frozenset(("http", "https", "mailto", "tel"))
"""Where a link may lead out of the document."""

_HOLDER = re.compile(rb"instr|Instr|\b(?:src|href)\s*=")
FIELD_SIGNS: Final = regex(r"<\w+:fldChar\b[^>]*>|<\w+:\w*nstrText\b[^>]*>[^<]*|<\w+:fldSimple\b[^>]*>")
"""What fields are made of: a part that has the same as another that was checked need not be checked again."""

_BOOKMARK = regex(r"\w*_\w*", re.ASCII)
"""A name that is no field's: those have letters alone."""
_NAME = regex(r"[\s\xa0]*(=|[^\s\xa0\"\\]*)")
_TARGET = regex(r"[\s\xa0]*HYPERLINK[\s\xa0]*(?:\"([^\"]*)\"?|([^\s\xa0\"]*))", re.I)
_COMPUTED = "\x00"
"""What stands, in an instruction, for the text that a field inside it computes."""
_TELLING: Final = frozenset(("fldSimple", "fldChar", "instrText", "delInstrText"))
_VML = ("urn:schemas-microsoft-com:vml", "urn:schemas-microsoft-com:office:office")


class _Field(NamedTuple):
    """A field that is open: the pieces of its instruction, and whether its result has begun."""

    pieces: list[str]
    shown: list[bool]


class _Reader:
    """Collects what a part's fields, and its old drawings, ask of Word. The parser tells it texts, and where
    elements end, inside an instruction only."""

    def __init__(self) -> None:
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self.start
        self.found: list[str] = []
        self.addresses: list[tuple[str, str]] = []
        self._open: list[_Field] = []
        self._text: list[str] | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        space, _, name = tag.rpartition(" ")
        if name not in _TELLING and space not in _VML:
            return
        plain = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        if name == "fldSimple":
            self._computed()
            self.found.append(plain.get("instr", ""))
        elif name == "fldChar":
            self._character(plain.get("fldCharType", ""))
        elif name in ("instrText", "delInstrText"):
            self._text = []
            self._parser.CharacterDataHandler, self._parser.EndElementHandler = self.text, self.end
        elif space in _VML:
            self.addresses += [(key, plain[key]) for key in ("src", "href") if key in plain]

    def text(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def end(self, tag: str) -> None:
        if self._text is None or tag.rpartition(" ")[2] not in ("instrText", "delInstrText"):
            return
        text, self._text = "".join(self._text), None
        self._parser.CharacterDataHandler = self._parser.EndElementHandler = None
        if self._open and not self._open[-1].shown:
            self._open[-1].pieces.append(text)
        else:
            self.found.append(text)

    def _character(self, kind: str) -> None:
        if kind == "begin":
            self._computed()
            self._open.append(_Field([], []))
        elif kind == "separate" and self._open:
            self._open[-1].shown.append(True)
        elif kind == "end" and self._open:
            self.found.append("".join(self._open.pop().pieces))

    def _computed(self) -> None:
        """A field begins: where the instruction of another is read, it computes a piece of it."""
        if self._open and not self._open[-1].shown:
            self._open[-1].pieces.append(_COMPUTED)

    def read(self, part: bytes) -> None:
        try:
            self._parser.Parse(part, True)
        finally:
            self._parser.StartElementHandler = None  # a parser and its reader do not hold each other
            self._parser.CharacterDataHandler = self._parser.EndElementHandler = None
        self.found += ["".join(field.pieces) for field in self._open]


def _read(part: bytes) -> _Reader:
    reader = _Reader()
    reader.read(part)
    return reader


def instructions(part: bytes) -> list[str]:
    """The instruction of every field of a part (`REF x \\h`, `PAGE`…), whatever runs it is split over."""
    return _read(part).found if _HOLDER.search(part) else []


def forbidden(part: bytes) -> Iterator[str]:
    """What the fields and the old drawings of a part may not ask of Word, in French: « un champ DDE »…"""
    if not _HOLDER.search(part):
        return
    reader = _read(part)
    for instruction in reader.found:
        if why := _refused(instruction):
            yield why
    for attribute, address in reader.addresses:
        if (attribute == "src" and address) or not may_lead_to(address):
            yield f"un dessin lié à un fichier ({address})"


def _refused(instruction: str) -> str:
    """Why a field may not pass, empty when it may. One that says nothing does nothing."""
    match = _NAME.match(instruction)
    name = match[1] if match else ""
    if name == "=" or not instruction.strip():
        return ""
    if _COMPUTED in name:
        return "un champ dont un autre champ calcule le nom"
    if name.upper() not in ALLOWED and not _BOOKMARK.fullmatch(name):
        return (
            f"un champ {name.upper()[:30] or instruction.strip()[:30]}, qui va chercher ou lancer autre chose"
        )
    target = _TARGET.match(instruction)
    address = (target[1] or target[2] or "") if target else ""
    tagged = address.startswith("{{")  # a template's: what it prints is read again
    if not tagged and not address.startswith("\\") and not may_lead_to(address):
        return f"un champ HYPERLINK vers autre chose que le web ({address.replace(_COMPUTED, '…')[:60]})"
    return ""


def may_lead_to(address: str) -> bool:
    """Whether a link may lead there: the web, a mail address, a telephone, a place of the document."""
    address = address.strip()
    if not address or address.startswith("#"):
        return True
    try:
        return urlsplit(address).scheme.lower() in LINKED and _COMPUTED not in address.partition(":")[0]
    except ValueError:
        return False
