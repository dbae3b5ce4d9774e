"""The names and titles that a text says: persons with their civility, executives, communes, collectivités."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from ctgdocs.patterns import regex

Genre = Literal["M.", "Mme"]

_CAPITAL: Final = r"[A-ZÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŒ]"
_WORD: Final = rf"{_CAPITAL}[\w’']*"
_LINK: Final = r"(?:(?:de\s+la|de|du|des|la|le|les|en|sur|sous|(?<=-)et|lès|lez|aux?|d[’']|l[’'])[ \u00a0-]?)"
PROPER: Final = rf"{_WORD}(?:[ \u00a0-](?:{_LINK}{{0,2}}){_WORD}){{0,5}}"
"""A proper name, as a regular expression: capitals, and the small words between them."""

CIVILITY: Final = r"(?:M\.|MM?\b\.?|Mr|Monsieur|Messieurs|Mmes?|Madame|Mesdames|Mlle|Mademoiselle)"
"""What a person is called before the name, as a regular expression."""
_TO_DO: Final = (
    r"(?:la\s+|l[’']|ce\s+)?(?:bonne\s+)?(?:exécut\w+|mise|sign\w+|suivi\w*|notifi\w+|transm\w+|publi(?:er|cation)|réalis\w+|accompl\w+|engag\w+"
    r"|pours\w+|prépar\w+|négoci\w+|soin|[^\W\d_]+(?:er|ir|endre|ettre|duire)\b)"
)
"""« Monsieur le Président de l’exécution de… »: what he is charged with, no body."""
_TITLE = regex(
    r"(?<![\w-])(?P<civilite>M\.|Mr|Monsieur|Mme|Madame)\s+(?P<article>le|la)\s+(?P<titre>pr[ée]sidente?|maire|mairesse)\b(?![-\w])"
    rf"(?P<suite>\s+(?:de\s+la|de\s+l[’']|du|des|de|d[’'])\s*(?!\s*{_TO_DO})(?P<corps>[^.;,:()\n]{{1,80}}))?",
    re.IGNORECASE,
    needs="maire|sident & m.|madame|mme|monsieur|mr",
)
_PERSON = regex(
    rf"(?<![\w-])(?P<civilite>M\.|Mr|Monsieur|Mme|Madame|Mlle|Mademoiselle)[ \u00a0]+"
    rf"(?P<nom>{_CAPITAL}[\w’'-]+(?:[ \u00a0-](?:(?:de|du|d[’'])[ \u00a0]?)?{_CAPITAL}[\w’'-]*){{0,3}})",
    needs="m.|madame|mademoiselle|mlle|mme|monsieur|mr",
)
_NAME: Final = (
    rf"(?!(?:M|Mme|Mmes|MM|Monsieur|Madame|Mesdames|Messieurs)\b){_CAPITAL}[\w’'-]+"
    rf"(?:[ \u00a0]{_CAPITAL}[\w’'-]*){{0,2}}"
)
_PERSONS = regex(
    rf"(?<![\w-])(?P<civilite>Messieurs|MM\.?|Mesdames|Mmes)[ \u00a0]+"
    rf"(?P<noms>{_NAME}(?:(?:\s*,\s*|\s+et\s+){_NAME}){{0,12}})"
)
_A_PAIR = regex(rf"(?<![\w’'-]){_CAPITAL}[\w’'-]+[ \u00a0]{_CAPITAL}")
_IN_PAIRS = regex(
    rf"(?<![\w’'-])(?=(?P<nom>{_CAPITAL}[\w’'-]+[ \u00a0]{_CAPITAL}[\w’'-]+))"
    r"(?<!M\. )(?<!Mme )(?<!Monsieur )(?<!Madame )"
)
_APPOSED = regex(
    rf"\b(?P<titre>(?:le|au|du)\s+(?:vice-)?président)\b(?P<corps>[^.;:,\n]{{0,80}}),\s+(?:(?P<civilite>M\.|Monsieur|Mme|Madame)\s+)?(?-i:(?P<nom>{_NAME}))",
    re.IGNORECASE,
    needs="président",
)
_AT_ONCE = regex(
    rf"\b(?:Monsieur|M\.)\s+(?P<titre>le\s+(?:[Vv]ice-)?[Pp]résident)\s+(?P<nom>{_NAME})", needs="président"
)
_PLACE = regex(rf"(?<![\w’'-])(?P<nom>{PROPER})(?![\w’'-])")
_OF_A_COMMUNE: Final = (
    "commune",
    "mairie",
    "maire",
    "municipa",
    "ville",
    "école",
    "crèche",
    "CCAS",
    "accueil",
    "loisirs",
    "médiathèque",
)
_COMMUNE = regex(
    rf"(?<!communauté de )\b(?:communes?|mairies?|maires?"
    r"|conseils?\s+municipa(?:l|ux)|ville|écoles?|(?:micro-)?crèches?|multi-accueils?"
    rf"|(?:accueils?|centres?)\s+de\s+loisirs|médiathèque|CCAS)\s+(?:de\s+la\s+commune\s+)?(?:de\s+|d[’']|du\s+|des\s+)(?P<nom>(?:(?:La|Le|Les|L[’'])"
    rf"\s?)?{_WORD}(?:-{_LINK}?{_WORD}|-(?:de|du|des|la|le|les|en|sur|sous|lès|lez)-{_WORD})*)",
    needs="ccas|commune|crèche|maire|mairie|municipa|ville|école|accueil|loisirs|médiathèque",
)
_BODY = regex(
    r"\b(?i:(?P<tete>communauté\s+(?:de\s+communes|d[’']agglomération|urbaine)|syndicat\s+(?:mixte|intercommunal)"
    r"(?:\s+à\s+vocation\s+\w+)?|centre\s+(?:inter)?communal\s+d[’']action\s+sociale|C\.?[CI]\.?A\.?S\.?"
    r"|conseil\s+(?:communautaire|municipal|syndical)|comité\s+syndical|commune|(?-i:CC)(?=\s+d)))\s+"
    rf"(?P<nom>(?:de\s+la\s+|de\s+l[’']|du\s+|des\s+|de\s+|d[’'])?(?:(?:La|Le|Les)\s+)?{PROPER})"
)
_OWN: Final = regex(
    r"(?:\b(?:conseil(?:lers?)?\s+(?:communautaires?|d[’']administration|municipa(?:l|ux))|bureau|présidente?|vice-présidente?|statuts|siège|assemblée|compétences?|budget|services?|règlement\s+intérieur"
    r"|notre|votre|nom)\s+(?:de\s+la|de\s+l[’']|du|de)?\s*)$",
    re.IGNORECASE,
)
_ACTS: Final = regex(
    r"\s*,?\s*(?:décide|approuve|s[’']engage|autorise|est\s+(?:autorisée?|compétente?)|versera|verse|exerce|délibère|dûment)\b",
    re.IGNORECASE,
)


_DECIDES: Final = regex(
    r"\s*,?\s*(?:décide|approuve|autorise|délibère)\b",
    re.IGNORECASE,
    needs="approuve|autorise|décide|délibère",
)


class Titre(NamedTuple):
    """« Monsieur le Président de la Caf » at `start`: the gender that the civility says, the bare title
    (« président », « maire »), and whose it is; "" when no body is named."""

    start: int
    said: str
    genre: Genre
    titre: Literal["président", "maire"]
    corps: str


def titres(text: str) -> Iterator[Titre]:
    """The executives that a text addresses or names by their title.

    >>> [t[2:] for t in titres("Monsieur le Président expose que Mme la maire d’Esparnac…")]
    [('M.', 'président', ''), ('Mme', 'maire', 'Esparnac…')]
    """
    for found in _TITLE.finditer(text):
        mayor = found["titre"].lower().startswith("mair")
        said = " ".join(text[found.start() : found.end("titre")].split())
        yield Titre(
            found.start(),
            said,
            "Mme" if found["civilite"].lower().startswith(("mm", "mad")) else "M.",
            "maire" if mayor else "président",
            " ".join((found["corps"] or "").split()),
        )


class Personne(NamedTuple):
    """« Mme Claire Durand » at `start`: the gender of the civility, and the name as typed."""

    start: int
    said: str
    genre: Genre
    nom: str


def personnes(text: str) -> Iterator[Personne]:
    """The persons that a text names with their civility.

    >>> [p[1:] for p in personnes("M. Paul Martin et Mme Petit sont présents.")]
    [('M. Paul Martin', 'M.', 'Paul Martin'), ('Mme Petit', 'Mme', 'Petit')]
    """
    if "M" not in text:
        return
    for found in _PERSON.finditer(text):
        genre: Genre = "M." if found["civilite"] in ("M.", "Mr", "Monsieur") else "Mme"
        yield Personne(found.start(), found[0], genre, found["nom"].replace("\u00a0", " "))
    for found in _PERSONS.finditer(text):
        every: Genre = "M." if found["civilite"].startswith(("Mess", "MM")) else "Mme"
        for one in re.finditer(_NAME, found["noms"]):
            yield Personne(found.start("noms") + one.start(), one[0], every, one[0].replace("\u00a0", " "))


def noms_propres(text: str) -> Iterator[tuple[int, str]]:
    """Two words with a capital, side by side, that may be a first and a last name without a civility.

    >>> [*noms_propres("Contact : Claire Durand, au Val d’Orbe")]
    [(10, 'Claire Durand')]
    """
    for found in _IN_PAIRS.finditer(text) if _A_PAIR.search(text) else ():
        yield found.start(), found["nom"].replace("\u00a0", " ")


class Apposition(NamedTuple):
    """« le président, Mme Claire Durand » at `start`: the title, the civility and the name."""

    start: int
    said: str
    genre: Genre
    nom: str


def presidents_nommes(text: str) -> Iterator[Apposition]:
    """The presidents in the masculine whom a text names at once; without a civility, as women.

    >>> [a[1:] for a in presidents_nommes("Le président de la communauté, Mme Claire Durand, signe.")]
    [('Le président', 'Mme', 'Claire Durand')]
    """
    for found in _AT_ONCE.finditer(text) if "résident" in text else ():
        yield Apposition(found.start(), " ".join(found["titre"].split()), "Mme", found["nom"])
    for found in _APPOSED.finditer(text) if "résident" in text else ():
        genre: Genre = "M." if (found["civilite"] or "").startswith(("M.", "Mon")) else "Mme"
        yield Apposition(found.start(), " ".join(found["titre"].split()), genre, found["nom"])


class Lieu(NamedTuple):
    """A proper name at `start`; `commune` when the text says that it is one."""

    start: int
    nom: str
    commune: bool = False


def lieux(text: str) -> Iterator[Lieu]:
    """The proper names of a text, then those that it says are communes.

    >>> [x.nom for x in lieux("la commune de Beaumont-sur-Vaure et le Causol")]
    ['Beaumont-sur-Vaure', 'Causol', 'Beaumont-sur-Vaure']
    """
    return iter(_places(text))


@lru_cache(maxsize=1024)
def _places(text: str) -> tuple[Lieu, ...]:
    names = (Lieu(found.start("nom"), found["nom"]) for found in _PLACE.finditer(text))
    said = _COMMUNE.finditer(text) if any(word in text for word in _OF_A_COMMUNE) else ()
    communes = (Lieu(found.start("nom"), found["nom"], commune=True) for found in said)
    return (*names, *communes)


class Collectivite(NamedTuple):
    """« communauté de communes du Val d’Orbe » at `start`; `sienne` when the text speaks of it as the body
    that acts."""

    start: int
    said: str
    nom: str
    sienne: bool


def collectivites(text: str) -> Iterator[Collectivite]:
    """The communautés, syndicats and CCAS that a text names.

    >>> [c[1:] for c in collectivites("le conseil de la communauté de communes du Val Clair décide")]
    [('communauté de communes du Val Clair', 'Val Clair', True)]
    """
    for found in _BODY.finditer(text):
        if found["tete"].lower().endswith(("commune", "municipal")):
            own = _DECIDES.match(text, found.end())
        else:
            own = _OWN.search(text, max(0, found.start() - 40), found.start()) or _ACTS.match(
                text, found.end()
            )
        bare = re.sub(r"^(?:de\s+la|de\s+l[’']|du|des|de|d[’'])\s*", "", found["nom"], flags=re.IGNORECASE)
        yield Collectivite(found.start(), " ".join(found[0].split()), bare, own is not None)
