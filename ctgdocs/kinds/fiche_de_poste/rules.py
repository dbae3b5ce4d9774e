"""The rules of a post: its recruitment, its dates, its hours, its agent."""

from __future__ import annotations

import datetime
import itertools
import re
from collections.abc import Iterator

from ctgdocs.findings import Finding
from ctgdocs.french import date_simple
from ctgdocs.kinds.fiche_de_poste.acte import Acte
from ctgdocs.kinds.fiche_de_poste.horaires import duration_in_french
from ctgdocs.kinds.fiche_de_poste.statut import (
    ARTICLES,
    Article,
    Motif,
    article_of,
    category_of,
    code_cited,
    months_of,
    motif_of,
)
from ctgdocs.rules.liens import broken
from ctgdocs.rules.rule import ALERTE, ERREUR, Said, check, rule
from ctgdocs.stages import Entry, Reader
from ctgdocs.vocabulary.registres import AGENTS

_SAID: dict[Motif, str] = {
    "remplacement": "le remplacement d’un agent absent",
    "accroissement": "un accroissement temporaire d’activité",
    "saison": "un accroissement saisonnier d’activité",
    "projet": "un contrat de projet",
    "vacance": "un poste vacant",
    "creation": "un poste créé",
}
_USUAL: dict[Motif, str] = {
    "remplacement": "L332-13",
    "accroissement": "L332-23 1°",
    "saison": "L332-23 2°",
    "projet": "L332-24",
    "vacance": "L332-8 2°",
    "creation": "L332-8 2°",
}
ARTT = {35 * 60 + 30: 3, 36 * 60: 6, 36 * 60 + 30: 9, 37 * 60: 12, 37 * 60 + 30: 15, 38 * 60: 18,
        38 * 60 + 30: 20, 39 * 60: 23}  # fmt: skip
"""Weekly minutes → days of ARTT a year, for a full-time post."""


@check(on=Acte)
def agent(entry: Entry[Acte], reader: Reader) -> Iterator[Finding]:
    """An agent's file may be missing here, since git ignores it; it may not be wrong."""
    id = entry.value.agent
    if id and reader.exists(AGENTS, id) and reader.find(AGENTS, id) is None:
        yield broken(reader, AGENTS.name, id, entry.place("agent"))


# --- the contract -----------------------------------------------------------------------------------------


_CGFP = "CGFP, art. L. 332-8 à L. 332-24"


@rule("E1", "Le motif du recrutement est celui de l’article du CGFP cité", ALERTE, _CGFP, on=Acte)
def the_reason_of_the_article(entry: Entry[Acte], reader: Reader) -> Iterator[Said]:
    """What is typed as the reason is one that the article allows. A reason that is not recognised is left
    alone; an article that our table lacks is told."""
    contrat = entry.value.contrat
    if contrat is None or not contrat.article:
        return
    article = article_of(contrat.article)
    if article is None:
        yield _unknown_article(entry, contrat.article)
    else:
        yield from _motif(entry, article, contrat.motif)


def _unknown_article(entry: Entry[Acte], typed: str) -> Said:
    known = ", ".join(article.code for article in ARTICLES)
    code = code_cited(typed) or typed
    return Said(
        f"l’article « {code} » n’est pas dans notre table : ce qu’il permet ne sera pas écrit",
        entry.place("contrat", "article"),
        f"articles connus : {known} ; sinon écrivez contrat: explication",
    )


def _motif(entry: Entry[Acte], article: Article, typed: str | None) -> Iterator[Said]:
    motif = motif_of(typed) if typed else None
    if motif is None or motif in article.motifs:
        return
    usual = _USUAL[motif]
    other = article_of(usual)
    yield Said(
        f"le motif est {_SAID[motif]}, mais l’{article.cite} vise {_a(article.titre)}",
        entry.place("contrat", "article"),
        f"pour ce motif, la base habituelle est {usual} : vérifiez l’article ou le motif",
        to_check=article.a_verifier or (other is not None and other.a_verifier),
    )


def _a(titre: str) -> str:
    """A title after « vise »: « l’accroissement … », « le contrat de projet », « les besoins … »."""
    feminine = {"absence": "l’", "vacance": "la ", "commune": "la "}
    first = titre.split(" ", 1)[0]
    if first == "besoins":
        return f"les {titre}"
    if first in feminine:
        return feminine[first] + titre
    return f"l’{titre}" if titre[0] in "aeiouéè" else f"le {titre}"


