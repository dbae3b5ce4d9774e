"""What a convention contains. One file serves it all its life: projet, validated by every party, signed."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from ctgdocs.vocabulary.actes import Tableau, VisaCite
from ctgdocs.vocabulary.conventions import AnnexeDeConvention, Article, Equipement, Suivi
from ctgdocs.vocabulary.liens import IdConvention
from ctgdocs.vocabulary.parties import Partie
from ctgdocs.vocabulary.plan_d_actions import PlanDActions
from ctgdocs.vocabulary.scalars import DateFr, Entier, Fiche, Identifiant, Texte, TexteLong, refused

Type = Literal["ctg", "cof", "pedt", "partenariat", "avenant"]
Statut = Literal["projet", "valide", "signe"]


class Acte(Fiche):
    """A convention between two parties or more."""

    type: Annotated[
        Type,
        Field(
            description="ctg, cof (objectifs et financement), pedt (projet éducatif), partenariat ou avenant."
        ),
    ]
    titre: Annotated[Texte, Field(description="Titre : « Convention territoriale globale ».")]
    objet: Annotated[
        Texte | None, Field(description="Objet en une phrase ; pour un avenant, ce qu’il change.")
    ] = None
    statut: Annotated[
        Statut,
        Field(
            description="projet, valide (toutes les parties l’ont approuvée) ou signe (plus rien ne change)."
        ),
    ] = "projet"
    version: Annotated[DateFr | None, Field(description="Date de la version, montrée sur un projet.")] = None
    debut: Annotated[DateFr | None, Field(description="Premier jour de la convention.")] = None
    fin: Annotated[DateFr | None, Field(description="Dernier jour de la convention.")] = None
    parente: Annotated[
        IdConvention | None,
        Field(description="Convention que l’avenant modifie, ou que cette convention décline."),
    ] = None
    numero: Annotated[Entier | None, Field(description="Rang de l’avenant : 1, 2…")] = None
    renouvelle: Annotated[
        IdConvention | None, Field(description="Convention qui finit et que celle-ci renouvelle.")
    ] = None
    modele: Annotated[
        Texte | None,
        Field(description="Autre modèle Word, dans templates/conventions/ : celui de la Caf, par exemple."),
    ] = None
    parties: Annotated[
        tuple[Partie, ...], Field(min_length=2, description="Parties, dans l’ordre de la signature.")
    ]
    visas: Annotated[tuple[VisaCite, ...], Field(description="Textes visés, dans l’ordre de lecture.")] = ()
    considerants: Annotated[
        tuple[Texte, ...], Field(description="Motifs, avec ou sans « Considérant ».")
    ] = ()
    preambule: Annotated[TexteLong | None, Field(description="Préambule, en Markdown.")] = None
    articles: Annotated[
        tuple[Article, ...], Field(min_length=1, description="Articles, dans l’ordre ; Word les numérote.")
    ]
    tableaux: Annotated[
        dict[Identifiant, Tableau],
        Field(description="Tableaux cités par {tableau:identifiant}, seul sur sa ligne."),
    ] = Field(default_factory=dict)
    annexes: Annotated[
        tuple[AnnexeDeConvention, ...], Field(description="Annexes, dans l’ordre ; Word les numérote.")
    ] = ()
    equipements: Annotated[
        tuple[Equipement, ...], Field(description="Équipements et services soutenus, pour leur annexe.")
    ] = ()
    plan: Annotated[PlanDActions | None, Field(description="Plan d’actions, pour son annexe.")] = None
    suivi: Annotated[Suivi, Field(description="Comité de pilotage, bilans, évaluations.")] = Field(
        default_factory=Suivi
    )
    signature: Annotated[DateFr | None, Field(description="Date de signature.")] = None
    lieu: Annotated[Texte | None, Field(description="Lieu de signature ; à défaut, la ville du siège.")] = (
        None
    )
    exemplaires: Annotated[
        Entier | None, Field(description="Nombre d’exemplaires ; à défaut, un par partie.")
    ] = None

    @model_validator(mode="after")
    def _consistent(self) -> Acte:
        if self.debut and self.fin and self.fin < self.debut:
            raise refused("periode", "la convention finit avant de commencer", "corrigez debut ou fin", "fin")
        if self.type == "avenant" and self.parente is None:
            raise refused(
                "avenant", "un avenant dit quelle convention il modifie", "indiquez parente", "type"
            )
        if self.modele and ("/" in self.modele or "\\" in self.modele or not self.modele.endswith(".docx")):
            raise refused(
                "modele",
                "le modèle est un fichier .docx de templates/conventions/",
                "écrivez son nom seul : ctg-caf-82.docx",
                "modele",
            )
        return self

    @property
    def projet(self) -> bool:
        return self.statut == "projet"
