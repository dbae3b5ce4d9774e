"""The short facts of a post, as « label: value » lines: the post, its frame, its agent, where to apply."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from ctgdocs.composing.acte import BLANK
from ctgdocs.composing.pen import Pen
from ctgdocs.composing.voice import majuscule_initiale
from ctgdocs.french import date_longue, enumeration
from ctgdocs.kinds.fiche_de_poste.acte import Acte
from ctgdocs.kinds.fiche_de_poste.horaires import TempsDeTravail, duration_in_french
from ctgdocs.kinds.fiche_de_poste.postes import TITRES, Candidature, Contrat, Employeur
from ctgdocs.kinds.fiche_de_poste.statut import article_of
from ctgdocs.stages import Context
from ctgdocs.vocabulary.personnes import Agent

Part = Literal["fiche", "offre"]
Step = str | int

_LIENS = {
    "hierarchique": "superieur_hierarchique",
    "fonctionnel": "superieur_fonctionnel",
    "instance": "instance",
}


@dataclass(frozen=True, slots=True)
class Titres:
    """The headings of one of the two documents: the house's, else ours."""

    pen: Pen
    own: Mapping[str, str]
    part: Part

    def __getitem__(self, key: str) -> str:
        fiche, offre = TITRES[key]
        return self.pen.typographie(self.own.get(key) or (offre if self.part == "offre" and offre else fiche))

    def typed(self, key: str) -> bool:
        return key in self.own


@dataclass(slots=True)
class Lignes:
    """A table being filled: what is not known takes no line."""

    titres: Titres
    lignes: list[Context] = field(default_factory=list)

    def add(self, key: str, *values: str | None, label: str = "") -> None:
        said = [_opened(value) for value in values if value]
        if said:
            self.lignes.append({"libelle": label or self.titres[key], "valeurs": said})


def _opened(value: str) -> str:
    """A value with a capital, unless it is an address of the web."""
    return value if "@" in value or "://" in value else majuscule_initiale(value)


def _day(pen: Pen, day: date | str, *path: Step) -> str:
    return date_longue(day, profil=pen.profil) if isinstance(day, date) else pen.line(day, *path)


def _line(pen: Pen, text: str | None, *path: Step) -> str:
    return pen.line(text, *path) if text else ""


def _lines(pen: Pen, texts: Iterable[str], *path: Step) -> list[str]:
    return [pen.line(text, *path, index) for index, text in enumerate(texts)]


def _paragraphs(pen: Pen, text: str | None, *path: Step) -> list[str]:
    """A long text as plain lines of a cell, one per paragraph."""
    pieces = (text or "").split("\n\n")
    return [pen.line(" ".join(piece.split()), *path) for piece in pieces if piece.strip()]


# --- the post ---------------------------------------------------------------------------------------------


def synthese(pen: Pen, acte: Acte, titres: Titres) -> list[Context]:
    """Who employs, where, from when, why: the first table of an offre."""
    table = Lignes(titres)
    employeur = acte.employeur or Employeur()
    house = pen.collectivite
    name = _line(pen, employeur.nom, "employeur", "nom") or pen.typographie(house.nom)
    table.add("employeur", name, *_paragraphs(pen, employeur.presentation, "employeur", "presentation"))
    table.add("site", employeur.site or house.site)
    _place(table, pen, acte)
    if acte.a_pourvoir:
        table.add("a_pourvoir", _day(pen, acte.a_pourvoir, "a_pourvoir"), label=_from_when(acte, titres))
    if acte.offre and acte.offre.limite:
        table.add("limite", date_longue(acte.offre.limite, profil=pen.profil))
    _recruitment(table, pen, acte)
    return table.lignes


def _from_when(acte: Acte, titres: Titres) -> str:
    """« Poste à pourvoir le » before a date, « Poste à pourvoir » before « dès que possible »."""
    title = titres["a_pourvoir"]
    return title.removesuffix(" le") if isinstance(acte.a_pourvoir, str) else title


def _place(table: Lignes, pen: Pen, acte: Acte) -> None:
    table.add("service", _line(pen, acte.service, "service"))
    table.add("lieu", _line(pen, acte.lieu, "lieu"))
    table.add("autres_lieux", enumeration(_lines(pen, acte.autres_lieux, "autres_lieux")))


def _recruitment(table: Lignes, pen: Pen, acte: Acte) -> None:
    contrat = acte.contrat or Contrat()
    table.add("emploi", _line(pen, contrat.emploi, "contrat", "emploi"))
    table.add("motif", _line(pen, contrat.motif, "contrat", "motif"))
    table.add("duree", _line(pen, contrat.duree, "contrat", "duree"))


def details(pen: Pen, acte: Acte, titres: Titres) -> list[Context]:
    """The frame of the post: the second table of an offre."""
    table = Lignes(titres)
    table.add("famille", _line(pen, acte.famille, "famille"))
    table.add("metiers", *_lines(pen, acte.metiers, "metiers"))
    _statute(table, pen, acte)
    _terms(table, pen, acte)
    _hierarchy(table, pen, acte)
    return table.lignes


def poste(pen: Pen, acte: Acte, titres: Titres) -> list[Context]:
    """The one table of a fiche de poste."""
    table = Lignes(titres)
    _place(table, pen, acte)
    _statute(table, pen, acte)
    _recruitment(table, pen, acte)
    if acte.a_pourvoir and not acte.agent:
        table.add("a_pourvoir", _day(pen, acte.a_pourvoir, "a_pourvoir"), label=_from_when(acte, titres))
    _terms(table, pen, acte)
    _hierarchy(table, pen, acte)
    return table.lignes


