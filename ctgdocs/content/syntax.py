"""What libyaml says when a file is not YAML, told in French with the real cause and what to type instead.

libyaml reports where it got lost, which is often after the fault: the text of the line tells the rest.
PyYAML's own parser (used when libyaml is missing) words its errors a little differently; both are known.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from ctgdocs.content.slips import at_line_start, no_break_indent
from ctgdocs.content.tree import finding_at
from ctgdocs.findings import Finding
from ctgdocs.vocabulary.as_typed import shown

QUOTES = "mettez la valeur entre guillemets"
_TAB = re.compile(r" *\t")
_FIELD = re.compile(r"\s*(?:- +)?(?P<key>[^\s:#\"'\[\]{},][^:#\"'\[\]{},]*):\s+(?P<value>\S.*)")
_GLUED = re.compile(r"(?:- +)?(?P<key>\w+)\s?:[\u00a0\u202f]*(?P<value>\S)")
_OPENED = re.compile(r"""(?:[^"'#]*[:,\[{] +|[ ]*(?:- +)+)(?P<sign>["'])""")
_NEXT_FIELD = re.compile(r"\s*(?:- +)?[a-z_]+:(?:\s|$)")
_BLOCK_HEADER = re.compile(r"comment or (?:a )?line break|indentation indicator")
_ESCAPE = re.compile(r"unknown escape|hexdecimal|hexadecimal|escape c(?:ode|haracter)")
_DASH_IN_FLOW = re.compile(r"[\[,]\s*(?P<dash>-)\s")
_LOST = re.compile(r"did not find expected key|expected '-' indicator|expected <block end>")


_IN_TEXT = re.compile("could not find expected ':'|alias|expected the node content")


class _Fault(NamedTuple):
    """Where the parser got lost (0-based), and where what it was reading had begun."""

    lines: list[str]
    line: int
    column: int
    start_line: int
    start_column: int
    context: str
    problem: str

    def typed(self, line: int | None = None) -> str:
        line = self.line if line is None else line
        return self.lines[line] if line < len(self.lines) else ""

    def here(self, message: str, hint: str, column: int | None = None) -> Finding:
        column = self.column if column is None else column
        return finding_at(self.line + 1, column + 1, "yaml", message, hint)

    def at_start(self, message: str, hint: str) -> Finding:
        return finding_at(self.start_line + 1, self.start_column + 1, "yaml", message, hint)

    @property
    def sign(self) -> str:
        return self.typed()[self.column : self.column + 1]

    @property
    def opening(self) -> str:
        return self.typed(self.start_line)[self.start_column : self.start_column + 1]


def explain(error: Any, text: str) -> Finding:
    """What is behind a yaml.MarkedYAMLError raised while `text` was read."""
    mark = error.problem_mark or error.context_mark
    start = error.context_mark or mark
    fault = _Fault(
        text.splitlines(),
        mark.line,
        mark.column,
        start.line,
        start.column,
        error.context or "",
        error.problem or "",
    )
    return _explain(fault)


def _explain(fault: _Fault) -> Finding:
    context, problem = fault.context, fault.problem
    if _TAB.match(fault.typed()):
        message = "tabulation en début de ligne : le retrait se fait avec des espaces"
        return fault.here(message, "remplacez chaque tabulation par deux espaces", fault.typed().index("\t"))
    if (invisible := no_break_indent(fault.lines, fault.start_line, fault.line)) is not None:
        return invisible
    if "quoted scalar" in context or "double-quoted" in context:
        return _quoted(fault)
    if (unclosed := _quote_left_open(fault)) is not None:
        return unclosed
    if (slip := at_line_start(fault.lines, fault.start_line)) is not None and _IN_TEXT.search(
        problem + context
    ):
        return slip
    if re.search("anchor|alias|tag", context):
        message = f"la valeur commence par « {fault.opening} », un signe réservé de YAML"
        return fault.at_start(message, _quoted_whole(fault.typed(fault.start_line)[fault.start_column :]))
    if "cannot start any token" in problem or "keys are not allowed" in problem:
        hint = _quoted_whole(fault.typed()[fault.column :])
        return fault.here(f"une valeur ne peut pas commencer par « {fault.sign} »", hint)
    if _BLOCK_HEADER.search(problem):
        hint = f"allez à la ligne après « {fault.opening} », ou {QUOTES}"
        return fault.at_start(f"du texte suit « {fault.opening} » sur la même ligne", hint)
    if "mapping values are not allowed" in problem:
        return _colon(fault)
    if "could not find expected ':'" in problem:
        return fault.at_start(
            f"{shown(fault.typed(fault.start_line), 40)} n’est ni un champ ni la suite du texte au-dessus",
            "écrivez « champ : valeur » ; ou, si c’est la suite, décalez la ligne de deux espaces",
        )
    if "sequence entries are not allowed" in problem:
        hint = f"allez à la ligne avant le tiret ; si c’est du texte, {QUOTES}"
        return fault.here("une liste ne commence pas sur la ligne de son champ", hint)
    if "flow" in context:
        return _flow(fault)
    if _LOST.search(problem):
        return _lost(fault)
    if "node content" in problem and fault.sign:
        return fault.here(f"une valeur ne peut pas commencer par « {fault.sign} »", QUOTES)
    if "directive" in context or "cannot start" in problem:
        return fault.at_start(f"une ligne ne peut pas commencer par « {fault.opening} »", QUOTES)
    if "unexpected ':'" in problem:
        return fault.here("« : » inattendu dans une valeur", QUOTES)
    if "document start" in problem:
        return _before_the_fields(fault)
    hint = "vérifiez les retraits, les guillemets et les deux-points"
    return fault.here("cette ligne n’est pas du YAML", hint)


def _quoted_whole(value: str) -> str:
    """The value as it is to be typed."""
    return f'{QUOTES} : "{_straight(value.strip())}"'


def _quoted(fault: _Fault) -> Finding:
    if _ESCAPE.search(fault.problem):
        return fault.here(
            "une barre oblique inverse « \\ » entre guillemets doubles commence une séquence spéciale",
            "doublez-la « \\\\ », ou prenez des guillemets simples « ' »",
        )
    hint = f"ajoutez « {fault.opening} » à la fin de la valeur"
    if fault.opening == "'":
        hint += " ; à l’intérieur, une apostrophe s’écrit « ’ » ou deux fois « '' »"
    return fault.at_start(f"le guillemet « {fault.opening} » ouvert ici n’est jamais fermé", hint)


def _quote_left_open(fault: _Fault) -> Finding | None:
    """The quote that swallowed fields down to the next quote, where the parser then got lost."""
    for line in range(fault.line - 1, max(-1, fault.line - 50), -1):
        typed = fault.typed(line)
        if (found := _OPENED.match(typed)) is None:
            continue
        sign = found["sign"]
        inside = [typed[found.end() :], *fault.lines[line + 1 : fault.line], fault.typed()[: fault.column]]
        if sign in inside[0] or sum(each.count(sign) for each in inside) % 2 == 0:
            return None
        if any(_NEXT_FIELD.match(each) for each in inside[1:]):
            message = (
                f"le guillemet « {sign} » ouvert ici n’est pas fermé sur sa ligne : il avale les suivantes"
            )
            hint = f"ajoutez « {sign} » à la fin de la valeur"
            return finding_at(line + 1, found.start("sign") + 1, "yaml", message, hint)
        return None
    return None


def _colon(fault: _Fault) -> Finding:
    """`objet: Convention : la suite`, a field indented under a value, or a colon forgotten above."""
    found = _FIELD.match(fault.typed())
    if found and found.end("key") < fault.column:
        key, value = found["key"].strip(), _straight(found["value"].strip())
        message = f"« : » suivi d’une espace dans la valeur de « {key} »"
        return fault.here(message, f'mettez la valeur entre guillemets : {key}: "{value}"')
    above = next((n for n in range(fault.line - 1, -1, -1) if fault.typed(n).strip()), None)
    if above is None:
        return fault.here("« : » inattendu", QUOTES)
    before = fault.typed(above).strip()
    indent = len(fault.typed(above)) - len(fault.typed(above).lstrip())
    if glued := _GLUED.match(before):
        message = f"il manque une espace ordinaire après « {glued['key']}: »"
        hint = f"écrivez « {glued['key']}: {before[glued.start('value') :]} »"
        return finding_at(above + 1, indent + 1, "yaml", message, hint)
    if ":" not in before and not before.startswith("- "):
        message = f"il manque « : » après le nom du champ {shown(before, 40)}"
        return finding_at(above + 1, indent + 1, "yaml", message, "écrivez « champ : valeur »")
    return fault.here(
        f"{shown(fault.typed(), 40)} n’est pas aligné avec la ligne {above + 1}",
        "alignez les champs d’une même fiche ; si c’est la suite du texte, mettez-le entre guillemets",
    )


def _straight(value: str) -> str:
    """A value fit to stand between straight quotes, without those of Word around it."""
    if value[:1] == "“" and value[-1:] == "”":
        value = value[1:-1]
    return value.replace('"', "”")


def _before_the_fields(fault: _Fault) -> Finding:
    """A line of text above the first field: a heading without its « # »."""
    for line in range(fault.line - 1, -1, -1):
        typed = fault.typed(line).strip()
        if typed and not typed.startswith("#"):
            message = f"{shown(typed, 40)} n’est ni un champ ni un commentaire"
            hint = "écrivez « champ : valeur », ou « # » devant un commentaire"
            return finding_at(line + 1, 1, "yaml", message, hint)
    return fault.here("« : » ou retrait inattendu au début du fichier", "écrivez « champ : valeur »")


def _flow(fault: _Fault) -> Finding:
    """A list or a record on one line: never closed, or a comma forgotten."""
    if (dashes := _DASH_IN_FLOW.search(fault.typed())) is not None:
        message = "un tiret n’ouvre pas d’élément entre crochets : des virgules les séparent"
        hint = "retirez les tirets : [a, b] ; ou allez à la ligne avant chaque tiret, sans crochets"
        return fault.here(message, hint, dashes.start("dash"))
    opened, closed, what = ("[", "]", "la liste") if "sequence" in fault.context else ("{", "}", "la fiche")
    if "node" in fault.context:
        unclosed = _unclosed(fault)
        if unclosed is None:
            return fault.here(f"« {fault.sign} » inattendu", QUOTES)
        line, column, opened = unclosed
        hint = f"ajoutez « {']' if opened == '[' else '}'} »"
        return finding_at(line + 1, column + 1, "yaml", f"« {opened} » n’est jamais fermé", hint)
    if fault.line == fault.start_line and fault.sign:
        return fault.here(
            f"il manque une virgule ou « {closed} » dans {what} ouverte par « {opened} »",
            "séparez les valeurs par des virgules ; mettez entre guillemets celles qui contiennent "
            "une virgule, un guillemet ou « : »",
        )
    return fault.at_start(f"« {opened} » n’est jamais fermé", f"ajoutez « {closed} » à la fin de {what}")


def _unclosed(fault: _Fault) -> tuple[int, int, str] | None:
    """The last bracket opened before the fault and still open, on the twenty lines above at most."""
    still_open: list[tuple[int, int, str]] = []
    for line in range(max(0, fault.line - 20), fault.line + 1):
        typed = fault.typed(line)[: fault.column if line == fault.line else None]
        for column, sign in enumerate(typed):
            if sign in "[{":
                still_open.append((line, column, sign))
            elif sign in "]}" and still_open:
                still_open.pop()
    return still_open[-1] if still_open else None


def _lost(fault: _Fault) -> Finding:
    """The block above is finished and what comes next cannot follow it."""
    typed = fault.typed()
    before = typed[: fault.column].rstrip()
    if before.endswith(("}", "]")):
        return fault.here(f"du texte suit « {before[-1]} »", "mettez toute la valeur entre guillemets")
    if before.endswith(('"', "'")):
        return fault.here(
            f"du texte suit le guillemet fermant « {before[-1]} »",
            "mettez toute la valeur entre guillemets ; à l’intérieur, prenez l’autre sorte de guillemet, "
            "ou l’apostrophe typographique « ’ »",
        )
    if typed.lstrip().startswith("- "):
        hint = "alignez les tirets d’une même liste, sous le nom de leur champ"
        return fault.here("ce tiret n’est pas aligné avec ceux de sa liste", hint)
    return fault.here(
        f"retrait incohérent : {shown(typed, 40)} n’est aligné avec rien au-dessus",
        "alignez les champs d’une même fiche, les tirets d’une même liste et les lignes d’un même texte",
    )
