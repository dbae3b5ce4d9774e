"""Template tags as Word stores them: where each begins and ends, whatever runs it is split over.

A tag ends where its author closed it, not at the first `}}`: those of a literal or of a dictionary are its
own (`{{ {'a': {'b': 1}}['a'] }}`). What stands between `{% raw %}` and `{% endraw %}` is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Final, NamedTuple

from ctgdocs.findings import TemplateError
from ctgdocs.word.names import Places

# --- Template tags as French people type them in Word, put into Jinja's spelling


_SPACES = " \t\r\n\u00a0\u2002\u2003\u2007\u2008\u2009\u200a\u202f"
_ONE_SPACE = re.compile(rf"^[{_SPACES}]|[{_SPACES}]$")
_UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_SYMBOLS = {
    "–": "-", "—": "-", "−": "-", "‑": "-", "×": "*", "÷": "/", "≤": "<=", "≥": ">=", "≠": "!=", "⇐": "<=",
}  # fmt: skip
_DOUBLE = '"“”„‟'
_SINGLE = "'‘’‚‛`´"
_OPERATORS = ("if", "else", "and", "or", "not", "in", "is")
_OPERATOR_NEXT = re.compile(rf"(?:{'|'.join(_OPERATORS)})\b")
_ENCODED = frozenset("“”‘’«»<>&{}%#'\"")


def normalise(text: str) -> str:
    """A whole tag in Jinja's spelling. A comment stays as it is. Raises TemplateError for an open quote.

    >>> normalise("{{ nom|default(« l’agent ») }}")
    "{{ nom|default('l\\\\u2019agent') }}"
    >>> normalise("{%p if statut == ‘projet’ %}")
    "{%p if statut == 'projet' %}"
    """
    if len(text) > LONGEST_TAG:
        raise TemplateError(f"balise trop longue : « {text[:40]}… »", hint="coupez-la en plusieurs balises")
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
        if all(inner.find(sign, start + 1) < 0 for sign in accepted):
            continue
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
    first = index
    while first and inner[first - 1] == "\\":
        first -= 1
    return (index - first) % 2 == 1


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


TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
"""A tag in Jinja's spelling, which leaves no delimiter inside it; `spans` finds those of an author."""

LONGEST_TAG: Final = 10_000
"""Signs of a tag, the markup between its runs left out: nobody types more."""

MOST_CLOSERS: Final = 20
"""How many `}}` of its own a tag may hold before its author is taken to have forgotten a quote."""

_SPLIT_OPENING = re.compile(r"(?<=\{)(?:<[^>]*>)+(?=[{%#])|(?<=[%}#])(?:<[^>]*>)+(?=\})")
_OPENING = re.compile(r"\{[{%#]")
_BETWEEN_RUNS = re.compile(r"</w:t>.*?<w:t(?: [^>]*)?>", re.DOTALL)
_PREFIX = re.compile(r"([-+]?)(tr|tc|p|r)(?=\s)(.*)", re.DOTALL)
_MARKUP = re.compile(r"<[^>]*>")
_RAW = re.compile(r"[-+]?(?:(?:p|tr|tc|r)\s)?\s*raw\s*[-+]?")
_END_OF_RAW = re.compile(r"\{%(?:<[^>]*>|[^%<])*?endraw")
_OTHER_PLACE = re.compile(r"\{[{%#]|</w:p>")

_AROUND_RUNS = {
    "ins": "une modification suivie",
    "del": "une modification suivie",
    "moveFrom": "une modification suivie",
    "moveTo": "une modification suivie",
    "hyperlink": "un lien",
    "sdt": "un contrôle de contenu",
    "fldSimple": "un champ",
}


class Tag(NamedTuple):
    """A tag of a part: `text` as the author typed it, `source` as Jinja reads it (delimiters and prefix
    included), `start` and `end` in the joined XML, `place` in French (« tableau 2, ligne 3, cellule 1 »)."""

    text: str
    source: str
    start: int
    end: int
    place: str

    @property
    def kind(self) -> str:
        """`{{`, `{%` or `{#`."""
        return self.text[:2]

    @property
    def prefix(self) -> str:
        """`p`, `tr`, `tc`, `r`, or nothing: what the tag stands for instead of a piece of text."""
        match = _PREFIX.match(self.source[2:])
        return match[2] if match else ""

    @property
    def expression(self) -> str:
        """What stands between the delimiters, without prefix: Jinja's source."""
        inner = self.source[2:-2]
        match = _PREFIX.match(inner)
        return _bare(match[3] if match else inner)

    @property
    def is_raw(self) -> bool:
        """Whether what follows, up to its end, is text."""
        return self.kind == "{%" and _RAW.fullmatch(self.source[2:-2].strip()) is not None


