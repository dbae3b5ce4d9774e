"""`de` and `à` before a place or a collectivité: elision, contraction, h aspiré, departments (T17 to T21)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from ctgdocs.french.profil import DEFAUT, Profil
from ctgdocs.french.tables import lines

H_ASPIRE: Final = frozenset(lines("h_aspire.txt"))
"""Communes whose H forbids elision: `de Hem`, `de Honfleur` (T19)."""

# --- The 101 departments with their article (T20)

Article = Literal["", "le", "la", "les", "l’"]

_DE: Final = {"le": "du ", "la": "de la ", "les": "des ", "l’": "de l’"}
_A: Final = {"le": "au ", "la": "à la ", "les": "aux ", "l’": "à l’"}
_NAME_VOWELS: Final = "AEIOU"


class Departement(NamedTuple):
    """A department: its INSEE code, its name without article (typographic apostrophe), its article."""

    code: str
    nom: str
    article: Article

    @property
    def avec_article(self) -> str:
        """`l’Hérault`, `le Gard`, `Tarn-et-Garonne`."""
        return f"{self.article}{'' if self.article in ('', 'l’') else ' '}{self.nom}"

    @property
    def de(self) -> str:
        """`de l’Hérault`, `du Gard`, `de Tarn-et-Garonne`, `d’Eure-et-Loir`."""
        if self.article:
            return _DE[self.article] + self.nom
        return ("d’" if self.nom[0] in _NAME_VOWELS else "de ") + self.nom

    @property
    def a(self) -> str:
        """`à l’Hérault`, `au Gard`, `à Tarn-et-Garonne`."""
        return _A.get(self.article, "à ") + self.nom


def _departements() -> Iterator[Departement]:
    for code, article, nom, *_ in _TERRITOIRES:
        if code != "-":
            yield Departement(code, nom, "" if article == "-" else article)  # type: ignore[arg-type]


_TERRITOIRES: Final = [line.split("\t") for line in lines("territoires.tsv")]
_DEPARTEMENTS: Final = {one.code: one for one in _departements()}
_BY_NAME: Final = {one.nom: one for one in _DEPARTEMENTS.values()}
_REGIONS: Final = {nom: article for code, article, nom, *_ in _TERRITOIRES if code == "-"}
_TOWNS: Final = frozenset(nom for _, _, nom, *town in _TERRITOIRES if town)


def departements() -> dict[str, Departement]:
    """Code → department, in the order of the codes."""
    return _DEPARTEMENTS


@lru_cache(maxsize=1)
def arrondissements() -> dict[str, tuple[str, ...]]:
    """Code of a department → the names of its arrondissements.

    >>> arrondissements()["82"]
    ('Castelsarrasin', 'Montauban')
    """
    table = (line.split("\t") for line in lines("arrondissements.tsv"))
    return {code: tuple(names) for code, *names in table}


def departement(code_ou_nom: str | int) -> Departement:
    """A department by code (`82`, `2A`, `974`, `1`) or by name; `ValueError` (French) when there is none.

    >>> departement("34").de, departement("Gard").avec_article, departement(1).nom
    ('de l’Hérault', 'le Gard', 'Ain')
    """
    wanted = str(code_ou_nom).strip().replace("'", "’")
    found = _DEPARTEMENTS.get(wanted.upper().zfill(2)) or _BY_NAME.get(wanted)
    if found is None:
        raise ValueError(f"«\u00a0{code_ou_nom}\u00a0» n’est pas un département français.")
    return found


def de_departement(code_ou_nom: str | int, profil: Profil = DEFAUT) -> str:
    """`de l’Hérault`, `du Gard`: as in « conseil départemental … », « préfet … ».

    >>> de_departement("34"), de_departement("28"), de_departement("974")
    ('de l’Hérault', 'd’Eure-et-Loir', 'de La Réunion')
    """
    return profil.apostrophes(departement(code_ou_nom).de)


_VOWELS: Final = frozenset("aeiouàâäéèêëîïôöùûüœæ")
_H_EXCEPTIONS: Final = re.compile(
    r"(?:Hauts?|Hautes?)(?:[- ]|$)|Haut(?:e|es)?(?:ville|rive|roche|cloque|bos)"
)
_Y_ELIDES: Final = re.compile(r"Y(?:$|[^aeiouéèêAEIOUÉÈÊ]|[eéè]r|[eéè]v|[eéè]b|onne$)", re.IGNORECASE)
_ARTICLE: Final = re.compile(r"(?P<le>[Ll]e )|(?P<les>[Ll]es )|(?P<la>[Ll]a )|(?P<l>[Ll]’)")

_ARTICLE_OF: Final = {
    word: article
    for article, _, nouns in (line.partition(": ") for line in lines("articles.txt"))
    for word in nouns.split()
}


def elision(nom: str) -> bool:
    """Whether `de` and `le` lose their vowel before `nom` (T19).

    Vowels do; H does unless the name is in the list of real communes or begins with Haut-; Y does before a
    consonant (`d’Yvetot`), and before e, é, è only in Yerres, Yèvres and the like (`de Yenne`). A registry
    that knows better says so with its own yes or no.

    >>> elision("Esparnac"), elision("Huriel"), elision("Houilles"), elision("Yvetot"), elision("Yenne")
    (True, True, False, True, False)
    """
    first = nom[:1].lower()
    if first in _VOWELS:
        return nom.casefold() not in ("onze", "onzième", "oui", "uhlan", "ouistiti")
    if first == "h":
        plain = nom.replace("'", "’")
        return plain not in H_ASPIRE and not _H_EXCEPTIONS.match(plain)
    return first == "y" and _Y_ELIDES.match(nom) is not None


@lru_cache(maxsize=4096)
def de(
    nom: str, profil: Profil = DEFAUT, *, elision: bool | None = None, departement: bool | None = None
) -> str:
    """`de` and a name: of a commune, a department, a region, or a collectivité with or without its article.

    >>> de("Esparnac"), de("Le Causol"), de("Les Angles"), de("La Crèche"), de("L'Isle")
    ('d’Esparnac', 'du Causol', 'des Angles', 'de La Crèche', 'de L’Isle')
    >>> de("Hérault"), de("Tarn-et-Garonne"), de("Vienne"), de("Vienne", departement=False)
    ('de l’Hérault', 'de Tarn-et-Garonne', 'de la Vienne', 'de Vienne')
    >>> de("commune d'Esparnac"), de("le SIVOM d'Ayen"), de("Houilles"), de("Houilles", elision=True)
    ('de la commune d’Esparnac', 'du SIVOM d’Ayen', 'de Houilles', 'd’Houilles')

    A name that is also a department's is the department unless `departement=False` (some communes
    have such names); `elision` overrules the rule for an H or a Y.
    """
    return profil.apostrophes(_preposed(nom, "de ", "du ", "des ", elision, departement))


@lru_cache(maxsize=4096)
def a(nom: str, profil: Profil = DEFAUT, *, departement: bool | None = None) -> str:
    """`à` and a name, contracted where French contracts (T18).

    >>> a("Le Havre"), a("Les Angles"), a("La Rochelle"), a("Esparnac"), a("L'Isle")
    ('au Havre', 'aux Angles', 'à La Rochelle', 'à Esparnac', 'à L’Isle')
    >>> a("Gard"), a("Mayenne"), a("Mayenne", departement=True)
    ('au Gard', 'à Mayenne', 'à la Mayenne')

    One is « à » a town and « dans » a department: a name of both is the town unless `departement=True`.
    """
    if departement is None:
        departement = _clean(nom) not in _TOWNS
    return profil.apostrophes(_preposed(nom, "à ", "au ", "aux ", False, departement))


def avec_article(nom: str, profil: Profil = DEFAUT) -> str:
    """A collectivité, an institution or a department with its article, when it has one and it is known.

    >>> avec_article("commune d'Esparnac"), avec_article("SIVOM d'Ayen"), avec_article("École maternelle")
    ('la commune d’Esparnac', 'le SIVOM d’Ayen', 'l’École maternelle')
    """
    name = _clean(nom)
    if found := _BY_NAME.get(name):
        return profil.apostrophes(found.avec_article)
    article = _REGIONS.get(name) or _article_of(name)
    return profil.apostrophes(f"{article}{' ' if article and article[-1] != '’' else ''}{name}")


def elide(mot: str, suite: str, profil: Profil = DEFAUT, *, elision: bool | None = None) -> str:
    """A word that may lose its vowel, and what follows: `qu’il`, `que la`, `d’approuver`, `de signer`.

    >>> elide("que", "il"), elide("que", "la convention"), elide("de", "autoriser"), elide("de", "honorer")
    ('qu’il', 'que la convention', 'd’autoriser', 'd’honorer')
    """
    elided = _elides(suite) if elision is None else elision
    return profil.apostrophes(f"{mot[:-1]}’{suite}" if elided else f"{mot} {suite}")


def majuscules(texte: str) -> str:
    """A heading in capitals that keeps its accents, and leaves ordinals and `n°` as they are (T21, T22).

    >>> majuscules("République française"), majuscules("commune d’Esparnac"), majuscules("n° 12 du 1er mars")
    ('RÉPUBLIQUE FRANÇAISE', 'COMMUNE D’ESPARNAC', 'n° 12 DU 1er MARS')
    """
    return _KEPT_LOWER.sub(lambda match: match[0] if match[1] else match[0].upper(), texte)


_KEPT_LOWER: Final = re.compile(
    r"(\b\d+(?:er|re|ers|res|es?|de?)\b|\b[nN]°s?|\bnos(?=[\s\u00a0]\d)|(?<=\d[ \u00a0])h\b)|\w+|\W",
    re.UNICODE,
)


def _elides(suite: str) -> bool:
    return elision(suite)


def _preposed(
    nom: str, plain: str, contracted: str, plural: str, elides: bool | None, departement: bool | None
) -> str:
    name = _clean(nom)
    if departement is not False and (found := _BY_NAME.get(name)):
        return found.de if plain == "de " else found.a
    article = _REGIONS.get(name) or _article_of(name)
    if article:
        name = f"{article}{'' if article == 'l’' else ' '}{name}"
    match = _ARTICLE.match(name)
    if match is not None and elides is not True:
        rest = name[match.end() :]
        if match["le"]:
            return contracted + rest
        return plural + rest if match["les"] else plain + name
    if elides is None:
        elides = elision(name)
    return (plain[:-1].rstrip("e") + "’" if elides else plain) + name


def _clean(nom: str) -> str:
    return " ".join(str(nom).replace("'", "’").split())


def _article_of(name: str) -> str:
    """The article a common noun or an acronym takes: `la` commune, `l’`école, `le` SIVOM; "" when unknown."""
    first, _, rest = name.partition(" ")
    for word in (first, first[:1].lower() + first[1:]):
        if word != first and not rest:
            continue  # a capitalised word alone may be a place
        if word in _ARTICLE_OF:
            return "l’" if elision(first) else _ARTICLE_OF[word]
    return ""
