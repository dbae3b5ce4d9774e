"""Conventions as other texts name them: « la convention territoriale globale 2022-2026 »."""

from __future__ import annotations

from typing import Any

from ctgdocs.composing import people
from ctgdocs.french import Profil, date_longue
from ctgdocs.stages import Reader


def with_years(acte: Any) -> str:
    """The title of a convention with the years of its period, unless it says them."""
    if not (acte.debut and acte.fin) or str(acte.debut.year) in acte.titre:
        return str(acte.titre)
    first, last = acte.debut.year, acte.fin.year
    return f"{acte.titre} {first}" if first == last else f"{acte.titre} {first}-{last}"


def avenant_to(acte: Any, reader: Reader) -> str:
    """« avenant n° 1 à la convention … », as its title says it."""
    parent = reader.find("convention", acte.parente) if acte.parente else None
    rank = f" n° {acte.numero}" if acte.numero else ""
    return f"avenant{rank} à {people.the(with_years(parent.value))}" if parent else f"avenant{rank}"


def cited(acte: Any, reader: Reader, profil: Profil) -> str:
    """A convention in a sentence, with its article, and its date once it is signed."""
    name = f"l’{avenant_to(acte, reader)}" if acte.type == "avenant" else people.the(with_years(acte))
    return f"{name} du {date_longue(acte.signature, profil)}" if acte.signature else name
