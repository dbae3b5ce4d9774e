"""The rules of a post: its recruitment, its dates, its hours, its text, the privacy of its agent."""

from __future__ import annotations

from typing import Final

from ctgdocs.findings import Severity
from ctgdocs.rules.rule import Rule

ERREUR, ALERTE = Severity.ERREUR, Severity.ALERTE

E1: Final = Rule(
    "E1",
    "Le motif du recrutement est celui de l’article du CGFP cité",
    ALERTE,
    "CGFP, art. L. 332-8 à L. 332-24",
)
E2: Final = Rule(
    "E2",
    "La durée du contrat est dans les limites de l’article cité : douze mois sur dix-huit pour un "
    "accroissement temporaire (L. 332-23, 1°), un à six ans pour un contrat de projet (L. 332-24)",
    ERREUR,
    "CGFP, art. L. 332-8 à L. 332-24",
)
E3: Final = Rule(
    "E3",
    "Une offre est publiée, puis close, puis le poste est pourvu",
    ERREUR,
    "cohérence de l’offre",
)
E4: Final = Rule(
    "E4",
    "La catégorie est celle du grade",
    ALERTE,
    "statuts particuliers des cadres d’emplois territoriaux",
)
E5: Final = Rule(
    "E5",
    "Un texte n’est écrit qu’une fois dans le document",
    ALERTE,
    "cohérence du document",
)
E6: Final = Rule(
    "E6",
    "La durée hebdomadaire est le total de la grille des horaires",
    ERREUR,
    "cohérence du document",
)
E7: Final = Rule(
    "E7",
    "Les jours d’ARTT répondent à la durée hebdomadaire",
    ALERTE,
    "circulaire du 18 janvier 2012, NOR MFPF1202031C",
    to_check=True,
)
E8: Final = Rule(
    "E8",
    "Les données personnelles de l’agent restent dans content/agents/",
    ALERTE,
    "règlement (UE) 2016/679 (RGPD), art. 5",
)

EMPLOI: Final = (E1, E2, E3, E4, E5, E6, E7, E8)
