"""The numbers of a séance's délibérations: provisional until its ordre du jour is closed, then given once.

What was given stands in `content/numeros.yaml`, kept with the contents: a number that an act withdrawn or
deleted bore is never given again (CGCT, art. R. 2121-9: one order in the register).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ctgdocs.assembly.ordre_du_jour import numbered, ordre_du_jour
from ctgdocs.assembly.sitting import Sitting
from ctgdocs.content.edit import Edit, fields, items
from ctgdocs.content.library import Library
from ctgdocs.content.spelling import scalar
from ctgdocs.files import is_file, read_file
from ctgdocs.findings import Stopped, UsageError
from ctgdocs.kinds.deliberation import KIND as DELIBERATION
from ctgdocs.stages import Entry, Reader, every
from ctgdocs.vocabulary.actes import SANS_NUMERO, Deliberation, numero_de
from ctgdocs.vocabulary.organismes import Numerotation
from ctgdocs.vocabulary.registres import NUMEROS

_HEAD = (
    "# yaml-language-server: $schema=.schemas/numeros.json\n"
    "# Les numéros donnés, une fois pour toutes : « ctgdocs numeroter » les écrit, et n’en redonne aucun.\n"
)


class Numero(NamedTuple):
    """The number of one act: `given` before, or `new`, taken now; neither, provisional."""

    act: Entry[Deliberation]
    numero: str
    new: bool
    frozen: bool


def numeros(library: Library, sitting: Sitting) -> list[Numero]:
    """The number of each act of the séance, in the order of the ordre du jour: its own, or the next free.
    Raises Stopped with what is wrong in the register of the numbers."""
    reader = library.reader()
    if wrong := [one for one in library.findings(f"content/{NUMEROS.path}") if one.blocking]:
        raise Stopped(*wrong)
    form = sitting.collectivite.numerotation
    acts = [point.act for point in ordre_du_jour(sitting, reader) if point.act is not None]
    given = {one.value.acte: one.id for one in every(reader, NUMEROS)}
    free = _free(form, sitting, reader)
    return [_number(act, given, free) for act in acts]


def _number(act: Entry[Deliberation], given: dict[str, str], free: Iterator[str]) -> Numero:
    own = numero_de(act.value.numero, act.id)
    frozen = act.id in given
    if own != SANS_NUMERO:
        return Numero(act, own, False, frozen)
    return Numero(act, given.get(act.id) or next(free), True, frozen)


def _free(form: Numerotation, sitting: Sitting, reader: Reader) -> Iterator[str]:
    """The numbers after the last one of the period, none of which anybody has borne."""
    taken = {one.id for one in every(reader, NUMEROS)}
    for id in reader.ids(DELIBERATION.registry):
        act = reader.find(DELIBERATION.registry, id)
        taken.add((act.value.numero if act else None) or id)
    pattern = _pattern(form, sitting)
    orders = [int(found[1]) for number in taken if (found := pattern.fullmatch(number))]
    order = max(orders, default=0)
    while True:
        order += 1
        yield written(form, sitting, order)


def written(form: Numerotation, sitting: Sitting, order: int) -> str:
    """The number of that order: « 2026-051 »."""
    day = sitting.jour
    return form.forme.format(
        annee=day.year, mois=f"{day.month:02}", jour=f"{day.day:02}", ordre=f"{order:0{form.chiffres}}"
    )


def _pattern(form: Numerotation, sitting: Sitting) -> re.Pattern[str]:
    """What tells a number of the same period, and its order."""
    day = sitting.jour
    year, month, date = f"{day.year}", f"{day.month:02}", f"{day.day:02}"
    if form.remise != "seance":
        month = date = r"\d{2}"
    if form.remise == "jamais":
        year = r"\d{4}"
    known = {"annee": year, "mois": month, "jour": date, "ordre": r"(\d+)"}
    parts = re.split(r"\{(annee|mois|jour|ordre)\}", form.forme)
    return re.compile("".join(known[part] if at % 2 else re.escape(part) for at, part in enumerate(parts)))


# --- closing the ordre du jour ------------------------------------------------------------------------------


def closed(library: Library, sitting: Sitting, found: list[Numero]) -> dict[str, str]:
    """The files that freeze these numbers: path → text, what is not touched staying to the byte. Raises
    UsageError when two acts would bear one number."""
    twice = {one.numero for one in found if sum(other.numero == one.numero for other in found) > 1}
    if twice:
        raise UsageError(f"Deux délibérations portent le numéro {min(twice)} : corrigez l’une des deux.")
    files = {one.act.source.path: _with_its_number(library, one) for one in found if one.new}
    if any(one.new for one in found) or not sitting.seance.ordre_du_jour:
        files[sitting.entry.source.path] = _in_order(library, sitting, found)
    if any(not one.frozen for one in found):
        files[f"content/{NUMEROS.path}"] = _registered(library, sitting, found)
    return files


def _text(library: Library, path: str) -> str:
    file = library.project.root / path
    return read_file(file).decode("utf-8") if is_file(file) else ""


def _with_its_number(library: Library, one: Numero) -> str:
    edit = Edit(_text(library, one.act.source.path))
    edit.put(edit.root, "numero", one.numero, after=("dossier", "objet", "seance"))
    return edit.text()


def _in_order(library: Library, sitting: Sitting, found: list[Numero]) -> str:
    """The séance, whose ordre du jour names each act by its number."""
    path = sitting.entry.source.path
    edit = Edit(_text(library, path))
    by_name = {one.act.id: one.numero for one in found}
    typed = fields(edit.root).get("ordre_du_jour")
    named = numbered(sitting.seance.ordre_du_jour, library.reader())
    if typed is None:
        edit.put(
            edit.root,
            "ordre_du_jour",
            [one.numero for one in found],
            after=("lieu", "convocation", "affichage"),
        )
        return edit.text()
    for node in items(typed[1]):
        if node.value in by_name and node.value != by_name[node.value]:
            edit.replace(node, by_name[node.value])
    if not named:
        for one in found:
            edit.insert(typed[1], one.numero)
    return edit.text()


def _registered(library: Library, sitting: Sitting, found: list[Numero]) -> str:
    """The register of the numbers, with those given now at its end."""
    text = _text(library, f"content/{NUMEROS.path}") or _HEAD
    lines = [
        f"{scalar(one.numero)}: {{acte: {scalar(one.act.id, flow=True)}, seance: {sitting.entry.id}, "
        f"objet: {scalar(one.act.value.objet, flow=True)}}}"
        for one in found
        if not one.frozen
    ]
    newline = "\r\n" if "\r\n" in text else "\n"
    start = text if text.endswith("\n") else text + newline
    return start + newline.join(lines) + newline
