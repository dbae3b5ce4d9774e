"""The name of a person, or of a commune, as people write it in a list: « NOM Prénom », « Mme Claire DURAND »,
« ST FELICIEN LA PLAINE »."""

from __future__ import annotations

import re
from typing import NamedTuple

from ctgdocs.french import slug
from ctgdocs.patterns import regex
from ctgdocs.vocabulary.prenoms import is_prenom

_CIVILITE = regex(
    r"(?P<m>m\.|mr\.?|mm\.|monsieur|messieurs|m)"
    r"|(?P<mme>mmes?\.?|mlles?\.?|madame|mademoiselle|mesdames|mesdemoiselles)",
    re.IGNORECASE,
)
_PARTICLES = frozenset(
    {"de", "du", "des", "d", "la", "le", "les", "l", "van", "von", "den", "der", "ben", "el"}
)
_SMALL = frozenset({"de", "du", "des", "d", "der", "den"})
"""The particles that stay in lower case: « de La Tournerie », « d’Auzelles », but « Le Bihanic »."""
_SMALL_IN_A_PLACE = frozenset(
    {
        "de",
        "du",
        "des",
        "d",
        "la",
        "le",
        "les",
        "l",
        "lès",
        "lez",
        "en",
        "et",
        "sur",
        "sous",
        "près",
        "aux",
        "au",
        "à",
    }
)
_ARTICLES = frozenset({"le", "la", "les"})
_LEADING = _ARTICLES | {"de", "du", "des", "van", "von"}
"""The particles that a nom begins with, and no prénom."""
_SAINTS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
_LETTERS = regex(r"[^\W\d_]+")
_INITIALS = regex(r"[A-ZÀ-Ý]\.?|[A-ZÀ-Ý](?:-|\.\s?-?)[A-ZÀ-Ý]\.?")
_LINKS = frozenset({"nee", "ne", "epouse", "ep", "veuve", "dit", "dite"})


class Nomme(NamedTuple):
    """A person as named: « M. », « Mme » or "" when nothing says it."""

    civilite: str
    prenom: str
    nom: str

    @property
    def id(self) -> str:
        """`durand-claire`; "" when nobody is named."""
        return slug(f"{self.nom} {self.prenom}")


def civilite_of(typed: str) -> str:
    """« M. » or « Mme », from a civilité; "" from anything else.

    >>> civilite_of("Madame"), civilite_of("Mr"), civilite_of("maire")
    ('Mme', 'M.', '')
    """
    found = _CIVILITE.fullmatch(typed.strip())
    return "" if found is None else "Mme" if found["mme"] else "M."


def read_person(typed: str, *, nom_first: bool | None = None) -> Nomme:
    """The person that a cell names. What is in capitals is the name; where nothing is, or all, the order
    tells: `nom_first` when a heading says it, else « Claire Durand » but « DURAND CLAIRE ».

    >>> read_person("Mme DE SAINT-OURENS Anne Marie")
    Nomme(civilite='Mme', prenom='Anne Marie', nom='de Saint-Ourens')
    >>> read_person("Désiré du PLESSIER")[1:]
    ('Désiré', 'du Plessier')
    """
    words = typed.replace("\u00a0", " ").split()
    civilite = civilite_of(words[0]) if len(words) > 1 else ""
    words = words[1:] if civilite else words
    if (
        len(words) > 1
        and not civilite
        and len(words[-1]) > 1
        and (civilite := civilite_of(words[-1].strip("(),")))
    ):
        words = words[:-1]  # « DURAND Claire (Mme) »
    text = " ".join(words).rstrip(",")
    if "," in text:
        nom, _, prenom = text.partition(",")
        return Nomme(civilite, with_capitals(prenom), with_capitals(nom))
    capitals = [_is_capitals(word) for word in words]
    initials = [at for at in (0, len(words) - 1) if len(words) > 1 and _INITIALS.fullmatch(words[at])]
    if len(initials) == 1:
        (at,) = initials
        return Nomme(civilite, initials_of(words[at]), with_capitals(" ".join(words[:at] + words[at + 1 :])))
    if any(capitals) and not all(capitals):
        named, called = _by_capitals(words, capitals)
    else:
        told = is_nom_first(words) if nom_first is None else nom_first
        named, called = _by_order(words, any(capitals) if told is None else told)
    return Nomme(civilite, with_capitals(" ".join(called)), with_capitals(" ".join(named)))


