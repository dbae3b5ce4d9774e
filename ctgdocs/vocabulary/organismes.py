"""The collectivité whose acts are written: `content/collectivite.yaml`."""

from __future__ import annotations

import re
from typing import Annotated, ClassVar, Literal, TypeAlias

from pydantic import AfterValidator, Field, WithJsonSchema, model_validator

from ctgdocs.vocabulary.as_typed import IDENTIFIANT, shown
from ctgdocs.vocabulary.liens import IdElu
from ctgdocs.vocabulary.personnes import Civilite
from ctgdocs.vocabulary.scalars import Courriel, Entier, Fiche, OuiNon, ShortForm, Texte, Url, refused


def _code(pattern: str, message: str, hint: str) -> tuple[AfterValidator, WithJsonSchema]:
    """A code of a fixed form, typed with or without spaces; kept without them."""
    form = re.compile(pattern)

    def validate(text: str) -> str:
        code = re.sub(r"\s", "", text).upper()
        if form.fullmatch(code) is None:
            raise refused("code", f"« {text} » {message}", hint)
        return code

    return AfterValidator(validate), WithJsonSchema({"type": ["string", "number"], "description": hint})


CodePostal: TypeAlias = Annotated[
    Texte, *_code(r"\d{5}", "n’est pas un code postal", "cinq chiffres, par exemple 82990")
]
Siret: TypeAlias = Annotated[
    Texte, *_code(r"\d{14}", "n’est pas un SIRET", "quatorze chiffres, par exemple 999 990 013 00016")
]
CodeDepartement: TypeAlias = Annotated[
    Texte,
    *_code(r"\d{2}|2A|2B|97[1-6]", "n’est pas un numéro de département", "par exemple 82, 2A ou 974"),
]

TypeDeCollectivite = Literal[
    "commune",
    "communaute-de-communes",
    "communaute-d-agglomeration",
    "communaute-urbaine",
    "metropole",
    "syndicat",
    "ccas",
    "cias",
]
FormeDuDispositif = Literal["articles", "infinitifs"]
Tampon = Literal["vide", "rempli", "non"]


class Adresse(Fiche):
    """Une adresse postale."""

    lignes: tuple[Texte, ...] = Field(
        default=(), description="Lignes avant le code postal.", examples=[["12 route d’Esparnac"]]
    )
    code_postal: CodePostal = Field(description="Code postal, cinq chiffres.", examples=["82990"])
    ville: Texte = Field(description="Ville, comme elle s’écrit.", examples=["Belmaure-de-Vaurelle"])


class Tribunal(Fiche):
    """Le tribunal administratif compétent, pour les voies et délais de recours."""

    nom: Texte = Field(description="Nom du tribunal.", examples=["tribunal administratif de Toulouse"])
    adresse: Texte = Field(
        description="Adresse sur une ligne.", examples=["68 rue Raymond-IV, 31000 Toulouse"]
    )


class Typographie(Fiche):
    """Les choix typographiques de la maison ; chacun a une valeur par défaut."""

    espace_fine: Literal["U+202F", "U+00A0"] = Field(
        default="U+202F", description="Espace avant « ; ! ? » et dans les nombres : fine (U+202F) ou non."
    )
    annee: Literal["deux mille", "deux mil"] = Field(
        default="deux mille",
        description="Année en lettres : « deux mille vingt-six » ou « deux mil vingt-six ».",
    )
    numeraux: Literal["traditionnels", "1990"] = Field(
        default="traditionnels",
        description="Traits d’union des nombres en lettres : usage traditionnel ou 1990.",
    )
    fonctions: Literal["minuscules", "majuscules"] = Field(
        default="minuscules", description="« la présidente » ou « la Présidente »."
    )
    noms: Literal["minuscules", "capitales"] = Field(
        default="minuscules", description="« Mme Claire Durand » ou « Mme Claire DURAND »."
    )
    apostrophe: Literal["typographique", "droite"] = Field(
        default="typographique", description="Apostrophe ’ (typographique) ou ' (droite)."
    )


class Charte(Fiche):
    """La charte graphique : un document Word de la maison et la correspondance de ses styles."""

    fichier: Texte = Field(
        default="charte.docx", description="Fichier Word de la charte, dans le dossier templates/."
    )
    styles: dict[Texte, Texte] = Field(
        default_factory=dict,
        description="Rôle du style → nom du style dans votre charte.",
        examples=[{"corps": "Corps de texte"}],
    )


