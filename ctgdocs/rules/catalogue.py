"""The rules, in the order of the guide: quorum, convocation, pouvoirs, votes, signatures, dates, ours."""

from __future__ import annotations

from datetime import date
from typing import Final

from ctgdocs.findings import Severity
from ctgdocs.rules.emploi import EMPLOI
from ctgdocs.rules.rule import Rule

ERREUR, ALERTE = Severity.ERREUR, Severity.ALERTE
_CCAS: Final = "CASF, art. R. 123-16 à R. 123-19"

Q1: Final = Rule(
    "Q1",
    "Le quorum est atteint : plus de la moitié des membres en exercice sont présents, pouvoirs non compris",
    ERREUR,
    "CGCT, art. L. 2121-17",
    "CASF, art. R. 123-17",
)
Q2: Final = Rule(
    "Q2",
    "Sans quorum, la seconde séance se tient après trois jours francs au moins",
    ERREUR,
    "CGCT, art. L. 2121-17 ; CE, 16 juin 1997, n° 142691",
    "CASF, art. R. 123-17",
)
Q4: Final = Rule(
    "Q4",
    "Un élu intéressé à l’affaire ne la préside ni ne la vote, et un élu qui se déporte sort du quorum",
    ALERTE,
    "CGCT, art. L. 1111-6 et L. 2131-11",
)
Q5: Final = Rule(
    "Q5",
    "Un suppléant siège à la place de son titulaire, jamais en plus de lui ni d’un pouvoir",
    ERREUR,
    "CGCT, art. L. 5211-6",
)
C1: Final = Rule(
    "C1",
    "La convocation porte l’ordre du jour",
    ALERTE,
    "CGCT, art. L. 2121-10",
    "CASF, art. R. 123-16",
)
C2: Final = Rule(
    "C2",
    "La convocation part trois jours francs avant la séance (commune de moins de 3 500 habitants, CCAS)",
    ERREUR,
    "CGCT, art. L. 2121-11",
    "CASF, art. R. 123-16",
)
C3: Final = Rule(
    "C3",
    "La convocation part cinq jours francs avant la séance (commune de 3 500 habitants et plus, EPCI)",
    ERREUR,
    "CGCT, art. L. 2121-12",
)
C4: Final = Rule(
    "C4",
    "Une convocation en urgence laisse un jour franc au moins, et la séance dit pourquoi",
    ERREUR,
    "CGCT, art. L. 2121-11 et L. 2121-12",
    "CASF, art. R. 123-16",
)
C5: Final = Rule(
    "C5",
    "Une délibération porte sur un point de l’ordre du jour",
    ALERTE,
    "CGCT, art. L. 2121-10",
)
C6: Final = Rule(
    "C6",
    "Chaque point de l’ordre du jour a sa section dans la note explicative de synthèse",
    ERREUR,
    "CGCT, art. L. 2121-12",
    "CASF, art. R. 123-16",
)
C9: Final = Rule(
    "C9",
    "La convocation d’une commission part dans le délai du règlement intérieur",
    ALERTE,
    "règlement intérieur",
)
P1: Final = Rule(
    "P1",
    "Un membre tient un seul pouvoir, donné par un membre absent à un membre présent",
    ERREUR,
    "CGCT, art. L. 2121-20",
    _CCAS,
)
P2: Final = Rule(
    "P2",
    "Pendant l’état d’urgence sanitaire, deux pouvoirs par personne et un quorum du tiers",
    ALERTE,
    "loi n° 2020-290 du 23 mars 2020, art. 10 ; loi n° 2020-1379 du 14 novembre 2020, art. 6",
    valide_du=date(2020, 3, 24),
    valide_au=date(2021, 9, 30),
    to_check=True,
)
P3: Final = Rule(
    "P3",
    "Chacun est dans une seule liste : présent, représenté ou absent ; pour, contre ou abstention",
    ERREUR,
    "CGCT, art. L. 2121-15 et L. 2121-20",
    _CCAS,
)
N1: Final = Rule(
    "N1",
    "Membres en exercice = présents + représentés + absents ; votants = présents + pouvoirs − NPPV",
    ERREUR,
    "CGCT, art. L. 2121-15 et L. 2121-20",
    _CCAS,
)
N2: Final = Rule(
    "N2",
    "Pour + contre + abstentions (et blancs et nuls au scrutin secret) = votants",
    ERREUR,
    "CGCT, art. L. 2121-20",
    _CCAS,
)
N3: Final = Rule(
    "N3",
    "Adoptée si pour dépasse contre ; à égalité, la voix du président décide, sauf au scrutin secret",
    ERREUR,
    "CGCT, art. L. 2121-20",
    _CCAS,
)
N4: Final = Rule(
    "N4",
    "« À l’unanimité » : tous les suffrages exprimés vont dans le même sens",
    ERREUR,
    "CGCT, art. L. 2121-20",
    _CCAS,
)
N5: Final = Rule(
    "N5",
    "Un scrutin secret ne donne pas de noms ; un vote à main levée n’a pas de bulletins blancs ou nuls",
    ALERTE,
    "CGCT, art. L. 2121-21",
    _CCAS,
)
S1: Final = Rule(
    "S1",
    "Le secrétaire de séance est un membre présent de l’assemblée",
    ERREUR,
    "CGCT, art. L. 2121-15",
)
S2: Final = Rule(
    "S2",
    "Le président et le secrétaire de séance signent",
    ERREUR,
    "CGCT, art. L. 2121-23",
    valide_du=date(2022, 7, 1),
)
S3: Final = Rule(
    "S3",
    "La séance est présidée par le maire ou le président, à défaut par qui le remplace",
    ERREUR,
    "CGCT, art. L. 2121-14",
    _CCAS,
)
D1: Final = Rule(
    "D1",
    "Le jour de la semaine est celui de la date",
    ERREUR,
    "calendrier",
)
D2: Final = Rule(
    "D2",
    "La date de la séance est la même partout",
    ERREUR,
    "cohérence de l’acte",
)
D3: Final = Rule(
    "D3",
    "Convocation avant séance ; séance avant transmission et publication",
    ERREUR,
    "CGCT, art. L. 2121-10 et L. 2131-1",
    "CASF, art. R. 123-16",
)
D5: Final = Rule(
    "D5",
    "La note précède la commission, et la commission l’assemblée qui délibère",
    ERREUR,
    "CGCT, art. L. 2121-22",
)
V1: Final = Rule(
    "V1",
    "Un visa est en vigueur à la date de l’acte",
    ALERTE,
    "dates de validité de visas.yaml",
)
R1: Final = Rule(
    "R1",
    "Le rapporteur est un membre de l’assemblée, pas un agent",
    ALERTE,
    "usage des assemblées",
)
A1: Final = Rule(
    "A1",
    "Le signataire d’un arrêté est l’exécutif, ou un élu qui a reçu délégation de fonctions",
    ALERTE,
    "CGCT, art. L. 2122-18 et L. 5211-9",
)
I1: Final = Rule(
    "I1",
    "Une commission donne un avis : elle ne délibère pas et ne décide pas",
    ERREUR,
    "CGCT, art. L. 2121-22",
)
I2: Final = Rule(
    "I2",
    "L’avis d’une commission suit les voix de ses membres présents",
    ERREUR,
    "cohérence du relevé de conclusions",
)
F1: Final = Rule(
    "F1",
    "Le reste à charge est la différence entre les dépenses et les recettes",
    ERREUR,
    "cohérence du dossier",
)
F2: Final = Rule(
    "F2",
    "Les documents d’un dossier disent le même objet, les mêmes montants, les mêmes dates",
    ALERTE,
    "cohérence du dossier",
)

