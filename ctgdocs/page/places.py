"""Where a value is edited: the address of its screen, and of its field there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from urllib.parse import quote

from ctgdocs.content.heritage import inherit
from ctgdocs.content.library import Library
from ctgdocs.files import read_file
from ctgdocs.findings import Place
from ctgdocs.french import date_simple
from ctgdocs.kinds import KINDS
from ctgdocs.stages import Entry, Registry
from ctgdocs.vocabulary.registres import AGENTS, INSTANCES, REGISTRES, SEANCES

REGISTRIES: dict[str, Registry[object]] = {
    one.name: one for one in (*(kind.registry for kind in KINDS), *REGISTRES)
}
"""Everything that is typed under content/, by name."""
NAMES = ("objet", "titre", "intitule", "nom", "texte")


def anchor(field: str) -> str:
    """The id of a field on its screen.

    >>> anchor("vote.contre.0")
    'c-vote-contre-0'
    """
    return "c-" + field.replace(".", "-")


def path_of(registry: str, id: str) -> str:
    """Where an entry is edited."""
    return f"/fiches/{registry}/{quote(id)}"


PARTS = {"convention": ("parties", "articles", "equipements", "plan", "suivi", "annexes")}
"""Fields of a large entry that have a screen each."""
_ACTION = re.compile(r"plan\.axes\.\d+\.actions\.\d+")


def part_of(registry: str, field: str) -> str:
    """The part of an entry that a field is shown with; "" for the first screen of its fiche."""
    first = field.partition(".")[0]
    if first not in PARTS.get(registry, ()):
        return ""
    action = _ACTION.match(field)
    return action[0] if action else first


def part_path(registry: str, id: str, part: str) -> str:
    """Where a part of an entry is edited; the plan of a convention is a grid."""
    if part == "plan":
        return f"/conventions/{quote(id)}/plan"
    return path_of(registry, id) + (f"?partie={part}" if part else "")


def field_path(registry: str, id: str, field: str) -> str:
    """Where a field is edited."""
    return f"{part_path(registry, id, part_of(registry, field))}#{anchor(field)}"


def link_to(library: Library, place: Place) -> str:
    """Where the value at a place is edited; "" for what no screen shows."""
    registry, id = library.answers_at(place.file)
    if not registry:
        return "/modeles" if place.file.startswith("templates/") else ""
    field = place.field
    if not id:
        id, _, field = (
            (REGISTRIES[registry].name, "", field) if REGISTRIES[registry].single else field.partition(".")
        )
    if not id:
        return f"/registres/{registry}"
    return field_path(registry, id, field) if field else path_of(registry, id)


def title_of(entry: Entry[object], library: Library) -> str:
    """What an entry is called: its objet, its titre, its name; else what it is, and of what."""
    said = dict(inherit(entry, library.reader()).value)  # type: ignore[call-overload]
    if entry.registry == "seances":
        return _sitting(library, said["instance"], said["date"])
    if "prenom" in said:
        return f"{said['prenom']} {said['nom']}"
    found = next((str(said[name]) for name in NAMES if said.get(name)), "")
    return found or _of_its_seance(library, said) or _of_its_kind(entry, library, said)


def _sitting(library: Library, instance: object, day: date) -> str:
    body = library.find(INSTANCES, str(instance))
    return f"{body.value.nom if body else instance} du {date_simple(day)}"


def _of_its_seance(library: Library, said: Mapping[str, object]) -> str:
    """The name of an entry that has none: the séance that it speaks of."""
    seance = library.find(SEANCES, str(said["seance"])) if said.get("seance") else None
    if seance is not None:
        return _sitting(library, seance.value.instance, seance.value.date)
    day = said.get("date")
    return _sitting(library, said["instance"], day) if said.get("instance") and isinstance(day, date) else ""


def _of_its_kind(entry: Entry[object], library: Library, said: Mapping[str, object]) -> str:
    """« Bilan 2025 – Projet social », « Note du 27 octobre 2026 »; its id when nothing tells it."""
    kind, day = REGISTRIES[entry.registry].label, said.get("date")
    head = f"{kind[:1].upper()}{kind[1:]}"
    if convention := said.get("convention"):
        year = f" {said['annee']}" if said.get("annee") else ""
        return f"{head}{year} – {titled(library, 'convention', str(convention))}"
    if said.get("annee"):
        return f"{head} {said['annee']}"
    return f"{head} du {date_simple(day)}" if isinstance(day, date) else entry.id


_TYPED = re.compile(rb"^(objet|titre):[ \t]*([^\r\n]*)", re.MULTILINE)


def typed_title(path: Path) -> str:
    """The objet, or else the titre, that a file types on one line, without quotes; "" for any other."""
    try:
        typed: dict[bytes, bytes] = dict(reversed(_TYPED.findall(read_file(path))))
    except OSError:
        return ""
    said = typed.get(b"objet", typed.get(b"titre", b""))
    if said[:1] in b"|>\"'&*!\\[{#":
        return ""
    return said.decode("utf-8", "replace").partition(" #")[0].strip()


_SENT = re.compile(rb"^transmission:[ \t]+[^\s#~\[n]", re.MULTILINE)
_PUBLISHED = re.compile(rb"^publication:[ \t]+[^\s#~\[n]", re.MULTILINE)
_VOTED = re.compile(rb"^vote:(?:[ \t]+[^\s#~n]|[ \t]*\r?\n[ \t]+\w)", re.MULTILINE)


def typed_as_gone(path: Path) -> bool:
    """Whether a délibération says, each on a line of its own, its vote, its transmission, its publication:
    nothing waits in it. False for one that says them otherwise."""
    try:
        data = read_file(path)
    except OSError:
        return False
    return all(one.search(data) for one in (_SENT, _PUBLISHED, _VOTED))


def titled(library: Library, registry: str, id: str) -> str:
    """The same by id, for an entry that may be in error; an agent is named on their own screen alone."""
    if registry == AGENTS.name:
        return id
    entry = library.find(REGISTRIES[registry], id)
    return _without_a_title(registry, id) if entry is None else title_of(entry, library)


def day_of(id: str) -> date | None:
    """The day that the id of a séance begins with."""
    try:
        return date.fromisoformat(id[:10])
    except ValueError:
        return None


def _without_a_title(registry: str, id: str) -> str:
    held = REGISTRIES[registry]
    if held.single:
        return f"La {held.label}"
    day = day_of(id) if registry == SEANCES.name else None
    return f"Séance du {date_simple(day)}" if day else id
