"""Text as it was typed: decoded, cleaned, its lines joined where the width of a page cut them, its titles in
capitals as a sentence writes them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import TypeAlias

from ctgdocs.findings import CtgdocsError
from ctgdocs.vocabulary.as_typed import CONTROL

_SPACES = re.compile(r"[\s\u0085\u2028\u2029\ufeff\u200b]+")


_OF_FONTS = {
    0xF0B7: "•", 0xF0A7: "▪", 0xF0D8: "➢", 0xF0FC: "✓", 0xF0FE: "☒", 0xF0FD: "☒", 0xF0A8: "☐", 0xF06F: "☐",
    0xF0E0: "→", 0xF0E8: "➔", 0xF076: "❖",
}  # fmt: skip
"""Signs of Symbol and Wingdings, where a text keeps their codes."""


def clean(text: str) -> str:
    """Text fit for a content file: composed, on one line, no control character, typographic apostrophes,
    hyphens that a keyboard has."""
    text = CONTROL.sub(" ", unicodedata.normalize("NFC", text)).translate(_OF_FONTS)
    text = _SPACES.sub(" ", text.replace("\u2011", "-")).strip()
    return re.sub(r"(?<=\w)'(?=\w)", "’", text)


def decoded(data: bytes) -> str:
    """The text of a file, UTF-8 or Windows' own. Raises CtgdocsError for what is not text."""
    if b"\x00" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise CtgdocsError("Ce fichier n’est pas du texte : donnez un fichier .txt, .md ou .docx.")
    for encoding in ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


# --- lines cut by a page ---

Measure: TypeAlias = Callable[[str], float]
NARROWEST, WIDEST = 45, 130
"""Characters of a page of text."""
_SHARE, _LONG = 0.08, 0.8
"""Of the lines of a file that is cut so, those at least that a following one goes on with; a long line is
this near to the width."""
_STOPS = re.compile(r"[.;:!?…]\s*[»)\]]?$")
_OPENS = re.compile(
    r"\s*(?:[-–—•·●▪◦➢➤►✓√*>]\s|o\s|\d{1,2}\s?[.)°]\s|[a-z]\)\s|[IVX]{1,4}\s?[.)–-]\s|article\s+(?:\d|premier|1er)"
    r"|annexe\s+[\dA-Z]\b|annexe\s*:|vu\s|vu,|considérant|entre\b|et\s*:?$|d.une part|d.autre part"
    r"|fait\s+à\s|#)",
    re.IGNORECASE,
)
"""What begins a paragraph of its own."""
_HEADS = re.compile(r"\s*(?:article|annexe)\s+(?:\d|[A-Z]\b|premier)", re.IGNORECASE)
_COLUMNS = re.compile(r"\S\s{4,}\S")
_HYPHEN = re.compile(r"(?<=[^\W\d_])-$")
_KEEPS = re.compile(
    r"(?:ci|là|ce|il|ils|elle|elles|on|je|tu|nous|vous|moi|toi|lui|leur|mêmes?|t|être|faire)\b", re.I
)
"""Words whose hyphen is their own."""


