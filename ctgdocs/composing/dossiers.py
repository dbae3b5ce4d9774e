"""What a dossier says on a page: its texts with the tables they cite, its calendar, what comes next."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Literal, Protocol

from ctgdocs.composing import voice
from ctgdocs.composing.columns import blank, read_number
from ctgdocs.composing.inline import scan
from ctgdocs.composing.pen import Pen
from ctgdocs.content.heritage import Heir
from ctgdocs.french import MOIS_ECRIT, date_longue, nombre, numero_de_mois
from ctgdocs.patterns import regex
from ctgdocs.prose import Cell, Paragraph, Prose, Run, TableBlock
from ctgdocs.vocabulary.actes import LigneDuPlan, Tableau
from ctgdocs.vocabulary.dossiers import Affaire
from ctgdocs.vocabulary.registres import INSTANCES, PARTENAIRES, SEANCES

if TYPE_CHECKING:
    from ctgdocs.vocabulary.dossiers import Etape, Finances, LigneFinanciere, Scenario, Suite


# --- The two tables that a dossier brings of itself: who pays what, and the solutions side by side


FINANCES: Final = "finances"
"""`{tableau:finances}` is the table below, wherever an author wants it."""


def finances_table(pen: Pen, finances: Finances) -> Prose:
    """Dépenses beside recettes, what is left to the collectivité closing the second side."""
    if not finances.depenses:
        return Prose()
    return Prose(pen.table(finances_as_table(pen, finances), FINANCES))


def finances_as_table(pen: Pen, finances: Finances) -> Tableau:
    def row(ligne: LigneFinanciere) -> LigneDuPlan:
        return LigneDuPlan(libelle=ligne.libelle, montant=ligne.montant)

    recettes = list(map(row, finances.recettes))
    if finances.solde > 0:
        recettes.append(LigneDuPlan(libelle=_left_to_whom(pen), montant=finances.solde))
    titre = f"Dépenses et recettes, {finances.periode}" if finances.periode else "Dépenses et recettes"
    return Tableau(titre=titre, depenses=tuple(map(row, finances.depenses)), recettes=tuple(recettes))


def _left_to_whom(pen: Pen) -> str:
    return f"Reste à charge {voice.of_the(pen.collectivite.nom_court)}"


def finances_in_words(pen: Pen, finances: Finances) -> list[dict[str, str]]:
    """What stands under the table: the Caf's share, the reste à charge, where the credits are."""
    lines: list[dict[str, str]] = []
    total = finances.total_depenses

    def share(amount: Decimal) -> str:
        text = pen.montant(amount)
        if not total or amount >= total:
            return text
        percent = nombre((amount * 100 / total).quantize(Decimal(1)), pen.profil, unite="%")
        return f"{text}, soit {percent} des dépenses"

    for id in dict.fromkeys(ligne.partenaire for ligne in finances.recettes if ligne.partenaire):
        partner = pen.reader.find(PARTENAIRES, id)
        if partner is not None and partner.value.type == "caf":
            given = sum((li.montant for li in finances.recettes if li.partenaire == id), Decimal(0))
            name = partner.value.nom_court or partner.value.nom
            lines.append({"libelle": pen.typographie(f"Recettes de la {name}"), "texte": share(given)})
    if finances.depenses:
        left = max(finances.solde, Decimal(0))
        lines.append({"libelle": "Reste à charge", "texte": share(left) if left else "aucun"})
    if finances.imputation:
        text = pen.line(finances.imputation, FINANCES, "imputation")
        lines.append({"libelle": "Imputation", "texte": text})
    return [{**line, "texte": pen.typographie(line["texte"])} for line in lines]


def scenarios_table(pen: Pen, scenarios: Sequence[Scenario]) -> Prose:
    """One solution a row: what speaks for it, against it, what it costs. The one proposed is in bold."""
    if not scenarios:
        return Prose()
    priced = any(scenario.cout for scenario in scenarios)
    titles = ("Scénario", "Avantages", "Inconvénients", *(("Coût",) if priced else ()))
    head = tuple(Cell((Paragraph((Run(title),), "tableau_entete"),)) for title in titles)
    rows = [_row(pen, scenario, index, priced) for index, scenario in enumerate(scenarios)]
    widths = (24, 30, 28, 18) if priced else (26, 37, 37)
    return Prose((TableBlock((head, *rows), caption="Comparaison des scénarios", widths=widths),))