class Numerotation(ShortForm):
    """Comment les délibérations se numérotent ; un simple texte donne la forme."""

    short: ClassVar[str] = "forme"

    forme: Texte = Field(
        default="{annee}-{ordre}",
        description="Forme du numéro : {annee}, {mois}, {jour}, et {ordre}, une fois.",
        examples=["{annee}-{ordre}", "DL{annee}-{ordre}"],
    )
    chiffres: Annotated[Entier, Field(ge=1, le=6)] = Field(
        default=3, description="Nombre de chiffres de l’ordre : 3 pour 045."
    )
    remise: Literal["annee", "seance", "jamais"] = Field(
        default="annee", description="Quand l’ordre repart de 1 : chaque année, chaque séance, ou jamais."
    )

    @model_validator(mode="after")
    def _can_be_read_back(self) -> Numerotation:
        known = re.findall(r"\{([^{}]*)\}", self.forme)
        stray = [name for name in known if name not in ("annee", "mois", "jour", "ordre")]
        if stray:
            raise refused(
                "numerotation",
                f"« {{{stray[0]}}} » n’est pas connu",
                "écrivez {annee}, {mois}, {jour} ou {ordre}",
                "forme",
            )
        wanted = {"annee": ["annee"], "seance": ["annee", "mois", "jour"], "jamais": []}[self.remise]
        lacking = [name for name in ("ordre", *wanted) if known.count(name) != 1]
        if lacking:
            raise refused(
                "numerotation",
                f"la forme n’a pas {{{lacking[0]}}}, une fois : deux actes auraient le même numéro",
                "exemple : {annee}-{ordre} ; {annee}-{mois}-{jour}-{ordre} pour repartir à chaque séance",
                "forme",
            )
        example = re.sub(r"\{[a-z]+\}", "2026", self.forme)
        if IDENTIFIANT.fullmatch(example) is None:
            raise refused(
                "numerotation",
                f"« {self.forme} » ne donne pas un numéro : {shown(example)} n’en est pas un",
                "chiffres, tirets, minuscules sans accent ; ou des capitales d’abord : DL{annee}-{ordre}",
                "forme",
            )
        return self


class Collectivite(Fiche):
    """La collectivité dont les actes sont rédigés."""

    nom: Texte = Field(
        description="Nom complet.",
        examples=["Communauté de communes de la Vaurelle Tarn-et-Garonnaise"],
    )
    nom_court: Texte = Field(
        description="Nom court, en minuscules, après la première mention.",
        examples=["communauté de communes", "commune"],
    )
    sigle: Texte | None = Field(default=None, description="Sigle.", examples=["CCVTG"])
    type: TypeDeCollectivite = Field(
        description="Nature juridique ; elle décide des règles de convocation et de quorum.",
        examples=["communaute-de-communes"],
    )
    population: Annotated[Entier, Field(gt=0)] = Field(
        description="Population légale ; le seuil de 3 500 habitants change les délais d’une commune.",
        examples=["10500"],
    )
    siret: Siret | None = Field(
        default=None, description="SIRET, quatorze chiffres.", examples=["99999001300016"]
    )
    departement: CodeDepartement = Field(description="Numéro du département.", examples=["82", "2A"])
    arrondissement: Texte | None = Field(
        default=None, description="Arrondissement.", examples=["Castelsarrasin"]
    )
    adresse: Adresse = Field(description="Adresse du siège.")
    telephone: Texte | None = Field(default=None, description="Téléphone.", examples=["05 36 49 00 36"])
    courriel: Courriel | None = Field(default=None, description="Courriel.", examples=["accueil@exemple.fr"])
    site: Url | None = Field(default=None, description="Site internet.", examples=["www.exemple.fr"])
    executif: IdElu = Field(
        description="Le maire ou le président, par son identifiant dans elus.yaml.",
        examples=["durand-claire"],
    )
    service: Texte | None = Field(
        default=None,
        description="Service qui rédige, montré en tête ou en pied de page.",
        examples=["Direction des affaires sociales"],
    )
    representant_de_l_etat: Texte | None = Field(
        default=None,
        description="À qui les actes sont transmis.",
        examples=["sous-préfecture de Castelsarrasin"],
    )
    tribunal: Tribunal = Field(description="Tribunal administratif compétent.")
    numerotation: Numerotation = Field(
        default_factory=Numerotation,
        description="Forme du numéro d’une délibération, et quand il repart de 1.",
        examples=["{annee}-{ordre}"],
    )
    typographie: Typographie = Field(
        default_factory=Typographie, description="Choix typographiques de la maison."
    )
    charte: Charte = Field(default_factory=Charte, description="Charte graphique.")
    suivi_des_champs: OuiNon = Field(
        default=True,
        description="« non » : les documents Word ne disent plus de quel champ vient chaque paragraphe.",
    )
    tampon: Tampon = Field(
        default="vide",
        description=(
            "Cadre du tampon de la préfecture : vide, pour le tiers de télétransmission ; rempli, avec les "
            "dates de l’acte ; non, sans cadre."
        ),
    )
    format: Literal["word", "pdf"] = Field(
        default="word",
        description="Avec « pdf », chaque document Word a son PDF à côté de lui (LibreOffice).",
    )
    dispositif: FormeDuDispositif = Field(
        default="articles",
        description=(
            "Forme du dispositif quand l’acte ne la choisit pas ; des infinitifs sans titre font une liste."
        ),
    )


