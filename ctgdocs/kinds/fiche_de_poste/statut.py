"""The articles of the code général de la fonction publique on which a contract may rest, in words.

`a_verifier` marks what was not read at its source: a rule that leans on it never blocks, and says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from ctgdocs.patterns import regex
from ctgdocs.vocabulary.as_typed import slug

# --- Common grades and cadres d’emplois of the territorial civil service, and their category


Categorie = Literal["A", "B", "C"]

CADRES: dict[str, Categorie] = {
    "administrateur": "A",
    "attaché": "A",
    "ingénieur": "A",
    "conseiller socio-éducatif": "A",
    "assistant socio-éducatif": "A",
    "éducateur de jeunes enfants": "A",
    "EJE": "A",
    "puéricultrice": "A",
    "infirmier en soins généraux": "A",
    "cadre de santé": "A",
    "psychologue": "A",
    "médecin": "A",
    "sage-femme": "A",
    "conservateur": "A",
    "bibliothécaire": "A",
    "conseiller des activités physiques et sportives": "A",
    "professeur d’enseignement artistique": "A",
    "directeur de police municipale": "A",
    "rédacteur": "B",
    "technicien": "B",
    "animateur": "B",
    "éducateur des activités physiques et sportives": "B",
    "assistant de conservation": "B",
    "assistant d’enseignement artistique": "B",
    "chef de service de police municipale": "B",
    "moniteur-éducateur": "B",
    "auxiliaire de puériculture": "B",
    "aide-soignant": "B",
    "adjoint administratif": "C",
    "adjoint technique": "C",
    "adjoint d’animation": "C",
    "adjoint du patrimoine": "C",
    "agent de maîtrise": "C",
    "agent social": "C",
    "ATSEM": "C",
    "agent spécialisé des écoles maternelles": "C",
    "opérateur des activités physiques et sportives": "C",
    "gardien-brigadier": "C",
    "brigadier-chef": "C",
    "garde champêtre": "C",
}
_FEMININE = (
    *(("ière", "ier"), ("ienne", "ien"), ("trice", "teur"), ("rice", "eur"), ("euse", "eur"), ("ée", "é")),
    *(("ante", "ant"), ("ente", "ent"), ("ointe", "oint"), ("tive", "tif"), ("ale", "al")),
)
_SAID = regex(r"(?:\bcat(?:[ée]gorie)?\.?\s*)([ABC])\b")


def _root(text: str) -> str:
    """Words in the masculine singular, without accents: « Animatrices territoriales » → `animateur`…"""
    words = []
    for word in text.replace("(e)", "").replace("·e", "").replace("’", " ").replace("'", " ").split():
        bare = word.lower().removesuffix("s").strip(",;.()")
        if bare != "puéricultrice":
            bare = next((bare.removesuffix(a) + b for a, b in _FEMININE if bare.endswith(a)), bare)
        words.append(slug(bare))
    return f"{'-'.join(filter(None, words))}-"


_ROOTS = sorted(
    ((_root(name), category) for name, category in CADRES.items()), key=lambda pair: -len(pair[0])
)


@lru_cache(maxsize=512)
def category_of(grade: str) -> Categorie | None:
    """The category of a grade as typed, None when it is not known for sure.

    >>> category_of("Rédacteur principal de 1re classe"), category_of("Attachée territoriale")
    ('B', 'A')
    >>> category_of("Emploi contractuel de cat. A"), category_of("Collaborateur de cabinet")
    ('A', None)
    """
    if said := _SAID.search(grade):
        return said[1]  # type: ignore[return-value]
    root = _root(grade.removeprefix("cadre d’emplois des ").removeprefix("Cadre d’emplois des "))
    return next((category for name, category in _ROOTS if root.startswith(name)), None)


Motif = Literal["remplacement", "accroissement", "saison", "projet", "vacance", "creation"]


@dataclass(frozen=True, slots=True)
class Article:
    """One ground. Durations are in months, 0 for no limit; `sur` is the period a maximum is counted over."""

    code: str
    titre: str
    explication: str
    motifs: frozenset[Motif]
    minimum: int = 0
    maximum: int = 0
    sur: int = 0
    derogatoire: bool = False
    """Open to contract workers only when no civil servant was found."""
    seul: bool = False
    """Only a contract worker can be recruited."""
    permanent: bool = False
    a_verifier: bool = False

    @property
    def cite(self) -> str:
        """« article L. 332-23, 1° »."""
        number, _, part = self.code.partition(" ")
        return f"article {number.replace('L', 'L. ')}" + (f", {part}" if part else "")

    @property
    def bornes(self) -> str:
        """« 12 mois au plus sur 18 », « 12 à 72 mois », "" without a limit."""
        if self.minimum:
            return f"{self.minimum} à {self.maximum} mois"
        over = f" sur {self.sur}" if self.sur else ""
        return f"{self.maximum} mois au plus{over}" if self.maximum else ""


_PERMANENT: frozenset[Motif] = frozenset({"vacance", "creation"})
_TROIS_ANS = (
    "Le contrat proposé ne peut excéder trois ans, renouvelable dans la limite d’une durée maximale de six "
    "ans."
)

ARTICLES: tuple[Article, ...] = (
    Article(
        "L332-8 1°",
        "absence de cadre d’emplois de fonctionnaires",
        "Un contractuel peut être recruté sur ce poste car il n’existe pas de cadre d’emplois de "
        "fonctionnaires "
        f"susceptible d’assurer les fonctions correspondantes. {_TROIS_ANS}",
        _PERMANENT, maximum=36, permanent=True, a_verifier=True,
    ),
    Article(
        "L332-8 2°",
        "besoins des services ou nature des fonctions",
        "Un contractuel peut être recruté sur ce poste pour les besoins des services ou de par la nature des "
        f"fonctions lorsqu’aucune candidature d’un fonctionnaire n’a abouti. {_TROIS_ANS}",
        _PERMANENT, maximum=36, derogatoire=True, permanent=True,
    ),
    Article(
        "L332-8 3°",
        "commune de moins de 1 000 habitants, groupement de moins de 15 000 habitants",
        "Un contractuel peut être recruté sur ce poste, quel que soit l’emploi, car la collectivité est une "
        "commune de moins de 1 000 habitants ou un groupement de communes de moins de 15 000 habitants. "
        + _TROIS_ANS,
        _PERMANENT, maximum=36, permanent=True, a_verifier=True,
    ),
    Article(
        "L332-8 4°",
        "commune nouvelle issue de communes de moins de 1 000 habitants, pendant trois ans",
        "Un contractuel peut être recruté sur ce poste, quel que soit l’emploi, car la commune nouvelle "
        "est issue de la fusion de communes de moins de 1 000 habitants, pendant les trois "
        "années de sa création. "
        + _TROIS_ANS,
        _PERMANENT, maximum=36, permanent=True, a_verifier=True,
    ),
    Article(
        "L332-8 5°",
        "emploi à temps non complet inférieur à un mi-temps",
        "Un contractuel peut être recruté sur ce poste car la quotité de temps de travail est inférieure à "
        "la "
        f"moitié d’un temps complet. {_TROIS_ANS}",
        _PERMANENT, maximum=36, permanent=True, a_verifier=True,
    ),
    Article(
        "L332-8 6°",
        "emploi dont la création ou la suppression dépend d’une autre autorité",
        "Un contractuel peut être recruté sur ce poste car sa création ou sa suppression dépend de la "
        "décision "
        f"d’une autorité qui s’impose à la collectivité. {_TROIS_ANS}",
        _PERMANENT, maximum=36, permanent=True, a_verifier=True,
    ),
    Article(
        "L332-8 7°",
        "secrétaire général de mairie d’une commune de moins de 2 000 habitants",
        "Un contractuel peut être recruté sur l’emploi de secrétaire général de mairie d’une commune de "
        "moins "
        "de "
        f"2 000 habitants. {_TROIS_ANS}",
        _PERMANENT, maximum=36, permanent=True, a_verifier=True,
    ),
    Article(
        "L332-13",
        "remplacement d’un agent absent",
        "Un contractuel peut être recruté sur ce poste pour remplacer un agent momentanément indisponible ou "
        "autorisé à travailler à temps partiel. Le contrat est renouvelable dans la limite de la durée de "
        "l’absence de l’agent à remplacer.",
        frozenset({"remplacement"}), a_verifier=True,
    ),
    Article(
        "L332-14",
        "vacance temporaire d’un emploi",
        "Un contractuel peut être recruté sur ce poste pour faire face à la vacance temporaire d’un emploi "
        "dans "
        "l’attente du recrutement d’un fonctionnaire. Le contrat proposé ne peut excéder un an, prolongé "
        "dans la "
        "limite de deux ans lorsque la procédure de recrutement n’a pu aboutir.",
        _PERMANENT, maximum=12, permanent=True, a_verifier=True,
    ),
    Article(
        "L332-23 1°",
        "accroissement temporaire d’activité",
        "Seul un contractuel peut être recruté sur ce poste car il s’agit d’un accroissement temporaire "
        "d’activité. Le contrat proposé ne peut excéder un an, pendant une même période de 18 mois "
        "consécutifs.",
        frozenset({"accroissement"}), maximum=12, sur=18, seul=True,
    ),
    Article(
        "L332-23 2°",
        "accroissement saisonnier d’activité",
        "Seul un contractuel peut être recruté sur ce poste car il s’agit d’un accroissement saisonnier "
        "d’activité. Le contrat proposé ne peut excéder six mois, pendant une même période de 12 mois "
        "consécutifs.",
        frozenset({"saison"}), maximum=6, sur=12, seul=True, a_verifier=True,
    ),
    Article(
        "L332-24",
        "contrat de projet",
        "Seul un contractuel peut être recruté sur ce poste, pour mener à bien un projet ou une opération "
        "identifiés. Le contrat de projet est conclu pour un an au moins et six ans au plus ; il prend fin "
        "avec "
        "la réalisation du projet.",
        frozenset({"projet"}), minimum=12, maximum=72, seul=True,
    ),
    Article(
        "L343-1",
        "emploi fonctionnel de direction",
        "Un contractuel peut être recruté directement sur cet emploi fonctionnel de direction.",
        _PERMANENT, permanent=True, a_verifier=True,
    ),
    Article(
        "L352-4",
        "recrutement d’une personne en situation de handicap",
        "Un candidat bénéficiant d’une reconnaissance de la qualité de travailleur handicapé peut être "
        "recruté "
        "par contrat, avec vocation à être titularisé.",
        _PERMANENT, permanent=True, a_verifier=True,
    ),
)  # fmt: skip
_BY_CODE = {article.code: article for article in ARTICLES}

_CITED = regex(
    r"L\.?\s*(?P<numero>\d{3}-\d{1,2})"
    r"(?:\s*,?\s*(?:al(?:inéa|\.)\s*|disposition\s+|,?\s*)?(?P<part>[1-9])(?:\s*°|\s*o\b|\b(?![-\d])))?",
    re.IGNORECASE,
)
_MOTIFS: tuple[tuple[Motif, str], ...] = (
    (
        "remplacement",
        r"remplace|conges?\b|maternite|maladie|disponibilite|detachement|absen[ct]|temps partiel",
    ),
    ("saison", r"saison"),
    ("accroissement", r"accroissement|surcroit|renfort"),
    ("projet", r"contrat de projet|\bprojet\b"),
    ("creation", r"cree|creation|nouveau besoin|nouveau poste"),
    ("vacance", r"vacan|depart|mutation|retraite|demission|fin de contrat|mobilite"),
)
_DUREE = regex(
    r"(?P<nombre>\d{1,3}|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|dix-huit)\s+"
    r"(?P<unite>mois|ans?|annees?|semaines?)\b"
)
_WORDS = {"un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8,
          "neuf": 9, "dix": 10, "onze": 11, "douze": 12, "dix-huit": 18}  # fmt: skip
_LONGEST_TEXT = 2000


def _plain(text: str) -> str:
    return " ".join(slug(word) for word in text[:_LONGEST_TEXT].replace("’", " ").replace("'", " ").split())


@lru_cache(maxsize=512)
def code_cited(text: str) -> str:
    """The code of the first article that a text cites: « Art. L332-8 disposition 2 du code général de la
    fonction publique » → `L332-8 2°`; "" when it cites none.

    >>> code_cited("article L. 332-23, 1° du CGFP"), code_cited("L332-13")
    ('L332-23 1°', 'L332-13')
    """
    found = _CITED.search(text[:_LONGEST_TEXT])
    if found is None:
        return ""
    return f"L{found['numero']}" + (f" {found['part']}°" if found["part"] else "")


def article_of(text: str) -> Article | None:
    """The article that a text cites, when it is one of ours."""
    return _BY_CODE.get(code_cited(text))


@lru_cache(maxsize=512)
def motif_of(text: str) -> Motif | None:
    """What a reason typed freely amounts to: « remplacement de congé maternité » → `remplacement`."""
    plain = _plain(text)
    return next((motif for motif, pattern in _MOTIFS if re.search(pattern, plain)), None)


@lru_cache(maxsize=512)
def months_of(text: str) -> float | None:
    """The duration of a contract in months: « 7 mois », « 1 an », « six ans »; None when it is not said."""
    found = _DUREE.search(_plain(text))
    if found is None:
        return None
    number = _WORDS.get(found["nombre"]) or int(found["nombre"])
    if found["unite"].startswith("a"):
        return number * 12
    return number * 12 / 52 if found["unite"].startswith("s") else number
