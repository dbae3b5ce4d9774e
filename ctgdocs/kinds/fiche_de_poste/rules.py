"""The rules of a post: its recruitment, its dates, its hours, its text, the privacy of its agent."""

from __future__ import annotations

import datetime
import itertools
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from ctgdocs.findings import Finding
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
from ctgdocs.kinds.fiche_de_poste.tree import as_typed
from ctgdocs.rules.emploi import E1, E2, E3, E4, E5, E6, E7, E8
from ctgdocs.rules.liens import broken, check_liens
from ctgdocs.rules.records import check_socle
from ctgdocs.stages import Entry, Reader, Steps
from ctgdocs.vocabulary.as_typed import date_in_french, shown
from ctgdocs.vocabulary.registres import AGENTS

# --- The whole text of a post, read twice: for what it repeats, and for what should not be shared


SHORTEST = 60
"""Characters under which a sentence may come back: « Relations avec les élus » is no repetition."""

_SENTENCE = re.compile(r"(?<=[.!?;])\s+(?=[A-ZÀ-Ý«])|\n\s*\n|\n\s*[-*•]\s+")
_WORDS = re.compile(r"\w+")
_DIGIT = re.compile(r"\d")
_BIRTH = re.compile(r"\bn[ée]+(?:\(e\))?e?\s+le\s+\d{1,2}[\s/.]|\bdate de naissance\s*:?\s*\d", re.IGNORECASE)
_NIR = re.compile(
    r"\b[12]\s?\d{2}\s?(?:0[1-9]|1[0-2]|[2-9]\d)\s?(?:\d{2}|2[AB])\s?\d{3}\s?\d{3}(?:\s?\d{2})?\b"
)
_IBAN = re.compile(r"\bFR\d{2}(?:\s?[\dA-Z]{4}){5}\s?[\dA-Z]{3}\b")
_PRIVATE = (
    (_NIR, "un numéro de sécurité sociale"),
    (_IBAN, "un compte bancaire"),
    (_BIRTH, "une date de naissance"),
)


class _Said(NamedTuple):
    """One sentence: as typed, where it stands, and the heading it belongs to."""

    text: str
    path: Steps
    heading: Steps


def _texts(acte: Acte) -> Iterator[tuple[Steps, Steps, str]]:
    """(heading, path, text) of every long text of the post."""
    if acte.employeur and acte.employeur.presentation:
        yield ("employeur",), ("employeur", "presentation"), acte.employeur.presentation
    for heading, rubrique in acte.rubriques():
        for path, text in rubrique.texts():
            yield heading, (*heading, *path), text
    how = acte.offre.candidature if acte.offre else None
    if how and how.informations:
        at: Steps = ("offre", "candidature", "informations")
        for path, text in how.informations.texts():
            yield at, (*at, *path), text


def _sentences(acte: Acte) -> Iterator[_Said]:
    for heading, path, text in _texts(acte):
        for piece in _SENTENCE.split(text):
            if len(piece.strip()) >= SHORTEST:
                yield _Said(piece.strip(), path, heading)


# --- repetitions ------------------------------------------------------------------------------------------


def repetitions(entry: Entry[Any], acte: Acte) -> Iterator[Finding]:
    """E5: once per pair of headings, at the second place, with the first one."""
    seen: dict[str, _Said] = {}
    pairs: dict[tuple[Steps, Steps], list[tuple[_Said, _Said]]] = {}
    for said in _sentences(acte):
        first = seen.setdefault(" ".join(_WORDS.findall(said.text.lower())), said)
        if first is not said:
            pairs.setdefault((first.heading, said.heading), []).append((first, said))
    for (earlier, later), repeated in pairs.items():
        first, again = repeated[0]
        where = entry.place(*as_typed(entry, first.path))
        count = f"{len(repeated)} phrases" if len(repeated) > 1 else "une phrase"
        same = "dans la même rubrique" if earlier == later else f"déjà dans « {_name(earlier)} »"
        yield E5.finding(
            f"« {_name(later)} » répète {count} {same} : {shown(again.text)}",
            entry.place(*as_typed(entry, again.path)),
            f"gardez un seul des deux textes ; l’autre est ligne {where.line}",
        )


def _name(heading: Steps) -> str:
    return ".".join(str(step) for step in heading if isinstance(step, str))


# --- personal data ----------------------------------------------------------------------------------------


def personal_data(entry: Entry[Any], acte: Acte, reader: Reader) -> Iterator[Finding]:
    """E8: what belongs to the agent's own file, found in the shared one."""
    agent = reader.find(AGENTS, acte.agent) if acte.agent else None
    name = agent.value.nom if agent else ""
    for path, text in _every_text(acte):
        for pattern, what in _PRIVATE if _DIGIT.search(text) else ():
            if pattern.search(text):
                yield _private(entry, path, what)
        if name and re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE):
            yield _private(entry, path, f"le nom de l’agent, « {name} »")


def _every_text(acte: Acte) -> Iterator[tuple[Steps, str]]:
    for key in ("intitule", "service", "affectation", "experience", "niveau_d_etudes", "remuneration"):
        if text := getattr(acte, key):
            yield (key,), text
    for index, superieur in enumerate(acte.superieurs):
        yield ("superieurs", index, "qui"), superieur.qui
    yield from ((path, text) for _, path, text in _texts(acte))


def _private(entry: Entry[Any], path: Steps, what: str) -> Finding:
    return E8.finding(
        f"{what} dans un fichier partagé",
        entry.place(*as_typed(entry, path)),
        "mettez-le dans content/agents/, que git ignore, ou retirez-le",
    )


# --- The rules of a fiche de poste and of its offre d'emploi


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