def _bare(inner: str) -> str:
    """Without the signs that trim (`{%-`, `+%}`), nor spaces."""
    return inner.removeprefix("-").removeprefix("+").removesuffix("-").removesuffix("+").strip()


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Where the tags of a text, or of a part's XML, begin and end, in order. One that is never closed is left
    out, with what follows it."""
    start = 0
    while opening := _OPENING.search(text, start):
        begin = opening.start()
        start = _end_of_tag(text, begin)
        if start < 0:
            return
        yield begin, start
        if text.startswith("{%", begin) and _RAW.fullmatch(_shown(text[begin + 2 : start - 2]).strip()):
            end = _END_OF_RAW.search(text, start)
            start = end.start() if end else start


def _end_of_tag(text: str, begin: int) -> int:
    """Where the tag opened at `begin` ends; -1 when it is never closed."""
    closer = {"{": "}}", "%": "%}", "#": "#}"}[text[begin + 1]]
    first = end = text.find(closer, begin + 2)
    if end - begin > 10 * LONGEST_TAG:
        return end + 2
    for _ in range(MOST_CLOSERS if closer != "#}" else 0):
        if end < 0 or is_complete(_shown(text[begin + 2 : end])):
            return end + 2 if end >= 0 else end
        following = text.find(closer, end + 1)
        if following < 0 or _OTHER_PLACE.search(text, end + 1, following):
            break
        end = following
    return first + 2 if first >= 0 else -1


def _shown(xml: str) -> str:
    return unescape(_MARKUP.sub("", xml))


def join(xml: str, part: str = "") -> str:
    """A part's XML where every tag stands in one piece of text, whatever runs Word split it over.

    Raises TemplateError for a tag of which only a piece is inside a tracked change, a link or a control.
    """

    def without_markup(match: re.Match[str]) -> str:
        if "</w:p>" in match[0]:  # a brace that ends a paragraph is not the first half of the next one's tag
            return match[0]
        signs = match.string[match.start() - 1] + match.string[match.end()]
        refuse_astride(match[0], signs, match.string, match.start())
        return ""

    def refuse_astride(removed: str, tag: str, whole: str, begin: int) -> None:
        astride = _astride(removed)
        if astride:
            raise TemplateError(
                f"la balise « {_shown(tag)} » est à cheval sur {astride}",
                place=Places(whole, part).at(begin),
                hint="acceptez les modifications, ou tapez de nouveau la balise d’un seul trait",
            )

    whole = _SPLIT_OPENING.sub(without_markup, xml)
    out: list[str] = []
    done = 0
    for begin, end in spans(whole):
        tag = whole[begin:end]
        if "<" in tag:
            kept = _BETWEEN_RUNS.sub("", tag)
            refuse_astride("".join(_BETWEEN_RUNS.findall(tag)), kept, whole, begin)
            out += (whole[done:begin], kept)
            done = end
    out.append(whole[done:])
    return "".join(out)


def _astride(removed: str) -> str:
    """What the markup removed from inside a tag opens without closing, or closes without opening."""
    for name, label in _AROUND_RUNS.items():
        if len(re.findall(rf"<w:{name}(?:>| [^>]*[^/>]>)", removed)) != removed.count(f"</w:{name}>"):
            return label
    return ""


def tags(joined: str, part: str = "") -> list[Tag]:
    """The tags of a joined part, in order. Raises TemplateError, with its place, for one that never ends."""
    places = Places(joined, part)
    found: list[Tag] = []
    end = 0
    for start, after in spans(joined):
        if not (found and found[-1].is_raw):
            _refuse_unclosed(joined, end, start, places)
        text = _shown(joined[start:after])
        place = places.at(start)
        try:
            found.append(Tag(text, normalise(text), start, after, place))
        except TemplateError as error:
            raise TemplateError(str(error), place=place, hint=error.hint) from None
        end = after
    _refuse_unclosed(joined, end, len(joined), places)
    return found


def _refuse_unclosed(joined: str, start: int, end: int, places: Places) -> None:
    opening = _OPENING.search(joined, start, end)
    if opening:
        shown = _shown(joined[opening.start() : opening.start() + 400])[:40]
        raise TemplateError(
            f"balise jamais fermée : « {shown}… »",
            place=places.at(opening.start()),
            hint="une balise ouverte par {{ se ferme par }}, une balise ouverte par {% se ferme par %}",
        )