G1: Final = Rule(
    "G1",
    "Une convention commence le lendemain de la fin de celle qu’elle renouvelle",
    ALERTE,
    "usage des Caf : les conventions territoriales globales se suivent sans interruption",
)
G2: Final = Rule(
    "G2",
    "Une convention territoriale globale dure cinq ans au plus",
    ALERTE,
    "caf.fr, « Convention territoriale globale » : signée pour cinq ans (usage, non un texte)",
)
G3: Final = Rule(
    "G3",
    "Une convention territoriale globale couvre des années civiles entières",
    ALERTE,
    "usage des Caf : périodes du 1er janvier au 31 décembre",
)
G4: Final = Rule(
    "G4",
    "La délibération qui autorise à signer est exécutoire avant la signature",
    ALERTE,
    "CGCT, art. L. 2131-1 ; CE, 10 juin 1996, préfet de la Côte-d’Or",
    to_check=True,
)
G5: Final = Rule(
    "G5",
    "Les montants d’une convention territoriale globale sont dans ses annexes ou dans les conventions "
    "d’objectifs et de financement, pas dans ses articles",
    ALERTE,
    "circulaire Cnaf n° 2020-01 du 16 janvier 2020",
)
G6: Final = Rule(
    "G6",
    "Chaque collectivité partie à une convention est autorisée à signer par une délibération",
    ALERTE,
    "CGCT, art. L. 2121-29, L. 3211-1 et L. 5211-1",
)
G7: Final = Rule(
    "G7",
    "Depuis le 1er janvier 2025, une convention territoriale globale vise le service public de la petite "
    "enfance",
    ALERTE,
    "CASF, art. L. 214-1-3 ; loi n° 2023-1196 du 18 décembre 2023, art. 17",
    valide_du=date(2025, 1, 1),
)
G8: Final = Rule(
    "G8",
    "Le financement d’une action est égal à son coût",
    ALERTE,
    "cohérence du plan d’actions",
)
G9: Final = Rule(
    "G9",
    "Rien ne reste à compléter dans un acte qui n’est plus un projet",
    ERREUR,
    "cohérence de l’acte",
)

_RENOUVELLEMENT: Final = "cohérence du renouvellement"
G10: Final = Rule(
    "G10",
    "Une année, une période ou une date de l’ancienne convention ne passe pas inaperçue dans la nouvelle",
    ALERTE,
    _RENOUVELLEMENT,
)
G11: Final = Rule(
    "G11",
    "Un élu qui n’exerce plus de fonction ne passe pas de l’ancienne convention à la nouvelle",
    ALERTE,
    _RENOUVELLEMENT,
)
G12: Final = Rule(
    "G12",
    "Une convention renouvelée ne cite que des textes en vigueur à son premier jour",
    ALERTE,
    f"{_RENOUVELLEMENT} ; dates de validité de visas.yaml",
)
G13: Final = Rule(
    "G13",
    "Le nom d’une partie à l’ancienne convention ne reste pas dans la nouvelle si elle n’en est plus",
    ALERTE,
    _RENOUVELLEMENT,
)

RULES: Final = (
    *(Q1, Q2, Q4, Q5),
    *(C1, C2, C3, C4, C5, C6, C9),
    *(P1, P2, P3),
    *(N1, N2, N3, N4, N5),
    *(S1, S2, S3),
    *(D1, D2, D3, D5),
    *(V1, R1, A1),
    *(I1, I2, F1, F2),
    *(G1, G2, G3, G4, G5, G6, G7, G8, G9),
    *(G10, G11, G12, G13),
    *EMPLOI,
)


def rules() -> tuple[Rule, ...]:
    """All the rules, in the order of the guide."""
    return RULES
