"""What the page of a bilan says: the year in a table, then action by action."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from ctgdocs.composing import acte as pages
from ctgdocs.composing import tableaux, voice
from ctgdocs.composing.citations import with_years
from ctgdocs.composing.graphiques import chart_of
from ctgdocs.composing.parts import closing, undated
from ctgdocs.composing.pen import Pen
from ctgdocs.french import nombre
from ctgdocs.kinds.bilan import KIND
from ctgdocs.kinds.bilan.acte import Acte, Action, Mesure
from ctgdocs.prose import Prose
from ctgdocs.stages import Composition, Context, Entry, Reader
from ctgdocs.vocabulary.registres import CONVENTIONS, PARTENAIRES

TEMPLATE = f"templates/{KIND.shelf}/bilan.docx"

_NONE = "–"
_STATES = ("à venir", "en cours", "réalisée", "reportée", "abandonnée")


def compose(entry: Entry[Acte], reader: Reader) -> Composition:
    """The page of one bilan, called when neither validation nor checks left an `erreur`."""
    acte = entry.value
    pen = Pen(entry, reader)
    convention = reader.find(CONVENTIONS, acte.convention)
    title = with_years(convention.value) if convention else acte.convention
    reference = pen.typographie(f"Bilan {acte.annee} – {title}")
    context: Context = {
        "collectivite": pages.head(pen),
        "reference": reference,
        "titre": pen.typographie(f"Bilan annuel {acte.annee}"),
        "sous_titre": pen.typographie(title),
        "projet": acte.date is None,
        "destinataire": _to_whom(pen, acte),
        "redacteur": pen.line(acte.redacteur, "redacteur") if acte.redacteur else "",
        "synthese": pen.prose(acte.synthese or "", "synthese"),
        "etats": _states(pen, acte),
        "tableau": _summary(pen, acte),
        "realisation": _share(pen, acte),
        "actions": list(_actions(pen, acte)),
        "difficultes": pen.prose(acte.difficultes or "", "difficultes"),
        "perspectives": pen.prose(acte.perspectives or "", "perspectives"),
        **closing(pen, acte.date, acte.signataire),
    }
    return Composition(
        context=context,
        template=TEMPLATE,
        output=pages.output(KIND.shelf, str(acte.annee), f"bilan {title}"),
        title=reference,
        watermark="PROJET" if acte.date is None else "",
        findings=(*pen.findings, *undated(pen, acte.date, "la date de signature")),
    )


def _to_whom(pen: Pen, acte: Acte) -> str:
    """« Caisse d’allocations familiales de Tarn-et-Garonne »."""
    known = pen.reader.find(PARTENAIRES, acte.destinataire) if acte.destinataire else None
    return pen.typographie(known.value.nom) if known else ""


def _states(pen: Pen, acte: Acte) -> str:
    """« 5 actions : 1 en cours, 3 réalisées, 1 reportée. »"""
    counts = [(state, sum(action.avancement == state for action in acte.actions)) for state in _STATES]
    said = ", ".join(f"{count} {_agreed(state, count)}" for state, count in counts if count)
    total = len(acte.actions)
    return pen.typographie(f"{total} {'actions' if total > 1 else 'action'} : {said}.")


def _agreed(state: str, count: int) -> str:
    return f"{state}s" if count > 1 and state.endswith("e") else state


def _summary(pen: Pen, acte: Acte) -> Prose:
    """One row an action, the money of the year summed at its foot, and shown as bars."""
    rows = [("N°", "Action", "Avancement", "Montant prévu", "Montant dépensé")]
    rows += [
        (
            action.numero or _NONE,
            pen.words(action.titre, "actions", index, "titre"),
            voice.majuscule_initiale(action.avancement),
            _amount(action.prevu),
            _amount(action.depense),
        )
        for index, action in enumerate(acte.actions)
    ]
    money = any(action.prevu is not None or action.depense is not None for action in acte.actions)
    block, _ = tableaux.from_texts(rows, pen.profil, caption="Avancement et montants", add_total=money)
    chart = chart_of(block, "barres", pen.profil)[0] if money and len(acte.actions) > 1 else None
    return Prose((block, chart) if chart else (block,))


def _amount(amount: Decimal | None) -> str:
    return _NONE if amount is None else f"{amount} €"


def _share(pen: Pen, acte: Acte) -> str:
    """What was spent of what was planned, as the table adds it up; the rate is of the actions that have
    both."""
    both = [action for action in acte.actions if action.prevu is not None and action.depense is not None]
    planned, spent = _planned(both), _spent(both)
    if not planned:
        return ""
    rate = nombre((spent * 100 / planned).quantize(Decimal("0.1")), pen.profil, unite="%")
    every = acte.actions
    told = f"{pen.montant(_spent(every))} dépensés sur {pen.montant(_planned(every))} prévus"
    if len(both) == len(every):
        return pen.typographie(f"{told}, soit {rate}.")
    known = "pour les actions dont les deux montants sont connus"
    return pen.typographie(f"{told} ; {rate} de ce qui était prévu, {known}.")


def _planned(actions: Iterable[Action]) -> Decimal:
    return sum((action.prevu or Decimal(0) for action in actions), Decimal(0))


def _spent(actions: Iterable[Action]) -> Decimal:
    return sum((action.depense or Decimal(0) for action in actions), Decimal(0))


def _actions(pen: Pen, acte: Acte) -> Iterator[Context]:
    for index, action in enumerate(acte.actions):
        at = ("actions", index)
        number = f"{action.numero} – " if action.numero else ""
        yield {
            "titre": pen.typographie(f"{number}{pen.words(action.titre, *at, 'titre')}"),
            "axe": pen.line(action.axe, *at, "axe") if action.axe else "",
            "etat": pen.typographie(_state(pen, action)),
            "indicateurs": _measures(pen, action.indicateurs, at),
            "commentaire": pen.prose(action.commentaire or "", *at, "commentaire"),
        }


def _state(pen: Pen, action: Action) -> str:
    """« Réalisée – 24 000 € prévus, 22 800 € dépensés »."""
    money = [
        f"{pen.montant(amount)} {word}"
        for amount, word in ((action.prevu, "prévus"), (action.depense, "dépensés"))
        if amount is not None
    ]
    return " – ".join(filter(None, (voice.majuscule_initiale(action.avancement), ", ".join(money))))


def _measures(pen: Pen, measures: tuple[Mesure, ...], at: tuple[str | int, ...]) -> Prose:
    """The indicators beside where they started and what was aimed at."""
    if not measures:
        return Prose()
    rows: list[tuple[str, ...]] = [("Indicateur", "Départ", "Cible", "Résultat")]
    for rank, measure in enumerate(measures):
        path = (*at, "indicateurs", rank)
        cells = (measure.initial, measure.cible, measure.resultat)
        said = (pen.words(text or _NONE, *path) for text in cells)
        rows.append((pen.words(measure.intitule, *path, "intitule"), *said))
    block, _ = tableaux.from_texts(rows, pen.profil, caption="Indicateurs")
    return Prose((block,))
