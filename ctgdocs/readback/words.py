"""Words of a page and words as typed: which are the same, and what an author would have typed.

A page's spaces, quotes and apostrophes are those of typography: two texts say the same when their words and
signs do, whatever these are made of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

OBJECT: Final = "\ufffc"
"""What stands in a page for what is no text: a picture, the call of a note."""

_SPACES = "[ \u00a0\u202f\u2009]"
_TOKEN = re.compile(
    rf"\d{{1,3}}(?:{_SPACES}\d{{3}})+(?!\d)(?:,\d+)?|\d+(?:[.,/:]\d+)*(?:[-\u2011]\d+)*"
    r"|\w+(?:[-\u2011]\w+)*[’']?|\.\.\.|\S"
)
_AS_ONE = str.maketrans(
    {
        "\u2011": "-",
        "’": "'",
        "‘": "'",
        "«": '"',
        "»": '"',
        "“": '"',
        "”": '"',
        "„": '"',
        "—": "–",
        "\u00a0": None,
        "\u202f": None,
        "\u2009": None,
        " ": None,
        "\u00ad": None,
    }
)
_TYPED = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2011": "-", "\u00ad": None})


class Word(NamedTuple):
    """A word, a number or a sign of a text, and where it stands. `atom`: the placeholder of which it is a
    part, from 1 (0: of none), which is whole or not at all."""

    key: str
    start: int
    end: int
    atom: int = 0


def key_of(token: str) -> str:
    """What a token says, whatever typography made of it.

    >>> key_of("l’"), key_of("12\\u202f500"), key_of("…")
    ("l'", '12500', '...')
    """
    return token.translate(_AS_ONE).replace("…", "...")


def words_of(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words and signs of a text, spaces left out."""
    stop = len(text) if end is None else end
    return [Word(_key(found[0]), *found.span()) for found in _TOKEN.finditer(text, start, stop)]


@lru_cache(maxsize=8192)  # the same few words make a document
def _key(token: str) -> str:
    return key_of(token)


def meaning(text: str) -> tuple[str, ...]:
    """What a text says: two texts that only typography tells apart have the same.

    >>> meaning("Objet : « l’accueil »") == meaning('Objet: "l\\'accueil"')
    True
    """
    return tuple(word.key for word in words_of(text))


def solid(text: str) -> str:
    """What a text says in one piece, without spaces nor the signs that end it: a paragraph that says its
    words holds it."""
    return "".join(key_of(text).split()).casefold().rstrip(",;.:")


def as_typed(text: str, like: str = "") -> str:
    """The words of a page as their author types them: plain spaces, no soft hyphen; straight apostrophes
    where `like`, the text they enter, has no other."""
    plain = text.translate(_TYPED)
    straight = "'" in like and "’" not in like
    return plain.replace("’", "'") if straight else plain


# --- Markdown as typed


_MARKDOWN = re.compile(
    r"(?P<brace>\{\{|\}\})|\{(?P<placeholder>[^{}\n]*)\}|(?P<note>\[\^[^\]\s]+\]:?)|(?P<image>!\[)"
    r"|(?P<mark>\]\([^()\s]*\)|\*+|(?<!\w)_+(?=\S)|(?<=\S)_+(?!\w)|`+|\[|\]|<(?=https?:|mailto:)|(?<=\S)>)"
    r"|\\(?P<escaped>[^\w\s])"
)
_LEADING = re.compile(r"[ \t]*(?:(?:[-*+•‣◦▪●–—·]|\d{1,9}[.)]|\#{1,6}|>)[ \t\u00a0\u202f]+)*")


def typed_words(
    text: str, start: int, end: int, values: Sequence[tuple[str, str]], *, markdown: bool
) -> list[Word]:
    """The words that a stretch of a text puts on the page, each with where it was typed: those of a
    placeholder have its whole place, marks of Markdown put none."""
    return list(_typed(text, start, end, dict(values), markdown=markdown))


def _typed(text: str, start: int, end: int, values: dict[str, str], *, markdown: bool) -> Iterator[Word]:
    at, atom = start, 0
    if markdown:
        leading = _LEADING.match(text, at, end)
        at = leading.end() if leading else at
    for found in _MARKDOWN.finditer(text, at, end):
        if found.start() < at or (not markdown and not (found["brace"] or found["placeholder"])):
            continue
        yield from words_of(text, at, found.start())
        at = found.end()
        if found["brace"]:
            yield Word(found[0][0], *found.span())
        elif found["placeholder"] is not None:
            atom += 1
            said = values.get(found["placeholder"], found[0])
            yield from (Word(word.key, *found.span(), atom) for word in words_of(said))
        elif found["image"] or (found["note"] and not found[0].endswith(":")):
            yield Word(OBJECT, *found.span())
        elif found["escaped"]:
            yield Word(key_of(found["escaped"]), *found.span())
    yield from words_of(text, at, end)


# --- a run of words inside another


def found_in(words: Sequence[str], within: Sequence[str]) -> Iterator[int]:
    """Where a run of keys stands in another, capitals apart."""
    size = len(words)
    if not size or size > len(within):
        return
    for at in range(len(within) - size + 1):
        if within[at] == words[0] and list(within[at : at + size]) == list(words):
            yield at


_ENDS = frozenset((",", ";", ".", ":"))


def core(keys: Sequence[str]) -> list[str]:
    """The keys in small letters, without the signs that end a sentence: a page sets those its own way."""
    found = [key.casefold() for key in keys]
    while len(found) > 1 and found[-1] in _ENDS:
        found.pop()
    return found
