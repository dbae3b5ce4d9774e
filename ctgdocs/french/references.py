"""References in running text: `n°`, articles of the act, articles of a code, Roman ordinals (T7, T8, T9)."""

from __future__ import annotations

import re
from typing import Final

from ctgdocs.french.profil import NBSP, Profil
from ctgdocs.patterns import regex

_SP: Final = "[ \u00a0\u202f]"

_NUMERO: Final = regex(
    rf"""[nN](?<![\w’.\-/@].)(?:
        (?P<sign>[°º]){_SP}?(?P<s>s(?={_SP}|\d))?{_SP}*(?=\d|[A-Z]{{1,5}}[-\d])
      | (?P<os>os){_SP}+(?=\d) | o(?:\.{_SP}*|{_SP}+)(?=\d)
    )""",
    re.VERBOSE,
)


def numeros(text: str) -> str:
    """`N°12`, `no 12` → `n° 12`; `nos 12 et 13`; a heading in capitals keeps its `N°`.

    >>> numeros("N°12, no 13, nos 14 et 15, DÉLIBÉRATION N° 45").replace(NBSP, "~")
    'n°~12, n°~13, nos~14 et 15, DÉLIBÉRATION N°~45'
    """
    return _NUMERO.sub(_numero, text)


def _numero(match: re.Match[str]) -> str:
    if match["os"] or match["s"]:
        return f"{match[0][0] if match['os'] else 'n'}os{NBSP}"
    before = match.string[max(0, match.start() - 16) : match.start()].rstrip(" \u00a0\u202f")
    heading = match[0][0] == "N" and before[-2:].isalpha() and before[-2:].isupper() and len(before) > 1
    return ("N°" if heading else "n°") + NBSP


_ARTICLE: Final = regex(
    rf"""(?P<word>[aA](?<!\w.)(?<![-_/@.].)(?:rticle|rt\.|RTICLE|RT\.)(?P<s>[sS]?))(?P<sp>{_SP}*)
    (?:(?P<one>1(?:er|ER)?|[pP]remier|PREMIER)(?P<end>(?![\w°%€/']|[.,’-]\d|{_SP}+\d|-\w|{_SP}*(?:[%€‰]|[kM]d?€|[hH](?!\w))))|(?=\d|[LRDA]{_SP}?[.\d]))""",
    re.VERBOSE,
)
_LINE_START: Final = regex(r"(?:^|\n)[ \t>#*_]*$")
_LINE_END: Final = regex(rf"[*_]*(?:[ \t]*(?:\n|$)|{_SP}*[–—:.-](?:\s|$))")


def articles(text: str, profil: Profil) -> str:
    """`article 1` → `article 1er`; alone on its line it is a heading: `Article 1er`; `art.` keeps its number.

    >>> from ctgdocs.french.profil import DEFAUT
    >>> articles("article 1", DEFAUT), articles("selon l’article 1 et l’art. 2", DEFAUT).replace(NBSP, "~")
    ('Article 1er', 'selon l’article 1er et l’art.~2')
    """

    def write(match: re.Match[str]) -> str:
        word, one, spaces = match["word"], match["one"], match["sp"]
        abbreviated = word.endswith(".")
        if not spaces and not abbreviated:
            return match[0]
        if one is not None:
            one = _first(one, word, profil)
        elif match["s"] or abbreviated:
            pass
        elif word == "article" and re.match(r"\d+", text[match.end() :]) is None:
            return match[0]
        if word == "article":
            end = re.compile(r"\d{0,4}").match(text, match.end())
            after = end.end() if end is not None else match.end()
            if _LINE_START.search(text, 0, match.start()) and _LINE_END.match(text, after):
                word = "Article"
        return word + (NBSP if abbreviated else spaces) + (one or "")

    return _ARTICLE.sub(write, text)


def _first(one: str, word: str, profil: Profil) -> str:
    """How the house numbers its first article, after the word `word`."""
    typed_word = one.lower() == "premier"
    if profil.article == "premier":
        return "PREMIER" if word.isupper() else "premier"
    if typed_word:
        return one
    return "1er"


_CODE: Final = regex(
    rf"""(?P<letter>[LRDA])(?<![\w’.\-/@_°].)(?P<dot>\.?)(?P<sp>{_SP}*)
    (?P<number>\d{{1,4}}(?:-[1-9]\d{{0,3}})*)(?![\w/@]|-\w|\.\d)""",
    re.VERBOSE,
)
_IN_ARTICLE: Final = regex(
    r"(?:\b[aA]rticles?|\b[aA]rt\.|ARTICLES?)(?:[ \u00a0\u202f,\d-]|et|ou|à|[LRDA]\.?)*$"
)


def codes(text: str, profil: Profil) -> str:
    """Articles of a code in their own form: `L2121-17` → `L. 2121-17` (or `L2121-17` everywhere, T8).

    A letter and a number are an article of a code when the number has a hyphen and three digits before it, or
    when the word article comes before; `D2026-045`, an act's number, is left alone.

    >>> from ctgdocs.french.profil import DEFAUT
    >>> codes("L2121-17, R. 2121-9, D2026-045, D 928, article A 12", DEFAUT).replace(NBSP, "~")
    'L.~2121-17, R.~2121-9, D2026-045, D 928, article A.~12'
    """

    def write(match: re.Match[str]) -> str:
        number = match["number"]
        head, hyphen, _ = number.partition("-")
        sure = bool(hyphen) and match["letter"] != "A" and len(head) >= (2 if match["dot"] else 3)
        if sure and len(head) == 4 and head[:2] in ("19", "20") and not match["dot"]:
            sure = False  # D2026-045, L2025-12: the year of an act
        if not sure and not _IN_ARTICLE.search(match.string, max(0, match.start() - 60), match.start()):
            return match[0]
        if profil.reference == "sans point":
            return match["letter"] + number
        return f"{match['letter']}.{NBSP}{number}"

    return _CODE.sub(write, text)


_ROMAN: Final = regex(
    r"[IVXLC](?<![\w’.\-/@_].)[IVXLC]*(?![IVXLC])(?:i?[èe]me|(?<=I)[èe]re|è)(?P<s>s?)(?![\w-])"
)


def romans(text: str) -> str:
    """`XXIème` → `XXIe`, `Ière` → `Ire`.

    >>> romans("le XXIème siècle, la Vème République, la Cère")
    'le XXIe siècle, la Ve République, la Cère'
    """
    return _ROMAN.sub(_roman, text)


def _roman(match: re.Match[str]) -> str:
    numeral = re.match(r"[IVXLC]+", match[0])
    assert numeral is not None
    return numeral[0] + ("re" if match[0].rstrip("s").endswith(("ère", "ere")) else "e") + match["s"]
