"""An old fiche de poste or job offer → a content file to read again, from which no sentence is missing.

1 its lines, 2 its headings (the table below), 3 what stands under each (all three by the room importing), 4
each value in its field (from_fields.py), 5 YAML. What is not understood stays as text in `sections`; what is
doubtful is marked « à vérifier ».
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath

from ctgdocs.content.library import Library
from ctgdocs.content.spelling import Node, Scalar, written
from ctgdocs.importing.accounting import said_by
from ctgdocs.importing.document import Document
from ctgdocs.importing.gathering import Form, Gathered, gather
from ctgdocs.importing.lines import Heading, Headings, Line, lines_of
from ctgdocs.importing.persons import CIVILITY
from ctgdocs.importing.reader import MARK, Proposal, Proposed, Reader, Wish
from ctgdocs.importing.worded import DAY, a_day
from ctgdocs.kinds.fiche_de_poste import KIND
from ctgdocs.kinds.fiche_de_poste.from_fields import Fields, fields_of
from ctgdocs.kinds.fiche_de_poste.from_title import names_a_post
from ctgdocs.kinds.fiche_de_poste.postes import RUBRIQUES
from ctgdocs.vocabulary.appellations import read_person
from ctgdocs.vocabulary.as_typed import slug
from ctgdocs.vocabulary.registres import COLLECTIVITE

# --- What its headings are, and the field each one means: a table, not a program


NOTHING = ""
"""Headings that only announce other ones, or say what the document is."""

HEADINGS: dict[str, tuple[str, ...]] = {
    NOTHING: ("Identification du poste", "Identification", "Présentation du poste", "Informations générales",
              "Fiche de poste", "Offre d’emploi", "Synthèse de l’offre", "Détails de l’offre", "Le poste",
              "Cadre du poste", "Candidature", "Contact et modalités de candidature", "Recrute",
              "Localisation du lieu de travail", "Descriptif du poste",
              "Profils recherchés et compétences", "Signatures"),
    "intitule": ("Intitulé du poste", "Intitulé", "Poste", "Intitulé de l’emploi", "Libellé du poste",
                 "Dénomination du poste", "Nom du poste"),
    "numero": ("Numéro du poste", "N° de poste", "Code poste"),
    "employeur": ("Employeur", "Collectivité", "Collectivité employeur"),
    "presentation": ("Présentation de la collectivité", "Présentation de l’employeur", "L’employeur"),
    "site": ("Site web de l’employeur", "Site internet"),
    "adresse": ("Adresse de l’employeur",),
    "service": ("Direction", "Service", "Affectation", "Affectation/service", "Pôle",
                "Direction / service", "Service d’affectation", "Pôle / service"),
    "lieu": ("Lieu", "Lieu de travail", "Lieu du poste", "Lieu d’exercice",
             "Lieu d’exercice des fonctions", "Lieu d’affectation", "Résidence administrative"),
    "autres_lieux": ("Autres lieux", "Autres lieux de travail"),
    "a_pourvoir": ("Poste à pourvoir le", "Poste à pourvoir", "Date de prise de poste", "Prise de poste"),
    "publication": ("Publiée le", "Date de publication"),
    "limite": ("Date limite de candidature", "Date limite de dépôt des candidatures"),
    "emploi": ("Type d’emploi", "Situation", "Nature de l’emploi", "Type de contrat"),
    "duree": ("Durée de la mission", "Durée du contrat"),
    "motif": ("Motif de vacance du poste", "Motif du recrutement"),
    "famille": ("Famille de métiers", "Famille de métier"),
    "metiers": ("Métier(s)", "Métiers", "Métier"),
    "grade_et_categorie": ("Catégorie / grade", "Grade / catégorie", "Catégorie et grade",
                           "Grade et catégorie", "Cadre d’emplois / grade", "Grade / cadre d’emplois",
                           "Catégorie / cadre d’emplois"),
    "categories": ("Catégorie", "Catégorie(s)", "Catégories", "Catégorie statutaire"),
    "cadres_d_emplois": ("Cadre d’emplois", "Cadres d’emplois", "Cadre d’emploi", "Cadre emploi",
                         "Cadre(s) d’emplois"),
    "grades": ("Grade(s) recherché(s)", "Grades recherchés", "Grade", "Grades"),
    "filiere": ("Filière",),
    "contrat": ("Ouvert aux contractuels", "Base contractuelle"),
    "temps_de_travail": ("Temps de travail", "Quotité de travail"),
    "horaires": ("Horaires de travail", "Horaires"),
    "astreintes": ("Astreintes",),
    "cycles": ("Cycles de travail", "Cycle de travail"),
    "teletravail": ("Télétravail",),
    "encadrement": ("Management", "Encadrement"),
    "experience": ("Expérience souhaitée", "Expérience", "Expériences souhaitées"),
    "niveau_d_etudes": ("Niveau d’études", "Niveau de diplôme", "Diplôme requis",
                        "Niveau d’études de l’agent occupant le poste"),
    "remuneration": ("Rémunération indicative", "Rémunération"),
    "superieur_hierarchique": ("Supérieur hiérarchique (N+1)", "Supérieur hiérarchique",
                               "Rattachement hiérarchique", "N+1", "Responsable hiérarchique"),
    "superieur_fonctionnel": ("Supérieur fonctionnel", "Rattachement fonctionnel"),
    "instance": ("Instance de pilotage",),
    "contexte": ("Descriptif de l’emploi", "Contexte", "Contexte du poste", "Préambule",
                 "Définition du poste"),
    "missions": ("Missions", "Mission", "Missions du poste", "Missions / conditions d’exercice",
                 "Missions générales et tâches du poste", "Missions générales", "Mission générale",
                 "Missions principales", "Raison d’être du poste", "Vos missions",
                 "Missions et activités"),
    "attendus": ("Attendus", "Résultats attendus"),
    "activites": ("Activités", "Activités principales", "Activités et tâches", "Tâches principales",
                  "Activités / tâches", "Tâches", "Activités et tâches principales"),
    "objectifs": ("Objectifs", "Objectifs de l’année", "Objectifs annuels"),
    "relations": ("Relations fonctionnelles", "Relations",
                  "Relations organisationnelles et fonctionnelles", "Relations internes et externes"),
    "autonomie": ("Autonomie et responsabilités", "Autonomies et responsabilités", "Autonomie",
                  "Organisation de son activité", "Responsabilités"),
    "competences": ("Compétences requises", "Compétences", "Compétences générales requises",
                    "Compétences attendues", "Savoirs, savoir-faire, savoir-être"),
    "qualites": ("Qualités professionnelles", "Qualités requises", "Qualités"),
    "profil": ("Profils recherchés", "Profil recherché", "Profil", "Profil du candidat", "Votre profil",
               "Profil souhaité"),
    "conditions": ("Les conditions d’exercice du poste", "Conditions d’exercice", "Spécificités du poste",
                   "Conditions", "Spécificités", "Caractéristiques particulières", "Conditions de travail",
                   "Conditions particulières"),
    "contraintes": ("Contraintes", "Contraintes du poste", "Sujétions"),
    "risques": ("Risques professionnels", "Risques"),
    "moyens": ("Matériels et moyens", "Moyens matériels", "Moyens", "Moyens mis à disposition"),
    "avantages": ("Avantages", "Avantages sociaux"),
    "indicateurs": ("Indicateurs d’appréciation", "Indicateurs", "Critères d’évaluation"),
    "evolutions": ("Évolutions du poste", "Évolutions", "Évolution possible"),
    "contact": ("Contact", "Contacts", "Renseignements", "Personne à contacter"),
    "telephone": ("Téléphone",),
    "courriel": ("Courriel", "Adresse électronique", "Email", "E-mail"),
    "informations": ("Informations complémentaires",),
    "lien": ("Candidature en ligne", "Lien de candidature"),
    "adresse_de_candidature": ("Adresse de candidature",),
    "pieces": ("Pièces à joindre", "Pièces demandées"),
    "handicap": ("Travailleurs handicapés",),
    "agent": ("Identité de l’agent",),
    "agent_nom": ("Nom – prénom", "Nom prénom", "Nom et prénom", "Nom de l’agent", "Nom du titulaire",
                  "Agent", "Titulaire du poste", "Nom et prénom de l’agent", "Nom, prénom",
                  "Identité de l’agent titulaire"),
    "agent_naissance": ("Date de naissance",),
    "agent_entree_fpt": ("Année d’entrée dans la FPT", "Date d’entrée dans la FPT"),
    "agent_nomination": ("Date de nomination dans le grade",),
    "affectation": ("Date d’affectation sur le poste", "Date d’affectation"),
    "autorite": ("Autorité territoriale", "L’autorité territoriale",
                 "Signature de l’autorité territoriale", "Signature de l’employeur", "Signature du maire",
                 "Signature du président"),
    "signature_agent": ("Agent territorial", "L’agent", "Signature de l’agent"),
}  # fmt: skip

KNOWN = Headings(HEADINGS)
_OFFER_NUMBER = re.compile(r"offre\s+n[°o]\s*(?P<value>[A-Z0-9-]{2,})", re.IGNORECASE)
_PUBLISHED = re.compile(r"(?P<label>publi[ée]e?s?\s+le|mise?\s+en\s+ligne\s+le)\s*:?\s*(?P<value>\d.*)", re.I)
_TO_FILL = re.compile(
    rf"(?:poste\s+)?à\s+pourvoir\s+(?:le|au|à\s+compter\s+du|à\s+partir\s+du|dès\s+le)\s+(?P<value>{DAY})\W*",
    re.I,
)
_BEFORE_DAY = re.compile(
    rf"(?:avant\s+le|jusqu[’']au|au\s+plus\s+tard\s+le|date\s+limite[^.\d]{{0,40}}?)\s*(?:\w+di\s+)?(?P<day>{DAY})",
    re.I,
)
_YEAR = re.compile(r"pour\s+l.année\s+20\d\d\b", re.IGNORECASE)
_SKILLS = re.compile(
    r"savoirs?(?:[- ](?:faire|être|etre))?s?(?:\s+(?:techniques?|relationnels?|généraux))?", re.IGNORECASE
)
"""Small titles that stand under « Compétences »."""
_FICHE_OF = re.compile(
    r"(?:fiche\s+(?:de|du)\s+poste|profil\s+de\s+poste)\s*(?:[:–—-]|de|d[’'])\s*(?P<poste>.{3,120})",
    re.IGNORECASE,
)
_APPLY = re.compile(
    r"(?:candidatures?\b.{0,60}?\bà\s+(?:adresser|envoyer|transmettre)|(?:pour\s+(?:postuler|candidater)"
    r"|merci\s+d[’'](?:adresser|envoyer)|adress(?:er|ez)\s+(?:votre|vos)\s+(?:candidature|lettre|cv))\b)",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"fait\s+(?:à|le)\b.*\d|l[’']agent\b.{0,12}\b(?:l[’']autorité\s+territoriale|l[ea]\s+(?:maire|présidente?))"
    r"|date\s*:\s*[\d/.… _]*$",
    re.IGNORECASE,
)
"""The place, the day and the names of a signature."""
_DAY = re.compile(r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\s*:", re.IGNORECASE)


def _own(line: Line, current: Gathered) -> Gathered | bool | None:
    """What only a fiche de poste says so: the number and the day of an offer, the objectives of a year, the
    hours of a week."""
    if current.key == "horaires" and line.look == "text" and _DAY.search(line.text):
        return True
    if line.look == "heading" and line.level == SMALL and _SKILLS.fullmatch(line.text.rstrip(" :")):
        return True if current.key == "competences" else Gathered("competences", lines=[line])
    if current.key == "numero_offre" and current.lines and names_a_post(line):
        return Gathered("intitule", "Offre n°", lines=[Line(line.text)])
    if found := _FICHE_OF.fullmatch(line.text):
        return Gathered(
            "intitule", "Fiche de poste", lines=[Line(found["poste"][:1].upper() + found["poste"][1:])]
        )
    if _SIGNED.match(line.text):
        return Gathered("signature_agent", line.text)
    if _APPLY.match(line.text) and len(line.text) > 30:
        return Gathered("informations", "", "", lines=[Line(line.text)])
    if found := _OFFER_NUMBER.fullmatch(line.text):
        return Gathered("numero_offre", "Offre n°", "Offre n°", lines=[Line(found["value"])])
    if found := _TO_FILL.fullmatch(line.text):
        return Gathered("a_pourvoir", "Poste à pourvoir", "Poste à pourvoir le", lines=[Line(found["value"])])
    if found := _PUBLISHED.fullmatch(line.text):
        return Gathered("publication", found["label"], "Publiée le", lines=[Line(found["value"])])
    if _YEAR.match(line.text) and line.text.rstrip().endswith(":"):
        return Gathered("objectifs", "", "", lines=[Line(line.text)])
    if _DAY.match(line.text) and current.key != "horaires":
        return Gathered("horaires", "", "", lines=[line])
    return None


FORM = Form(KNOWN, RUBRIQUES, _own)

# --- The file that is proposed


_ORDER = (
    *(
        "intitule",
        "numero",
        "employeur",
        "service",
        "lieu",
        "autres_lieux",
        "a_pourvoir",
        "contrat",
        "famille",
    ),
    *("metiers", "cadre_statutaire", "temps_de_travail", "teletravail", "encadrement", "experience"),
    *("niveau_d_etudes", "remuneration", "superieurs", "agent", "affectation"),
)
_ANY = Wish()
_ARTICLE = re.compile(r"^article\s+(?:\d|premier|1er)", re.IGNORECASE | re.MULTILINE)
_AN_ACT = re.compile(r"présente\s+(?:convention|délibération)|après\s+en\s+avoir\s+délibéré", re.IGNORECASE)
_A_FICHE = re.compile(r"fiche\s+(?:de\s+|du\s+)?poste|profil\s+de\s+poste", re.IGNORECASE)
_H_F = re.compile(r"\(\s*(?:h|f)\s*/\s*(?:h|f)\s*\)", re.IGNORECASE)
_AN_OFFER = re.compile(
    r"offre\s+(?:d.emploi|n[°o])|recrute|poste\s+à\s+pourvoir|date\s+limite\s+de\s+(?:candidature|dépôt)",
    re.IGNORECASE,
)
_HEAD = """\
# yaml-language-server: $schema=../.schemas/fiche_de_poste.json
# Proposition tirée de « {name} » : relisez-la avant de vous en servir{doubts}.
"""


def recognise(document: Document, titled: re.Pattern[str]) -> float:
    """How much a document looks like a fiche or an offer: its titles, unless it is made of articles."""
    if document.tabular or len(_ARTICLE.findall(document.words)) >= 3 or _AN_ACT.search(document.words):
        return 0.0
    lines = [line for para in document.paras() if len(para.text) <= 160 for line in [para.text]]
    found = {heading.key for line in lines if (heading := _heading(line)) and heading.key}
    head = "\n".join(lines[:12])
    named = 0.4 if titled.search(head) else 0.2 if _H_F.search(head) else 0.0
    return min(0.5, 0.15 * len(found)) + named


def _heading(line: str) -> Heading | None:
    pair = KNOWN.label_and_value(line)
    return KNOWN.recognise(line) or (pair[0] if pair else None)


def propose(document: Document, library: Library | None = None, wish: Wish = _ANY) -> Proposal:
    """The proposal for a document. `wish.id` is the name wanted for the content, taken from the title
    otherwise."""
    name = document.name
    lines = [_skill(line) for line in lines_of(document, KNOWN)]
    fields = fields_of(gather(lines, FORM), fallback=_title_of(name))
    if recognise(document, _AN_OFFER) > recognise(document, _A_FICHE):
        fields.record.setdefault(
            "offre", {"candidature": {"informations": Scalar("[à compléter : où candidater]")}}
        )
    _with_its_limit(fields, lines)
    _without_the_house(fields, library)
    title = fields.record["intitule"]
    assert isinstance(title, Scalar)
    id = wish.id or _short(slug(title.text)) or "poste"
    if fields.agent:
        fields.record["agent"] = Scalar(id)
    record = _ordered(fields)
    body = written(record)
    doubts = body.count(MARK)
    said = f" ; {doubts} ligne{'s' * (doubts > 1)} à vérifier" if doubts else ""
    text = _HEAD.format(name=_one_line(name), doubts=said) + _hollow(fields.hollow) + body
    files = [Proposed(f"{KIND.shelf}/{id}.yaml", text)]
    if fields.agent:
        files.append(Proposed(f"agents/{id}.yaml", _agent_file(fields.agent)))
    return Proposal(id, tuple(files), said=document.said)


def _with_its_limit(fields: Fields, lines: Sequence[Line]) -> None:
    """The last day to apply, when the sentence that says where to apply tells it."""
    offer = fields.record.get("offre")
    applying = [line.text for line in lines if _APPLY.search(line.text)]
    said = next((found["day"] for text in applying if (found := _BEFORE_DAY.search(text))), "")
    if said and isinstance(offer, dict) and "limite" not in offer and (day := a_day(said)):
        offer["limite"] = Scalar(day, "lu dans une phrase")


def _without_the_house(fields: Fields, library: Library | None) -> None:
    """An employer is named when it is another one."""
    employer = fields.record.get("employeur")
    house = library.find(COLLECTIVITE, "collectivite") if library else None
    if house is None or not isinstance(employer, dict) or not isinstance(employer.get("nom"), Scalar):
        return
    if slug(house.value.nom) in {slug(text) for text in said_by(employer["nom"])}:
        del employer["nom"]
    if not employer:
        del fields.record["employeur"]


SMALL = 3
"""The level of a title inside a rubrique."""


def _skill(line: Line) -> Line:
    """« Savoir-faire », alone on its line, is a title."""
    is_one = line.look != "fact" and _SKILLS.fullmatch(line.text.rstrip(" :")) is not None
    return Line(line.text.rstrip(" :"), "heading", SMALL, doubt=line.doubt) if is_one else line


def _short(name: str, most: int = 60) -> str:
    """A name of a reasonable length, which no word is cut in."""
    return name if len(name) <= most else name[: most + 1].rpartition("-")[0]


def _hollow(labels: list[str]) -> str:
    return f"# Titres sans texte dans l’original : {' ; '.join(labels)}\n" if labels else ""


def _one_line(name: str) -> str:
    return " ".join(name.split())


def _title_of(name: str) -> str:
    return re.sub(r"[-_\s]+", " ", PurePath(name).stem).strip().capitalize() or "Poste"


def _ordered(fields: Fields) -> dict[str, Node]:
    """The fields in the order of the guide; free sections and house titles last."""
    record: dict[str, Node] = {}
    for key in (*_ORDER, *RUBRIQUES):
        if key in fields.record:
            record[key] = fields.record[key]
    if fields.sections:
        record["sections"] = list(fields.sections)
    if "offre" in fields.record:
        record["offre"] = fields.record["offre"]
    if fields.titres:
        record["titres"] = dict(fields.titres)
    return record


def _named(agent: list[tuple[str, str]]) -> list[str]:
    """The first name and the name of the agent, as far as the document says them."""
    named = {"nom", "titulaire", "agent"}
    said = next((value for label, value in agent if named & set(slug(label).split("-"))), "")
    bare = re.sub(rf"^{CIVILITY}\s+", "", said.partition(",")[0])
    person = read_person(bare if 2 <= len(bare.split()) <= 5 else "", nom_first=False)
    return [f"nom: {person.nom or 'à compléter'}", f"prenom: {person.prenom or 'à compléter'}"]


def _agent_file(agent: list[tuple[str, str]]) -> str:
    """The agent's own file, as comments: what was typed there is for a person to put in its field."""
    if not agent:
        return ""
    rows = [
        "# yaml-language-server: $schema=../.schemas/agents.json",
        "# Données personnelles, que git ignore ; recopiez-les dans les champs ci-dessous.",
        *(f"# {label} : {value}" for label, value in agent),
        *_named(agent),
    ]
    return "\n".join(rows) + "\n"


READERS = (
    Reader("offre", "une offre d’emploi", lambda document: recognise(document, _AN_OFFER), propose),
    Reader("fiche_de_poste", "une fiche de poste", lambda document: recognise(document, _A_FICHE), propose),
)
