"""The rules of a bilan: its year is one of the convention's, and what it spent is explained."""

from __future__ import annotations

from collections.abc import Iterator

from ctgdocs.findings import Finding, Related
from ctgdocs.kinds.bilan.acte import Acte
from ctgdocs.rules.chronology import Dated
from ctgdocs.rules.rule import ALERTE, ERREUR, Said, check, judge, rule
from ctgdocs.rules.texts import texts_read
from ctgdocs.stages import Entry, Reader
from ctgdocs.vocabulary.registres import CONVENTIONS


@check(on=Acte)
def citations(bilan: Entry[Acte], reader: Reader) -> list[Finding]:
    """D6, on the day of the signature."""
    return judge(Dated(bilan.value.date, bilan.place("date"), texts_read(bilan)), reader)


@rule("B1", "Le bilan porte sur une année de la convention", ERREUR, "cohérence avec la convention", on=Acte)
def a_year_of_the_convention(bilan: Entry[Acte], reader: Reader) -> Iterator[Said]:
    """The year lies between the first and the last one of the convention; a convention without dates is
    left alone."""
    convention = reader.find(CONVENTIONS, bilan.value.convention)
    if convention is None or not (convention.value.debut and convention.value.fin):
        return
    first, last = convention.value.debut.year, convention.value.fin.year
    if not first <= bilan.value.annee <= last:
        yield Said(
            f"le bilan porte sur {bilan.value.annee}, la convention va de {first} à {last}",
            bilan.place("annee"),
            "corrigez annee, ou citez la convention de cette année",
            related=(Related(convention.place("debut"), f"la convention commence en {first}"),),
        )


@rule("B2", "Une dépense au-delà du prévu est expliquée", ALERTE, "cohérence du bilan", on=Acte)
def an_excess_is_explained(bilan: Entry[Acte], reader: Reader) -> Iterator[Said]:
    """An action that cost more than was planned says why in its comment; one without a planned amount is left
    alone, and so is one that cost what was planned."""
    for index, action in enumerate(bilan.value.actions):
        if action.prevu is None or action.depense is None or action.commentaire:
            continue
        if action.depense > action.prevu:
            yield Said(
                f"« {action.titre} » a dépensé plus que prévu, sans explication",
                bilan.place("actions", index, "depense"),
                "dites pourquoi dans commentaire",
                related=(Related(bilan.place("actions", index, "prevu"), "le montant prévu"),),
            )


@rule("B3", "Une action réalisée dit ce qu’elle a donné", ALERTE, "cohérence du bilan", on=Acte)
def what_is_done_has_results(bilan: Entry[Acte], reader: Reader) -> Iterator[Said]:
    """Each indicator of an action that is done has its result; other actions may still be counting."""
    for index, action in enumerate(bilan.value.actions):
        for rank, mesure in enumerate(action.indicateurs):
            if action.avancement == "réalisée" and mesure.resultat is None:
                yield Said(
                    f"« {action.titre} » est réalisée, mais « {mesure.intitule} » n’a pas de résultat",
                    bilan.place("actions", index, "indicateurs", rank),
                    "ajoutez resultat",
                )