def _row(pen: Pen, scenario: Scenario, index: int, priced: bool) -> tuple[Cell, ...]:
    path = ("scenarios", index)
    name = [_cell_line(pen.line(scenario.titre, *path, "titre"), bold=True)]
    if scenario.retenu:
        name.append(_cell_line("Scénario proposé"))
    if scenario.description:
        name.append(
            _cell_line(voice.majuscule_initiale(pen.line(scenario.description, *path, "description")))
        )
    cells = [Cell(tuple(name))]
    for field, points in (("avantages", scenario.avantages), ("inconvenients", scenario.inconvenients)):
        said = [pen.line(text, *path, field, at) for at, text in enumerate(points)] or ["–"]
        cells.append(Cell(tuple(_cell_line(voice.majuscule_initiale(text)) for text in said)))
    if priced:
        cost = _cost(pen, scenario, path)
        align: Literal["left", "right"] = "right" if blank(cost) or read_number(cost) else "left"
        cells.append(Cell((_cell_line(cost, bold=scenario.retenu),), align))
    return tuple(cells)


def _cell_line(text: str, *, bold: bool = False) -> Paragraph:
    return Paragraph((Run(text, bold=bold),), "tableau_texte")


def _cost(pen: Pen, scenario: Scenario, path: tuple[str | int, ...]) -> str:
    """A bare number is an amount in euros."""
    if not scenario.cout:
        return "–"
    text = pen.line(scenario.cout, *path, "cout")
    number = read_number(scenario.cout)
    return pen.montant(number[0]) if number and number[1] in ("", "€") else text


def texts(
    pen: Pen, record: Affaire, typed: Mapping[str, str | None], tableaux: Mapping[str, Tableau] | None = None
) -> dict[str, Prose]:
    """The long texts of a matter by field, as `typed`, each with the tables it cites; those of `tableaux`
    (all its own) that no text cites follow the last one. A field without text is an empty `Prose`."""
    own = record.tableaux if tableaux is None else tableaux
    known = {**tables_of(pen, record), **own}
    cited = {field: _cited(text or "") for field, text in typed.items()}
    said: dict[str, Prose] = {}
    for field, text in typed.items():
        wanted = {id: known[id] for id in cited[field] if id in known}
        said[field] = pen.prose(text, field, tables=wanted) if text else Prose()
    placed = {id for ids in cited.values() for id in ids}
    if rest := [id for id in own if id not in placed]:
        fields = list(typed)
        last = next((field for field in reversed(fields) if typed[field]), fields[-1])
        tables = (block for id in rest for block in pen.table(own[id], "tableaux", id))
        said[last] = Prose((*said[last].blocks, *tables))
    return said


def tables_of(pen: Pen, record: Affaire) -> dict[str, Tableau]:
    """The tables that a text may cite: those typed, and `finances`."""
    if record.finances is None:
        return dict(record.tableaux)
    return {FINANCES: finances_as_table(pen, record.finances), **record.tableaux}


def _cited(text: str) -> tuple[str, ...]:
    return tuple(found.argument for found in scan(text)[0] if found.name == "tableau")


class Explained(Protocol):
    """An act with its own exposé des motifs, and the tables of it."""

    @property
    def expose(self) -> str | None: ...
    @property
    def tableaux(self) -> Mapping[str, Tableau]: ...


def expose(pen: Pen, record: Explained) -> Prose:
    """The exposé des motifs of an act: what it types, else what its dossier says of the contexte and of the
    proposition."""
    lender = pen.entry.dossier if isinstance(pen.entry, Heir) else None
    dossier = lender.value if lender else None
    if not isinstance(dossier, Affaire):
        return pen.prose(record.expose or "", "expose", tables=record.tableaux)
    own = {id: table for id, table in record.tableaux.items() if dossier.tableaux.get(id) is not table}
    if record.expose:
        lent = {id: table for id, table in tables_of(pen, dossier).items() if id in _cited(record.expose)}
        return pen.prose(record.expose, "expose", tables=lent | own)
    said = texts(pen, dossier, {"contexte": dossier.contexte, "proposition": dossier.proposition}, own)
    return Prose(tuple(block for prose in said.values() for block in prose.blocks))


