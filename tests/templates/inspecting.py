"""An oracle for documents: everything that is wrong in a Word file, read whole, whoever made it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from typing import Any

from markupsafe import Markup

from ctgdocs.findings import Finding, Place, Severity, TemplateError
from ctgdocs.templates import Template
from ctgdocs.templates.environment import printed as as_printed
from ctgdocs.templates.inspection import left_over, stories, structure_faults
from ctgdocs.templates.programs import printing_through
from ctgdocs.templates.session import Session
from ctgdocs.templates.values import PAGE, plain
from ctgdocs.word.names import Places, part_label
from ctgdocs.word.package import Package, read
from ctgdocs.word.safety import make_safe, relationships

_BRACE = re.compile(r"[{}]")
_BREAKS = re.compile(r"[\n\t\a\f]+")
_MARKUP = re.compile(r"<[^>]*>")
_HIDDEN = re.compile(
    r"<w:(?:instrText|delText|delInstrText)\b[^>]*>[^<]*</w:\w+>|<(?:wp14|wp):\w+[^>]*>[^<]*</(?:wp14|wp):\w+>"
)
_SHOWN = re.compile(r"<(?:(?:w|a|m):t|w:instrText)(?: [^>]*)?>([^<]*)</")
_LOOSE = re.compile(r"</?(?!(?:w|a|m):t[ >])w:[^>]*>([^<]*[^<\s][^<]*)<")
_TEXTUAL = frozenset(("instrText", "delText", "delInstrText", "t"))
_USED_RELATION = re.compile(r'\br:(?:id|embed|link|pict|dm|lo|qs|cs)="([^"]+)"')
_IDS: Mapping[str, re.Pattern[str]] = {
    "image": re.compile(r'<wp:docPr\b[^>]*?\bid="([^"]*)"'),
    "signet": re.compile(r'<w:bookmarkStart\b[^>]*?\bw:id="([^"]*)"'),
    "nom de signet": re.compile(r'<w:bookmarkStart\b[^>]*?\bw:name="([^"]*)"'),
    "commentaire": re.compile(r'<w:comment\b[^>]*?\bw:id="([^"]*)"'),
    "appel de commentaire": re.compile(r'<w:commentReference\b[^>]*?\bw:id="([^"]*)"'),
}
_FALLBACK = re.compile(r"<mc:Fallback\b.*?</mc:Fallback>", re.DOTALL)
_HELD = re.compile("\x01\\d+\x02")
_NO_TEXT = re.compile(f"<[^>]*>|{_HELD.pattern}")


def _fault(code: str, message: str, where: str) -> Finding:
    return Finding(code, Severity.ERREUR, message, Place("", field=where))


def inspect(data: bytes, template: Template | None = None, printed: Iterable[str] = ()) -> list[Finding]:
    """Everything that is wrong in a Word file, from its bytes.

    `printed`: the texts that must stand in it (`texts_printed`); the braces they hold are theirs. With the
    `template` that made it, braces typed to be shown (`{_{`) are known for what they are: what it left over
    is told from its own parts.
    """
    try:
        package = read(data)
    except TemplateError as error:
        return [_fault("document-illisible", str(error), "")]
    values = [str(value) for value in printed]
    braced = sorted((value for value in values if _BRACE.search(value)), key=len, reverse=True)
    return [
        *(template.faults if template else ()),
        *_package_faults(package),
        *_repeated_ids(package),
        *(fault for n, xml in stories(package) if not template for fault in left_over(n, xml, braced)),
        *(fault for name, xml in stories(package) for fault in _part_faults(name, xml)),
        *_lost_values(package, values),
    ]


def texts_printed(template: Template, context: Mapping[str, Any]) -> list[str]:
    """Every text that the template prints from this context."""
    found: list[str] = []

    def recorded(value: Any, inside: bool = False) -> str:
        if not inside:
            found.extend(_texts_of(value))
        return as_printed(value)

    token = PAGE.set(Session(template._stock))
    try:
        for program in template._programs:
            "".join(
                printing_through(program.jinja.root_render_func, recorded)(
                    program.jinja.new_context(plain(context))
                )
            )
    finally:
        PAGE.reset(token)
    return [text for text in found if text.strip()]


def _texts_of(value: Any) -> list[str]:
    """The texts that a printed value puts on the page; those of a rich value are its own affair."""
    if isinstance(value, Markup):  # made by a macro, a block, `{{r` or `{{p`: text between Word's markup
        return [unescape(text) for text in _NO_TEXT.split(value) if text.strip()]
    return [] if hasattr(value, "__html__") else _HELD.split(str(value))


def _package_faults(package: Package) -> Iterator[Finding]:
    try:
        make_safe(package)
    except TemplateError as error:
        yield _fault("lien-externe", str(error), "")
    for name, part in package.items():
        if not name.endswith(".rels"):
            continue
        folder, _, base = name.rpartition("_rels/")
        owner = folder + base.removesuffix(".rels")
        known = set()
        for relation in relationships(part):
            if relation.get("Id") in known:
                yield _fault(
                    "relation-double",
                    f"deux relations portent le nom {relation.get('Id')}",
                    part_label(owner),
                )
            known.add(relation.get("Id"))
            if relation.get("TargetMode") != "External" and _target(folder, relation) not in package:
                yield _fault(
                    "relation-cassee", f"une partie manque : {relation.get('Target')}", part_label(owner)
                )
        used = set(_USED_RELATION.findall(package.get(owner, b"").decode("utf-8", "replace")))
        for id in sorted(used - known):
            yield _fault("relation-cassee", f"la relation {id} n’existe pas", part_label(owner))


def _target(folder: str, relation: Mapping[str, str]) -> str:
    target = unescape(relation.get("Target", "")).partition("#")[0]
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def _repeated_ids(package: Package) -> Iterator[Finding]:
    seen: dict[tuple[str, str], str] = {}
    for name, xml in stories(package):
        shown = _FALLBACK.sub("", xml)
        for what, pattern in _IDS.items():
            for id in pattern.findall(shown):
                if (what, id) in seen:
                    yield _fault(
                        "identifiant-double", f"identifiant {id} deux fois ({what})", part_label(name)
                    )
                seen[what, id] = name


def _part_faults(name: str, xml: str) -> Iterator[Finding]:
    yield from structure_faults(name, xml)
    if name.startswith("word/"):
        for match in _LOOSE.finditer(_HIDDEN.sub("", xml)):
            tag = re.match(r"<w:(\w+)", match[0])
            if tag is None or tag[1] not in _TEXTUAL:
                where = Places(xml, name).at(match.start())
                yield _fault(
                    "texte-perdu", f"Word ne montre pas ce texte : « {match[1].strip()[:40]} »", where
                )


def _lost_values(package: Package, values: list[str]) -> Iterator[Finding]:
    if not values:
        return
    everything = _squeezed(" ".join(_texts(package)))
    for value in values:
        for piece in _BREAKS.split(value):
            if _squeezed(piece) not in everything:
                yield _fault("valeur-perdue", f"une valeur n’est pas dans le document : « {piece[:60]} »", "")


def _texts(package: Package) -> Iterator[str]:
    """The text of each part, as a reader sees it, and attributes, where alternative texts are."""
    for name, xml in stories(package):
        yield unescape("".join(_SHOWN.findall(xml)) if name.startswith("word/") else _MARKUP.sub("", xml))
        yield unescape(" ".join(re.findall(r'="([^"]*)"', xml)))
    for name, part in package.items():
        if name.endswith(".rels"):
            yield unescape(" ".join(re.findall(r'Target="([^"]*)"', part.decode("utf-8", "replace"))))


def _squeezed(text: str) -> str:
    return "".join(text.split())
