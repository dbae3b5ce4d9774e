"""Template tags as French people type them in Word, put into Jinja's spelling.

Word turns `'` into `’`, `"` into `« »` or `“ ”`, `--` into `–`, and puts no-break spaces where French wants
them. Inside a tag these mean what the author meant; the text of a literal keeps its own apostrophes and
spaces: `{{ nom|default(« l’agent ») }}` prints « l’agent ».
"""

from __future__ import annotations

from collections.abc import Iterator

from ctgdocs.errors import TemplateError
from ctgdocs.patterns import regex

_SPACES = " \t\r\n\u00a0\u2002\u2003\u2007\u2008\u2009\u200a\u202f"
_ONE_SPACE = regex(rf"^[{_SPACES}]|[{_SPACES}]$")
_UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_SYMBOLS = {
    "–": "-", "—": "-", "−": "-", "‑": "-", "×": "*", "÷": "/", "≤": "<=", "≥": ">=", "≠": "!=", "⇐": "<=",
}  # fmt: skip
_DOUBLE = '"“”„‟'
_SINGLE = "'‘’‚‛`´"
_OPERATORS = ("if", "else", "and", "or", "not", "in", "is")
_OPERATOR_NEXT = regex(rf"(?:{'|'.join(_OPERATORS)})\b")
_ENCODED = frozenset("“”‘’«»<>&{}%#'\"")


def normalise(text: str) -> str:
    """A whole tag in Jinja's spelling. A comment stays as it is. Raises TemplateError for an open quote.

    >>> normalise("{{ nom|default(« l’agent ») }}")
    "{{ nom|default('l\\\\u2019agent') }}"
    >>> normalise("{%p if statut == ‘projet’ %}")
    "{%p if statut == 'projet' %}"
    """
    if text.startswith("{#"):
        return text[:2] + text[2:].translate(dict.fromkeys(map(ord, _SPACES), " "))
    inner = "".join(_pieces(text[2:-2], text))
    return text[:2] + inner + (" " if inner.endswith("}") else "") + text[-2:]


def _pieces(inner: str, whole: str) -> Iterator[str]:
    index = 0
    while index < len(inner):
        char = inner[index]
        if char in _DOUBLE or char in _SINGLE or char == "«":
            end = _end_of_literal(inner, index)
            if end < 0:
                raise TemplateError(
                    f"guillemet jamais fermé dans la balise « {whole} »",
                    hint="fermez le texte par le même signe que celui qui l’ouvre",
                )
            literal = inner[index + 1 : end]
            yield _quoted(_inside_guillemets(literal) if char == "«" else literal)
            index = end + 1
            continue
        pair = inner[index : index + 2]
        if pair in ("{{", "{%", "%}"):
            raise TemplateError(f"balise jamais fermée : « {whole[:40]} »")
        if char in _SPACES:
            yield " "
        elif pair == "}}":
            yield "} "
        elif char not in _UNSEEN:
            yield _SYMBOLS.get(char, char)
        index += 1


def is_complete(inner: str) -> bool:
    """Whether a tag can end here: its literals are closed, and as many braces as it opened.

    >>> is_complete(" {'a': {'b': 1"), is_complete(" {'a': {'b': 1}} "), is_complete(" '")
    (False, True, False)
    """
    index = depth = 0
    while index < len(inner):
        char = inner[index]
        if char in _DOUBLE or char in _SINGLE or char == "«":
            index = _end_of_literal(inner, index)
            if index < 0:
                return False
        depth += (char == "{") - (char == "}")
        index += 1
    return depth == 0


def _inside_guillemets(literal: str) -> str:
    """One space on each side belongs to the guillemets, a second one to the text."""
    return _ONE_SPACE.sub("", literal)


def _quoted(literal: str) -> str:
    """A Jinja literal; whatever Jinja, docxtpl or XML could take for theirs is written as an escape."""
    out = ["'"]
    index = 0
    while index < len(literal):
        char = literal[index]
        if char == "\\" and index + 1 < len(literal) and literal[index + 1] not in _ENCODED:
            out.append(literal[index : index + 2])
            index += 2
            continue
        if char == "\\" and index + 1 < len(literal):
            index += 1
            char = literal[index]
        out.append(f"\\u{ord(char):04x}" if char in _ENCODED else char)
        index += 1
    return (
        "".join((*out, "'"))
        .replace(r"\u007b_\u007b", r"\u007b\u007b")
        .replace(r"\u007d_\u007d", r"\u007d\u007d")
    )


def _end_of_literal(inner: str, start: int) -> int:
    """Where the literal opened at `start` closes; -1 when it does not."""
    opening = inner[start]
    if opening == "«":
        return _matching_guillemet(inner, start)
    if opening in _DOUBLE:
        closers = ('"', _DOUBLE) if opening == '"' else ("”", _DOUBLE)
    else:
        closers = ("'", _SINGLE) if opening in "'`´" else ("’'", _SINGLE)
    for accepted in closers:  # the sign that answers the opening one; failing that, any of its family
        for index in range(start + 1, len(inner)):
            if inner[index] in accepted and not _escaped(inner, index) and _closes(inner, start, index):
                return index
    return -1


def _matching_guillemet(inner: str, start: int) -> int:
    depth = 0
    for index in range(start, len(inner)):
        depth += (inner[index] == "«") - (inner[index] == "»")
        if depth == 0:
            return index
    return -1


def _escaped(inner: str, index: int) -> bool:
    return (index - len(inner[:index].rstrip("\\"))) % 2 == 1


def _closes(inner: str, start: int, index: int) -> bool:
    """False for an apostrophe inside a word: « l’agent », « d’’ »."""
    if inner[index] not in _SINGLE:
        return True
    following = inner[index + 1 : index + 2]
    if following in _SINGLE and following and index > start + 1 and inner[start] != "'":
        return False
    if not following.isalpha():
        return True
    return inner[index] == "'" and bool(_OPERATOR_NEXT.match(inner, index + 1))
