"""YAML events → a tree of `Text`, `Mapping` and `Items`: every scalar stays the text that was typed.

What a content file has no use for (anchors, aliases, tags, several documents, keys that are not text) is
refused with its place; nothing is ever constructed from a tag.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from ctgdocs.findings import Finding, Place, Severity, Stopped, advice
from ctgdocs.stages import Items, Mapping, Node, Text
from ctgdocs.vocabulary.as_typed import CONTROL, shown

PARSER: Any = getattr(yaml, "CLoader", yaml.Loader)  # only its events are used: nothing is constructed
DEEPEST = 50

_HASH = re.compile(r"(?<![ \t])([ \t]+)#[^\s#!=*~-].*")
_LIST = object()
_QUOTE_IT = "si c’est du texte, mettez-le entre guillemets"


def finding_at(line: int, column: int, code: str, message: str, hint: str = "", field: str = "") -> Finding:
    """An error at a 1-based line and column of the text being read."""
    return Finding(code, Severity.ERREUR, message, Place("", line, column, field), hints=advice(hint))


class _Builder:
    """Builds the tree of one file; `findings` fills up along the way.

    `stack` holds the containers being read with, for a mapping, the key that waits for its value (`_LIST`
    for a list). The stream itself is a list, of which a content file holds one item.
    """

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.stream = Items()
        self.stack: list[tuple[Any, Any]] = []

    def build(self, text: str) -> None:
        """Reads the whole stream. Raises yaml.YAMLError where it is not YAML, Stopped when the tree cannot be
        trusted any more."""
        parser = PARSER(text)
        # Markers and escapes are rare: their characters tell at once whether events deserve a second look.
        careful = "&" in text or "!" in text or "\\" in text
        self._read(parser.get_event, careful)

    def _read(self, next_event: Callable[[], Any], careful: bool) -> None:
        """The hot path of every run: one loop, few branches, local names."""
        new_text = str.__new__
        stack = self.stack
        container: Any = self.stream
        key: Any = _LIST
        for event in iter(next_event, None):
            kind = event.__class__
            if kind is ScalarEvent:
                mark = event.start_mark
                node: Any = new_text(Text, event.value)
                node.line = mark.line + 1
                node.column = mark.column + 1
                if careful:
                    self._examine(event, node)
                if key is None:
                    if not node or node in container:
                        self._refuse_key(container, node)
                    key = node
                elif key is _LIST:
                    container.append(node)
                else:
                    container[key] = node
                    key = None
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                container, key = stack.pop()
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                node = self._opened(event, careful)
                if key is None:
                    self._refuse_key(container, node)
                elif key is _LIST:
                    container.append(node)
                else:
                    container[key] = node
                    key = None
                stack.append((container, key))
                if len(stack) > DEEPEST:
                    self._fatal("trop-profond", f"plus de {DEEPEST} niveaux de fiches ou de listes", node)
                container = node
                key = None if kind is MappingStartEvent else _LIST
            elif kind is AliasEvent:
                self._refuse_alias(event)
            elif kind is DocumentStartEvent and self.stream:
                self._refuse_second_document(event)

    def _opened(self, event: Any, careful: bool) -> Mapping | Items:
        mark = event.start_mark
        node: Mapping | Items = (
            Mapping.__new__(Mapping) if event.__class__ is MappingStartEvent else Items.__new__(Items)
        )
        node.line = mark.line + 1
        node.column = mark.column + 1
        if careful:
            self._refuse_markers(event, node)
        return node

    # --- what is refused ------------------------------------------------------------------------------

    def _refuse_key(self, mapping: Mapping, node: Node) -> None:
        if not isinstance(node, Text):
            message = "un nom de champ doit être du texte simple, pas une liste ou une fiche"
            self._fatal("cle", message, node, _QUOTE_IT)
        elif not node:
            self._add("cle", "nom de champ vide", node, "écrivez le nom du champ avant « : »")
        else:
            first = next(key for key in mapping if key == node)
            hint = f"il est déjà à la ligne {first.line} : gardez un seul des deux"
            field = self._field() or str(node)  # at the top of a registry, the entry
            message = f"champ {shown(node)} écrit deux fois"
            self.findings.append(finding_at(node.line, node.column, "champ-en-double", message, hint, field))

    def _examine(self, event: ScalarEvent, node: Text) -> None:
        self._refuse_markers(event, node)
        if event.style == '"' and not node.isprintable() and (found := CONTROL.search(node)):
            self._add(
                "caractere-interdit",
                f"caractère de contrôle U+{ord(found[0]):04X}, écrit « \\… » entre guillemets doubles",
                node,
                "supprimez-le ; pour une barre oblique inverse, écrivez « \\\\ » ou des guillemets simples",
            )

    def _refuse_markers(self, event: Any, node: Node) -> None:
        if event.anchor is not None:
            message = f"ancre YAML « &{event.anchor} » : les contenus n’en utilisent pas"
            self._add("ancre", message, node, _QUOTE_IT)
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            message = f"étiquette YAML {shown(tag)} : les contenus n’en utilisent pas"
            self._add("etiquette", message, node, _QUOTE_IT)

    def _refuse_alias(self, event: Any) -> None:
        message = f"renvoi YAML « *{event.anchor} » : les contenus n’en utilisent pas"
        hint = (
            "si le texte commence par une astérisque, mettez-le entre guillemets ; sinon recopiez la valeur"
        )
        self._fatal("alias", message, _start(event), hint)

    def _refuse_second_document(self, event: Any) -> None:
        message = "un second document YAML commence ici (« --- ») : un fichier n’en contient qu’un"
        hint = "supprimez cette ligne, ou faites deux fichiers"
        self._fatal("plusieurs-documents", message, _start(event), hint)

    def _fatal(self, code: str, message: str, node: Node, hint: str = "") -> None:
        self._add(code, message, node, hint)
        raise Stopped(*self.findings)

    def _add(self, code: str, message: str, node: Node, hint: str = "") -> None:
        self.findings.append(finding_at(node.line, node.column, code, message, hint, self._field()))

    def _field(self) -> str:
        """The dotted path of the container that is being read."""
        steps = []
        for container, _ in self.stack[1:10]:
            last = len(container) - 1 if isinstance(container, Items) else next(reversed(container))
            steps.append(str(last))
        return ".".join(steps)


def after_hash(text: str) -> list[Finding]:
    """What stands after « # » right behind a value: YAML drops it, and the author may not have meant it.

    « marché #3 » loses « #3 »; « oui  # malade » is a comment. The blank after « # » tells them apart.
    """
    if not (" #" in text or "\t#" in text) or _HASH.search(text) is None:
        return []
    lines = text.splitlines()
    findings = []
    for event in iter(PARSER(text).get_event, None):
        if event.__class__ is ScalarEvent and not event.style:
            end: Any = event.end_mark
            found = _HASH.match(lines[end.line], end.column) if end.line < len(lines) else None
            if found:
                message = f"{shown(found[0].strip())} n’est pas lu : « # » commence un commentaire"
                hint = (
                    "mettez la valeur entre guillemets ; pour un commentaire, laissez une espace après « # »"
                )
                said = finding_at(end.line + 1, found.end(1) + 1, "diese", message, hint)
                findings.append(said._replace(severity=Severity.ALERTE))
    return findings


def _start(event: Any) -> Text:
    """An empty text where the event starts, to place a problem."""
    return Text("", event.start_mark.line + 1, event.start_mark.column + 1)


def build(text: str) -> tuple[Node | None, list[Finding]]:
    """The tree of a YAML text (None for an empty file), and what is refused in it; places are in the text.

    Raises yaml.YAMLError where it is not YAML, Stopped where the tree cannot be trusted any more.
    """
    builder = _Builder()
    builder.build(text)
    return (builder.stream[0] if builder.stream else None), builder.findings
