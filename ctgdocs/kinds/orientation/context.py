"""What the note d'orientations says: the whole year by year, then each service, then what the Caf's forfaits
come to."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ctgdocs.composing import acte as pages
from ctgdocs.composing import tableaux
from ctgdocs.composing.graphiques import chart_of
from ctgdocs.composing.parts import undated
from ctgdocs.composing.pen import Pen
from ctgdocs.french import date_longue, nombre
from ctgdocs.kinds.orientation import KIND
from ctgdocs.kinds.orientation.acte import Acte, Service
from ctgdocs.prose import Block, Prose
from ctgdocs.stages import Composition, Context, Entry, Reader
from ctgdocs.vocabulary.registres import BAREMES

TEMPLATE = f"templates/{KIND.shelf}/orientation.docx"
_ZERO = Decimal(0)
_HEADS = ("Année", "Dépenses", "Recettes de la Caf", "Autres recettes", "Reste à charge")


def compose(entry: Entry[Acte], reader: Reader) -> Composition:
    """The page of one note, called when neither validation nor checks left an `erreur`."""
    pen, acte = Pen(entry, reader), entry.value
    title = f"Orientations budgétaires {acte.annee}"
    reference = pen.typographie(f"{title} – affaires sociales")
    context: Context = {
        "collectivite": pages.head(pen),
        "reference": reference,
        "titre": title,
        "intitule": pen.typographie("Affaires sociales"),
        "redacteur": pen.line(acte.redacteur, "redacteur") if acte.redacteur else "",
        "date": pen.typographie(f"Le {date_longue(acte.date, pen.profil)}") if acte.date else "",
        "contexte": pen.prose(acte.contexte or "", "contexte"),
        "ensemble": _whole(pen, acte),
        "evolution": pen.typographie(_change(pen, acte)),
        "services": list(_services(pen, acte, "service")),
        "projets": list(_services(pen, acte, "projet")),
        **_bonus(pen, acte),
        "orientations": pen.prose(acte.orientations or "", "orientations"),
    }
    return Composition(
        context=context,
        template=TEMPLATE,
        output=pages.output(KIND.shelf, str(acte.annee), f"orientations {entry.id}"),
        title=reference,
        watermark="PROJET" if acte.date is None else "",
        findings=(*pen.findings, *undated(pen, acte.date, "la date de la note")),
    )


# --- tables -------------------------------------------------------------------------------------------------


def _whole(pen: Pen, acte: Acte) -> Prose:
    """Spending, receipts and what is left, a row a year; a chart from two years on."""
    rows: list[tuple[str, ...]] = [_HEADS]
    rows += [(str(year), *map(_in_euros, _figures(acte, year))) for year in acte.annees]
    said = _with_chart(pen, rows, "Ensemble des services et des projets", len(acte.annees) > 1)
    return tableaux.under_a_heading(said)


def _figures(acte: Acte, year: int) -> tuple[Decimal, Decimal, Decimal, Decimal]:
    spent = sum((one.depenses.get(year, _ZERO) for one in acte.services), _ZERO)
    caf = sum((one.caf.get(year, _ZERO) for one in acte.services), _ZERO)
    other = sum((one.autres.get(year, _ZERO) for one in acte.services), _ZERO)
    return spent, caf, other, spent - caf - other


def _with_chart(pen: Pen, rows: list[tuple[str, ...]], caption: str, drawn: bool) -> Prose:
    block, _ = tableaux.from_texts(rows, pen.profil, caption=caption)
    chart = chart_of(block, "barres", pen.profil)[0] if drawn else None
    blocks: list[Block] = [block, chart] if chart else [block]
    return Prose(tuple(blocks))


def _in_euros(amount: Decimal) -> str:
    return f"{amount} €"


def _change(pen: Pen, acte: Acte) -> str:
    """« Le reste à charge passe de 120 000 € en 2025 à 131 000 € en 2027, soit 9,2 %. »"""
    if len(acte.annees) < 2:
        return ""
    first, last = acte.annees[0], acte.annees[-1]
    before, after = _figures(acte, first)[3], _figures(acte, last)[3]
    text = f"Le reste à charge passe de {pen.montant(before)} en {first} à {pen.montant(after)} en {last}"
    if before > 0:
        rate = ((after - before) * 100 / before).quantize(Decimal("0.1"))
        word = "une hausse" if rate > 0 else "une baisse"
        text += (
            f", soit {word} de {nombre(abs(rate), pen.profil, unite='%')}" if rate else ", sans changement"
        )
    return f"{text}."


def _services(pen: Pen, acte: Acte, nature: str) -> Iterator[Context]:
    for index, one in enumerate(acte.services):
        if one.nature == nature:
            yield {
                "nom": pen.line(one.nom, "services", index, "nom"),
                "tableau": _of_a_service(pen, acte, one),
                "commentaire": pen.prose(one.commentaire or "", "services", index, "commentaire"),
            }


def _of_a_service(pen: Pen, acte: Acte, one: Service) -> Prose:
    rows: list[tuple[str, ...]] = [_HEADS]
    for year in acte.annees:
        typed = (one.depenses.get(year), one.caf.get(year), one.autres.get(year))
        if any(amount is not None for amount in typed):
            rows.append(
                (str(year), *(_in_euros(amount or _ZERO) for amount in typed), _in_euros(one.left(year)))
            )
    return _with_chart(pen, rows, "Dépenses et recettes", drawn=False)


def _bonus(pen: Pen, acte: Acte) -> Context:
    """What each forfait comes to: the amount of its barème times the quantity, its source, and the whole."""
    rows: list[tuple[str, ...]] = [("Service", "Barème", "Quantité", "Montant unitaire", "Montant")]
    total = _ZERO
    for index, service in enumerate(acte.services):
        for bonus in service.bonus:
            found = pen.reader.find(BAREMES, bonus.bareme)
            if found is None:
                continue
            scale = found.value
            amount = (scale.montant * bonus.quantite).quantize(Decimal("0.01"))
            name = pen.words(service.nom, "services", index, "nom")
            count = Decimal(
                f"{bonus.quantite:f}".rstrip("0").rstrip(".") if bonus.quantite % 1 else int(bonus.quantite)
            )
            quantity = f"{nombre(count, pen.profil)} {scale.unite}"
            source = f"{scale.libelle} ({scale.source})"
            rows.append((name, source, quantity, _in_euros(scale.montant), _in_euros(amount)))
            total += amount
    if len(rows) == 1:
        return {"bonus": Prose(), "bonus_total": ""}
    block, _ = tableaux.from_texts(rows, pen.profil)
    said = pen.typographie(f"Au total : {pen.montant(total)} attendus.")
    return {"bonus": Prose((block,)), "bonus_total": said}
