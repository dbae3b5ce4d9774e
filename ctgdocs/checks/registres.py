"""The one door for what is typed once: every record of a registry, checked by what it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from ctgdocs.checks.catalogue import Q5
from ctgdocs.checks.dossiers import check_dossier
from ctgdocs.checks.liens import check_liens
from ctgdocs.checks.names import namer
from ctgdocs.checks.rule import consistency
from ctgdocs.checks.seance import check_seance
from ctgdocs.findings import Finding, Severity
from ctgdocs.stages import Entry, Reader
from ctgdocs.vocabulary.instances import Instance
from ctgdocs.vocabulary.nearest import nearest
from ctgdocs.vocabulary.seances import Seance


def check_fiche(entry: Entry, reader: Reader) -> list[Finding]:
    """The findings of one valid record: ids that point nowhere, and what contradicts itself in it."""
    return _CHECKS.get(entry.registry, check_liens)(entry, reader)


def check_fiche_de_seance(entry: Entry, reader: Reader) -> list[Finding]:
    """A séance: its rules, and movements at délibérations that exist (said of the séance alone: its
    délibérations do not depend on each other)."""
    return [*check_seance(entry, reader), *_movements(entry, reader)]


def _movements(entry: Entry, reader: Reader) -> Iterator[Finding]:
    seance: Seance = entry.value
    if seance.ordre_du_jour:
        return
    for index, mouvement in enumerate(seance.mouvements):
        for field in ("arrive_a", "quitte_a"):
            numero = getattr(mouvement, field)
            if numero and not reader.exists("deliberation", numero):
                near = nearest(numero, reader.ids("deliberation"))
                said = consistency(
                    "mouvement",
                    f"la délibération « {numero} » n’est pas dans content/deliberations/",
                    entry.place("mouvements", index, field),
                    f"vouliez-vous dire « {near} » ?" if near else "vérifiez ce numéro",
                )
                yield said._replace(severity=Severity.ALERTE)


def check_instance(entry: Entry, reader: Reader) -> list[Finding]:
    """An instance: its ids, and a membership that makes sense."""
    return [*check_liens(entry, reader), *_membership(entry, reader)]


def _membership(entry: Entry, reader: Reader) -> Iterator[Finding]:
    instance: Instance = entry.value
    nommer = namer(reader)
    members = Counter(membre.elu for membre in instance.membres)
    open_ended = Counter(membre.elu for membre in instance.membres if membre.au is None)

    def say(message: str, hint: str, *path: str | int) -> Finding:
        return consistency("instance", message, entry.place(*path), hint)

    for index, membre in enumerate(instance.membres):
        if open_ended[membre.elu] > 1 and membre.au is None:
            open_ended[membre.elu] = 1
            yield say(
                f"{nommer(membre.elu)} est deux fois parmi les membres",
                "gardez une seule ligne",
                "membres",
                index,
            )
        if membre.du and membre.au and membre.du > membre.au:
            yield say(
                f"le mandat de {nommer(membre.elu)} finit avant de commencer",
                "corrigez du ou au",
                "membres",
                index,
            )
    for index, elu in enumerate((instance.president, *instance.vice_presidents)):
        if elu not in members:
            path = ("vice_presidents", index - 1) if index else ("president",)
            yield say(f"{nommer(elu)} n’est pas parmi les membres", "ajoutez cette personne à membres", *path)
    for titulaire, suppleant in instance.suppleants.items():
        place = entry.place("suppleants", titulaire)
        if titulaire not in members:
            yield Q5.finding(
                f"{nommer(titulaire)} a un suppléant sans être membre", place, "corrigez suppleants"
            )
        if suppleant in members:
            yield Q5.finding(
                f"{nommer(suppleant)} est à la fois membre et {nommer(suppleant):suppléant|suppléante}",
                place,
                "corrigez suppleants ou membres",
            )


_CHECKS: dict[str, Callable[[Entry, Reader], list[Finding]]] = {
    "seances": check_fiche_de_seance,
    "instances": check_instance,
    "dossiers": check_dossier,
}
