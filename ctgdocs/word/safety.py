"""What a Word file may not bring in: macros, OLE objects, links to files elsewhere, fields that fetch.

Relationships and fields are allowed by name; a relationship that nothing uses and nobody knows is dropped.
Hyperlinks to the web and to mail addresses are the author's text and stay. The path of the model a letter was
made from (`attachedTemplate`) and the source of a mail merge are dropped without a word: every file typed
from a company's model carries them, and nothing on the page depends on them. All the rest is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import NamedTuple
from xml.parsers import expat

from ctgdocs.findings import TemplateError
from ctgdocs.patterns import regex
from ctgdocs.word.fields import forbidden, may_lead_to
from ctgdocs.word.names import CONTENT_TYPES, RELS_NS
from ctgdocs.word.package import Package
from ctgdocs.word.places import part_label

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
_ACTIVE_PART = regex(
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