def initials_of(word: str) -> str:
    """« J-M » as « J.-M. »; "" for what is no initial."""
    if not _INITIALS.fullmatch(word):
        return ""
    return "-".join(f"{letter}." for letter in _LETTERS.findall(word.replace(".", " ")))


def is_nom_first(words: list[str]) -> bool | None:
    """Whether the words of a name in one case begin with the nom, by the prénoms that everyone knows; None
    when they do not tell.

    >>> is_nom_first(["Delpirou", "Yannick"]), is_nom_first(["Martin", "Simon"])
    (True, None)
    """
    if not words:
        return None
    if len(words) > 1 and slug(words[0]) in _LEADING:
        return True
    first, last = is_prenom(words[0]), is_prenom(words[-1])
    return None if first == last else last


def with_capitals(name: str) -> str:
    """A name all in capitals, or without any, as it is written; any other as it is.

    >>> with_capitals("MALATERRE-ROY"), with_capitals("D'AUZELLES"), with_capitals("de LA TOURNERIE")
    ('Malaterre-Roy', 'd’Auzelles', 'de La Tournerie')
    """
    name = " ".join(name.split())
    if len(name.lower().upper()) != len(name):  # « ß » has no capital of its own
        return name
    words = [re.sub(r"^d['’]", "", word) for word in name.split(" ") if word not in _SMALL]
    if not (all(map(_is_capitals, words)) or name == name.lower()):
        others = [word for word in name.split(" ") if not _is_capitals(word)]
        if len(others) < len(name.split(" ")) and all(slug(word) in _PARTICLES | _LINKS for word in others):
            return " ".join(with_capitals(word) if _is_capitals(word) else word for word in name.split(" "))
        return name
    parts = re.split(r"([-\s'’])", name.lower())
    return "".join(
        "’" if part == "'" else part if part in _SMALL else part[:1].upper() + part[1:] for part in parts
    )


def place_name(typed: str) -> str:
    """The name of a commune typed all in capitals, as it is written, without the accents that it lost.

    >>> place_name("ST FELICIEN LA PLAINE"), place_name("LE MAS D'AROUGES"), place_name("Le Causol")
    ('Saint-Felicien-la-Plaine', 'Le Mas-d’Arouges', 'Le Causol')
    """
    name = re.sub(
        r"(?i)^(sts?|stes?)\.?[ -]+", lambda saint: f"{_SAINTS[saint[1].lower()].capitalize()}-", typed
    )
    name = " ".join(name.split())
    if not _is_capitals(re.sub(r"^(?:Sainte?s?)-", "", name)):
        return name
    words = [_SAINTS.get(word, word) for word in re.split(r"[\s-]+|(?<=['’])", name.lower())]
    out = ""
    for at, word in enumerate(words):
        small = at and word.rstrip("'’") in _SMALL_IN_A_PLACE
        glue = "" if not at or out.endswith("’") else " " if at == 1 and words[0] in _ARTICLES else "-"
        out += glue + (word if small else word[:1].upper() + word[1:]).replace("'", "’")
    return out


def _is_capitals(word: str) -> bool:
    letters = "".join(_LETTERS.findall(word))
    return len(letters) > 1 and letters == letters.upper() and not word.endswith(".")


def _by_capitals(words: list[str], capitals: list[bool]) -> tuple[list[str], list[str]]:
    """The name is what is in capitals, with the particles before it."""
    first = capitals.index(True)
    last = len(capitals) - 1 - capitals[::-1].index(True)
    while first and slug(words[first - 1]) in _PARTICLES and words[first - 1] == words[first - 1].lower():
        first -= 1
    if first == 1 and slug(words[0]) in _PARTICLES and last + 1 < len(words):  # « Van der ELST Bruno »
        first = 0
    return words[first : last + 1], [*words[:first], *words[last + 1 :]]


def _by_order(words: list[str], nom_first: bool) -> tuple[list[str], list[str]]:
    """The name is one word and its particles on one side, or all but the first word on the other."""
    if len(words) < 2:
        return words, []
    if slug(words[0]) in _LEADING and all(slug(word) in _PARTICLES for word in words[:-1]):
        return words, []  # « M. Le Goff », without his prénom
    if not nom_first and not re.match(r"d['’]|d[eu]s?$", words[0]):
        return words[1:], words[:1]
    end = 0
    while end < len(words) - 2 and slug(words[end]) in _PARTICLES:
        end += 1
    return words[: end + 1], words[end + 1 :]
