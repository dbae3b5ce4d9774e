"""What a Word file may not bring in: macros, OLE objects, links to files elsewhere, fields that fetch.

Relationships and fields are allowed by name; a relationship that nothing uses and nobody knows is dropped.
Hyperlinks to the web and to mail addresses are the author's text and stay. The path of the model a letter was
made from (`attachedTemplate`) and the source of a mail merge are dropped without a word: every file typed
from a company's model carries them, and nothing on the page depends on them. All the rest is refused.

A field is an instruction that Word carries out when it updates the page: `PAGE` counts, `INCLUDETEXT` reads
another file, `DDEAUTO` starts a program. Only names that count, number or point inside the document pass, and
`HYPERLINK` to the web and to mail addresses. A name that another field computes is none of them. A bookmark
alone is a `REF` (ECMA-376 part 1, § 17.16.5.51): it passes when no field can be called so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import Final, NamedTuple
from urllib.parse import urlsplit
from xml.parsers import expat

from ctgdocs.findings import TemplateError
from ctgdocs.word.names import CONTENT_TYPES, RELS_NS, part_label
from ctgdocs.word.package import Package

DOCUMENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TEMPLATE_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"

_DROPPED = frozenset(("attachedTemplate", "mailMergeSource", "mailMergeHeaderSource", "recipientData"))
_FORBIDDEN = {
    "vbaProject": "une macro",
    "wordVbaData": "une macro",
    "control": "un contrôle ActiveX",
    "oleObject": "un objet OLE",
    "aFChunk": "un document inséré sans être lu (altChunk)",
    "subDocument": "un sous-document lié",
    "frame": "un cadre lié à un autre fichier",
    "attachedToolbars": "une barre d’outils avec macros",
}
_FORBIDDEN_ENDINGS = (
    ".docm", ".dotm", ".xlsm", ".xltm", ".xlam", ".pptm", ".potm", ".ppsm", ".ppam", ".exe", ".dll", ".js",
    ".vbs", ".bat", ".cmd", ".ps1", ".hta", ".lnk", ".jar", ".scr",
)  # fmt: skip
_INSIDE = frozenset((
    "audio", "bibliography", "chart", "chartColorStyle", "chartStyle", "chartUserShapes",
    "classificationlabels", "comments", "commentsExtended", "commentsExtensible", "commentsIds",
    "core-properties", "custom-properties", "customXml", "customXmlProps", "diagramColors", "diagramData",
    "diagramDrawing", "diagramLayout", "diagramQuickStyle", "documenttasks", "endnotes",
    "extended-properties", "font", "fontTable", "footer", "footnotes", "glossaryDocument", "hdphoto",
    "header", "hyperlink", "image", "media", "numbering", "officeDocument", "people", "printerSettings",
    "settings", "signature", "stylesWithEffects", "styles", "theme", "themeOverride", "thumbnail", "video",
    "webSettings",
))  # fmt: skip
"""The relationships that may lead from a part to another of the same file, by the last word of their type."""
_SETTINGS_LINKS = re.compile(
    rb"<w:attachedTemplate\b[^>]*/>|<w:attachedTemplate\b[^>]*>.*?</w:attachedTemplate>|<w:mailMerge>.*?</w:mailMerge>",
    re.DOTALL,
)
_ACTIVE_PART = re.compile(
    r"(?i)vbaproject|(?:^|/)(?:activeX|customUI|webextensions)/|/embeddings/[^/]*\.(?:bin|docx?|rtf|html?)$"
)
_MACROS = re.compile(rb"(?i)macroEnabled|vbaProject|activeX")
_WITHOUT_MACROS = "enregistrez-le dans Word au format .docx (ou .dotx), sans macros"
_TAKE_OUT = "dans Word, retirez-le ou insérez le contenu lui-même, puis enregistrez"
_UNLINK = "dans Word, cliquez le champ et faites Ctrl+Maj+F9 pour garder son contenu seul"


class Refused(NamedTuple):
    """What a file may not bring in, in French (« une macro »), the part it is in, what to do."""

    what: str
    part: str
    hint: str


def make_safe(package: Package, of: str = "le modèle") -> Package:
    """A copy without the links that go for nothing, declared as a document: the one gate of whatever comes
    from elsewhere and ends in a produced file. `of` is how the message calls it. Raises TemplateError."""
    for refused in refusals(package):
        where = part_label(refused.part) if refused.part else ""
        raise TemplateError(
            f"{of} contient {refused.what} : il est refusé" + (f" ({where})" if where else ""),
            hint=refused.hint,
        )
    safe = {
        name: _without_links(package, name) if name.endswith(".rels") else package[name] for name in package
    }
    safe[CONTENT_TYPES] = safe[CONTENT_TYPES].replace(_TEMPLATE_TYPE.encode(), DOCUMENT_TYPE.encode())
    for name, part in package.items():
        if name.endswith("settings.xml"):
            safe[name] = _SETTINGS_LINKS.sub(b"", part)
    return safe


def refusals(package: Package) -> Iterator[Refused]:
    """Everything that a package may not bring in, part by part."""
    if _MACROS.search(package[CONTENT_TYPES]):
        yield Refused("des macros", "", _WITHOUT_MACROS)
    for name, part in package.items():
        if name.lower().endswith(_FORBIDDEN_ENDINGS) or _ACTIVE_PART.search(name):
            yield Refused("un fichier interdit", name, _WITHOUT_MACROS)
        elif name.endswith(".rels"):
            owner = owner_of(name)
            for relationship in relationships(part):
                if (why := forbidden_link(relationship, owner)) and not _goes(relationship, package, owner):
                    yield Refused(why, owner, _TAKE_OUT)
        elif part[:1] == b"<" or name.endswith(".xml"):
            yield from (Refused(why, name, _UNLINK) for why in forbidden(part))


def owner_of(rels: str) -> str:
    """The part whose relationships a `.rels` part holds; `""` for those of the package."""
    folder, _, base = rels.rpartition("_rels/")
    return folder + base.removesuffix(".rels")


def relationships(data: bytes) -> list[dict[str, str]]:
    """The attributes of each relationship of a `.rels` part, in file order."""
    found: list[dict[str, str]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "Relationship":
            found.append(attributes)

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.Parse(data, True)
    return found


def forbidden_link(relationship: Mapping[str, str], owner: str = "") -> str:
    """Why a relationship of the part `owner` cannot be accepted, in French; empty when it can."""
    kind, target = _kind(relationship), relationship.get("Target", "")
    if kind in _FORBIDDEN:
        return f"{_FORBIDDEN[kind]} ({target})"
    if relationship.get("TargetMode", "").lower() == "external":
        if kind == "hyperlink" and may_lead_to(target):
            return ""
        what = {"image": "une image liée", "hyperlink": "un lien vers un fichier"}.get(
            kind, "un lien externe"
        )
        return f"{what} ({target})"
    if kind in _INSIDE or (kind == "package" and "/charts/" in owner):
        return ""
    return (
        f"un fichier incorporé ({target})" if kind == "package" else f"un lien d’une sorte inconnue ({kind})"
    )


def _kind(relationship: Mapping[str, str]) -> str:
    return relationship.get("Type", "").rpartition("/")[2]


def _goes(relationship: Mapping[str, str], package: Package, owner: str) -> bool:
    """Whether a forbidden relationship goes without a word: nothing on the page depends on it."""
    kind, id = _kind(relationship), relationship.get("Id", "")
    if kind in _DROPPED:
        return True
    unknown = kind not in _FORBIDDEN and kind != "package" and relationship.get("TargetMode") != "External"
    return unknown and re.search(rf"=\s*[\"']{re.escape(id)}[\"']".encode(), package.get(owner, b"")) is None


def _without_links(package: Package, name: str) -> bytes:
    found = relationships(package[name])
    kept = [one for one in found if not forbidden_link(one, owner_of(name)) and _kind(one) not in _DROPPED]
    if len(kept) == len(found):
        return package[name]
    lines = "".join(
        "<Relationship " + " ".join(f'{key}="{escape(value)}"' for key, value in one.items()) + "/>"
        for one in kept
    )
    return f'<Relationships xmlns="{RELS_NS}">{lines}</Relationships>'.encode()


def check_fields(part: bytes, name: str) -> None:
    """A field that fetches another file, or starts something, when Word updates it. Raises TemplateError."""
    for why in forbidden(part):
        raise TemplateError(f"le modèle contient {why} : il est refusé ({part_label(name)})", hint=_UNLINK)


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
FIELD_SIGNS: Final = re.compile(r"<\w+:fldChar\b[^>]*>|<\w+:\w*nstrText\b[^>]*>[^<]*|<\w+:fldSimple\b[^>]*>")
"""What fields are made of: a part that has the same as another that was checked need not be checked again."""

_BOOKMARK = re.compile(r"\w*_\w*", re.ASCII)
"""A name that is no field's: those have letters alone."""
_NAME = re.compile(r"[\s\xa0]*(=|[^\s\xa0\"\\]*)")
_TARGET = re.compile(r"[\s\xa0]*HYPERLINK[\s\xa0]*(?:\"([^\"]*)\"?|([^\s\xa0\"]*))", re.I)
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
