"""Ids that point nowhere: one walk over any record, guided by the `Lien` marks of its type."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Annotated, Any, NamedTuple, get_args, get_origin

from pydantic import BaseModel

from ctgdocs.findings import ABSENT, Finding, Place, Related, because
from ctgdocs.french import date_simple
from ctgdocs.rules.authority import Fallen, fallen
from ctgdocs.rules.rule import ALERTE, ERREUR, Said, check, consistency, rule
from ctgdocs.stages import Entry, Reader, Registry, Steps
from ctgdocs.vocabulary.actes import Visa, VisaCite
from ctgdocs.vocabulary.as_typed import IDENTIFIANT, meant, one_of
from ctgdocs.vocabulary.liens import Lien
from ctgdocs.vocabulary.registres import DELIBERATIONS, ELUS, PARTENAIRES, REGISTRES, SEANCES, VISAS

_STANDS_IN = {registre.name: f"content/{registre.path}" for registre in REGISTRES}
_BROKEN = frozenset({"identifiant-inconnu", "fiche-en-erreur", ABSENT})


@check(on=BaseModel)
def check_liens(entry: Entry[BaseModel], reader: Reader) -> list[Finding]:
    """Every id of `entry` that is unknown, or whose record is in error."""
    return [
        broken(reader, registre, id, entry.place(*path))
        for path, registre, id in liens(entry.value)
        if not holds(reader, registre, id)
    ]


def without_echoes(findings: list[Finding]) -> list[Finding]:
    """An unknown id breaks rules too: what they say at its very place is left out."""
    broken = {_spot(finding) for finding in findings if finding.code in _BROKEN}
    if not broken:
        return findings
    return [finding for finding in findings if finding.code in _BROKEN or _spot(finding) not in broken]


def _spot(finding: Finding) -> tuple[str, int, int]:
    return finding.place.file, finding.place.line, finding.place.column


def holds(reader: Reader, registre: str, id: str) -> bool:
    """Whether an id leads to a record without error; for a document, whether it leads to one at all."""
    asked: Registry[object] = Registry(registre)
    return reader.find(asked, id) is not None if registre in _STANDS_IN else reader.exists(asked, id)


def broken(reader: Reader, registre: str, id: str, place: Place) -> Finding:
    """What is wrong with an id that does not hold."""
    if reader.exists(Registry(registre), id):
        message = f"la fiche « {id} » de {_where(registre)} est en erreur"
        return because(
            message, place, Registry(registre, _where(registre).removeprefix("content/")).place(id)
        )
    return unknown(reader, registre, id, place)


def unknown(reader: Reader, registre: str, id: str, place: Place) -> Finding:
    """« roy-jen » is nowhere: the finding, with the known ids that may be meant; an id that does not exist is
    never proposed."""
    where, ids = _where(registre), reader.ids(Registry(registre))
    if not ids and not where.endswith("/"):
        message = f"{where} n’existe pas, ou ne contient aucune fiche"
        hints = ("créez ce fichier : chaque fiche y est un identifiant, puis ses champs décalés en dessous",)
        return Finding(ABSENT, ERREUR, message, place, (Related(Place(where), "à créer d’abord"),), hints)
    instead = f"écrivez un identifiant de {where}, ou ajoutez-y d’abord la fiche"
    hint = one_of(meant(id, dict.fromkeys(ids, "")), instead)
    if registre == ELUS.name and reader.exists(PARTENAIRES, id):
        hint = f"c’est un partenaire : écrivez {{partenaire: {id}, nom: …}} là où une personne peut en venir"
    return consistency("identifiant-inconnu", f"« {id} » n’est pas dans {where}", place, hint)


def liens(record: BaseModel) -> Iterator[tuple[Steps, str, str]]:
    """All the ids of a record: their path, the registry they point to, the id."""
    for mark in _marks(type(record)):
        value = getattr(record, mark.field)
        if value:
            yield from _walk(value, (mark.field,), mark)


class _Mark(NamedTuple):
    """Which field holds ids, or records that do; `key` is the registry of a mapping's keys."""

    field: str
    registre: str
    key: str


def _walk(value: Any, path: Steps, mark: _Mark) -> Iterator[tuple[Steps, str, str]]:
    if isinstance(value, str):
        if mark.registre:
            yield path, mark.registre, value
    elif isinstance(value, tuple | list):
        for index, item in enumerate(value):
            yield from _walk(item, (*path, index), mark)
    elif isinstance(value, BaseModel):
        for below, registre, id in liens(value):
            yield (*path, *below), registre, id
    elif isinstance(value, dict):
        for key, item in value.items():
            if mark.key:
                yield (*path, key), mark.key, key
            yield from _walk(item, (*path, key), mark)


@lru_cache(maxsize=128)
def _marks(record: type[BaseModel]) -> tuple[_Mark, ...]:
    marks = []
    _OPEN.add(record)
    for name, info in record.model_fields.items():
        found = _search(Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation)
        if found != ("", "", False):
            marks.append(_Mark(name, found[0], found[1]))
    _OPEN.discard(record)
    return tuple(marks)


