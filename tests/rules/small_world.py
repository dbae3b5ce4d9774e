"""A council of seven, its séance of 24 September 2026 and its délibération 2026-045, changed case by case."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from itertools import count
from typing import Any

from pydantic import BaseModel, ValidationError

from ctgdocs.findings import Finding, Place, Severity
from ctgdocs.kinds import KINDS
from ctgdocs.kinds.arrete.acte import Acte as Arrete
from ctgdocs.kinds.convention.acte import Acte as Convention
from ctgdocs.kinds.deliberation.acte import Acte as Deliberation
from ctgdocs.kinds.fiche_de_poste.acte import Acte as Poste
from ctgdocs.kinds.note.acte import Acte as Note
from ctgdocs.kinds.reunion.acte import Acte as Reunion
from ctgdocs.rules.rule import judge
from ctgdocs.stages import Entry, Items, Mapping, Node, Registry, Source, Text
from ctgdocs.vocabulary.registres import REGISTRES

TYPES: dict[str, type[BaseModel]] = {registre.name: registre.type() for registre in REGISTRES}
TYPES |= {
    "deliberation": Deliberation,
    "arrete": Arrete,
    "convention": Convention,
    "note": Note,
    "reunion": Reunion,
    "fiche_de_poste": Poste,
}

KIND = {kind.name: kind for kind in KINDS}

PERSONNES = {
    "durand-claire": "Mme Claire Durand",
    "martin-paul": "M. Paul Martin",
    "petit-anne": "Mme Anne Petit",
    "roy-jean": "M. Jean Roy",
    "lopez-marc": "M. Marc Lopez",
    "faure-lea": "Mme Léa Faure",
    "garnier-luc": "M. Luc Garnier",
    "blanc-marie": "Mme Marie Blanc",
    "marty-sylvie": "Mme Sylvie Marty",
}
MEMBRES = list(PERSONNES)[:7]
COLLECTIVITE = {
    "nom": "Communauté de communes des Deux Rives",
    "nom_court": "communauté de communes",
    "type": "communaute-de-communes",
    "population": "10500",
    "departement": "82",
    "adresse": {"code_postal": "82500", "ville": "Beaumont-de-Lomagne"},
    "executif": "durand-claire",
    "tribunal": {"nom": "tribunal administratif de Toulouse", "adresse": "31000 Toulouse"},
}
INSTANCE = {
    "nom": "conseil communautaire",
    "president": "durand-claire",
    "vice_presidents": ["martin-paul", "petit-anne"],
    "membres": MEMBRES,
    "suppleants": {"faure-lea": "blanc-marie"},
}
SEANCE = {
    "instance": "conseil-communautaire",
    "date": "2026-09-24",
    "heure": "18h30",
    "lieu": "salle des fêtes",
    "convocation": "2026-09-14",
    "secretaire": "martin-paul",
}
DELIBERATION: dict[str, Any] = {"objet": "Objet", "decisions": ["d’approuver le projet"], "vote": {}}
COMMISSION = {
    "nom": "commission Affaires sociales",
    "type": "commission",
    "president": "durand-claire",
    "membres": MEMBRES[:4],
}
POSTE = {"intitule": "Chargé de coopération CTG"}
MEETING = {
    "instance": "commission-affaires-sociales",
    "date": "2026-09-03",
    "heure": "18h",
    "lieu": "siège",
    "convocation": "2026-08-27",
}
ARRETE = {"objet": "Objet", "date": "2026-09-01", "articles": ["Il est décidé."]}
CONVENTION: dict[str, Any] = {
    "type": "ctg",
    "titre": "Convention territoriale globale",
    "debut": "2027-01-01",
    "fin": "2031-12-31",
    "parties": [
        {"collectivite": "oui", "autorite": {"deliberation": "2026-099", "du": "2026-09-24"}},
        {"nom": "Caisse d’allocations familiales", "nom_court": "la Caf"},
    ],
    "visas": ["le code de l’action sociale et des familles, notamment son article L. 214-1-3"],
    "articles": [{"titre": "Objet", "texte": "La convention décrit les besoins."}],
}

_LINES = count(1)


class Shelf:
    """Registries in memory; a `Reader`."""

    def __init__(self) -> None:
        self.entries: dict[tuple[str, str], Entry[Any]] = {}

    def put(self, registry: str, id: str, typed: Any) -> Entry[Any]:
        value = TYPES[registry].model_validate(typed)
        source = Source(f"content/{registry}/{id}.yaml", "", _tree(typed))
        entry = Entry(registry, id, value, source, digest=f"{registry}/{id}")
        self.entries[registry, id] = entry
        return entry

    def find(self, registry: Registry[Any], id: str) -> Entry[Any] | None:
        return self.entries.get((registry.name, id))

    def exists(self, registry: Registry[object], id: str) -> bool:
        return (registry.name, id) in self.entries

    def recall(self, key: Hashable, make: Callable[[Any], Any]) -> Any:
        return make(self)

    def ids(self, registry: Registry[object]) -> Sequence[str]:
        return sorted(id for name, id in self.entries if name == registry.name)


def _tree(typed: Any) -> Any:
    """What content/ would have read, every value on a line of its own."""
    node: Node
    if isinstance(typed, dict):
        node = Mapping(next(_LINES), 1)
        for key, value in typed.items():
            node[Text(key)] = _tree(value)
    elif isinstance(typed, list | tuple):
        node = Items(next(_LINES), 1)
        node.extend(map(_tree, typed))
    else:
        node = Text(str(typed), next(_LINES), 1)
    return node


def a_world(case: dict[str, Any]) -> tuple[Shelf, str]:
    """The registries of a case, and the id of its séance. `membres: 15, presents: 8` makes a council of
    anonymous members of which the first eight came."""
    shelf = Shelf()
    seance_id = case.get("nom_de_la_seance", "rentree")
    instance, seance = INSTANCE | case.get("instance", {}), SEANCE | case.get("seance", {})
    personnes = dict(PERSONNES)
    if "membres" in case:
        anonymous = [f"membre-{number:02}" for number in range(1, int(case["membres"]) + 1)]
        personnes |= {id: f"M. Membre {id[-2:]}" for id in anonymous}
        instance |= {"membres": anonymous, "president": anonymous[0], "vice_presidents": []}
        instance["suppleants"] = {}
        seance |= {"absents": anonymous[int(case["presents"]) :], "secretaire": anonymous[1]}
    for id, person in personnes.items():
        civilite, prenom, nom = person.split(" ", 2)
        delegation = {"delegation": "affaires sociales"} if id == "martin-paul" else {}
        shelf.put("elus", id, {"civilite": civilite, "prenom": prenom, "nom": nom} | delegation)
    for registry in ("communes", "visas"):
        for id, typed in case.get(registry, {}).items():
            shelf.put(registry, id, typed)
    shelf.put("collectivite", "collectivite", COLLECTIVITE | case.get("collectivite", {}))
    shelf.put("instances", "conseil-communautaire", instance)
    shelf.put("seances", seance_id, seance)
    if "dossiers" in case or "note" in case or "reunion" in case:
        commission = COMMISSION | case.get("commission", {})
        shelf.put("instances", "commission-affaires-sociales", commission)
    for id, typed in case.get("dossiers", {}).items():
        shelf.put("dossiers", id, {"objet": "Objet"} | typed)
    return shelf, seance_id


def _filled(typed: dict[str, Any]) -> dict[str, Any]:
    """`vote: null` in a case takes the field away."""
    return {field: value for field, value in typed.items() if value != "null"}


def _of_a_note(shelf: Shelf, case: dict[str, Any]) -> list[Finding]:
    """A note, and the délibérations of its séance when the case has some."""
    for id, typed in case.get("deliberations", {}).items():
        shelf.put("deliberation", id, DELIBERATION | {"seance": "rentree"} | typed)
    entry = shelf.put("note", "note", case["note"])
    checked = [
        finding
        for (registry, _), other in shelf.entries.items()
        if registry == "dossiers"
        for finding in judge(other, shelf)
    ]
    return [*checked, *KIND["note"].check(entry, shelf)]


def _of_a_meeting(shelf: Shelf, case: dict[str, Any]) -> list[Finding]:
    """A meeting of the commission, or the papers of the séance when the case cites it."""
    for id, typed in case.get("deliberations", {}).items():
        shelf.put("deliberation", id, DELIBERATION | {"seance": "rentree"} | typed)
    typed = case["reunion"]
    own = typed if "seance" in typed or "instance" in typed else MEETING | typed
    return KIND["reunion"].check(shelf.put("reunion", case.get("nom_de_la_reunion", "reunion"), own), shelf)


def _of_a_convention(shelf: Shelf, case: dict[str, Any]) -> list[Finding]:
    """A convention, with the others it cites and the délibérations that authorise it."""
    for id, typed in case.get("deliberations", {}).items():
        shelf.put("deliberation", id, DELIBERATION | {"seance": "rentree"} | typed)
    for id, typed in case.get("conventions", {}).items():
        shelf.put("convention", id, CONVENTION | typed)
    entry = shelf.put("convention", "ctg", _filled(CONVENTION | case["convention"]))
    return KIND["convention"].check(entry, shelf)


def findings_of(case: dict[str, Any]) -> list[Finding]:
    """What the rules say of a case: its séance and its délibération, or the other act that it has."""
    try:
        shelf, seance = a_world(case)
        if "arrete" in case:
            entry = shelf.put("arrete", "2026-012", _filled(ARRETE | case["arrete"]))
            return KIND["arrete"].check(entry, shelf)
        if "poste" in case:
            for id, agent in case.get("agents", {}).items():
                shelf.put("agents", id, agent)
            return KIND["fiche_de_poste"].check(
                shelf.put("fiche_de_poste", "poste", POSTE | case["poste"]), shelf
            )
        if "convention" in case:
            return _of_a_convention(shelf, case)
        if "reunion" in case:
            return _of_a_meeting(shelf, case)
        if "note" in case:
            return _of_a_note(shelf, case)
        typed = DELIBERATION | case.get("deliberation", {}) | {"seance": seance}
        entry = shelf.put("deliberation", "2026-045", _filled(typed))
        registries = [other for (name, _), other in shelf.entries.items() if name in TYPES]
        checked = [finding for other in registries[:-1] for finding in judge(other, shelf)]
        return [*checked, *KIND["deliberation"].check(entry, shelf)]
    except ValidationError as error:
        return [
            Finding(e["ctx"]["code"], Severity.ERREUR, e["ctx"]["message"], Place("")) for e in error.errors()
        ]
