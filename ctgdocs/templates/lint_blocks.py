"""What the tags of a part say, read in order: blocks that open and close, fields that exist."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from jinja2 import nodes
from jinja2.exceptions import TemplateSyntaxError

from ctgdocs.findings import Severity, TemplateError
from ctgdocs.french import nearest
from ctgdocs.templates.environment import TOO_DEEP, Environment, check_tree
from ctgdocs.templates.expressions import NOTHING, Scope, Value, is_block, is_rich
from ctgdocs.templates.lint_tags import Placed, Report
from ctgdocs.word.walk import excerpt

_ENDS = {
    f"end{word}": word
    for word in ("for", "if", "macro", "call", "filter", "set", "with", "raw", "autoescape")
}
_FRAMES = frozenset(("for", "macro", "call", "with"))
_ALONE = frozenset(("vm", "hm"))
_VALUES = frozenset(("colspan", "cellbg"))
_FORBIDDEN = frozenset(("include", "import", "extends", "from", "block"))
_WORDS = (*_ENDS.values(), *_ENDS, "else", "elif", *_ALONE, *_VALUES)
_GOT = re.compile(r"got '(.*)'$|unexpected '(.*)'$|unexpected char '(.*?)'")


class Blocks:
    """Reads the tags of one part in order; the names a loop gives are known inside it only."""

    def __init__(self, environment: Environment, context: Mapping[str, Any] | None, report: Report) -> None:
        self.scope = Scope(context)
        self._environment = environment
        self._report = report
        self._open: list[Placed] = []

    def read(self, tags: list[Placed]) -> None:
        for placed in tags:
            if placed.tag is None or placed.kind == "{#":
                continue
            if self._open and self._open[-1].keyword == "raw" and placed.keyword != "endraw":
                continue
            if placed.kind == "{{":
                self._print(placed)
            else:
                self._statement(placed)
        for placed in self._open:
            self._unclosed(placed)

    # --- printing -------------------------------------------------------------------------------------

    def _print(self, placed: Placed) -> None:
        value = self._value_of(placed, placed.expression)
        if not is_rich(value.example) or type(value.example).__name__ == "InlineImage":
            return
        whole = placed.spot.text.strip() == placed.text.strip()
        if not is_block(value.example):
            if placed.prefix != "r":
                self._report.tell("riche", placed.spot, placed.text, placed.expression)
        elif placed.prefix != "p" and (placed.prefix or not whole):
            self._report.tell("long", placed.spot, placed.text, placed.expression)

    def _value_of(self, placed: Placed, expression: str) -> Value:
        if not expression:
            self._report.tell("vide", placed.spot, placed.text)
            return NOTHING
        tree = self._parse(placed, "{{ " + expression + " }}")
        output = tree.body[0] if tree is not None and tree.body else None
        if not isinstance(output, nodes.Output):
            return NOTHING
        values = [self.scope.value(node) for node in output.nodes if not isinstance(node, nodes.TemplateData)]
        self._tell_misses(placed)
        return values[0] if len(values) == 1 else NOTHING

    # --- statements -----------------------------------------------------------------------------------

    def _statement(self, placed: Placed) -> None:
        word = placed.keyword
        if word in _ENDS:
            self._close(placed, _ENDS[word])
        elif word in ("else", "elif"):
            self._middle(placed)
        elif word in _VALUES:
            self._value_of(placed, placed.expression.removeprefix(word).strip())
        elif word == "set" and re.match(r"set\s[^|(]*?=", placed.expression):
            self._opening(placed, "{% " + placed.expression + " %}")
        elif word in _ENDS.values():
            ending = "" if word == "raw" else "{% end" + word + " %}"
            self._opening(placed, "{% " + placed.expression + " %}" + ending)
            self._open.append(placed)
        elif word in _FORBIDDEN:
            self._report.tell("interdit", placed.spot, placed.text)
        elif word not in _ALONE:
            hint = _nearest(word, _WORDS) or "les blocs sont for, if, elif, else, set"
            self._report.tell("inconnue", placed.spot, word or placed.text, hint)

    def _opening(self, placed: Placed, snippet: str) -> None:
        """Reads the head of a block, and opens the frame of names it brings."""
        frames = len(self.scope.frames)
        tree = self._parse(placed, snippet) if placed.keyword != "raw" else None
        node = tree.body[0] if tree is not None and tree.body else None
        if isinstance(node, nodes.For):
            self.scope.enter_loop(node)
        elif isinstance(node, nodes.Assign):
            self.scope.bind(node.target, self.scope.value(node.node))
        elif isinstance(node, nodes.AssignBlock):
            self.scope.bind(node.target, NOTHING)
        elif isinstance(node, nodes.If):
            self.scope.value(node.test)
        elif isinstance(node, nodes.Macro):
            self.scope.bind(nodes.Name(node.name, "store"), NOTHING)
            self.scope.frames.append({})
            for argument in node.args:
                self.scope.bind(argument, NOTHING)
        elif isinstance(node, nodes.With):
            values = [self.scope.value(value) for value in node.values]
            self.scope.frames.append({})
            for target, value in zip(node.targets, values, strict=True):
                self.scope.bind(target, value)
        if placed.keyword in _FRAMES and len(self.scope.frames) == frames:
            self.scope.frames.append({})
        self._tell_misses(placed)

    def _middle(self, placed: Placed) -> None:
        opener = next((p for p in reversed(self._open) if p.keyword in ("if", "for")), None)
        if opener is None:
            self._report.tell("sans-si", placed.spot, placed.text)
        elif self._open[-1] is opener:
            self._together(opener, placed)
        if placed.keyword == "elif":
            snippet = "{% if " + placed.expression.removeprefix("elif").strip() + " %}{% endif %}"
            tree = self._parse(placed, snippet)
            node = tree.body[0] if tree is not None and tree.body else None
            if isinstance(node, nodes.If):
                self.scope.value(node.test)
                self._tell_misses(placed)

    def _close(self, placed: Placed, word: str) -> None:
        if not any(opener.keyword == word for opener in self._open):
            self._report.tell("sans-debut", placed.spot, placed.text, word)
            return
        while self._open[-1].keyword != word:
            self._unclosed(self._pop())
        self._together(self._pop(), placed)

    def _pop(self) -> Placed:
        opener = self._open.pop()
        if opener.keyword in _FRAMES and self.scope.frames:
            self.scope.frames.pop()
        return opener

    def _unclosed(self, opener: Placed) -> None:
        ending = f"{{%{opener.prefix} end{opener.keyword} %}}"
        self._report.tell("sans-fin", opener.spot, excerpt(opener.text), ending)

    def _together(self, opener: Placed, placed: Placed) -> None:
        """Both ends of a block must take away the same kind of thing, side by side."""
        ours, theirs = opener.unit, placed.unit
        if ours is None or theirs is None:
            return  # told already: a row's tag outside any table
        if opener.prefix == placed.prefix and (ours is theirs or ours.getparent() is theirs.getparent()):
            return
        self._report.tell(
            "a-cheval", placed.spot, excerpt(placed.text), f"{excerpt(opener.text)} » ({opener.spot.place})"
        )

    # --- reading --------------------------------------------------------------------------------------

    def _parse(self, placed: Placed, snippet: str) -> nodes.Template | None:
        try:
            tree = self._environment.parse(snippet)
            check_tree(tree)
        except TemplateSyntaxError as error:
            if error.message == TOO_DEEP:
                self._report.add("syntaxe", TOO_DEEP, placed.spot)
                return None
            match = _GOT.search(error.message or "")
            near = next((group for group in match.groups() if group), "") if match else ""
            self._report.tell("illisible", placed.spot, placed.text, _near(near))
            return None
        except TemplateError as error:
            self._report.add("interdit", str(error), placed.spot, hint=error.hint)
            return None
        self._unknown_names(placed, tree)
        return tree

    def _unknown_names(self, placed: Placed, tree: nodes.Template) -> None:
        for node in tree.find_all((nodes.Filter, nodes.Test)):
            assert isinstance(node, (nodes.Filter, nodes.Test))
            is_filter = isinstance(node, nodes.Filter)
            known = self._environment.filters if is_filter else self._environment.tests
            if node.name not in known:
                fault = "filtre" if is_filter else "test"
                self._report.tell(fault, placed.spot, node.name, _nearest(node.name, known))

    def _tell_misses(self, placed: Placed) -> None:
        for miss in self.scope.misses:
            hint = _closest(miss.near)
            context = self.scope.context or {}
            for prefix in ("p", "r", "tr", "tc"):
                if miss.name.removeprefix(prefix) in context and miss.name.startswith(prefix):
                    hint = f"mettez une espace : {{{{{prefix} {miss.name.removeprefix(prefix)} }}}}"
            self._report.add(
                "champ-inconnu",
                f"champ inconnu : « {miss.name} »",
                placed.spot,
                severity=Severity.ALERTE if miss.foreseen else Severity.ERREUR,
                hint=hint,
            )
        self.scope.misses.clear()
        for message, hint in self.scope.failures:
            self._report.add("calcul", message, placed.spot, hint=hint)
        self.scope.failures.clear()


def _near(word: str) -> str:
    if not word or word.startswith(("end of", "eof")):
        return "il manque quelque chose à la fin de la balise"
    return f"regardez autour de « {word} »"


def _closest(near: str | None) -> str:
    return f"le plus proche : « {near} »" if near else ""


def _nearest(word: str, known: Iterable[str]) -> str:
    return _closest(nearest(word, list(known)))