def check(entry: Entry[Any], reader: Reader) -> list[Finding]:
    """The findings of one post."""
    acte: Acte = entry.value
    return [
        *check_liens(entry, reader),
        *check_socle(entry, reader),
        *_agent(entry, acte, reader),
        *_contract(entry, acte),
        *_dates(entry, acte),
        *_categories(entry, acte),
        *_hours(entry, acte),
        *repetitions(entry, acte),
        *personal_data(entry, acte, reader),
    ]


def _agent(entry: Entry[Any], acte: Acte, reader: Reader) -> Iterator[Finding]:
    """An agent's file may be missing here; it may not be wrong."""
    if acte.agent and reader.exists(AGENTS, acte.agent) and reader.find(AGENTS, acte.agent) is None:
        yield broken(reader, "agents", acte.agent, entry.place("agent"))


# --- the contract -----------------------------------------------------------------------------------------


def _contract(entry: Entry[Any], acte: Acte) -> Iterator[Finding]:
    contrat = acte.contrat
    if contrat is None or not contrat.article:
        return
    article = article_of(contrat.article)
    if article is None:
        yield _unknown_article(entry, contrat.article)
        return
    yield from _motif(entry, article, contrat.motif)
    yield from _duration(entry, article, contrat.duree)


def _unknown_article(entry: Entry[Any], typed: str) -> Finding:
    known = ", ".join(article.code for article in ARTICLES)
    code = code_cited(typed) or typed
    return E1.finding(
        f"l’article « {code} » n’est pas dans notre table : ce qu’il permet ne sera pas écrit",
        entry.place("contrat", "article"),
        f"articles connus : {known} ; sinon écrivez contrat: explication",
    )


def _motif(entry: Entry[Any], article: Article, typed: str | None) -> Iterator[Finding]:
    """E1: what is typed as the reason is one that the article allows."""
    motif = motif_of(typed) if typed else None
    if motif is None or motif in article.motifs:
        return
    usual = _USUAL[motif]
    other = article_of(usual)
    yield E1.finding(
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


def _duration(entry: Entry[Any], article: Article, typed: str | None) -> Iterator[Finding]:
    """E2: the contract is neither longer nor shorter than the article allows."""
    months = months_of(typed) if typed else None
    if months is None:
        return
    place = entry.place("contrat", "duree")
    over = f" sur une période de {article.sur} mois consécutifs" if article.sur else ""
    if article.maximum and months > article.maximum:
        yield E2.finding(
            f"{typed} : l’{article.cite} permet {article.maximum} mois au plus{over}",
            place,
            "raccourcissez le contrat, ou changez d’article",
            to_check=article.a_verifier,
        )
    elif months < article.minimum:
        yield E2.finding(
            f"{typed} : l’{article.cite} demande {article.minimum} mois au moins",
            place,
            "allongez le contrat, ou changez d’article",
            to_check=article.a_verifier,
        )


# --- dates ------------------------------------------------------------------------------------------------


def _dates(entry: Entry[Any], acte: Acte) -> Iterator[Finding]:
    """E3: publication, then deadline, then start."""
    offre = acte.offre
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
            yield E3.finding(
                f"{then} ({date_in_french(after)}) n’est pas après {what} ({date_in_french(before)})",
                entry.place(*path),
                "corrigez l’une des deux dates",
            )


# --- categories and hours ---------------------------------------------------------------------------------


def _categories(entry: Entry[Any], acte: Acte) -> Iterator[Finding]:
    """E4: each known grade is of a category that is announced, and each category has its grade."""
    cadre = acte.cadre_statutaire
    if cadre is None or not cadre.categories:
        return
    announced = set(cadre.categories)
    said = " ou ".join(cadre.categories)
    of_grades = [(grade, category_of(grade)) for grade in cadre.grades]
    for index, (grade, category) in enumerate(of_grades):
        if category and category not in announced:
            yield E4.finding(
                f"« {grade} » est de catégorie {category}, le poste est annoncé en catégorie {said}",
                entry.place("cadre_statutaire", "grades", index),
                "corrigez le grade ou la catégorie",
            )
    found = {category for _, category in of_grades}
    if of_grades and None not in found:
        for category in sorted(announced - found):
            yield E4.finding(
                f"aucun grade de catégorie {category}, que le poste annonce",
                entry.place("cadre_statutaire", "categories"),
                "ajoutez un grade de cette catégorie, ou retirez-la",
            )


def _hours(entry: Entry[Any], acte: Acte) -> Iterator[Finding]:
    """E6 and E7: the typed total is the grid's, the days of ARTT are those of the weekly duration."""
    temps = acte.temps_de_travail
    if temps is None:
        return
    grid = temps.minutes_de_la_grille
    if grid is not None and temps.hebdomadaire is not None and grid != temps.hebdomadaire:
        mean = " en moyenne" if len(temps.horaires) > 1 else ""
        yield E6.finding(
            f"la grille fait {duration_in_french(grid)}{mean}, le poste annonce "
            f"{duration_in_french(temps.hebdomadaire)} par semaine",
            entry.place("temps_de_travail", "hebdomadaire"),
            "corrigez la grille, ou retirez hebdomadaire : il est calculé",
        )
    weekly = temps.hebdomadaire or grid
    usual = ARTT.get(weekly or 0)
    if temps.artt is not None and usual is not None and temps.artt != usual:
        yield E7.finding(
            f"{temps.artt} jours d’ARTT pour {duration_in_french(weekly or 0)} : l’usage est de {usual}",
            entry.place("temps_de_travail", "artt"),
            "vérifiez le règlement du temps de travail de la collectivité",
        )
