"""An old convention cut into its parts: title, parties, visas, préambule, articles, signature, annexes.

Nobody typed them with a style: a heading is told by its words (« Article 3 – », « ANNEXE 2 »), by its number,
by its look, and by what the other headings of the same file look like.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from ctgdocs.importing.document import Block, Para, Table, paras_of
from ctgdocs.importing.prose import is_layout
from ctgdocs.importing.typed import is_shouted

ARTICLE = re.compile(
    r"art(?:icle|\.)\s*(?:n\s?°\s*)?(?P<no>\d{1,2}(?!\d)|premier|unique|[IVXL]{1,6}\b)(?:\s?er\b)?(?P<sub>(?:[.-]\d{1,2})*)"
    r"\s*(?P<sep>(?:[-–—:.)]\s*)*)(?P<title>.*)",
    re.IGNORECASE | re.DOTALL,
)
ANNEXE = re.compile(
    r"annexes?\b\s*(?:n\s?°\s*)?(?P<no>\d{1,2}(?!\d)|[A-Z]\b(?![’'])|[IVX]{1,5}\b)?"
    r"\s*(?P<sep>(?:[-–—:.)]\s*)*)(?P<title>.*)",
    re.IGNORECASE | re.DOTALL,
)
_NUMBER = re.compile(r"(?P<no>\d{1,2})\s?(?:[.)°/]|\s[-–—:]|[-–—](?=\s))+\s*(?P<title>\S.*)", re.DOTALL)
_ROMAN = re.compile(r"(?P<no>[IVX]{1,5})\s?(?:[.)°/]|\s?[-–—:])+\s*(?P<title>\S.*)", re.DOTALL)
_UNDER = re.compile(
    r"(?:article\s+)?(?P<no>\d{1,2})[.-](?P<sub>\d{1,2})\.?\s*[-–—:)]*\s*(?P<title>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_CITES = re.compile(
    r"(?:(?:du|de|des|et|ou|à|aux?|est|sont|sera|précitée?|susvisée?|prévoit|ne)\b|d[’']|ci-|,|\d|[LRD]\.?\s?\d|s[’']applique)",
    re.IGNORECASE,
)
"""What follows « article 3 » in a sentence."""
VISA = re.compile(r"vus?\b\s*[:,]?\s*", re.IGNORECASE)
REASON = re.compile(r"consid[ée]rant\b\s*[:,]?\s*", re.IGNORECASE)
ENTRE = re.compile(
    r"(?:entre\b|les\s+soussignée?s\b|les\s+parties\s+(?:signataires|suivantes)|parties\s+à\s+la\s+convention\s*:?$)",
    re.IGNORECASE,
)
AGREED = re.compile(
    r"(?:(?:il\s+)?(?:est|a\s+été|ont)\s+(?:convenu|exposé|arrêté|préalablement|rappelé|décidé)|(?:les\s+parties\s+)?conviennent"
    r"|ont\s+convenu|ceci\s+(?:étant\s+)?exposé|(?:il\s+est\s+)?préalablement\s+exposé)",
    re.IGNORECASE,
)
FORMULA = re.compile(
    r"\W*(?:[^\W\d_]+[,’' ]+){1,9}?(?:convenu|conviennent|convient|arrêté|décidé)\w*"
    r"(?:[,’' ]+[^\W\d_]+){0,6}?\s+ce\s+qui\s+suit\W*"
    r"|\W*il\s+(?:est|a\s+été)\s+(?:convenu|arrêté)(?:\s+et\s+(?:convenu|arrêté))?\W*",
    re.IGNORECASE,
)
"""« Il a été arrêté et convenu ce qui suit », whole."""
PREAMBLE = re.compile(
    r"(?:[IVX\d]+\s*[.)–-]\s*)?(?:pr[ée]ambule|expos[ée](?:\s+(?:des\s+motifs|pr[ée]alable))?|contexte|rappel\s+du\s+contexte)\s*[:.]?",
    re.IGNORECASE,
)
MADE = re.compile(r"(?i:fait\s+(?:à|en|le)\b)|À\s+[A-ZÀ-Ý][^,.;]{1,40},?\s+le\s+\d")
SIGNED = re.compile(r"(?:signatures?|les\s+signataires|suivent\s+les\s+signatures)\s*[:.]?$", re.IGNORECASE)
_PRESENTED = re.compile(r"représent|ci-après|SIRET|siège", re.IGNORECASE)
_TOC_LINE = re.compile(r"(?:\.{3,}|…{2,}|\t)\s*\d{1,3}\s*$")
_TOC_TITLE = re.compile(r"sommaire|table\s+des\s+matières", re.IGNORECASE)
_LONGEST_TITLE = 160


class Heading(NamedTuple):
    """A heading of articles: its number as typed (« 3 », « 5.1 », "" for none), its title, what the same
    paragraph says after it; `depth`: 1 for an article, 2 below."""

    number: str
    title: str
    rest: str = ""
    depth: int = 1


@dataclass(slots=True)
class Part:
    """An article, a sub-article or an annexe as found. `id`: what the text calls it by; `typed`: its heading
    as it stands in the file."""

    number: str
    title: str
    id: str = ""
    typed: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    below: list[Part] = field(default_factory=list)


@dataclass(slots=True)
class Sections:
    """What a convention is made of, each part in the order of the file."""

    title: list[Para] = field(default_factory=list)
    parties: list[Block] = field(default_factory=list)
    visas: list[Para] = field(default_factory=list)
    reasons: list[Para] = field(default_factory=list)
    preamble: list[Block] = field(default_factory=list)
    formula: list[Para] = field(default_factory=list)
    articles: list[Part] = field(default_factory=list)
    made: list[Para] = field(default_factory=list)
    signatures: list[Block] = field(default_factory=list)
    annexes: list[Part] = field(default_factory=list)
    dropped: list[Para] = field(default_factory=list)
    """Headings that a field says by its name: « Préambule », « ANNEXES »."""
    contents: int = 0
    """Lines of a table of contents, which Word makes again."""


def full(para: Para) -> str:
    """A paragraph with the number that Word prints before it."""
    return f"{para.number} {para.text}" if para.number and para.number != "•" else para.text


def is_title(para: Para) -> bool:
    """Whether a paragraph looks like a heading: a style, bold, capitals, large letters."""
    if para.look == "bullet" or len(para.text) > _LONGEST_TITLE:
        return False
    return para.look == "heading" or para.bold or para.large or is_shouted(para.text)


# --- how the headings of one file are told --------------------------------------------------------------


def headings_of(paras: Sequence[Para]) -> Callable[[Para], Heading | None]:
    """What tells a heading of this file: « Article n », a number, a style, bold type — the first of these
    that the file keeps to."""
    articles = [found for para in paras if (found := _article(para)) and found.depth == 1]
    if len(articles) >= 2 or (articles and articles[0].number == "1"):
        return lambda para: _article(para) or _under(para)
    for pattern in (_ROMAN, _NUMBER):
        numbers = [match["no"] for para in paras if (match := _numbered(para, pattern))]
        if _goes_up(numbers):
            return _by_number(pattern)
    levels = [para.level for para in paras if para.look == "heading" and para.level]
    if len(levels) >= 2:
        return _by_style(min(levels) if levels.count(min(levels)) > 1 else sorted(levels)[1])
    return lambda para: Heading("", para.text.rstrip(" :")) if _stands_out(para) else None


def _article(para: Para) -> Heading | None:
    text = full(para)
    found = ARTICLE.match(text)
    if found is None or para.look == "bullet":
        return None
    title, sub = found["title"].strip(), found["sub"].strip(".-").replace("-", ".")
    marked = bool(found["sep"]) or is_title(para) or bool(para.number)
    if title and not is_title(para) and not para.number and (_CITES.match(title) or not marked):
        return None
    number = "1" if found["no"].lower() in ("premier", "unique") else _arabic(found["no"])
    depth = 2 if sub else 1
    title, rest = _run_in(title, para)
    return Heading(f"{number}.{sub}" if sub else number, title, rest, depth)


def _run_in(title: str, para: Para) -> tuple[str, str]:
    """The title of an article that goes on with its text on the same line."""
    if (
        para.look == "heading"
        or (para.bold and len(title) <= 2 * _LONGEST_TITLE)
        or (len(title) <= 110 and not re.search(r"[.;]\s+\S|\.$", title))
    ):
        return title.rstrip(" :."), ""
    found = re.match(r"(?P<title>[^.:;]{3,90}?)\s*[.:]\s+(?P<rest>[A-ZÀ-Ý«].*)", title, re.DOTALL)
    return (found["title"], found["rest"]) if found else ("", title)


def _under(para: Para) -> Heading | None:
    """« 5.1 Le comité de pilotage », where it is a title and not a numbered sentence."""
    found = _UNDER.match(full(para))
    if found is None or para.look == "bullet":
        return None
    title = found["title"].strip()
    sentence = len(title) > 110 or title.endswith((".", ";", ","))
    if (
        re.match(r"\d", title)
        or (sentence and not is_title(para))
        or not (is_title(para) or title[:1].isupper())
    ):
        return None
    return Heading(f"{found['no']}.{found['sub']}", title.rstrip(" :"), "", 2)


def _numbered(para: Para, pattern: re.Pattern[str]) -> re.Match[str] | None:
    """A numbered title; a numbered sentence is no heading."""
    found = pattern.fullmatch(full(para)) if para.look != "bullet" else None
    if found is None or _UNDER.match(full(para)):
        return None
    title = found["title"]
    plain = len(title) <= 90 and not title.rstrip().endswith((".", ";", ",", ":")) and title[:1].isupper()
    return found if is_title(para) or (plain and pattern is _ROMAN) or (plain and bool(para.number)) else None


def _goes_up(numbers: Sequence[str]) -> bool:
    ranks = [int(_arabic(one)) for one in numbers]
    ups = sum(after == before + 1 for before, after in pairwise(ranks))
    return len(ranks) >= 3 and ranks[0] == 1 and ups >= 0.6 * (len(ranks) - 1)


def _by_number(pattern: re.Pattern[str]) -> Callable[[Para], Heading | None]:
    def told(para: Para) -> Heading | None:
        if found := _numbered(para, pattern):
            title, rest = _run_in(found["title"].strip(), para)
            return Heading(_arabic(found["no"]), title, rest)
        if pattern is _ROMAN and (found := _numbered(para, _NUMBER)):
            return Heading(found["no"], found["title"].strip().rstrip(" :"), "", 2)
        return _under(para)

    return told


def _by_style(level: int) -> Callable[[Para], Heading | None]:
    def told(para: Para) -> Heading | None:
        if para.look == "heading" and para.level in (level, level + 1):
            found = _NUMBER.fullmatch(para.text) or _UNDER.fullmatch(para.text)
            title = found["title"] if found else para.text
            number = found["no"] if found else re.sub(r"\D+$", "", para.number)
            return Heading(number, title.rstrip(" :"), "", para.level - level + 1)
        return None

    return told


def _stands_out(para: Para) -> bool:
    return is_title(para) and not para.text.endswith((".", ";", ",")) and len(para.text) > 2


def _arabic(number: str) -> str:
    if number.isdigit():
        return str(int(number))
    values = {"I": 1, "V": 5, "X": 10, "L": 50}
    figures = [values[letter] for letter in number.upper()]
    total = sum(-one if after > one else one for one, after in zip(figures, [*figures[1:], 0], strict=True))
    return str(total)


# --- the walk -------------------------------------------------------------------------------------------


def cut(blocks: Sequence[Block]) -> Sections:
    """The parts of a convention."""
    flat = [*_flat(blocks)]
    paras = [block for block in flat if isinstance(block, Para)]
    return _Cutter(headings_of(paras)).walk(flat)


def _flat(blocks: Sequence[Block]) -> Iterator[Block]:
    """Tables that place text on the page are taken out of it, those that hold the headings of articles
    too."""
    for block in blocks:
        if isinstance(block, Table) and (is_layout(block) or any(_article(para) for para in paras_of(block))):
            yield from paras_of(block)
        else:
            yield block


class _Cutter:
    """Goes through a file once; `state` is the part where it is."""

    def __init__(self, heading_of: Callable[[Para], Heading | None]) -> None:
        self.heading_of = heading_of
        self.found = Sections()
        self.state = "title"
        self.untitled: Part | None = None
        self.in_contents = False
        self.often: Counter[str] = Counter()

    def walk(self, blocks: Sequence[Block]) -> Sections:
        self.often.update(_plain(block) for block in blocks if isinstance(block, Para))
        for at, block in enumerate(blocks):
            after = blocks[at + 1] if at + 1 < len(blocks) else None
            if isinstance(block, Table):
                self._keep(block)
            elif self._is_contents(block):
                self.found.contents += 1
                self.found.dropped.append(block)
            elif _TOC_TITLE.fullmatch(block.text) and not self.found.articles:
                self.found.dropped.append(block)
                self.in_contents = True
            else:
                self._para(block, after)
        return self.found

    def _is_contents(self, para: Para) -> bool:
        """Whether a line stands in a table of contents: it ends with the number of its page, or is a heading
        that comes again."""
        if self.state == "signatures":
            return False
        numbered = re.search(r"\s\d{1,3}$", para.text) is not None
        again = self.often[_plain(para)] > 1 and not ENTRE.match(para.text)
        self.in_contents = self.in_contents and (numbered or again)
        return self.in_contents or _TOC_LINE.search(para.raw) is not None

    def _para(self, para: Para, after: Block | None) -> None:
        if self.untitled is not None and self._titles(para):
            return
        if self._opens_annexe(para, after) or self._opens_made(para) or self._opens_article(para):
            return
        if not self.found.articles and self.state not in ("signatures", "annexes"):
            self._before(para)
        else:
            self._keep(para)

    def _titles(self, para: Para) -> bool:
        """Whether a paragraph is the title of the part that has none yet: « Article 3 », then « Durée »."""
        part, self.untitled = self.untitled, None
        if (
            part is None
            or self.heading_of(para)
            or (ANNEXE.fullmatch(para.text) and is_title(para) and para.text.lower().startswith("annexe"))
        ):
            return False
        if is_title(para) or (len(para.text) <= 90 and not para.text.endswith((".", ";", ":", ","))):
            part.title = para.text.rstrip(" :")
            part.typed += [full(para), para.text]
            return True
        return False

    def _opens_annexe(self, para: Para, after: Block | None) -> bool:
        found = ANNEXE.match(full(para))
        if found is None or self.state in ("title", "parties") or not (self.found.articles or is_title(para)):
            return False
        title = found["title"].strip()
        listed = isinstance(after, Para) and ANNEXE.match(full(after)) is not None and bool(title)
        sure = para.look == "heading" or (self.state in ("signatures", "annexes") and not listed)
        looks = is_title(para) and not listed
        if not (sure or looks) or len(title) > _LONGEST_TITLE or _CITES.match(title) or para.look == "bullet":
            return False
        if not (found["no"] or found["sep"] or is_title(para)) or title.endswith((".", ";")):
            return False
        if not title and not found["no"] and para.text.lower().startswith("annexes"):
            self.state = "annexes"  # « ANNEXES »: a divider
            self.found.dropped.append(para)
            return True
        part = Part(_letter(found["no"] or ""), title.rstrip(" :"), typed=[full(para), para.text])
        self.found.annexes.append(part)
        self.state, self.untitled = "annexes", None if title else part
        return True

    def _opens_made(self, para: Para) -> bool:
        if not (self.found.articles and MADE.match(para.text) and len(para.text) < 250):
            return False
        self.state = "signatures"
        self.found.made.append(para)
        return True

    def _opens_article(self, para: Para) -> bool:
        if self.state in ("signatures", "annexes"):
            return False
        heading = self.heading_of(para)
        if heading is None or (self.state in ("title", "parties") and not heading.number):
            return False
        if PREAMBLE.fullmatch(heading.title) and not self.found.articles:
            self.state = "preamble"
            self.found.dropped.append(para)
            return True
        if heading.depth == 2 and not self.found.articles:
            return False
        part = Part(heading.number, heading.title, typed=[full(para), para.text])
        if heading.rest:
            part.blocks.append(para._replace(text=heading.rest, number="", look="text", bold=False))
        (self.found.articles[-1].below if heading.depth == 2 else self.found.articles).append(part)
        self.state, self.untitled = "articles", None if heading.title or heading.rest else part
        return True

    def _before(self, para: Para) -> None:
        """What comes before the first article."""
        found, text = self.found, para.text
        if PREAMBLE.fullmatch(text):
            self.state = "preamble"
            found.dropped.append(para)
        elif VISA.match(text) or (self.state == "visas" and para.look == "bullet"):
            self.state = "visas"
            found.visas.append(para)
        elif REASON.match(text) or (self.state == "reasons" and para.look == "bullet"):
            self.state = "reasons"
            found.reasons.append(para)
        elif self.state in ("title", "parties") and ENTRE.match(text):
            self._without_cover()
            self.state = "parties"
            found.parties.append(para)
        elif FORMULA.fullmatch(text):
            self.state = "preamble"
            found.formula.append(para)
        elif AGREED.match(text):
            self.state = "preamble"
            found.preamble.append(para)
        elif self.state == "title":
            found.title.append(para)
        elif self.state == "parties" and not (is_title(para) and is_shouted(text) and para.centred):
            found.parties.append(para)
        else:
            self.state = "preamble"
            found.preamble.append(para)

    def _without_cover(self) -> None:
        """Leaves the parties that a cover names and the page presents after: « Entre » comes twice."""
        found = self.found
        names = [block for block in found.parties if isinstance(block, Para)]
        whole = len(names) == 1 and re.search(r"\set\s", names[0].text) is not None
        if (
            len(names) == len(found.parties)
            and (len(names) > 1 or whole)
            and not any(_PRESENTED.search(one.text) for one in names)
        ):
            found.dropped += names
            found.parties.clear()

    def _keep(self, block: Block) -> None:
        found = self.found
        if self.state == "annexes" and found.annexes:
            found.annexes[-1].blocks.append(block)
        elif self.state in ("signatures", "annexes"):
            found.signatures.append(block)
        elif self.state == "articles":
            article = found.articles[-1]
            (article.below[-1] if article.below else article).blocks.append(block)
        elif self.state in ("title", "parties") and isinstance(block, Table):
            self.state = "parties"
            found.parties.append(block)
        else:
            found.preamble.append(block)


def _plain(para: Para) -> str:
    return re.sub(r"\W+", "", full(para)).casefold()


def _letter(number: str) -> str:
    return (
        number.upper()
        if number.isalpha() and len(number) == 1 and number.upper() not in "IVX"
        else _arabic(number)
        if number
        else ""
    )