def calendar(pen: Pen, steps: Mapping[str, Etape]) -> list[dict[str, str]]:
    """« 1er mars 2027 – Ouverture du lieu d’accueil », in the order of the days; a step that tells no day nor
    month stays after the one that its author put before it."""
    ranked: list[tuple[date, str, Etape]] = []
    for name, step in steps.items():
        day = step.date or _roughly(step.quand or "")
        ranked.append((day or (ranked[-1][0] if ranked else date.min), name, step))
    ranked.sort(key=lambda one: one[0])
    return [{"quand": _when(pen, name, step), "libelle": _label(pen, name, step)} for _, name, step in ranked]


_MONTH = regex(rf"\b(?P<mois>{MOIS_ECRIT})\b[^\d]{{0,4}}(?P<annee>(?:19|20)\d\d)\b", re.IGNORECASE)
_LATER = regex(r"\b(?:(?P<mi>mi-|15\b|(?:seconde|deuxième|2e) quinzaine)|(?P<fin>fin\b))", re.IGNORECASE)
_SEASON = regex(
    r"\b(?P<quand>début|hiver|printemps|été|rentrée|automne|fin|(?:premier|second|deuxième) semestre)\b"
    r"[^\d]{0,12}(?P<annee>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_FIRST_MONTH = {
    "début": 1,
    "hiver": 1,
    "premier semestre": 1,
    "printemps": 3,
    "été": 6,
    "second semestre": 7,
    "deuxième semestre": 7,
    "rentrée": 9,
    "automne": 9,
    "fin": 12,
}


def _roughly(text: str) -> date | None:
    """About when a step is, for its place among the others: « première quinzaine de décembre 2026 »,
    « printemps 2027 »; None when no month can be told."""
    if found := _MONTH.search(text):
        later = _LATER.search(text)
        day = 1 if later is None else 15 if later["mi"] else 28
        return date(int(found["annee"]), numero_de_mois(found["mois"]) or 1, day)
    if found := _SEASON.search(text):
        return date(int(found["annee"]), _FIRST_MONTH[found["quand"].lower()], 1)
    return None


def _when(pen: Pen, name: str, step: Etape) -> str:
    if step.date is not None:
        return date_longue(step.date, pen.profil)
    return voice.majuscule_initiale(pen.line(step.quand or "", "calendrier", name, "quand"))


def _label(pen: Pen, name: str, step: Etape) -> str:
    if step.libelle:
        return pen.line(step.libelle, "calendrier", name, "libelle")
    return voice.majuscule_initiale(name.replace("-", " "))


def following(pen: Pen, suites: Iterable[Suite], seance: str | None) -> list[str]:
    """« Conseil communautaire du jeudi 24 septembre 2026 : délibération »: as typed, else the séance."""
    said = [_suite(pen, suite, index) for index, suite in enumerate(suites)]
    if said or not seance:
        return said
    found = pen.reader.find(SEANCES, seance)
    body = pen.reader.find(INSTANCES, found.value.instance) if found else None
    if found is None or body is None:
        return []
    return [pen.typographie(f"{_of_the_day(body.value.nom, found.value.date, pen)} : délibération")]


def _suite(pen: Pen, suite: Suite, index: int) -> str:
    text = pen.line(suite.texte, "suites", index, "texte") if suite.texte else ""
    found = pen.reader.find(INSTANCES, suite.instance) if suite.instance else None
    if found is None:
        when = f"{voice.majuscule_initiale(date_longue(suite.date, pen.profil))} : " if suite.date else ""
        return pen.typographie(when) + text
    head = _of_the_day(found.value.nom, suite.date, pen)
    return pen.typographie(f"{head} : {text}") if text else head


def _of_the_day(body: str, day: date | None, pen: Pen) -> str:
    named = voice.majuscule_initiale(body)
    return pen.typographie(f"{named} du {date_longue(day, pen.profil, jour=True)}" if day else named)