def _statute(table: Lignes, pen: Pen, acte: Acte) -> None:
    cadre = acte.cadre_statutaire
    if cadre is None:
        return
    table.add("categories", enumeration(cadre.categories, conjonction="ou"))
    at = "cadre_statutaire"
    table.add("cadres_d_emplois", *_lines(pen, cadre.cadres_d_emplois, at, "cadres_d_emplois"))
    table.add("grades", *_lines(pen, cadre.grades, at, "grades"))
    table.add("filiere", _line(pen, cadre.filiere, at, "filiere"))


def _terms(table: Lignes, pen: Pen, acte: Acte) -> None:
    if acte.contrat:
        table.add("contrat", *contract_basis(pen, acte.contrat))
    if acte.temps_de_travail:
        temps = acte.temps_de_travail
        beside = temps.precisions if table.titres.part == "offre" else None
        said = _paragraphs(pen, beside, "temps_de_travail", "precisions")
        table.add("temps_de_travail", *working_time(pen, temps), *said)
        if table.titres.part == "offre":
            table.add("cycles", *_paragraphs(pen, temps.cycles, "temps_de_travail", "cycles"))
            table.add("astreintes", _line(pen, temps.astreintes, "temps_de_travail", "astreintes"))
    for key in ("teletravail", "encadrement", "experience", "niveau_d_etudes", "remuneration"):
        table.add(key, _line(pen, getattr(acte, key), key))


def _hierarchy(table: Lignes, pen: Pen, acte: Acte) -> None:
    for lien, key in _LIENS.items():
        said = [
            pen.line(superieur.qui, "superieurs", index, "qui")
            for index, superieur in enumerate(acte.superieurs)
            if superieur.lien == lien
        ]
        table.add(key, *said)


def contract_basis(pen: Pen, contrat: Contrat) -> list[str]:
    """Whether a contract worker can be recruited, by which article of the CGFP, and what it says."""
    article = article_of(contrat.article or contrat.ouvert or "")
    said = contrat.ouvert or ("oui" if contrat.article else "")
    if said.lower() in ("oui", "non"):
        said = said.capitalize()
        if said == "Oui" and article is not None and article.derogatoire:
            said += ", à titre dérogatoire par rapport aux candidatures de fonctionnaires"
        if contrat.article:
            cited = article.cite if article else contrat.article
            said += f" ({cited} du code général de la fonction publique)"
    explained = _paragraphs(pen, contrat.explication, "contrat", "explication")
    if not explained and article is not None:
        explained = [pen.typographie(article.explication)]
    return [pen.line(said, "contrat", "ouvert"), *explained] if said else explained


def working_time(pen: Pen, temps: TempsDeTravail) -> list[str]:
    """« Temps complet, 38 h hebdomadaires avec 18 jours d’ARTT »; the grid's total when no other is typed."""
    weekly = temps.hebdomadaire or temps.minutes_de_la_grille
    pieces = [pen.words(temps.quotite, "temps_de_travail", "quotite")] if temps.quotite else []
    if weekly:
        pieces.append(f"{duration_in_french(weekly)} hebdomadaires")
    if temps.annuel:
        pieces.append(f"{duration_in_french(temps.annuel)} par an")
    said = ", ".join(pieces)
    if temps.artt:
        said += f" avec {temps.artt} jour{'s' if temps.artt > 1 else ''} d’ARTT"
    return [pen.typographie(said)] if said else []


# --- the agent, the application ---------------------------------------------------------------------------


def agent(pen: Pen, acte: Acte, titres: Titres, known: Agent | None) -> list[Context]:
    """Who holds the post, with blanks for what is not known here."""
    table = Lignes(titres)
    name = f"{known.nom} {known.prenom}" if known else BLANK
    affectation = acte.affectation or (known.affectation if known else None)
    rows = (
        ("Nom – prénom", name),
        ("Date de naissance", _known_day(pen, known.naissance if known else None)),
        ("Année d’entrée dans la FPT", (known.entree_fpt if known else None) or BLANK),
        ("Date de nomination dans le grade", _known_day(pen, known.nomination if known else None)),
        ("Date d’affectation sur le poste", pen.typographie(affectation) if affectation else BLANK),
    )
    for label, value in rows:
        table.add("agent", value, label=pen.typographie(label))
    if known and known.grade:
        table.add("grades", pen.typographie(known.grade))
    if known and known.niveau_d_etudes:
        table.add("niveau_d_etudes", pen.typographie(known.niveau_d_etudes))
    return table.lignes


def _known_day(pen: Pen, day: date | None) -> str:
    return date_longue(day, profil=pen.profil) if day else BLANK


def candidature(pen: Pen, acte: Acte, titres: Titres) -> list[Context]:
    """Whom to ask and where to write."""
    table = Lignes(titres)
    how = acte.offre.candidature if acte.offre else None
    how = how or Candidature()
    at = ("offre", "candidature")
    table.add("contact", _line(pen, how.contact, *at, "contact"), _line(pen, how.telephone, *at, "telephone"))
    table.add("contact", how.courriel, label="Courriel")
    table.add("contact", how.lien, label="Candidature en ligne")
    table.add("contact", *_lines(pen, how.adresse, *at, "adresse"), label="Adresse de candidature")
    table.add("contact", *_lines(pen, how.pieces, *at, "pieces"), label="Pièces à joindre")
    table.add("adresse", *_employer_address(pen, acte))
    return table.lignes


def _employer_address(pen: Pen, acte: Acte) -> list[str]:
    employeur = acte.employeur or Employeur()
    if employeur.adresse:
        return _lines(pen, employeur.adresse, "employeur", "adresse")
    house = pen.collectivite
    town = f"{house.adresse.code_postal} {house.adresse.ville}".strip()
    return [pen.typographie(line) for line in (house.nom, *house.adresse.lignes, town)] if town else []
