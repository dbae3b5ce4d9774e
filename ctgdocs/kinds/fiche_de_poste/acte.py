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

    intitule: Annotated[Texte, Field(description="Intitulé du poste : « Chargé de coopération CTG (h/f) ».")]
    numero: Annotated[Texte | None, Field(description="Numéro du poste au tableau des effectifs.")] = None

    # the post in short
    employeur: Annotated[
        Employeur | None, Field(description="L’employeur, s’il n’est pas la collectivité.")
    ] = None
    service: Annotated[Texte | None, Field(description="Service, direction ou pôle d’affectation.")] = None
    lieu: Annotated[Texte | None, Field(description="Lieu de travail principal.")] = None
    autres_lieux: Annotated[Textes, Field(description="Autres lieux de travail.")] = ()
    a_pourvoir: Annotated[
        DateOuTexte | None, Field(description="Date de prise de poste, ou « dès que possible ».")
    ] = None
    contrat: Annotated[Contrat | None, Field(description="Type d’emploi, motif, base contractuelle.")] = None
    famille: Annotated[Texte | None, Field(description="Famille de métiers.")] = None
    metiers: Annotated[Textes, Field(description="Métiers du répertoire.")] = ()
    cadre_statutaire: Annotated[
        CadreStatutaire | None, Field(description="Catégories, cadres d’emplois, grades, filière.")
    ] = None
    temps_de_travail: Annotated[
        TempsDeTravail | None, Field(description="Quotité, durée, ARTT, horaires, astreintes.")
    ] = None
    teletravail: Annotated[Texte | None, Field(description="Télétravail : « 1 jour par semaine ».")] = None
    encadrement: Annotated[Texte | None, Field(description="Encadrement : « 3 agents », « non ».")] = None
    experience: Annotated[Texte | None, Field(description="Expérience souhaitée.")] = None
    niveau_d_etudes: Annotated[Texte | None, Field(description="Diplôme ou niveau d’études.")] = None
    remuneration: Annotated[Texte | None, Field(description="Rémunération indicative.")] = None
    superieurs: Annotated[
        tuple[Superieur, ...],
        BeforeValidator(_as_list),
        Field(description="Supérieurs hiérarchiques et fonctionnels, instances."),
    ] = ()

    # the agent, whose personal data stands elsewhere
    agent: Annotated[
        IdAgent | None, Field(description="Agent, identifiant de content/agents/ (jamais partagé).")
    ] = None
    affectation: Annotated[
        Texte | None, Field(description="Date d’affectation sur le poste : 01/2026 ; imprimée telle quelle.")
    ] = None

    # the text
    contexte: Annotated[Rubrique | None, Field(description="Contexte, préambule, définition du poste.")] = (
        None
    )
    missions: Annotated[Rubrique | None, Field(description="Mission générale, ou missions.")] = None
    attendus: Annotated[Rubrique | None, Field(description="Résultats attendus.")] = None
    activites: Annotated[
        Rubrique | None, Field(description="Activités : groupes, points et sous-points.")
    ] = None
    objectifs: Annotated[
        tuple[Objectifs, ...], BeforeValidator(_objectives), Field(description="Objectifs par année.")
    ] = ()
    relations: Annotated[Rubrique | None, Field(description="Relations internes et externes.")] = None
    autonomie: Annotated[Rubrique | None, Field(description="Autonomie, responsabilités.")] = None
    competences: Annotated[Rubrique | None, Field(description="Savoirs, savoir-faire, savoir-être.")] = None
    qualites: Annotated[Rubrique | None, Field(description="Qualités professionnelles.")] = None
    profil: Annotated[Rubrique | None, Field(description="Profil recherché, diplômes.")] = None
    conditions: Annotated[Rubrique | None, Field(description="Conditions d’exercice, spécificités.")] = None
    contraintes: Annotated[Rubrique | None, Field(description="Contraintes du poste.")] = None
    risques: Annotated[Rubrique | None, Field(description="Risques professionnels.")] = None
    moyens: Annotated[Rubrique | None, Field(description="Matériels et moyens.")] = None
    avantages: Annotated[Rubrique | None, Field(description="Avantages.")] = None
    indicateurs: Annotated[Rubrique | None, Field(description="Indicateurs d’appréciation.")] = None
    evolutions: Annotated[Rubrique | None, Field(description="Évolutions prévues du poste.")] = None
    sections: Annotated[tuple[Section, ...], Field(description="Rubriques libres, avec leur titre.")] = ()

    # the two documents
    offre: Annotated[
        Offre | None, Field(description="Numéro, dates et candidature ; sans elle, pas d’offre d’emploi.")
    ] = None
    signatures: Annotated[
        Signatures | None, Field(description="Qui signe la fiche de poste ; l’exécutif et l’agent sinon.")
    ] = None
    titres: Annotated[
        dict[CleDeTitre, Texte], Field(description="Titres de la maison : clé → titre imprimé.")
    ] = Field(default_factory=dict)
    ordre: Annotated[
        tuple[CleDeRubrique, ...], Field(description="Rubriques à placer en tête, dans cet ordre.")
    ] = ()
    hors_offre: Annotated[
        tuple[CleDeRubrique, ...], Field(description="Rubriques absentes de l’offre d’emploi.")
    ] = ()
    hors_fiche: Annotated[
        tuple[CleDeRubrique, ...], Field(description="Rubriques absentes de la fiche de poste.")
    ] = ()

    def rubriques(self) -> Iterator[tuple[Steps, Rubrique]]:
        """Every heading that is filled, with its path, free sections last."""
        for key in RUBRIQUES:
            found = getattr(self, key)
            if isinstance(found, Rubrique):
                yield (key,), found
            elif found:
                yield from (((key, index), one) for index, one in enumerate(found))
        yield from ((("sections", index), section) for index, section in enumerate(self.sections))
