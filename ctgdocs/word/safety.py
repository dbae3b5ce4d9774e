"""What a Word file may not bring in: macros, OLE objects, links to files elsewhere.

Hyperlinks to the web and to mail addresses are the author's text and stay. The path of the model a letter was
made from (`attachedTemplate`) and the source of a mail merge are dropped without a word: every file typed
from a company's model carries them, and nothing on the page depends on them. All the rest is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from urllib.parse import urlsplit
from xml.parsers import expat

from ctgdocs.findings import TemplateError
from ctgdocs.word.names import CONTENT_TYPES
from ctgdocs.word.package import Package

DOCUMENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TEMPLATE_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"

_LINK_SCHEMES = frozenset(("http", "https", "mailto", "tel", ""))
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
_FIELDS = re.compile(
    r"^\s*\\?(INCLUDEPICTURE|INCLUDETEXT|INCLUDE|IMPORT|LINK|DDEAUTO|DDE|DATABASE|AUTOTEXTLIST)\b", re.I
)
_FIELD_PART = re.compile(
    r"<\w+:fldChar\b[^>]*\bfldCharType=[\"'](begin|separate|end)[\"']|<\w+:instrText\b[^>]*>([^<]*)<"
    r"|<\w+:fldSimple\b[^>]*?\binstr=\"([^\"]*)\"|<\w+:fldSimple\b[^>]*?\binstr='([^']*)'"
)
_SETTINGS_LINKS = re.compile(
    rb"<w:attachedTemplate\b[^>]*/>|<w:attachedTemplate\b[^>]*>.*?</w:attachedTemplate>|<w:mailMerge>.*?</w:mailMerge>",
    re.DOTALL,
)
_RELATIONSHIP = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*?(?:/>|>\s*</(?:\w+:)?Relationship>)")


def make_safe(package: Package) -> Package:
    """A copy without the links that go for nothing, declared as a document. Raises TemplateError."""
    safe = dict(package)
    types = safe[CONTENT_TYPES]
    if re.search(rb"macroEnabled|vbaProject|activeX", types, re.I) or any(
        "vbaproject" in n.lower() for n in safe
    ):
        raise TemplateError(
            "ce fichier Word contient des macros : il ne peut pas servir de modèle",
            hint="enregistrez-le dans Word au format .docx (ou .dotx), sans macros",
        )
    safe[CONTENT_TYPES] = types.replace(_TEMPLATE_TYPE.encode(), DOCUMENT_TYPE.encode())
    for name in package:
        if name.lower().endswith(_FORBIDDEN_ENDINGS):
            raise TemplateError(f"le modèle contient un fichier interdit : {name}")
        if name.endswith(".rels"):
            _without_links(safe, name)
        elif name.endswith(".xml") and name.startswith("word/"):
            check_fields(package[name], name)
    return safe


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


def forbidden_link(relationship: Mapping[str, str]) -> str:
    """Why a relationship cannot be accepted, in French; empty when it can."""
    kind = relationship.get("Type", "").rpartition("/")[2]
    target = relationship.get("Target", "")
    if kind in _FORBIDDEN:
        return f"{_FORBIDDEN[kind]} ({target})"
    if relationship.get("TargetMode", "").lower() != "external":
        return ""
    if kind == "hyperlink" and _scheme(target) in _LINK_SCHEMES and not target.startswith(("\\", "//", "/")):
        return ""
    what = {"image": "une image liée", "hyperlink": "un lien vers un fichier"}.get(kind, "un lien externe")
    return f"{what} ({target})"


def _scheme(target: str) -> str:
    """`http`, `mailto`…; a Windows drive counts as a scheme of its own."""
    try:
        return urlsplit(target.strip()).scheme.lower()
    except ValueError:
        return "?"


def _without_links(package: Package, name: str) -> None:
    dropped = set()
    for relationship in relationships(package[name]):
        if relationship.get("Type", "").rpartition("/")[2] in _DROPPED:
            dropped.add(relationship.get("Id", ""))
            continue
        why = forbidden_link(relationship)
        if why:
            raise TemplateError(
                f"le modèle contient {why} : il est refusé",
                hint="dans Word, retirez-le ou insérez le contenu lui-même, puis enregistrez",
            )
    if dropped:
        package[name] = _RELATIONSHIP.sub(
            lambda match: b"" if any(f'"{id}"'.encode() in match[0] for id in dropped) else match[0],
            package[name],
        )
        folder, _, base = name.rpartition("/_rels/")
        owner = f"{folder}/{base.removesuffix('.rels')}"
        if owner in package:
            package[owner] = _SETTINGS_LINKS.sub(b"", package[owner])


def check_fields(part: bytes, name: str) -> None:
    """A field that fetches another file when Word updates it is a link too. Raises TemplateError."""
    if b"instr" not in part and part[:1] == b"<":
        return
    encoding = "utf-16" if part[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    for instruction in instructions(part.decode(encoding, "replace")):
        field = _FIELDS.match(instruction)
        if field:
            raise TemplateError(
                f"le modèle contient un champ {field[1].upper()}, qui va chercher un autre fichier",
                hint="dans Word, cliquez le champ et faites Ctrl+Maj+F9 pour garder son contenu seul",
            )


def instructions(xml: str) -> Iterator[str]:
    """The instruction of every field of a part (`REF x \\h`, `PAGE`…), whatever runs it is split over."""
    open_fields: list[str] = []
    for state, text, simple, single in (match.groups() for match in _FIELD_PART.finditer(xml)):
        if simple or single:
            yield unescape(simple or single)
        elif state == "begin":
            open_fields.append("")
        elif text is not None and open_fields:
            open_fields[-1] += text
        elif state in ("separate", "end") and open_fields:
            instruction = open_fields.pop()
            if instruction:
                yield unescape(instruction)
            if state == "separate":
                open_fields.append("")