def _limits() -> Iterator[str]:
    """« 36 mois au plus (L. 332-8, 1° ; L. 332-8, 2°) », as the articles hold them."""
    bounded = [article for article in ARTICLES if article.bornes]
    for bornes in dict.fromkeys(article.bornes for article in bounded):
        cited = (article.cite.removeprefix("article ") for article in bounded if article.bornes == bornes)
        yield f"{bornes} ({' ; '.join(cited)})"


@rule(
    "E2",
    f"La durée du contrat est dans les limites de l’article cité : {', '.join(_limits())}",
    ERREUR,
    _CGFP,
    on=Acte,
)
def the_duration_of_the_article(entry: Entry[Acte], reader: Reader) -> Iterator[Said]:
    """The contract is neither longer nor shorter than the article allows, both bounds included. A duration
    that is not said in months or years is left alone."""
    contrat = entry.value.contrat
    article = article_of(contrat.article) if contrat and contrat.article else None
    typed = contrat.duree if contrat else None
    months = months_of(typed) if typed else None
    if article is None or months is None:
        return
    place = entry.place("contrat", "duree")
    over = f" sur une période de {article.sur} mois consécutifs" if article.sur else ""
    if article.maximum and months > article.maximum:
        yield Said(
            f"{typed} : l’{article.cite} permet {article.maximum} mois au plus{over}",
            place,
            "raccourcissez le contrat, ou changez d’article",
            to_check=article.a_verifier,
        )
    elif months < article.minimum:
        yield Said(
            f"{typed} : l’{article.cite} demande {article.minimum} mois au moins",
            place,
            "allongez le contrat, ou changez d’article",
            to_check=article.a_verifier,
        )


# --- dates ------------------------------------------------------------------------------------------------


@rule(
    "E3",
    "Une offre est publiée, puis close, puis le poste est pourvu",
    ERREUR,
    "cohérence de l’offre",
    on=Acte,
)
def published_closed_filled(entry: Entry[Acte], reader: Reader) -> Iterator[Said]:
    """Publication, then deadline, then start, on different days; « dès que possible » is no day."""
    acte, offre = entry.value, entry.value.offre
    start = acte.a_pourvoir if isinstance(acte.a_pourvoir, datetime.date) else None
    known = [
        (day, said, path)
        for day, said, path in (
            (offre.publication if offre else None, "la publication", ("offre", "publication")),
            (offre.limite if offre else None, "la date limite de candidature", ("offre", "limite")),
            (start, "la prise de poste", ("a_pourvoir",)),
        )
        if day is not None
    ]
    for (before, what, _), (after, then, path) in itertools.pairwise(known):
        if after <= before:
            yield Said(
                f"{then} ({date_simple(after)}) n’est pas après {what} ({date_simple(before)})",
                entry.place(*path),
                "corrigez l’une des deux dates",
            )


MONTH = 30
"""Days of the shortest month that an offer stays open: a month of February has less, and is told as a
doubt."""


@rule(
    "E10",
    "Une offre d’emploi permanent reste publiée un mois au moins",
    ALERTE,
    "CGFP, art. L. 311-2 et D. 311-2",
    to_check=True,
    on=Acte,
)
def open_for_a_month(entry: Entry[Acte], reader: Reader) -> Iterator[Said]:
    """From the publication to the last day to answer. Urgency, and contracts of less than a year, may
    shorten it: a job that is not permanent is left alone."""
    acte, offre = entry.value, entry.value.offre
    temporary = (
        acte.contrat is not None
        and re.search(r"non permanent|temporaire|projet", acte.contrat.emploi or "", re.IGNORECASE)
        is not None
    )
    if offre is None or not offre.publication or not offre.limite or temporary:
        return
    days = (offre.limite - offre.publication).days
    if 0 < days < MONTH:
        yield Said(
            f"l’offre est ouverte {days} jour{'s' * (days > 1)}",
            entry.place("offre", "limite"),
            "reportez la date limite à un mois de la publication, sauf urgence",
        )


