"""Who a list of élus names: the person of each line, and the words that say a gender, a role, a body."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from ctgdocs.content.workbooks import Grid
from ctgdocs.findings import CtgdocsError
from ctgdocs.french import slug
from ctgdocs.vocabulary.appellations import Nomme, civilite_of


@dataclass(slots=True)
class Person:
    """Someone of a list. `commune`: its name as the list says it; `bodies`: the commissions that are ticked,
    with what the tick says; `suppleant_de`: the name of who is replaced; `place`: « feuille Élus, ligne 12 »;
    `page` and `table`: which list of the file."""

    civilite: str
    prenom: str
    nom: str
    place: str
    page: str = ""
    table: int = 0
    commune: str = ""
    fonction: str = ""
    delegation: str = ""
    groupe: str = ""
    courriel: str = ""
    suppleant: bool = False
    suppleant_de: str = ""
    maire: bool = False
    former: bool = False
    bodies: dict[str, str] = field(default_factory=dict)

    @property
    def named(self) -> Nomme:
        return Nomme(self.civilite, self.prenom, self.nom)

    @property
    def id(self) -> str:
        return self.named.id

    @property
    def said(self) -> str:
        return " ".join(filter(None, (self.civilite, self.prenom, self.nom)))

    def join(self, other: Person) -> None:
        """Takes what another line says of the same person, and this one does not."""
        for name in ("civilite", "commune", "fonction", "delegation", "groupe", "courriel", "suppleant_de"):
            setattr(self, name, getattr(self, name) or getattr(other, name))
        self.maire |= other.maire
        self.suppleant &= other.suppleant
        self.bodies |= other.bodies


@dataclass(slots=True)
class Roster:
    """What a file of élus says. `columns`: the fields that have a column; `left`: the rows that are nobody;
    `unread`: the headings that are not understood; `capitals`: whether names had lost their accents;
    `notes`: what stands beside a name, and no field takes."""

    persons: list[Person] = field(default_factory=list)
    communes: dict[str, str] = field(default_factory=dict)
    """Name → population, "" when the list does not say it."""
    columns: set[str] = field(default_factory=set)
    left: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    capitals: bool = False


class Role(NamedTuple):
    civilite: str
    fonction: str


def role_of(typed: str) -> Role:
    """« Madame le Maire » → Mme, « Maire »; « Monsieur » → M., nothing."""
    typed = " ".join(typed.split())
    found = re.match(
        r"(madame|monsieur|mme|mlle|mr|m\.)\s*(?:(?:le|la)\s+|l['’]\s*)?(.*)", typed, re.IGNORECASE
    )
    if found is None:
        return Role("", "" if civilite_of(typed) else typed)
    return Role(civilite_of(found[1]), found[2])


def gender_of(typed: str) -> str:
    words = slug(typed)
    if words in ("f", "femme", "feminin", "fem", "w"):
        return "Mme"
    if words in ("h", "homme", "masculin", "masc"):
        return "M."
    return civilite_of(typed)


_HER = re.compile(
    r"\b(?:présidente|adjointe|conseillère|déléguée|suppléante|mairesse|conseillere)\b", re.IGNORECASE
)


def by_agreement(fonction: str) -> str:
    """The civilité that the agreement of a function says; a masculine that is for anyone says nothing."""
    return "Mme" if _HER.search(fonction) else ""


def body_name(typed: str) -> str:
    """The name of a body: « Enfance » ticked in a column is « commission Enfance »."""
    name = " ".join(typed.split()).strip(" :.")
    words = slug(name)
    if re.match(r"commission|bureau|comite|conseil|copil|groupe", words):
        return name[:1].lower() + name[1:]
    return f"commission {name}"


def same_place(one: str, other: str) -> bool:
    """Whether two names are those of one commune: accents, hyphens and « St » do not count."""
    return _place(one) == _place(other)


@lru_cache(maxsize=4096)
def _place(name: str) -> str:
    words = slug(name)
    return re.sub(r"\bste-", "sainte-", re.sub(r"\bst-", "saint-", words))


def merged(persons: list[Person]) -> list[Person]:
    """Each person once: the lines of several sheets, or parts of a sheet, that are about one are joined. Two
    lines of one table with one name and one commune cannot be told apart: CtgdocsError."""
    kept: list[Person] = []
    by_name: dict[str, list[Person]] = {}
    for one in persons:
        homonyms = by_name.setdefault(one.id, [])
        twins = [known for known in homonyms if _may_be(known, one)]
        if not twins:
            kept.append(one)
            homonyms.append(one)
            continue
        (twin, *_) = twins
        by_body = twin.bodies and one.bodies and not twin.bodies.keys() & one.bodies.keys()
        if twin.page == one.page and twin.table == one.table and not by_body:
            raise CtgdocsError(
                f"deux lignes sont au nom de « {one.prenom} {one.nom} » ({twin.place} et {one.place}) : si "
                "c’est la même personne, gardez-en une ; sinon, distinguez-les par un second prénom"
            )
        twin.join(one)
    return kept


def _may_be(one: Person, other: Person) -> bool:
    """Whether two of one name may be one person: nothing that both say differs."""
    communes = not (one.commune and other.commune) or same_place(one.commune, other.commune)
    return communes and (not (one.civilite and other.civilite) or one.civilite == other.civilite)


_COMMUNE_OF = re.compile(
    r"(?P<what>communes?|mairies?|villes?)\s+(?P<of>de\s+la\s+|de\s+l['’]\s*|de\s+|du\s+|des\s+|d['’]\s*)",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"(?:(?<!\s)\s+)?(?:[(\[–:-]\s*)?(?<!\d)\d+\s*(?:sièges?|siege|élus?|elus?|habitants|hab|membres?|délégués?)"
    r"\b.*$",
    re.IGNORECASE,
)
NO_COMMUNE = re.compile(
    r"president|adjoint|conseill|bureau|membre|commission|elus?\b|maires?\b|mandat|titulaire|groupe|liste|annexe"
)
NOBODY = re.compile(
    r"(?:sous-)?total|nombre|nb\b|effectif|document|export|source|note|nb|mise-a-jour|maj\b|version|liste|annuaire|edite|imprime"
)


def commune_of_line(text: str, *, bare: bool) -> str:
    """The commune that a line of its own names; "" when it names none. `bare`: its name alone is enough."""
    said = _ASIDE.sub("", text).strip(" :–-")
    found = _COMMUNE_OF.match(said)
    if found is not None:
        rest = said[found.end() :].strip()
        of = found["of"].lower().strip()
        article = {"du": "Le ", "des": "Les ", "de la": "La "}.get(" ".join(of.split()), "")
        if of.startswith("de l"):
            article = "L’" if of != "de la" else article
        return (article.upper() if rest == rest.upper() else article) + rest
    words = slug(said)
    if not bare or not words or re.search(r"\d", said) or len(said.split()) > 6:
        return ""
    if NOBODY.match(words) or NO_COMMUNE.search(words) or not said[:1].isupper():
        return ""
    return said


_YEARS = re.compile(r"(20\d\d)\D{1,4}(20\d\d)")


def years_of(name: str, grid: Grid) -> Iterator[tuple[str, str]]:
    """The mandates that a sheet says it is of, in its name and above its headings."""
    above = (cell.text for row in grid.rows[:3] for cell in row if sum(bool(one.text) for one in row) == 1)
    for text in (name, *above):
        yield from ((found[1], found[2]) for found in _YEARS.finditer(text))
