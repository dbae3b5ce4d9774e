"""The visas of the next convention: texts in force at its start, the SPPE, and what it succeeds to."""

from __future__ import annotations

import re
from typing import Any

from ctgdocs.composing import voice
from ctgdocs.content.edit import items
from ctgdocs.content.spelling import Value
from ctgdocs.french import date_simple
from ctgdocs.kinds.convention.parties import authority
from ctgdocs.kinds.convention.rules import the_sppe_among_the_visas
from ctgdocs.renewing.work import Work
from ctgdocs.stages import every
from ctgdocs.vocabulary.actes import Visa
from ctgdocs.vocabulary.as_typed import IDENTIFIANT
from ctgdocs.vocabulary.registres import CONVENTIONS, VISAS

_SPPE = (
    ("code", re.compile(r"214-1-3"),
     "le code de l’action sociale et des familles, notamment son article L. 214-1-3"),
    ("loi", re.compile(r"2023-1196"),
     "la loi n° 2023-1196 du 18 décembre 2023 pour le plein emploi, notamment son article 17"),
)  # fmt: skip
"""Rank, what tells that a text is it, and how to write it when visas.yaml does not have it."""
_RANKS = ("code", "loi")


def renew_visas(work: Work) -> None:
    """Brings the visas up to date, in their order."""
    node = work.node("visas")
    typed = items(node)
    cited = [one.texte or "" for one in work.acte.visas]
    for item, text in zip(typed, cited, strict=True):
        if text:
            _in_force(work, item, text, cited)
    added: list[tuple[str, Value]] = [*_sppe(work, cited), *(("", one) for one in _succession(work))]
    if typed:
        for rank, value in added:
            work.edit.insert(node, value, after=_last_of(work, typed, cited, rank) if rank else typed[-1])
    elif added:
        work.edit.put(work.edit.root, "visas", [value for _, value in added], after=("parties",))


def _in_force(work: Work, item: Any, text: str, cited: list[str]) -> None:
    """A reference that no longer stands gives way to the one that replaces it, or to a person's choice."""
    known = work.reader.find(VISAS, text) if IDENTIFIANT.fullmatch(text) else None
    if known is None or known.value.valide(work.debut):
        return
    new = _replacement(work, text)
    if new and new not in cited:
        work.edit.replace(item, new)
        work.say(f"visa {text}, qui n’est plus en vigueur : remplacé par {new}")
    else:
        what = (
            f"« {new} » suffit, retirez cette ligne" if new else f"texte en vigueur, à la place de « {text} »"
        )
        work.edit.replace(item, f"[à compléter : {what}]")
        work.say(f"visa {text}, qui n’est plus en vigueur : à remplacer ou à retirer")


def _replacement(work: Work, id: str) -> str:
    """The visa in force that replaces another, through as many as it takes; "" when there is none."""
    seen = {id}
    while (entry := work.reader.find(VISAS, id)) is not None:
        visa: Visa = entry.value
        if visa.valide(work.debut):
            return id
        if visa.remplace_par is None or visa.remplace_par in seen:
            return ""
        id = visa.remplace_par
        seen.add(id)
    return ""


def _sppe(work: Work, cited: list[str]) -> list[tuple[str, Value]]:
    """The texts of the service public de la petite enfance that a CTG lacks (rule G7)."""
    if work.acte.type != "ctg" or not the_sppe_among_the_visas.in_force(work.debut):
        return []
    said = [_text(work, one) for one in cited]
    added: list[tuple[str, Value]] = []
    for rank, form, text in _SPPE:
        if any(form.search(one) for one in said):
            continue
        id = next(
            (one for one in work.reader.ids(VISAS) if form.search(_text(work, one)) and _valid(work, one)),
            "",
        )
        added.append((rank, id or text))
        work.say(f"visa ajouté, service public de la petite enfance : {id or text}")
    return added


def _text(work: Work, visa: str) -> str:
    found = work.reader.find(VISAS, visa) if IDENTIFIANT.fullmatch(visa) else None
    return found.value.texte if found else visa


def _valid(work: Work, id: str) -> bool:
    found = work.reader.find(VISAS, id)
    return found is not None and found.value.valide(work.debut)


def _last_of(work: Work, typed: list[Any], cited: list[str], rank: str) -> Any:
    """The last visa of that rank, or of a higher one; the first visa when there is none."""
    last = None
    for item, text in zip(typed, cited, strict=True):
        found = work.reader.find(VISAS, text) if IDENTIFIANT.fullmatch(text) else None
        own = found.value.rang if found else ("code" if text.startswith("le code") else "")
        if own in _RANKS[: _RANKS.index(rank) + 1]:
            last = item
    return last if last is not None else typed[-1]


def _succession(work: Work) -> list[Value]:
    """The old convention, its avenants, and the délibération that approved it."""
    acte, agreed = work.acte, "e" if voice.is_feminine(work.acte.titre) else ""
    day = date_simple(acte.signature) if acte.signature else "[à compléter : date de signature]"
    added: list[Value] = [f"{work.old_name} signé{agreed} le {day}"]
    for entry in every(work.reader, CONVENTIONS):
        if entry.value.type == "avenant" and entry.value.parente == work.old.id:
            rank = f" n° {entry.value.numero}" if entry.value.numero else ""
            signed = entry.value.signature
            day = date_simple(signed) if signed else "[à compléter : date]"
            added.append(f"l’avenant{rank} du {day} à {work.old_name}")
    count = len(added) - 1
    more = f" et {count} avenant{'s' * (count > 1)}" if count else ""
    work.say(f"visa ajouté : l’ancienne convention{more}")
    added += _deliberation(work)
    return added


def _deliberation(work: Work) -> list[Value]:
    for partie in work.acte.parties:
        mandate = authority(work.reader, partie) if partie.collectivite else None
        if mandate is None or not mandate.number or mandate.day is None:
            continue
        if any(one.deliberation == mandate.number for one in work.acte.visas):
            continue
        work.say(f"visa ajouté : la délibération n° {mandate.number}, qui approuvait l’ancienne convention")
        return [
            {
                "deliberation": mandate.number,
                "du": mandate.day.isoformat(),
                "objet": f"relative à la signature de {work.old_name}",
            }
        ]
    return []
