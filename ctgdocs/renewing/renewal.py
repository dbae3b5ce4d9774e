"""`renouveler`: the content file of the next convention, written from that of the one which ends.

What is sure is done; what a person must decide is a visible `[à compléter : …]`; what the next convention
must not keep (signature, progress, who signed) is taken away. All the rest stays as it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import yaml

from ctgdocs.content.edit import Edit, items
from ctgdocs.content.reading import parse
from ctgdocs.findings import Place, UsageError
from ctgdocs.kinds.convention.acte import Acte, years_after
from ctgdocs.renewing.carried import renew_annexes, renew_parties, renew_plan, renew_suivi
from ctgdocs.renewing.visas import renew_visas
from ctgdocs.renewing.work import Shift, Work, successor_of, years
from ctgdocs.rules.texts import placeholders, typed_texts
from ctgdocs.stages import Entry, Reader

_NOT_TEXT = frozenset(
    (
        *("id", "type", "statut", "version", "debut", "fin", "signature", "renouvelle", "parente", "modele"),
        *("numero", "origine", "suite", "contenu", "fichier", "feuille", "autorite", "visas", "suivi"),
        *("elu", "partenaire", "commune", "siret", "montant", "cout", "places", "exemplaires"),
        *("calendrier", "avancement", "commentaire", "representants"),
    )
)


@dataclass(frozen=True, slots=True)
class Renewal:
    """The text of the next content file, what stands beside it (file name → bytes), what was done, in French
    sentences, and what is left to decide, with its place in the new file."""

    text: str
    beside: dict[str, bytes]
    done: tuple[str, ...]
    to_decide: tuple[tuple[Place, str], ...]


def next_id(id: str, shift: Shift) -> str:
    """The name of the next file: that of the old one, its years moved, or the new years after it."""
    old, new = years(*shift.old), years(*shift.new)
    return id.replace(old, new) if old in id else f"{id}-{new}"


def next_term(start: date, length: int) -> tuple[date, date]:
    """First and last day of so many years."""
    return start, years_after(start, length) - timedelta(days=1)


def the_shift(old: Entry[Acte], start: date | None, length: int | None) -> Shift:
    """From the old term to the next, which starts the day after and lasts as long unless told otherwise.
    Raises UsageError for what cannot be renewed."""
    acte = old.value
    if acte.type == "avenant":
        raise UsageError(
            f"« {old.id} » est un avenant : renouvelez la convention qu’il modifie ({acte.parente})."
        )
    if acte.debut is None or acte.fin is None:
        raise UsageError(
            f"« {old.id} » n’a pas de début ou de fin : indiquez debut et fin, puis recommencez."
        )
    lasts = length or max(1, round((acte.fin - acte.debut).days / 365.25))
    new = next_term(start or acte.fin + timedelta(days=1), lasts)
    if new[0] <= acte.debut:
        raise UsageError(
            f"Le renouvellement ne peut pas commencer avant la convention « {old.id} » ({acte.debut})."
        )
    return Shift((acte.debut, acte.fin), new)


def renew(
    old: Entry[Acte], text: str, reader: Reader, shift: Shift, *, id: str, version: date | None = None
) -> Renewal:
    """The next convention; `text` is that of the old one's content file."""
    work = Work(old, reader, Edit(_without_import(text)), shift, id)
    _head(work, version)
    renew_parties(work)
    renew_visas(work)
    _considerants(work)
    renew_plan(work)
    renew_suivi(work)
    renew_annexes(work)
    _texts(work)
    new = work.edit.text()
    path = f"{old.source.path.rpartition('/')[0]}/{id}.yaml"
    source, findings = parse(new.encode("utf-8"), path)
    if source is None:  # a mistake of ours, never of the author's
        raise AssertionError(f"le renouvellement de {old.id} n’est pas du YAML : {findings}")
    act = Entry("convention", id, None, source, "")
    left = [found for text in typed_texts(act) for found in placeholders(text)]
    return Renewal(new, work.beside, tuple(work.done), tuple(left))


_OF_AN_IMPORT = re.compile(r"^# (?:Proposition tirée de |[\w’' ]+ de l’original : ).*\n", re.MULTILINE)
_STATUT_IN_DOUBT = re.compile(r"^(statut: \w+)\s+# à vérifier.*$", re.MULTILINE)


def _without_import(text: str) -> str:
    """The text of a convention without what its import said of its file and of its signature."""
    return _STATUT_IN_DOUBT.sub(r"\1", _OF_AN_IMPORT.sub("", text))


def _head(work: Work, version: date | None) -> None:
    """Status, period, link to the old one; no signature."""
    edit, (start, end) = work.edit, work.shift.new
    edit.note(
        f"Renouvellement de {work.old.id}, écrit par « ctgdocs renouveler » : complétez ce qui est entre "
        "crochets."
    )
    top = ("type", "titre", "objet", "statut", "version", "debut", "fin")
    edit.put(edit.root, "statut", "projet", after=top[:3])
    if version is not None:
        edit.put(edit.root, "version", version.isoformat(), after=top[:4])
    else:
        edit.remove(edit.root, "version")
    edit.put(edit.root, "debut", start.isoformat(), after=top[:5])
    edit.put(edit.root, "fin", end.isoformat(), after=top[:6])
    edit.put(edit.root, "renouvelle", work.old.id, after=top)
    work.say(
        f"période : du {start:%d/%m/%Y} au {end:%d/%m/%Y} ; statut : projet ; renouvelle : {work.old.id}"
    )
    if version is None:
        work.say("version : aucune date ; indiquez-la (version:) quand le projet part à la Caf")
    if edit.remove(edit.root, "signature"):
        work.say("date de signature retirée")
    parent = work.acte.parente
    successor = successor_of(parent, work.reader) if parent else ""
    if successor:
        edit.put(edit.root, "parente", successor)
        work.say(f"convention cadre : {successor}, qui renouvelle {parent}")


def _considerants(work: Work) -> None:
    """Why the convention is renewed: its end is a fact, what its evaluation concludes is for a person."""
    if work.acte.type != "ctg":
        return
    end = work.shift.old[1]
    new = [
        f"que {work.old_name} prend fin le {{date:{end.isoformat()}}}",
        f"[à compléter : ce que conclut l’évaluation de {work.old_name}]",
    ]
    node = work.node("considerants")
    if items(node):
        for one in new:
            work.edit.insert(node, one)
    else:
        work.edit.put(work.edit.root, "considerants", list(new), after=("parties", "visas"))
    work.say("considérants : la fin de l’ancienne convention, les conclusions de son évaluation")


def _texts(work: Work) -> None:
    """Moves or marks the years of the old term, wherever a text mentions them."""
    shifted = marked = 0
    for node in _prose(work.edit.root):
        if id(node) in work.handled:
            continue
        counts = [0, 0]

        def change(raw: str, counts: list[int] = counts) -> str:
            said, counts[0], counts[1] = work.shift.moved(raw)
            return said

        work.edit.substitute(node, change, first=work.first.get(id(node), ""))
        shifted, marked = shifted + counts[0], marked + counts[1]
    if shifted:
        many = "s" * (shifted > 1)
        work.say(f"textes : {shifted} mention{many} de la période portée{many} à la suivante")
    if marked:
        many = "s" * (marked > 1)
        work.say(f"textes : {marked} année{many} ou date{many} de l’ancienne convention, à revoir")


def _prose(node: Any) -> Iterable[Any]:
    """The scalars that a page prints as words."""
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.SequenceNode):
        for one in node.value:
            yield from _prose(one)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value not in _NOT_TEXT:
                yield from _prose(value)
