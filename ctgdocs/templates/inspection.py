"""Looking at a finished document: nothing lost, nothing left over, nothing that Word would refuse.

`inspect` reads a whole file, whoever made it. `inspect_rendered` is what the line asks of each document: the
compiled template already knows which of these faults its documents cannot have (values are escaped, parts
read strictly, ids numbered), so it looks only for those that are left.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from ctgdocs.findings import Finding, Place, Severity, TemplateError, advice
from ctgdocs.word.package import Package, read
from ctgdocs.word.places import Places, part_label
from ctgdocs.word.safety import make_safe, relationships

if TYPE_CHECKING:
    from ctgdocs.templates.template import Template

_TAG_LEFT = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|\{\{|\}\}|\{%|%\}", re.DOTALL)
_BRACE = re.compile(r"[{}]")
_BREAKS = re.compile(r"[\n\t\a\f]+")
_PARAGRAPH = re.compile(r"</w:p>|</a:p>|<w:(?:br|tab)(?: [^>]*)?/>")
_MARKUP = re.compile(r"<[^>]*>")
_HIDDEN = re.compile(
    r"<w:(?:instrText|delText|delInstrText)\b[^>]*>[^<]*</w:\w+>|<(?:wp14|wp):\w+[^>]*>[^<]*</(?:wp14|wp):\w+>"
)
_SHOWN = re.compile(r"<(?:(?:w|a|m):t|w:instrText)(?: [^>]*)?>([^<]*)</")
_LOOSE = re.compile(r"</?(?!(?:w|a|m):t[ >])w:[^>]*>([^<]*[^<\s][^<]*)<")
_TEXTUAL = frozenset(("instrText", "delText", "delInstrText", "t"))
_EMPTY_CELL = re.compile(
    r"<w:tc(?: [^>]*)?>(?:<w:tcPr(?:/>|>(?:(?!</w:tcPr>).)*</w:tcPr>))?</w:tc>|</w:tbl></w:tc>", re.DOTALL
)
_ADJACENT = re.compile(r"</w:tbl>\s*<w:tbl>")
_NO_ROW = re.compile(r"</w:tblGrid>\s*</w:tbl>")
_USED_RELATION = re.compile(r'\br:(?:id|embed|link|pict|dm|lo|qs|cs)="([^"]+)"')
_IDS: Mapping[str, re.Pattern[str]] = {
    "image": re.compile(r'<wp:docPr\b[^>]*?\bid="([^"]*)"'),
    "signet": re.compile(r'<w:bookmarkStart\b[^>]*?\bw:id="([^"]*)"'),
    "nom de signet": re.compile(r'<w:bookmarkStart\b[^>]*?\bw:name="([^"]*)"'),
    "commentaire": re.compile(r'<w:comment\b[^>]*?\bw:id="([^"]*)"'),
    "appel de commentaire": re.compile(r'<w:commentReference\b[^>]*?\bw:id="([^"]*)"'),
}
_FALLBACK = re.compile(r"<mc:Fallback\b.*?</mc:Fallback>", re.DOTALL)


class _Fault(NamedTuple):
    code: str
    message: str
    where: str
    severity: Severity = Severity.ERREUR
    hint: str = ""


def inspect(
    data: bytes, template: Template | None = None, printed: Iterable[str] = (), *, file: str = ""
) -> list[Finding]:
    """Everything that is wrong in a Word file, from its bytes.

    `printed`: the texts that must stand in it (`Template.printed` gives those of a context); the braces they
    hold are theirs. With the `template` that made it, braces typed to be shown (`{_{`) are known for what
    they are: what it left over is told from its own parts.
    """
    try:
        package = read(data)
    except TemplateError as error:
        return [
            Finding("document-illisible", Severity.ERREUR, str(error), Place(file), hints=advice(error.hint))
        ]
    values = [str(value) for value in printed]
    braced = sorted((value for value in values if _BRACE.search(value)), key=len, reverse=True)
    faults = [
        *(template.faults() if template else ()),
        *_package_faults(package),
        *_repeated_ids(package),
        *(fault for n, xml in _stories(package) if not template for fault in _left_over(n, xml, braced)),
        *(fault for name, xml in _stories(package) for fault in _part_faults(name, xml)),
        *_lost_values(package, values),
    ]
    return [_finding(fault, file) for fault in faults]


def inspect_rendered(template: Template, rendered: Mapping[str, bytes], file: str = "") -> list[Finding]:
    """What is wrong in a document that `template` just made, from its rendered parts."""
    faults = list(template.faults())
    for name, part in rendered.items():
        if (
            part.count(b"</w:tc>") != part.count(b"</w:p></w:tc>")
            or b"</w:tbl><w:tbl>" in part
            or b"</w:tblGrid></w:tbl>" in part
        ):
            faults += _structure_faults(name, part.decode("utf-8"))
    return [_finding(fault, file) for fault in faults]


def template_faults(
    package: Package, rendered: frozenset[str], braces: Iterable[tuple[str, str]]
) -> list[_Fault]:
    """The faults that every document of a template has: tags in parts that are not rendered, lone braces."""
    faults = [fault for n, xml in _stories(package) if n not in rendered for fault in _left_over(n, xml, [])]
    faults += [_lone_brace(text, place) for text, place in braces]
    return faults


def _finding(fault: _Fault, file: str) -> Finding:
    place = Place(file, field=fault.where) if fault.where else Place(file)
    return Finding(fault.code, fault.severity, fault.message, place, hints=advice(fault.hint))


def _stories(package: Package) -> Iterator[tuple[str, str]]:
    """The parts that show text: those of `word/`, and the document's properties."""
    for name, part in package.items():
        if name.endswith(".xml") and name.startswith(("word/", "docProps/")):
            yield name, part.decode("utf-8", "replace")