def width_of(lines: Sequence[str], measure: Measure = len) -> float:
    """The width that cut every long line of a text; 0 when its lines were ended by their author."""
    lengths = sorted(measure(line.rstrip()) for line in lines if line.strip())
    if len(lengths) < 4:
        return 0
    width = lengths[-max(1, len(lengths) // 50) - 1] if len(lengths) > 50 else lengths[-1]
    if not NARROWEST <= width <= WIDEST or lengths[-1] > width * 1.2:
        return 0
    pairs = [*pairwise(lines)]
    full = sum(_is_cut(one, after, width, measure) for one, after in pairs)
    long = sum(measure(one.rstrip()) > _LONG * width and bool(after.strip()) for one, after in pairs)
    return width if full >= max(2, _SHARE * len(lengths)) and full >= 0.5 * long else 0


def unwrapped(lines: Sequence[str]) -> Iterator[str]:
    """The paragraphs of a text: lines joined where the whole file is cut by a width, never after `. ; :`."""
    width = width_of(lines)
    current, last = "", ""
    for line in lines:
        if current and width and _is_cut(last, line, width):
            current = joined(current, line.strip())
        else:
            if current:
                yield current
            current = line.rstrip() if line.strip() else ""
        last = line
    if current:
        yield current


_NARROW, _WIDE = frozenset("iljtfrI.,;:!'’()[]| "), frozenset("mwMW%œŒæÆ—…@")
_SLACK = 0.03
"""How far from the width a line may be cut, where the signs of its font are not known."""
_FEWEST_CUT, _LOWER = 4, 0.6
"""Lines that go on, and the share of them that begin in lower case, in a file that is cut so."""


def extent(text: str) -> float:
    """About how wide a line stands on a page, in usual signs of a font whose signs differ."""
    return sum(
        0.55 if sign in _NARROW else 1.6 if sign in _WIDE else 1.3 if sign.isupper() else 1 for sign in text
    )


def goes_on(lines: Sequence[str]) -> list[bool]:
    """For paragraphs of which each may be one line of a page: whether each goes on with the one before. None
    does, unless the whole file is cut so; "" parts them."""
    best = max(_cuts(lines, len, 0), _cuts(lines, extent, _SLACK), key=sum)
    lower = sum(cut and line.lstrip()[:1].islower() for cut, line in zip(best, lines, strict=True))
    sure = sum(best) >= _FEWEST_CUT and lower >= _LOWER * sum(best)
    return best if sure else [False] * len(lines)


def _cuts(lines: Sequence[str], measure: Measure, slack: float) -> list[bool]:
    width = width_of(lines, measure) * (1 - slack)
    return [
        bool(at and width) and _is_cut(lines[at - 1], line, width, measure) for at, line in enumerate(lines)
    ]


def flowed(lines: Sequence[str], full: Sequence[bool]) -> Iterator[str]:
    """The paragraphs of lines that say themselves whether the next word had no room on them."""
    current, was_full = "", False
    for line, is_full in zip(lines, full, strict=True):
        goes_on = current and was_full and not _STOPS.search(current) and not _OPENS.match(line)
        goes_on = goes_on and not (_HEADS.match(current) and line.lstrip()[:1].isupper())
        if goes_on:
            current = joined(current, line.strip())
        else:
            if current:
                yield current
            current = line.rstrip()
        was_full = is_full
    if current:
        yield current


def joined(before: str, text: str) -> str:
    """Two pieces of one paragraph; a word cut in two is one again."""
    if _HYPHEN.search(before) and text[:1].islower():
        return (before if _KEEPS.match(text) else before[:-1]) + text
    return f"{before} {text}"


def _is_cut(line: str, after: str, width: float, measure: Measure = len) -> bool:
    """Whether the width of the page, and not the author, ended a line: the next word had no room."""
    if not line.strip() or not after.strip() or _STOPS.search(line.rstrip()) or _OPENS.match(after):
        return False
    if _COLUMNS.search(line.strip()) or _COLUMNS.search(after.strip()):
        return False
    word = after.split()[0]
    return measure(f"{line.rstrip()} {word}") > width


_ACRONYMS = {
    one.lower(): one
    for one in [
        "Caf",
        "Cnaf",
        "CTG",
        "MSA",
        "COPIL",
        "PEDT",
        "ALSH",
        "EAJE",
        "RPE",
        "LAEP",
        "RGPD",
        "SIRET",
        "CCAS",
        "CIAS",
        "EPCI",
        "DSDEN",
        "ATSEM",
        "CLAS",
        "PMI",
        "CEJ",
        "COF",
        "EVS",
        "RAM",
        "SDJES",
        "REAAP",
        "PS",
        "CPAM",
        "TER",
        "QPV",
        "DETR",
        "ETP",
    ]
}
_ACCENTED = {
    "".join(
        letter for letter in unicodedata.normalize("NFKD", word) if not unicodedata.combining(letter)
    ): word
    for word in [
        "durée",
        "modalités",
        "résiliation",
        "exécution",
        "évaluation",
        "échéancier",
        "données",
        "générales",
        "particulières",
        "financière",
        "financières",
        "période",
        "intérêt",
        "compétences",
        "préfecture",
        "département",
        "confidentialité",
        "propriété",
        "laïcité",
        "responsabilité",
        "responsabilités",
        "règlement",
        "activité",
        "activités",
        "bénéficiaires",
        "sécurité",
        "qualité",
        "collectivités",
        "collectivité",
        "état",
        "éducation",
        "équipements",
        "résultats",
        "contrôle",
        "pièces",
        "dénonciation",
        "préambule",
        "conformité",
        "égalité",
        "élection",
        "décision",
        "décisions",
        "délibération",
        "présentation",
        "définition",
        "méthode",
        "différends",
        "caractère",
        "personnel",
        "représentation",
        "communauté",
        "présidente",
        "réalisation",
        "réglementaires",
        "légales",
        "intégralité",
        "cohérence",
        "indemnité",
        "prévisionnel",
        "prévisionnels",
        "développement",
        "démarche",
        "diagnostic",
        "stratégie",
        "priorités",
        "élaboration",
        "matérielles",
        "immatériels",
        "révision",
        "rémunération",
        "éléments",
        "mobilité",
        "santé",
        "société",
        "été",
        "année",
        "années",
        "jeunes",
        "après",
        "même",
        "créer",
        "étudier",
        "évaluer",
        "améliorer",
        "développer",
        "élargir",
        "itinérant",
        "intercommunalité",
        "numérique",
        "accès",
        "aménagement",
    ]
}
"""Words of titles that capitals leave without their accents, and that no other word of titles is spelt
like."""


def is_shouted(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) > 3 and sum(letter.isupper() for letter in letters) > 0.9 * len(letters)


def in_small_letters(text: str) -> str:
    """A title in capitals as a sentence writes it, with the acronyms of the field.

    >>> in_small_letters("ENGAGEMENTS DE LA CAF"), in_small_letters("DUREE ET EVALUATION")
    ('Engagements de la Caf', 'Durée et évaluation')
    """
    if not is_shouted(text):
        return text
    said = re.sub(r"[^\W\d_]+", lambda word: _ACRONYMS.get(word[0].lower(), word[0].lower()), text)
    said = re.sub(r"[^\W\d_]+", lambda word: _ACCENTED.get(word[0], word[0]), said)
    return said[:1].upper() + said[1:]