_OPEN: set[type[BaseModel]] = set()
"""The types being looked at: one that holds itself (a tree) is not looked at again inside itself."""


def _search(annotation: Any) -> tuple[str, str, bool]:
    """The registry of the values of an annotation, of its keys, and whether records stand in it."""
    if get_origin(annotation) is Annotated:
        bare, *metadata = get_args(annotation)
        direct = next((item.registre for item in metadata if isinstance(item, Lien)), "")
        return (direct, "", False) if direct else _search(bare)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return "", "", annotation in _OPEN or bool(_marks(annotation))
    arguments = get_args(annotation)
    found = [_search(argument) for argument in arguments]
    values = found[1:] if get_origin(annotation) is dict else found
    key = found[0][0] if get_origin(annotation) is dict else next((f[1] for f in found if f[1]), "")
    registre = next((f[0] for f in values if f[0]), "")
    return registre, key, any(f[2] for f in values)


def _where(registre: str) -> str:
    return _STANDS_IN.get(registre, f"content/{registre}s/")


# --- V1: a visa cited by an act exists, and is in force on its day


def latest_day(reader: Reader) -> date | None:
    """The day of the last séance of the contents: an act that has no day yet will be of this day or later."""
    return reader.recall("latest day", _latest)


def _latest(reader: Reader) -> date | None:
    seances = (reader.find(SEANCES, id) for id in reader.ids(SEANCES))
    return max((one.value.date for one in seances if one is not None), default=None)


class Cited(NamedTuple):
    """What an act visas. `jour` is the day of the act, None while it is a projet."""

    entry: Entry[Any]
    visas: Sequence[VisaCite]
    jour: date | None


@check(on=Cited)
def known_visas(act: Cited, reader: Reader) -> Iterator[Finding]:
    """A visa that reads like an id is one of visas.yaml; a délibération without its date is one of ours."""
    for index, visa in enumerate(act.visas):
        if visa.deliberation:
            if visa.du is None and not reader.exists(DELIBERATIONS, visa.deliberation):
                place = act.entry.place("visas", index)
                yield unknown(reader, DELIBERATIONS.name, visa.deliberation, place)
        elif _is_an_id(visa) and not holds(reader, VISAS.name, visa.texte or ""):
            yield broken(reader, VISAS.name, visa.texte or "", act.entry.place("visas", index))


@rule("V1", "Un visa est en vigueur à la date de l’acte", ALERTE, "dates de validité de visas.yaml", on=Cited)
def visas_in_force(act: Cited, reader: Reader) -> Iterator[Said]:
    """Both ends of a visa's validity are included. A projet has no day: what ended before the last séance
    of the contents is told. Nothing is said of a text that visas.yaml does not know. A délibération that
    was rejected, or withdrawn by that day, is in force no more; the act that withdraws it may cite it."""
    for index, visa in enumerate(act.visas):
        place = act.entry.place("visas", index)
        known = reader.find(VISAS, visa.texte or "") if _is_an_id(visa) else None
        if known is not None and act.jour is not None and not known.value.valide(act.jour):
            yield _not_in_force(known, act.jour, place)
        elif known is not None and act.jour is None and known.value.valide_au is not None:
            day = latest_day(reader)
            if day is not None and day > known.value.valide_au:
                yield _ended(known, place)
        fate = fallen(visa.deliberation, reader) if visa.deliberation else None
        if fate is not None and not _still_stood(fate, act):
            message = f"la délibération n° {visa.deliberation}, visée ici, {fate.said}"
            yield Said(message, place, "retirez ce visa, ou vérifiez le numéro", related=(fate.there,))


def _still_stood(fate: Fallen, act: Cited) -> bool:
    """Whether a délibération was withdrawn after the act that cites it, or by it."""
    withdrawn = fate.retrait
    if withdrawn is None:
        return False
    numero: str | None = getattr(act.entry.value, "numero", None)
    return withdrawn.par == (numero or act.entry.id) or (act.jour is not None and act.jour < withdrawn.du)


def _is_an_id(visa: VisaCite) -> bool:
    return not visa.deliberation and bool(visa.texte and IDENTIFIANT.fullmatch(visa.texte))


def _ended(known: Entry[Visa], place: Place) -> Said:
    end = date_simple(known.value.valide_au) if known.value.valide_au else ""
    instead = known.value.remplace_par
    said = f"le visa « {known.id} » n’est plus valable après le {end} ; cet acte n’est pas encore pris"
    return Said(said, place, f"visez « {instead} »" if instead else "vérifiez la référence")


def _not_in_force(known: Entry[Visa], jour: date, place: Place) -> Said:
    visa = known.value
    if visa.valide_au is not None and jour > visa.valide_au:
        bound = f"n’est plus valable après le {date_simple(visa.valide_au)}"
        hint = f"visez « {visa.remplace_par} »" if visa.remplace_par else "vérifiez la référence"
    else:
        since = visa.valide_du or jour
        bound, hint = f"n’est valable qu’à partir du {date_simple(since)}", "vérifiez la référence"
    return Said(f"le visa « {known.id} » {bound} ; l’acte est du {date_simple(jour)}", place, hint)
