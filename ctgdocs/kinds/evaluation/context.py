"""What the pages of an evaluation say: every year of the convention in tables, drawn from its bilans, then
the four questions of the Cnaf and their answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from ctgdocs.composing import tableaux, voice
from ctgdocs.composing.citations import with_years
from ctgdocs.composing.graphiques import chart_of
from ctgdocs.composing.parts import closing, composed
from ctgdocs.composing.pen import Pen
from ctgdocs.findings import Finding, Severity
from ctgdocs.french import enumeration, nombre
from ctgdocs.kinds.evaluation import EVALUATION, KIND, TABLEAU_DE_BORD
from ctgdocs.kinds.evaluation.acte import Acte, Reponse
from ctgdocs.prose import Block, Prose
from ctgdocs.stages import Composition, Context, Entry, Reader, every
from ctgdocs.vocabulary.actes import ActionMenee, Bilan, Mesuree
from ctgdocs.vocabulary.as_typed import read_amount, slug
from ctgdocs.vocabulary.registres import BILANS, CONVENTIONS

_NONE: Final = "–"
QUESTIONS: Final = (
    ("coherence", "Cohérence", "Les actions répondent-elles aux besoins du diagnostic ?"),
    ("objectifs", "Résultats", "Les objectifs ont-ils été atteints ?"),
    ("moyens", "Moyens", "Les moyens prévus ont-ils été mobilisés, et suffisent-ils ?"),
    ("durabilite", "Durabilité", "Que resterait-il si l’action s’arrêtait ?"),
)


class Annee(NamedTuple):
    """One year of the convention, and the pen that writes the texts of its bilan."""

    annee: int
    pen: Pen
    bilan: Bilan


class Suivie(NamedTuple):
    """An action through the years: year → the action, and its rank in the bilan."""

    titre: str
    annees: dict[int, ActionMenee]

    @property
    def last(self) -> ActionMenee:
        return self.annees[max(self.annees)]


def compose(entry: Entry[Acte], reader: Reader, part: str) -> Composition | None:
    """One document of an evaluation; the tableau de bord is None while no bilan is written."""
    pen, acte = Pen(entry, reader), entry.value
    years = years_of(acte.convention, reader)
    convention = reader.find(CONVENTIONS, acte.convention)
    title = pen.typographie(with_years(convention.value) if convention else acte.convention)
    if part == TABLEAU_DE_BORD:
        return _dashboard(pen, title, years) if years else None
    return _evaluation(pen, acte, title, years)


def years_of(convention: str, reader: Reader) -> list[Annee]:
    """The bilans of a convention, by year."""
    mine = (one for one in every(reader, BILANS) if one.value.convention == convention)
    return sorted(
        (Annee(one.value.annee, Pen(one, reader), one.value) for one in mine), key=lambda one: one.annee
    )


def actions_of(years: Sequence[Annee]) -> list[Suivie]:
    """The actions of all the years, each once, known by its number or its title."""
    found: dict[str, Suivie] = {}
    for year in years:
        for index, action in enumerate(year.bilan.actions):
            key = action.numero or slug(action.titre)
            number = f"{action.numero} – " if action.numero else ""
            title = f"{number}{year.pen.words(action.titre, 'actions', index, 'titre')}"
            followed = found.setdefault(key, Suivie(title, {}))
            followed.annees[year.annee] = action
    return list(found.values())


# --- tables -------------------------------------------------------------------------------------------------


def _states(pen: Pen, years: Sequence[Annee]) -> Prose:
    """One row an action, one column a year."""
    rows = [("Action", *(str(year.annee) for year in years))]
    rows += [
        (one.titre, *(_state(one.annees.get(year.annee)) for year in years)) for one in actions_of(years)
    ]
    block, _ = tableaux.from_texts(rows, pen.profil, caption="Avancement des actions, année par année")
    return Prose((block,))


def _state(action: ActionMenee | None) -> str:
    return voice.majuscule_initiale(action.avancement) if action else _NONE


def _money(pen: Pen, years: Sequence[Annee]) -> Prose:
    """What was planned and spent each year, and its chart from two years on."""
    rows = [("Année", "Montant prévu", "Montant dépensé")]
    sums = [(year.annee, *_sums(year.bilan.actions)) for year in years]
    rows += [(str(year), _amount(planned), _amount(spent)) for year, planned, spent in sums]
    if not any(planned or spent for _, planned, spent in sums):
        return Prose()
    block, _ = tableaux.from_texts(
        rows, pen.profil, caption="Montants prévus et dépensés", add_total=len(years) > 1
    )
    blocks: list[Block] = [block]
    if len(years) > 1 and (chart := chart_of(block, "barres", pen.profil)[0]):
        blocks.append(chart)
    return Prose(tuple(blocks))


def _amount(amount: Decimal) -> str:
    return f"{amount} €" if amount else _NONE


def _sums(actions: Sequence[ActionMenee]) -> tuple[Decimal, Decimal]:
    planned = sum((one.prevu or Decimal(0) for one in actions), Decimal(0))
    return planned, sum((one.depense or Decimal(0) for one in actions), Decimal(0))


def _measures(pen: Pen, years: Sequence[Annee]) -> Prose:
    """Each indicator: where it started, its result year by year, its target, how far it is reached."""
    rows: list[tuple[str, ...]] = [
        ("Indicateur", "Départ", *(str(year.annee) for year in years), "Cible", "Atteinte")
    ]
    for action in actions_of(years):
        rows += _measured(pen, action, years)
    if len(rows) == 1:
        return Prose()
    block, _ = tableaux.from_texts(rows, pen.profil, caption="Indicateurs")
    return Prose((block,))


def _measured(pen: Pen, action: Suivie, years: Sequence[Annee]) -> Iterator[tuple[str, ...]]:
    names = dict.fromkeys(one.intitule for year in action.annees.values() for one in year.indicateurs)
    for name in names:
        known = {
            year: one
            for year, acted in action.annees.items()
            for one in acted.indicateurs
            if one.intitule == name
        }
        initial = next((one.initial for one in known.values() if one.initial), None)
        target = next((one.cible for _, one in sorted(known.items(), reverse=True) if one.cible), None)
        results = [_result(known.get(year.annee)) for year in years]
        last = next((text for text in reversed(results) if text != _NONE), None)
        yield name, initial or _NONE, *results, target or _NONE, reached(pen, initial, last, target)


def _result(measure: Mesuree | None) -> str:
    return (measure.resultat if measure else None) or _NONE


def reached(pen: Pen, initial: str | None, last: str | None, target: str | None) -> str:
    """« 64 % »: how far of the way from where it started to its target; « – » when one is no number."""
    try:
        start, now, goal = (read_amount(text or "0") for text in (initial, last, target))
    except ValueError:
        return _NONE
    if last is None or target is None or goal == start:
        return _NONE
    share = ((now - start) * 100 / (goal - start)).quantize(Decimal(1))
    return nombre(share, pen.profil, unite="%")


# --- the two documents --------------------------------------------------------------------------------------


def _dashboard(pen: Pen, title: str, years: Sequence[Annee]) -> Composition:
    context: Context = {
        "synthese": pen.typographie(_summary(pen, years)),
        "avancement": tableaux.under_a_heading(_states(pen, years)),
        "montants": tableaux.under_a_heading(_money(pen, years)),
        "indicateurs": tableaux.under_a_heading(_measures(pen, years)),
    }
    return composed(pen, KIND.shelf, TABLEAU_DE_BORD, "Tableau de bord", title, context)


def _summary(pen: Pen, years: Sequence[Annee]) -> str:
    """« 5 actions suivies de 2022 à 2025 : 3 réalisées et 2 en cours. 134 000 € dépensés sur… »"""
    actions = actions_of(years)
    states = dict.fromkeys(one.last.avancement for one in actions)
    counts = [(state, sum(one.last.avancement == state for one in actions)) for state in states]
    said = enumeration([f"{count} {_agreed(state, count)}" for state, count in counts])
    when = f"en {years[0].annee}"
    if len(years) > 1:
        when = f"de {years[0].annee} à {years[-1].annee}"
    many = "s" if len(actions) > 1 else ""
    text = f"{len(actions)} action{many} suivie{many} {when} : {said}."
    planned, spent = (
        sum(part, Decimal(0)) for part in zip(*(_sums(y.bilan.actions) for y in years), strict=True)
    )
    if planned:
        text += f" {pen.montant(spent)} dépensés sur {pen.montant(planned)} prévus."
    return text


def _agreed(state: str, count: int) -> str:
    return f"{state}s" if count > 1 and state.endswith("e") else state


def _evaluation(pen: Pen, acte: Acte, title: str, years: Sequence[Annee]) -> Composition:
    answers = {"coherence": acte.coherence, "objectifs": acte.objectifs, "moyens": acte.moyens}
    answers["durabilite"] = acte.durabilite
    context: Context = {
        "redacteur": pen.line(acte.redacteur, "redacteur") if acte.redacteur else "",
        "methode": pen.prose(acte.methode or "", "methode"),
        "synthese": pen.typographie(_summary(pen, years)) if years else "",
        "montants": _money(pen, years) if years else Prose(),
        "indicateurs": _measures(pen, years) if years else Prose(),
        "questions": [_question(pen, key, name, question, answers[key]) for key, name, question in QUESTIONS],
        "conclusion": pen.prose(acte.conclusion or "", "conclusion"),
        "preconisations": [
            voice.majuscule_initiale(pen.line(text, "preconisations", at))
            for at, text in enumerate(acte.preconisations)
        ],
        **closing(pen, acte.date, acte.signataire),
    }
    lacking = [name for key, name, _ in QUESTIONS if answers[key] is None]
    findings = []
    if lacking or acte.date is None or not years:
        what = [f"la réponse à « {name} »" for name in lacking]
        what += [] if years else ["les bilans annuels"]
        what += [] if acte.date else ["la date de signature"]
        severity = Severity.ERREUR if acte.date else Severity.INFO
        text = f"évaluation, projet : il manque {enumeration(what)}"
        findings.append(Finding("etat", severity, text, pen.entry.place()))
    name, draft = "Évaluation finale", acte.date is None
    return composed(pen, KIND.shelf, EVALUATION, name, title, context, findings=findings, draft=draft)


def _question(pen: Pen, key: str, name: str, question: str, answer: Reponse | None) -> Context:
    said = answer.texte if answer else ""
    return {
        "titre": pen.typographie(name),
        "question": pen.typographie(question),
        "reponse": pen.prose(said, key, "texte") if answer else pen.prose("[à compléter : réponse]", key),
        "forces": [pen.line(text, key, "forces", at) for at, text in enumerate(answer.forces)]
        if answer
        else [],
        "limites": [pen.line(text, key, "limites", at) for at, text in enumerate(answer.limites)]
        if answer
        else [],
    }