@rule(
    "E11",
    "Une offre publiée dit le grade, les missions, le lieu et le délai de candidature",
    ALERTE,
    "CGFP, art. L. 311-2 et D. 311-2",
    to_check=True,
    on=Acte,
)
def says_what_an_offer_owes(entry: Entry[Acte], reader: Reader) -> Iterator[Said]:
    """Asked once the offer has its day of publication."""
    acte, offre = entry.value, entry.value.offre
    if offre is None or offre.publication is None:
        return
    frame = acte.cadre_statutaire
    lacking = [
        name
        for name, said in (
            ("cadre_statutaire", frame and (frame.grades or frame.cadres_d_emplois or frame.categories)),
            ("missions", acte.missions or acte.activites),
            ("lieu", acte.lieu),
            ("offre.limite", offre.limite),
        )
        if not said
    ]
    if lacking:
        yield Said(
            f"l’offre publiée ne dit pas : {', '.join(lacking)}",
            entry.place("offre"),
            "ajoutez-les, ou retirez la date de publication",
        )


# --- categories and hours ---------------------------------------------------------------------------------


@rule(
    "E4",
    "La catégorie est celle du grade",
    ALERTE,
    "statuts particuliers des cadres d’emplois territoriaux",
    on=Acte,
)
def the_category_of_the_grade(entry: Entry[Acte], reader: Reader) -> Iterator[Said]:
    """Each known grade is of a category that is announced, and each category has its grade. One grade that
    our table lacks may be of any category: then none is said to lack a grade."""
    cadre = entry.value.cadre_statutaire
    if cadre is None or not cadre.categories:
        return
    announced = set(cadre.categories)
    said = " ou ".join(cadre.categories)
    of_grades = [(grade, category_of(grade)) for grade in cadre.grades]
    for index, (grade, category) in enumerate(of_grades):
        if category and category not in announced:
            yield Said(
                f"« {grade} » est de catégorie {category}, le poste est annoncé en catégorie {said}",
                entry.place("cadre_statutaire", "grades", index),
                "corrigez le grade ou la catégorie",
            )
    found = {category for _, category in of_grades}
    if of_grades and None not in found:
        for category in sorted(announced - found):
            yield Said(
                f"aucun grade de catégorie {category}, que le poste annonce",
                entry.place("cadre_statutaire", "categories"),
                "ajoutez un grade de cette catégorie, ou retirez-la",
            )


@rule(
    "E6",
    "La durée hebdomadaire est le total de la grille des horaires",
    ERREUR,
    "cohérence du document",
    on=Acte,
)
def the_hours_of_the_grid(entry: Entry[Acte], reader: Reader) -> Iterator[Said]:
    """The total that is typed is the grid's; the mean of its weeks, when there are several."""
    temps = entry.value.temps_de_travail
    grid = temps.minutes_de_la_grille if temps else None
    if temps and grid is not None and temps.hebdomadaire is not None and grid != temps.hebdomadaire:
        mean = " en moyenne" if len(temps.horaires) > 1 else ""
        yield Said(
            f"la grille fait {duration_in_french(grid)}{mean}, le poste annonce "
            f"{duration_in_french(temps.hebdomadaire)} par semaine",
            entry.place("temps_de_travail", "hebdomadaire"),
            "corrigez la grille, ou retirez hebdomadaire : il est calculé",
        )


@rule(
    "E7",
    "Les jours d’ARTT répondent à la durée hebdomadaire",
    ALERTE,
    "circulaire du 18 janvier 2012, NOR MFPF1202031C",
    to_check=True,
    on=Acte,
)
def days_for_hours(entry: Entry[Acte], reader: Reader) -> Iterator[Said]:
    """The days of ARTT are those of the weekly duration, typed or the grid's. A duration that the circulaire
    does not name is left alone."""
    temps = entry.value.temps_de_travail
    weekly = (temps.hebdomadaire or temps.minutes_de_la_grille or 0) if temps else 0
    usual = ARTT.get(weekly)
    if temps and temps.artt is not None and usual is not None and temps.artt != usual:
        yield Said(
            f"{temps.artt} jours d’ARTT pour {duration_in_french(weekly)} : l’usage est de {usual}",
            entry.place("temps_de_travail", "artt"),
            "vérifiez le règlement du temps de travail de la collectivité",
        )