# --- The communes: `content/communes.yaml`, id → entry


class Commune(Fiche):
    """Une commune, par exemple membre de la communauté."""

    nom: Texte = Field(
        description="Nom officiel, article compris.", examples=["Belmaure-de-Vaurelle", "Le Causol"]
    )
    population: Annotated[Entier, Field(gt=0)] | None = Field(
        default=None, description="Population légale.", examples=["3850"]
    )
    elision: OuiNon | None = Field(
        default=None,
        description="« d’ » (oui) ou « de » (non) devant le nom, quand l’usage local l’exige ; sinon deviné.",
        examples=["oui"],
    )
    maire: IdElu | None = Field(
        default=None,
        description="Maire, par son identifiant ; à défaut, l’élu dont maire_de est cette commune.",
    )
    adresse: Adresse | None = Field(
        default=None, description="Adresse de la mairie, pour un acte écrit au nom de la commune."
    )
    siret: Siret | None = Field(default=None, description="SIRET, quatorze chiffres.")
    telephone: Texte | None = Field(default=None, description="Téléphone de la mairie.")
    courriel: Courriel | None = Field(default=None, description="Courriel de la mairie.")
    site: Url | None = Field(default=None, description="Site internet de la commune.")
    logo: Texte | None = Field(
        default=None,
        description="Image de son logo (PNG ou JPEG), à côté de ce fichier : imprimé sur les conventions.",
        examples=["logos/lavol.png"],
    )


# --- The bodies the collectivité works or signs with: `content/partenaires.yaml`, id → entry


TypeDePartenaire = Literal["caf", "msa", "departement", "commune", "etat", "association", "autre"]


class Representant(Fiche):
    """La personne qui signe ou siège pour le partenaire."""

    civilite: Civilite = Field(description="Civilité : « M. » ou « Mme ».", examples=["M."])
    prenom: Texte = Field(description="Prénom.", examples=["Pierre"])
    nom: Texte = Field(description="Nom.", examples=["Garnier"])
    fonction: Texte = Field(description="Fonction, accordée avec la personne.", examples=["directeur"])


class Partenaire(Fiche):
    """Un partenaire : Caf, MSA, département, commune, association, service de l’État…"""

    nom: Texte = Field(
        description="Nom complet.", examples=["Caisse d’allocations familiales de Tarn-et-Garonne"]
    )
    nom_court: Texte | None = Field(default=None, description="Nom court.", examples=["Caf"])
    type: TypeDePartenaire = Field(default="autre", description="Nature du partenaire.", examples=["caf"])
    siret: Siret | None = Field(default=None, description="SIRET, quatorze chiffres.")
    adresse: Adresse | None = Field(default=None, description="Adresse.")
    representants: tuple[Representant, ...] = Field(default=(), description="Qui signe ou siège pour lui.")
    logo: Texte | None = Field(
        default=None,
        description="Image de son logo (PNG ou JPEG), à côté de ce fichier : imprimé sur les conventions.",
        examples=["logos/caf-82.png"],
    )
