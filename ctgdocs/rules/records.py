"""The one door for what is typed once: every record of a registry, checked by what it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from ctgdocs.assembly.sitting import Dossier, dossier_of
from ctgdocs.findings import Finding, Severity
from ctgdocs.rules import appel, convocation
from ctgdocs.rules.catalogue import Q5
from ctgdocs.rules.dossiers import check_dossier
from ctgdocs.rules.liens import check_liens, without_echoes
from ctgdocs.rules.rule import Nommer, Personne, consistency, namer
from ctgdocs.stages import Entry, Reader
from ctgdocs.vocabulary.as_typed import nearest
from ctgdocs.vocabulary.instances import Instance
from ctgdocs.vocabulary.registres import COLLECTIVITE, DELIBERATIONS, ELUS, INSTANCES
from ctgdocs.vocabulary.seances import Seance

# --- The rules of a séance, run once whatever the number of its délibérations


_OF_THE_ROOM: tuple[Callable[[Dossier, Nommer], Iterator[Finding]], ...] = (
    appel.contradictions,
    appel.etat_d_urgence,
    appel.effectif,
    appel.presidence,
    appel.secretaires,
)
_OF_THE_DATES: tuple[Callable[[Dossier, Reader], Iterator[Finding]], ...] = (
    convocation.delai,
    convocation.seconde_convocation,
    convocation.nom_du_fichier,
    convocation.ordre_des_dates,
)


def check_seance(entry: Entry[Any], reader: Reader) -> Sequence[Finding]:
    """All the findings of one séance: its ids, its dates, who was there. Places are in the séance's file."""
    return reader.recall(("check_seance", entry.key, entry.digest), lambda apart: _check(entry, apart))


def _check(entry: Entry[Any], reader: Reader) -> list[Finding]:
    findings = check_liens(entry, reader)
    dossier = dossier_of(entry, reader)
    if dossier is None:
        return findings
    for of_the_dates in _OF_THE_DATES:
        findings.extend(of_the_dates(dossier, reader))
    if not _sound(dossier):
        nommer = namer(reader)
        for of_the_room in _OF_THE_ROOM:
            findings.extend(of_the_room(dossier, nommer))
    return without_echoes(findings)


@lru_cache(maxsize=512)
def _sound(dossier: Dossier) -> bool:
    """Whether the roll call has nothing to say; names do not matter to that."""
    return not any(True for rule in _OF_THE_ROOM for _ in rule(dossier, Personne))


# --- What every act stands on: the collectivité, and the persons of the instance that meets


def check_socle(entry: Entry[Any], reader: Reader, dossier: Dossier | None = None) -> list[Finding]:
    """Why an act cannot be written, whatever it says. The findings of a record have their place in its own
    file, as when it is checked for itself."""
    house = reader.find(COLLECTIVITE, "collectivite")
    if house is None:
        message = "content/collectivite.yaml manque ou est en erreur"
        return [consistency("fiche-en-erreur", message, entry.place(), "corrigez d’abord ce fichier")]
    findings = [] if reader.find(ELUS, house.value.executif) else check_liens(house, reader)
    if dossier and reader.recall(("effectif", dossier.entry.key), lambda apart: _unknown(dossier, apart)):
        instance = reader.find(INSTANCES, dossier.seance.instance)
        findings += check_liens(instance, reader) if instance else []
    return findings


def _unknown(dossier: Dossier, reader: Reader) -> bool:
    """Whether some member of the instance is not in elus.yaml, or in error there."""
    return any(reader.find(ELUS, membre) is None for membre in dossier.feuille.etapes[0].membres)


def check_fiche(entry: Entry[Any], reader: Reader) -> list[Finding]:
    """The findings of one valid record: ids that point nowhere, and what contradicts itself in it."""
    return _CHECKS.get(entry.registry, check_liens)(entry, reader)


def check_fiche_de_seance(entry: Entry[Any], reader: Reader) -> list[Finding]:
    """A séance: its rules, and movements at délibérations that exist (said of the séance alone: its
    délibérations do not depend on each other)."""
    return [*check_seance(entry, reader), *_movements(entry, reader)]


def _movements(entry: Entry[Any], reader: Reader) -> Iterator[Finding]:
    seance: Seance = entry.value
    if seance.ordre_du_jour:
        return
    for index, mouvement in enumerate(seance.mouvements):
        for field in ("arrive_a", "quitte_a"):
            numero = getattr(mouvement, field)
            if numero and not reader.exists(DELIBERATIONS, numero):
                near = nearest(numero, reader.ids(DELIBERATIONS))
                said = consistency(
                    "mouvement",
                    f"la délibération « {numero} » n’est pas dans content/deliberations/",
                    entry.place("mouvements", index, field),
                    f"vouliez-vous dire « {near} » ?" if near else "vérifiez ce numéro",
                )
                yield said._replace(severity=Severity.ALERTE)


def check_instance(entry: Entry[Any], reader: Reader) -> list[Finding]:
    """An instance: its ids, and a membership that makes sense."""
    return [*check_liens(entry, reader), *_membership(entry, reader)]


def _membership(entry: Entry[Any], reader: Reader) -> Iterator[Finding]:
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


_CHECKS: dict[str, Callable[[Entry[Any], Reader], list[Finding]]] = {
    "seances": check_fiche_de_seance,
    "instances": check_instance,
    "dossiers": check_dossier,
}
