"""The rules of a convention: its period, its parties and their authority, its plan d'actions, its blanks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from ctgdocs.findings import Finding, Severity
from ctgdocs.kinds.convention.acte import Acte
from ctgdocs.kinds.convention.parties import authority, is_public, named, record_of
from ctgdocs.kinds.convention.plan_lu import Plan, plan_of
from ctgdocs.kinds.convention.renouvellement import check_renouvellement
from ctgdocs.rules.catalogue import G1, G2, G3, G4, G5, G6, G7, G8
from ctgdocs.rules.liens import check_liens, check_visas
from ctgdocs.rules.records import check_socle
from ctgdocs.rules.rule import consistency
from ctgdocs.rules.texts import blank, check_a_completer, inside, texts
from ctgdocs.stages import Entry, Reader, Steps
from ctgdocs.vocabulary.as_typed import date_in_french
from ctgdocs.vocabulary.registres import CONVENTIONS, VISAS

_AMOUNT = re.compile(
    r"\d[\d \u00a0\u202f]*(?:,\d\d?)?[ \u00a0\u202f]?(?:€|euros?\b)|\{montant(?:_en_lettres)?:"
)
_SPPE = re.compile(r"214-1-3|2023-1196")
_YEARS = 5


def check(entry: Entry[Any], reader: Reader) -> list[Finding]:
    """The findings of one convention."""
    acte: Acte = entry.value
    plan = plan_of(entry, reader)
    return [
        *check_liens(entry, reader),
        *check_socle(entry, reader),
        *check_visas(entry, reader, acte.visas, acte.signature or acte.version),
        *_statut(entry, acte),
        *_structure(entry, acte),
        *_period(entry, acte, reader),
        *_parties(entry, acte, reader),
        *_ctg(entry, acte, reader),
        *_plan(acte, plan),
        *check_renouvellement(entry, reader),
        *check_a_completer(entry, projet=acte.projet),
    ]


def _statut(entry: Entry[Any], acte: Acte) -> Iterator[Finding]:
    """A signed convention has its date, and only a signed one has it."""
    if acte.statut == "signe" and acte.signature is None:
        yield consistency(
            "signature", "la convention est signée, mais sa date de signature manque",
            entry.place("statut"), "indiquez signature",
        )  # fmt: skip
    elif acte.statut != "signe" and acte.signature is not None:
        yield consistency(
            "signature", "la convention a une date de signature, mais son statut n’est pas « signe »",
            entry.place("signature"), "écrivez statut: signe, ou retirez la date",
        )  # fmt: skip


def _structure(entry: Entry[Any], acte: Acte) -> Iterator[Finding]:
    """Headings that can be told apart, annexes that have something to show."""
    articles: list[tuple[Steps, str]] = [(("articles", at), one.cle) for at, one in enumerate(acte.articles)]
    for at, one in enumerate(acte.articles):
        articles += [(("articles", at, "articles", below), sub.cle) for below, sub in enumerate(one.articles)]
        if not one.texte and not one.articles:
            message = f"l’article « {one.titre} » n’a ni texte ni sous-article"
            yield consistency("article-vide", message, entry.place("articles", at))
    annexes: list[tuple[Steps, str]] = [(("annexes", at), one.cle) for at, one in enumerate(acte.annexes)]
    for family in (articles, annexes):
        counts = Counter(id for _, id in family)
        for path, id in family:
            if counts[id] > 1:
                message = f"« {id} » est l’identifiant de deux titres"
                yield consistency("titre-en-double", message, entry.place(*path), "donnez-leur un id")
    sources = {
        "plan-d-actions": ("plan", acte.plan), "equipements": ("equipements", acte.equipements),
        "bilan": ("renouvelle", acte.renouvelle),
        "gouvernance": ("suivi", acte.suivi.copil or acte.suivi.comites),
    }  # fmt: skip
    for at, annexe in enumerate(acte.annexes):
        field, value = sources.get(annexe.contenu, ("", True))
        if not value and not (annexe.texte and annexe.contenu == "gouvernance"):
            message = f"l’annexe « {annexe.titre} » n’a rien à montrer : « {field} » n’est pas rempli"
            yield consistency("annexe-vide", message, entry.place("annexes", at, "contenu"))


# --- period ---------------------------------------------------------------------------------------------


def _period(entry: Entry[Any], acte: Acte, reader: Reader) -> Iterator[Finding]:
    """G1 to G3: after the one before, five years at most, whole years."""
    for field in ("renouvelle", "parente"):
        if getattr(acte, field) == entry.id:
            message = "une convention ne peut pas se citer elle-même"
            yield consistency("convention-en-boucle", message, entry.place(field))
    before = reader.find(CONVENTIONS, acte.renouvelle) if acte.renouvelle else None
    if before is not None and before.value.fin and acte.debut:
        expected = before.value.fin + timedelta(days=1)
        if acte.debut != expected:
            what = "laisse un vide après" if acte.debut > expected else "empiète sur"
            yield G1.finding(
                f"la convention commence le {date_in_french(acte.debut)} : elle {what} celle qu’elle "
                f"renouvelle, qui finit le {date_in_french(before.value.fin)}",
                entry.place("debut"),
                f"commencez le {date_in_french(expected)}, ou prolongez l’ancienne par avenant",
            )
    start, end, field = _span(acte, reader)
    if start is None or end is None:
        return
    if end >= _after(start, _YEARS):
        yield G2.finding(
            f"du {date_in_french(start)} au {date_in_french(end)}, la convention dure plus de cinq ans",
            entry.place(field),
            f"pour cinq ans, finissez le {date_in_french(_after(start, _YEARS) - timedelta(days=1))}",
        )
    if (start.month, start.day) != (1, 1) or (end.month, end.day) != (12, 31):
        yield G3.finding(
            f"du {date_in_french(start)} au {date_in_french(end)}, la convention ne couvre pas des années "
            "entières",
            entry.place(field),
        )


def _span(acte: Acte, reader: Reader) -> tuple[date | None, date | None, str]:
    """The days that a CTG covers; with an avenant that extends it, those of both."""
    if acte.type == "ctg":
        return acte.debut, acte.fin, "fin" if acte.fin else "debut"
    parent = reader.find(CONVENTIONS, acte.parente) if acte.type == "avenant" and acte.parente else None
    if parent is not None and parent.value.type == "ctg":
        return parent.value.debut, acte.fin, "fin"
    return None, None, ""


def _after(start: date, years: int) -> date:
    """The first day after so many years from `start`."""
    try:
        return start.replace(year=start.year + years)
    except ValueError:  # 29 February
        return date(start.year + years, 3, 1)


# --- parties --------------------------------------------------------------------------------------------


def _parties(entry: Entry[Any], acte: Acte, reader: Reader) -> Iterator[Finding]:
    """G4 and G6: a délibération for each collectivité, executory before the signature."""
    severity = Severity.ERREUR if acte.statut == "signe" else Severity.ALERTE
    for at, partie in enumerate(acte.parties):
        name, place = named(reader, partie), entry.place("parties", at)
        mandate = authority(reader, partie)
        if mandate is None:
            if is_public(partie, record_of(reader, partie)):
                yield G6.finding(
                    f"la partie « {name} » n’a pas d’autorité : sa délibération n’est pas indiquée",
                    place, "indiquez autorite: numéro de la délibération", severity=severity,
                )  # fmt: skip
            continue
        place = entry.place("parties", at, "autorite")
        if mandate.number and mandate.day is None:
            yield G6.finding(
                f"la date de la délibération n° {mandate.number} (« {name} ») n’est pas connue",
                place,
                "attendez son vote, ou indiquez sa séance" if mandate.known else "indiquez sa date : du",
                severity=severity,
            )
        if acte.signature is None or mandate.day is None:
            continue
        late = next((day for day in (mandate.day, mandate.executory) if day and day > acte.signature), None)
        if late or (mandate.known and mandate.executory is None):
            since = (
                f"elle l’est le {date_in_french(late)}" if late else "elle n’a pas été transmise et publiée"
            )
            yield G4.finding(
                f"la convention est signée le {date_in_french(acte.signature)}, mais la délibération "
                f"n° {mandate.number} (« {name} ») n’est pas encore exécutoire : {since}",
                place,
                "vérifiez les dates de transmission et de publication",
            )


# --- what a CTG says ------------------------------------------------------------------------------------


def _ctg(entry: Entry[Any], acte: Acte, reader: Reader) -> Iterator[Finding]:
    """G5 and G7: no amounts in the articles, the SPPE among the visas."""
    if acte.type != "ctg":
        return
    for path, text in _body(acte):
        for found in _AMOUNT.finditer(text):
            line = text.count("\n", 0, found.start())
            column = found.start() - (text.rfind("\n", 0, found.start()) + 1)
            said = found[0].rstrip(":").strip() + ("…}" if found[0].startswith("{") else "")
            yield G5.finding(
                f"un montant dans le corps de la convention : « {said} »",
                entry.place_in(path, line, column),
                "déplacez-le dans une annexe, ou dans une convention d’objectifs et de financement",
            )
    day = acte.signature or acte.debut
    if day is not None and G7.in_force(day) and not any(map(_SPPE.search, _visas(acte, reader))):
        yield G7.finding(
            "la convention ne vise pas le service public de la petite enfance",
            entry.place("visas"),
            "ajoutez un visa de l’article L. 214-1-3 du code de l’action sociale et des familles",
        )


def _body(acte: Acte) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if acte.preambule:
        yield ("preambule",), acte.preambule
    for at, article in enumerate(acte.articles):
        if article.texte:
            yield ("articles", at, "texte"), article.texte
        for below, sub in enumerate(article.articles):
            yield ("articles", at, "articles", below, "texte"), sub.texte


def _visas(acte: Acte, reader: Reader) -> Iterator[str]:
    for visa in acte.visas:
        known = reader.find(VISAS, visa.texte) if visa.texte else None
        yield known.value.texte if known else visa.texte or ""


# --- plan d'actions -------------------------------------------------------------------------------------


def _plan(acte: Acte, plan: Plan | None) -> Iterator[Finding]:
    """G8, and what the sheet that keeps the plan has to say."""
    if plan is None:
        return
    yield from plan.findings
    if plan.sheet is not None:
        for path, text in texts(plan.sheet.root):
            for said, _ in inside(text):
                yield blank(plan.place(*path), said, projet=acte.projet)
    for one in plan.kept():
        cost, funded = one.action.cout, one.action.finance
        if cost is not None and one.action.financements and cost != funded:
            yield G8.finding(
                f"action {one.numero}, « {one.action.titre} » : le coût est de {_euros(cost)}, "
                f"les financements font {_euros(funded)}",
                plan.place(*one.path, "cout"),
                "corrigez le coût ou les financements ; sans cout, leur somme est reprise",
                severity=Severity.ALERTE if acte.projet else Severity.ERREUR,
            )


def _euros(amount: object) -> str:
    return f"{amount:,.2f} €".replace(",", "\u202f").replace(".", ",").replace(",00 €", " €")