# --- the package --------------------------------------------------------------------------------------


def _package_faults(package: Package) -> Iterator[_Fault]:
    try:
        make_safe(package)
    except TemplateError as error:
        yield _Fault("lien-externe", str(error), "", hint=error.hint)
    for name, part in package.items():
        if not name.endswith(".rels"):
            continue
        folder, _, base = name.rpartition("_rels/")
        owner = folder + base.removesuffix(".rels")
        known = set()
        for relation in relationships(part):
            if relation.get("Id") in known:
                yield _Fault(
                    "relation-double",
                    f"deux relations portent le nom {relation.get('Id')}",
                    part_label(owner),
                )
            known.add(relation.get("Id"))
            if relation.get("TargetMode") != "External" and _target(folder, relation) not in package:
                yield _Fault(
                    "relation-cassee", f"une partie manque : {relation.get('Target')}", part_label(owner)
                )
        used = set(_USED_RELATION.findall(package.get(owner, b"").decode("utf-8", "replace")))
        for id in sorted(used - known):
            yield _Fault("relation-cassee", f"la relation {id} n’existe pas", part_label(owner))


def _target(folder: str, relation: Mapping[str, str]) -> str:
    target = unescape(relation.get("Target", "")).partition("#")[0]
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def _repeated_ids(package: Package) -> Iterator[_Fault]:
    seen: dict[tuple[str, str], str] = {}
    for name, xml in _stories(package):
        shown = _FALLBACK.sub("", xml)
        for what, pattern in _IDS.items():
            for id in pattern.findall(shown):
                if (what, id) in seen:
                    yield _Fault(
                        "identifiant-double", f"identifiant {id} deux fois ({what})", part_label(name)
                    )
                seen[what, id] = name


# --- a part -------------------------------------------------------------------------------------------


def _part_faults(name: str, xml: str) -> Iterator[_Fault]:
    yield from _structure_faults(name, xml)
    if name.startswith("word/"):
        for match in _LOOSE.finditer(_HIDDEN.sub("", xml)):
            tag = re.match(r"<w:(\w+)", match[0])
            if tag is None or tag[1] not in _TEXTUAL:
                where = Places(xml, name).at(match.start())
                yield _Fault(
                    "texte-perdu", f"Word ne montre pas ce texte : « {match[1].strip()[:40]} »", where
                )


def _structure_faults(name: str, xml: str) -> Iterator[_Fault]:
    for code, message, pattern in (
        ("cellule-vide", "une cellule de tableau n’a pas de paragraphe", _EMPTY_CELL),
        ("tableaux-colles", "deux tableaux se touchent : Word en fait un seul", _ADJACENT),
        ("tableau-vide", "un tableau n’a pas de ligne", _NO_ROW),
    ):
        places = Places(xml, name)
        for match in pattern.finditer(xml):
            yield _Fault(code, message, places.at(match.end()))


def _left_over(name: str, xml: str, braced: list[str]) -> Iterator[_Fault]:
    if "{" not in xml and "}" not in xml:
        return
    places = Places(xml, name)
    start = 0
    for end in (*(match.end() for match in _PARAGRAPH.finditer(xml)), len(xml)):
        piece, begin, start = xml[start:end], start, end
        text = unescape(_MARKUP.sub("", piece))
        for value in braced:
            text = text.replace(value, "")
        left = _TAG_LEFT.search(text)
        if left:
            shown = f"balise restée dans le document : « {left[0][:40]} »"
            hint = "cette partie du modèle n’est pas remplie : mettez la balise dans le corps du texte"
            yield _Fault("balise-restante", shown, places.at(begin), hint=hint)
        elif _BRACE.search(text):
            yield _lone_brace(text.strip(), places.at(begin))


def _lone_brace(text: str, place: str) -> _Fault:
    return _Fault(
        "accolade",
        f"accolade seule dans le modèle : « {text[:40]} »",
        place,
        Severity.ALERTE,
        "si c’est une balise, elle s’écrit {{ champ }}",
    )


def _lost_values(package: Package, values: list[str]) -> Iterator[_Fault]:
    if not values:
        return
    everything = _squeezed(" ".join(_texts(package)))
    for value in values:
        for piece in _BREAKS.split(value):
            if _squeezed(piece) not in everything:
                yield _Fault("valeur-perdue", f"une valeur n’est pas dans le document : « {piece[:60]} »", "")


def _texts(package: Package) -> Iterator[str]:
    """The text of each part, as a reader sees it, and attributes, where alternative texts are."""
    for name, xml in _stories(package):
        yield unescape("".join(_SHOWN.findall(xml)) if name.startswith("word/") else _MARKUP.sub("", xml))
        yield unescape(" ".join(re.findall(r'="([^"]*)"', xml)))
    for name, part in package.items():
        if name.endswith(".rels"):
            yield unescape(" ".join(re.findall(r'Target="([^"]*)"', part.decode("utf-8", "replace"))))


def _squeezed(text: str) -> str:
    return "".join(text.split())
