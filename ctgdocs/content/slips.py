"""YAML that means something else than it shows: read without a word by any parser, and printed wrong.

A dash too far to the right continues the sentence above it; Word's quotes, bullets and no-break spaces look
like the signs of YAML and are text. Each is told with its line and what to type instead. Texts under `|` and
between straight quotes are their author's: nothing is looked for in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from yaml.events import ScalarEvent

from ctgdocs.content.tree import PARSER, finding_at
from ctgdocs.findings import Finding, Place, Related
from ctgdocs.vocabulary.as_typed import shown

DASHES = "·–—"  # they open a list, or an aside: the line, or those around it, tells which
BULLETS = "•‣◦▪●" + DASHES
NO_BREAK = "\u00a0\u202f\u2007"
_CLOSING = {"“": "”", "„": "“", "‘": "’"}

_BULLET = re.compile(rf"(?P<sign>[{BULLETS}*-])[ \t{NO_BREAK}]+(?=\S)")
_GLUED_DASH = re.compile(r"-(?P<text>[^\W\d_].*)")
_FIELD = re.compile(rf"(?P<key>[a-z][a-z_]*):(?P<gap>[{NO_BREAK}]*)(?P<value>[^\s/].*)")
_FIELD_OR_DASH = re.compile(r"- |[a-z][a-z_]*:(?:\s|$)")
_BEFORE_A_VALUE = re.compile(r"[ ]*(?:- +)*")
# What calls for a second look, found without parsing: every run reads every file, and most hold none of it.
_SIGNS = BULLETS + NO_BREAK + "".join(_CLOSING)
_SIGN_IN_SYNTAX = re.compile(
    rf"\n *[{NO_BREAK}{BULLETS}]|[{''.join(_CLOSING)}]|[:-][{NO_BREAK}]|[:\-,\[] +[{BULLETS}]"
)
_STUCK = re.compile(r"\n *(?:- +)*(?:-[^\W\d_]|[a-z_]+:[^\s/])")
_DASH_UNDER_A_VALUE = re.compile(r"[^\s:|>+-][ \t]*\n\s* [*-] ")
_TEXT_WITH_BULLETS = "pour un texte à puces, écrivez « champ: | » et le texte en dessous, décalé"


def slips(text: str) -> list[Finding]:
    """What is not read as it looks, in a text that is YAML; places are in the text."""
    if not _is_suspect("\n" + text):
        return []
    lines = text.splitlines()
    events = iter(PARSER(text).get_event, None)
    return [said for event in events if _is_plain(event) for said in _in_plain_text(event, lines)]


def no_break_indent(lines: list[str], first: int, last: int) -> Finding | None:
    """The last of these lines (0-based, both included) whose indentation holds a no-break space."""
    for number in range(min(last, len(lines) - 1), first - 1, -1):
        line = lines[number]
        column = len(line) - len(line.lstrip(" "))
        if line[column : column + 1] in tuple(NO_BREAK):
            return _indent(number, column)
    return None


def _is_suspect(text: str) -> bool:
    if any(sign in text for sign in _SIGNS) and _SIGN_IN_SYNTAX.search(text):
        return True
    return _STUCK.search(text) is not None or any(
        _is_too_far(text, found) for found in _DASH_UNDER_A_VALUE.finditer(text)
    )


def _is_too_far(text: str, found: re.Match[str]) -> bool:
    """Whether a dash stands to the right of the line above it."""
    above = text[text.rfind("\n", 0, found.start()) + 1 : found.end()]
    dash = found.end() - 2 - text.rfind("\n", 0, found.end()) - 1
    return dash > len(above) - len(above.lstrip(" "))


def at_line_start(lines: list[str], number: int) -> Finding | None:
    """The slip at the start of a line where a parser stopped (0-based): a field or a dash stuck to its
    value, a bullet in the place of a dash."""
    typed = lines[number].strip(" \t") if number < len(lines) else ""
    column = lines[number].find(typed) if typed else 0
    if field := _FIELD.fullmatch(typed):
        return _stuck_field(field, number, column)
    sign = None if typed.startswith("- ") else _list_like(typed, alone=True)
    return None if sign is None else _bullet(sign, typed, number, column)


def _is_plain(event: Any) -> bool:
    return isinstance(event, ScalarEvent) and not event.style and bool(event.value)


def _in_plain_text(event: Any, lines: list[str]) -> Iterator[Finding]:
    start, end = event.start_mark, event.end_mark
    first = lines[start.line][start.column :].rstrip(" \t")
    alone = _BEFORE_A_VALUE.fullmatch(lines[start.line][: start.column]) is not None
    if alone and start.line == end.line and (field := _FIELD.fullmatch(first)):
        yield _stuck_field(field, start.line, start.column)
    elif first[0] in NO_BREAK and alone:
        yield _indent(start.line, start.column)
    elif (closing := _CLOSING.get(first[0])) and event.value.find(closing) in (-1, len(event.value) - 1):
        yield _word_quotes(event.value, closing, start.line, start.column)
    elif (begun := _list_like(first, alone)) is not None and (
        begun not in DASHES or not lines[start.line][: start.column].strip()
    ):
        yield _bullet(begun, first, start.line, start.column)
    else:
        yield from _in_the_next_lines(event, lines)


def _in_the_next_lines(event: Any, lines: list[str]) -> Iterator[Finding]:
    above = event.start_mark.line
    for number in range(above + 1, event.end_mark.line + 1):
        typed = lines[number].strip(" \t")
        column = lines[number].find(typed)
        if typed[:1] in tuple(NO_BREAK) and _FIELD_OR_DASH.match(typed.lstrip(NO_BREAK)):
            said = _indent(number, column)
        elif (sign := _list_like(typed, alone=True)) is not None and not _is_an_aside(event, lines, number):
            said = (
                _folded(sign, typed, number, column) if sign == "-" else _bullet(sign, typed, number, column)
            )
        else:
            continue
        begins = Related(Place("", above + 1, event.start_mark.column + 1), "le texte commence ici")
        yield said._replace(related=(begins,))
        return


def _is_an_aside(event: Any, lines: list[str], number: int) -> bool:
    """Whether the dash at the start of a line stands in the middle of a sentence: it is the only one, and the
    line above ends with no sign."""
    inside = range(event.start_mark.line, event.end_mark.line + 1)
    same = [n for n in inside if lines[n].strip(" \t")[:1] == lines[number].strip(" \t")[0]]
    sign = lines[number].strip(" \t")[0]
    return sign in DASHES and len(same) == 1 and lines[number - 1].rstrip()[-1:] not in (*":;,.", "")


def _list_like(typed: str, alone: bool) -> str | None:
    """The sign that looks like the start of a list item: « - », or a bullet; None for a sentence."""
    if found := _BULLET.match(typed):
        return found["sign"]
    if typed[:1] in "•‣◦▪●" and len(typed) > 1:
        return typed[0]
    return "-" if alone and _GLUED_DASH.match(typed) else None


# --- What is said --------------------------------------------------------------------------------------


def _folded(sign: str, typed: str, line: int, column: int) -> Finding:
    if not typed.startswith("- "):
        return _bullet(sign, typed, line, column)
    message = "ce tiret n’ouvre pas d’élément de liste : trop à droite, la ligne continue le texte au-dessus"
    hint = "alignez-le sur les autres tirets de sa liste ; " + _TEXT_WITH_BULLETS
    return finding_at(line + 1, column + 1, "tiret-decale", message, hint)


def _bullet(sign: str, typed: str, line: int, column: int) -> Finding:
    text = typed[1:].strip(" \t" + NO_BREAK)
    if sign == "-":
        gap = (
            "l’espace qui suit ce tiret est insécable"
            if typed[1] in NO_BREAK
            else "il manque une espace après ce tiret"
        )
        return finding_at(line + 1, column + 1, "tiret", gap, f"retapez « - {shown(text, 30)[2:-2]} »")
    message = f"« {sign} » n’est pas le tiret d’une liste : il serait imprimé au milieu du texte"
    hint = f"écrivez « - {shown(text, 30)[2:-2]} » ; {_TEXT_WITH_BULLETS}"
    return finding_at(line + 1, column + 1, "puce", message, hint)


def _stuck_field(field: re.Match[str], line: int, column: int) -> Finding:
    gap = "l’espace qui suit est insécable" if field["gap"] else "il manque une espace"
    message = f"« {field['key']}: » n’est pas lu comme un champ : {gap}"
    hint = f"écrivez « {field['key']}: {shown(field['value'], 40)[2:-2]} », avec une espace ordinaire"
    return finding_at(line + 1, column + 1, "espace", message, hint)


def _indent(line: int, column: int) -> Finding:
    message = "espace insécable, invisible, dans le retrait de cette ligne : elle est lue comme du texte"
    hint = "effacez le début de la ligne et retapez des espaces ordinaires"
    return finding_at(line + 1, column + 1, "espace-insecable", message, hint)


def _word_quotes(value: str, closing: str, line: int, column: int) -> Finding:
    inside = value[1:].removesuffix(closing)
    if not value.endswith(closing):
        message = f"le guillemet « {value[0]} » ouvert ici n’est pas fermé dans cette valeur"
    else:
        message = f"les guillemets {value[0]} {closing} de Word seraient imprimés avec la valeur"
    hint = f'prenez les guillemets droits : "{shown(inside, 40)[2:-2]}"'
    return finding_at(line + 1, column + 1, "guillemets", message, hint)
