"""The words of a plan d'actions kept by agents: the headings that mean each field, who finances, what names
an axis."""

from __future__ import annotations

import re
from functools import lru_cache

from ctgdocs.patterns import regex
from ctgdocs.vocabulary.as_typed import nearest, slug

HEADINGS: dict[str, tuple[str, ...]] = {
    # field → the headings that mean it, the first one being ours
    "axe": ("Axe", "Orientation", "Axe stratégique", "Thématique", "Champ", "Domaine"),
    "enjeu": ("Enjeu", "Enjeu de l’axe"),
    "numero": ("N°", "Numéro", "N° fiche", "N° action", "Référence", "Réf"),
    "titre": ("Action", "Intitulé", "Intitulé de l’action", "Fiche action", "Titre", "Nom de l’action"),
    "suite": ("Suite", "Suite donnée"),
    "origine": ("Origine", "Action d’origine", "N° précédent"),
    "constat": ("Constat", "Constat de départ", "Diagnostic", "Contexte"),
    "objectif_general": ("Objectif général",),
    "objectifs": (
        "Objectifs opérationnels",
        "Objectifs",
        "Objectif opérationnel",
        "Objectifs de l’action",
        "Objectifs visés",
        "Objectifs poursuivis",
    ),
    "public": ("Public", "Public visé", "Public cible", "Bénéficiaires", "Public concerné", "Publics visés"),
    "territoire": ("Territoire", "Périmètre", "Lieu"),
    "description": (
        "Description",
        "Description de l’action",
        "Contenu",
        "Descriptif",
        "Descriptif de l’action",
        "Contenu de l’action",
        "Modalités",
        "Modalités de mise en œuvre",
    ),
    "pilote": (
        "Pilote",
        "Porteur",
        "Pilote de l’action",
        "Responsable",
        "Référent",
        "Pilotage",
        "Chef de file",
        "Maître d’ouvrage",
        "Structure porteuse",
        "Porteur de l’action",
        "Porteur de projet",
    ),
    "partenaires": (
        "Partenaires",
        "Partenaires associés",
        "Partenaires mobilisés",
        "Partenaires à mobiliser",
        "Partenaires associés à l’action",
        "Partenariats",
    ),
    "moyens": ("Moyens humains", "Moyens", "Moyens mobilisés", "Moyens humains et matériels"),
    "cout": (
        "Coût",
        "Coût total",
        "Coût prévisionnel",
        "Budget",
        "Budget prévisionnel",
        "Montant",
        "Coût estimé",
        "Coût de l’action",
        "Coût annuel",
    ),
    "financements": ("Financements", "Financement", "Financeurs", "Plan de financement"),
    "calendrier": (
        "Calendrier",
        "Échéancier",
        "Échéance",
        "Planning",
        "Calendrier prévisionnel",
        "Calendrier de réalisation",
        "Échéances",
    ),
    "debut": ("Début", "Date de début"),
    "fin": ("Fin", "Date de fin"),
    "indicateurs": (
        "Indicateurs",
        "Indicateurs d’évaluation",
        "Indicateurs de réussite",
        "Indicateurs de suivi",
        "Évaluation",
    ),
    "avancement": ("Avancement", "État d’avancement", "État"),
    "commentaire": (
        "Commentaires",
        "Commentaire",
        "Commentaire de suivi",
        "Observations",
        "Remarques",
        "Suivi",
    ),
}
LONGEST_HEADING = 200
_FUNDER = regex(r"(?:financement|part|participation|subvention)-(?:(?:de-la|de-l|du|des|d)-)?(.+)")
_FUNDER_WORDS = regex(
    r"^\s*(?:financement|part|participation|subvention)s?[\s–-]+(?:de la |de l’|de l'|du |des |d’|d'|de )?",
    re.IGNORECASE,
)
AXIS = regex(
    r"(?:axe|orientation|thématique|priorité|volet)s?\b\s*(?:stratégique\s*)?(?:n\s?°\s*)?(?:\d{1,2}|[IVX]{1,4}\b|[A-Z]\b)?"
    r"\s*[-–—:.]*\s*(?P<titre>.*)",
    re.IGNORECASE | re.DOTALL,
)
"""What names an axis, its number left out."""


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
    return {_key(name): field for field, names in HEADINGS.items() for name in names}


def _key(heading: str) -> str:
    """A heading reduced to its words: no brackets, units, case, accents or plural.

    >>> _key("Objectifs opérationnels (3 max.)") == _key("OBJECTIF OPERATIONNEL")
    True
    """
    words = slug(re.sub(r"\(.*?\)|€|\*", " ", heading[:LONGEST_HEADING])).split("-")
    return "-".join(word[:-1] if len(word) > 3 and word[-1] in "sx" else word for word in words)


@lru_cache(maxsize=4096)
def field_of(heading: str) -> str:
    """The field that a heading means, `financements` for a funder's column; "" when it means none."""
    key = _key(heading)
    if not key:
        return ""
    if key in _known():
        return _known()[key]
    if _FUNDER.fullmatch(key):
        return "financements"
    near = nearest(key, _known(), least=0.85)
    return _known()[near] if near else ""


def funder_of(heading: str) -> str:
    """Who finances, in the heading of a column; "" when it names nobody.

    >>> funder_of("Financement Caf"), funder_of("Part de la commune"), funder_of("Coût")
    ('Caf', 'commune', '')
    """
    named = field_of(heading) == "financements" and not is_detailed(heading)
    return " ".join(_FUNDER_WORDS.sub("", heading).split()) if named else ""


def is_detailed(heading: str) -> bool:
    """Whether a column says who finances in its cells, and not in its heading."""
    return _known().get(_key(heading)) == "financements"
