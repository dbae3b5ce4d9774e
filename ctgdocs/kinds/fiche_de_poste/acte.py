"""What the description of a post contains. Everything but its title is optional."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import BeforeValidator, Field

from ctgdocs.kinds.fiche_de_poste.horaires import TempsDeTravail
from ctgdocs.kinds.fiche_de_poste.postes import (
    RUBRIQUES,
    CadreStatutaire,
    CleDeRubrique,
    CleDeTitre,
    Contrat,
    DateOuTexte,
    Employeur,
    Objectifs,
    Offre,
    Section,
    Signatures,
    Superieur,
    Textes,
)
from ctgdocs.kinds.fiche_de_poste.tree import Rubrique
from ctgdocs.stages import Steps
from ctgdocs.vocabulary.actes import Document
from ctgdocs.vocabulary.personnes import IdAgent
from ctgdocs.vocabulary.scalars import Texte


def _as_list(value: object) -> object:
    """One record, or one text, stands for a list of one."""
    return value if isinstance(value, list | tuple) else [value]


def _objectives(value: object) -> object:
    """One year's objectives, or a list of years; a list of plain lines is the objectives of one."""
    if isinstance(value, list | tuple) and any(isinstance(one, dict) and "annee" in one for one in value):
        return value
    return value if isinstance(value, list | tuple) and not _lines(value) else [value]


def _lines(value: list[object] | tuple[object, ...]) -> bool:
    return not all(isinstance(one, Objectifs) for one in value)


class Acte(Document):
    """A post, described once for its fiche de poste and its offre d'emploi."""

    intitule: Texte = Field(description="Intitulé du poste : « Chargé de coopération CTG (h/f) ».")
    numero: Texte | None = Field(default=None, description="Numéro du poste au tableau des effectifs.")

    # the post in short
    employeur: Employeur | None = Field(
        default=None, description="L’employeur, s’il n’est pas la collectivité."
    )
    service: Texte | None = Field(default=None, description="Service, direction ou pôle d’affectation.")
    lieu: Texte | None = Field(default=None, description="Lieu de travail principal.")
    autres_lieux: Textes = Field(default=(), description="Autres lieux de travail.")
    a_pourvoir: DateOuTexte | None = Field(
        default=None, description="Date de prise de poste, ou « dès que possible »."
    )
    contrat: Contrat | None = Field(default=None, description="Type d’emploi, motif, base contractuelle.")
    famille: Texte | None = Field(default=None, description="Famille de métiers.")
    metiers: Textes = Field(default=(), description="Métiers du répertoire.")
    cadre_statutaire: CadreStatutaire | None = Field(
        default=None, description="Catégories, cadres d’emplois, grades, filière."
    )
    temps_de_travail: TempsDeTravail | None = Field(
        default=None, description="Quotité, durée, ARTT, horaires, astreintes."
    )
    teletravail: Texte | None = Field(default=None, description="Télétravail : « 1 jour par semaine ».")
    encadrement: Texte | None = Field(default=None, description="Encadrement : « 3 agents », « non ».")
    experience: Texte | None = Field(default=None, description="Expérience souhaitée.")
    niveau_d_etudes: Texte | None = Field(default=None, description="Diplôme ou niveau d’études.")
    remuneration: Texte | None = Field(default=None, description="Rémunération indicative.")
    superieurs: Annotated[
        tuple[Superieur, ...],
        BeforeValidator(_as_list),
        Field(description="Supérieurs hiérarchiques et fonctionnels, instances."),
    ] = ()

    # the agent, whose personal data stands elsewhere
    agent: IdAgent | None = Field(
        default=None, description="Agent, identifiant de content/agents/ (jamais partagé)."
    )
    affectation: Texte | None = Field(
        default=None, description="Date d’affectation sur le poste : 01/2026 ; imprimée telle quelle."
    )

    # the text
    contexte: Rubrique | None = Field(default=None, description="Contexte, préambule, définition du poste.")
    missions: Rubrique | None = Field(default=None, description="Mission générale, ou missions.")
    attendus: Rubrique | None = Field(default=None, description="Résultats attendus.")
    activites: Rubrique | None = Field(
        default=None, description="Activités : groupes, points et sous-points."
    )
    objectifs: Annotated[
        tuple[Objectifs, ...], BeforeValidator(_objectives), Field(description="Objectifs par année.")
    ] = ()
    relations: Rubrique | None = Field(default=None, description="Relations internes et externes.")
    autonomie: Rubrique | None = Field(default=None, description="Autonomie, responsabilités.")
    competences: Rubrique | None = Field(default=None, description="Savoirs, savoir-faire, savoir-être.")
    qualites: Rubrique | None = Field(default=None, description="Qualités professionnelles.")
    profil: Rubrique | None = Field(default=None, description="Profil recherché, diplômes.")
    conditions: Rubrique | None = Field(default=None, description="Conditions d’exercice, spécificités.")
    contraintes: Rubrique | None = Field(default=None, description="Contraintes du poste.")
    risques: Rubrique | None = Field(default=None, description="Risques professionnels.")
    moyens: Rubrique | None = Field(default=None, description="Matériels et moyens.")
    avantages: Rubrique | None = Field(default=None, description="Avantages.")
    indicateurs: Rubrique | None = Field(default=None, description="Indicateurs d’appréciation.")
    evolutions: Rubrique | None = Field(default=None, description="Évolutions prévues du poste.")
    sections: tuple[Section, ...] = Field(default=(), description="Rubriques libres, avec leur titre.")

    # the two documents
    offre: Offre | None = Field(
        default=None, description="Numéro, dates et candidature ; sans elle, pas d’offre d’emploi."
    )
    signatures: Signatures | None = Field(
        default=None, description="Qui signe la fiche de poste ; l’exécutif et l’agent sinon."
    )
    titres: dict[CleDeTitre, Texte] = Field(
        default_factory=dict, description="Titres de la maison : clé → titre imprimé."
    )
    ordre: tuple[CleDeRubrique, ...] = Field(
        default=(), description="Rubriques à placer en tête, dans cet ordre."
    )
    hors_offre: tuple[CleDeRubrique, ...] = Field(
        default=(), description="Rubriques absentes de l’offre d’emploi."
    )
    hors_fiche: tuple[CleDeRubrique, ...] = Field(
        default=(), description="Rubriques absentes de la fiche de poste."
    )

    def rubriques(self) -> Iterator[tuple[Steps, Rubrique]]:
        """Every heading that is filled, with its path, free sections last."""
        for key in RUBRIQUES:
            found = getattr(self, key)
            if isinstance(found, Rubrique):
                yield (key,), found
            elif found:
                yield from (((key, index), one) for index, one in enumerate(found))
        yield from ((("sections", index), section) for index, section in enumerate(self.sections))
