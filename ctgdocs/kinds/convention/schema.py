"""A CTG that stands for the schéma pluriannuel of the accueil du jeune enfant: the points of CASF, art. D.
214-10-1, and where the convention treats each of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple

from ctgdocs.french import enumeration
from ctgdocs.kinds.convention.acte import Acte, AnnexeDeConvention
from ctgdocs.kinds.convention.plan_lu import Numbered, Plan

SINCE: Final = date(2025, 3, 21)
"""From that day a CTG of this content stands for the schéma (décret n° 2025-253 du 20 mars 2025)."""


class Point(NamedTuple):
    """One point of the schéma: its place in the article, what it asks, and the words that treat it."""

    cite: str
    intitule: str
    mots: re.Pattern[str]


def _point(cite: str, intitule: str, mots: str) -> Point:
    return Point(cite, intitule, re.compile(mots, re.IGNORECASE))


POINTS: Final = (
    _point("1°", "équipements et modes d’accueil des enfants de moins de trois ans",
           r"modes?\s+d[’']accueil|places\s+d[’']accueil|multi-accueil|(?:micro-)?crèches?|assistante?s?\s+maternel"),
    _point("2°", "besoins des familles et des enfants",
           r"\bbesoins?\b|\bdemandes?\s+(?:des\s+familles|d[’']accueil|non\s+satisfaite)|sans\s+solution"),
    _point("3°", "zones où l’offre est insuffisante",
           r"(?:zones?|secteurs?|communes?|territoires?)\s+(?:\w+\s+){0,3}?(?:sous-dotée?|carenc|non\s+couvert|peu\s+couvert|dépourvue?|blanche?|insuffisa)"
           r"|offre\s+(?:\w+\s+){0,3}?insuffisante|sans\s+mode\s+d[’']accueil"),
    _point("4° a", "objectifs de développement et de maintien de l’offre",
           r"objectifs?\b[^.]{0,120}\b(?:places?|accueil|offre)|(?:maintenir|développer|créer|maintien|développement|création)\b[^.]{0,80}\b(?:places?|accueil|offre|crèche)"),
    _point("4° b", "métiers et compétences des professionnels",
           r"métiers?\b|recrute|attractivité|formation\s+(?:des|continue|professionnelle)|qualification|compétences\s+(?:des|professionnel)|nouvelles\s+assistantes"),
    _point("4° c", "actions pour les familles en difficulté",
           r"familles?\b[^.]{0,100}\b(?:difficult|vulnérab|fragil|précar|monoparental|isolée?s|handicap|insertion)|(?:handicap|insertion|précarité)\b[^.]{0,80}\b(?:familles?|parents?|enfants?)"),
    _point("4° d", "soutien à la qualité de l’accueil",
           r"qualité\s+(?:de\s+l[’']|d[’'])accueil|charte\s+nationale|analyse\s+des?\s+pratiques?|référentiel|qualité\b[^.]{0,60}\baccueil"),
    _point("4° e", "projets d’investissement",
           r"investissement|constru(?:ire|ction)|travaux|extension|réhabilit|création\s+(?:de|d[’'])\s*(?:une?\s+)?(?:\w+\s+)?(?:places|crèche|micro-crèche|pôle)"),
    _point("4° f", "coûts prévisionnels et moyens", r"\bcoûts?\b|\bfinancements?\b|\bbudget|\bmoyens\b"),
    _point("4° g", "calendrier", r"calendrier|échéancier|\btrimestre\b"),
    _point("4° h", "indicateurs et évaluation", r"indicateurs?|évaluation"),
)  # fmt: skip


class Correspondance(NamedTuple):
    """A point, and the parts of the convention that treat it: « annexe 1 », « action 1.2 »."""

    point: Point
    ou: tuple[str, ...]


_MOST = 6
"""Parts that a line of the table names; more would say nothing more."""


def correspondances(acte: Acte, plan: Plan | None) -> list[Correspondance]:
    """Where each point is treated, in the annexes, the list of équipements and the plan d'actions."""
    actions = list(plan.kept()) if plan else []
    return [Correspondance(point, tuple(_where(point, acte, actions))) for point in POINTS]


def _where(point: Point, acte: Acte, actions: Sequence[Numbered]) -> Iterator[str]:
    annexes = [str(rank) for rank, annexe in enumerate(acte.annexes, start=1) if _is_in(point, annexe, acte)]
    if annexes:
        yield f"annexe{'s' * (len(annexes) > 1)} {enumeration(annexes)}"
    treating = [one.numero for one in actions if _treats(point, one)]
    if len(treating) > _MOST:
        yield f"actions {', '.join(treating[:_MOST])}…"
    elif treating:
        yield f"action{'s' * (len(treating) > 1)} {', '.join(treating)}"


def _is_in(point: Point, annexe: AnnexeDeConvention, acte: Acte) -> bool:
    if annexe.contenu == "correspondance":
        return False
    listed = annexe.contenu == "equipements" and point.cite == "1°" and bool(acte.equipements)
    return listed or point.mots.search(annexe.texte or "") is not None


def _treats(point: Point, one: Numbered) -> bool:
    """Whether an action treats a point: costs, days and indicators by their fields, all else by its words."""
    action = one.action
    if point.cite == "4° f":
        return action.budget is not None or bool(action.financements)
    if point.cite == "4° g":
        return bool(action.calendrier or action.debut)
    if point.cite == "4° h":
        return bool(action.indicateurs)
    said = (
        action.titre,
        action.constat,
        action.objectif_general,
        *action.objectifs,
        action.description,
        action.moyens,
        action.public,
    )
    return point.mots.search("\n".join(filter(None, said))) is not None
