"""The grammar of `{placeholders}`: a fixed list of names, one plain argument, never an expression.

A doubled brace is a brace; a lone one, or an unknown name, is a problem. What each placeholder says stands
in citations.py.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from functools import lru_cache
from typing import NamedTuple

from ctgdocs.composing.problem import Problem, position
from ctgdocs.patterns import regex

PLACEHOLDERS: dict[str, str] = {
    # name → what it says, as the guide lists it; a name that takes an argument shows one
    "executif": "« Madame la Présidente », « Monsieur le Maire »",
    "collectivite": "le nom de la collectivité",
    "deliberation:2022-031": "« la délibération n° 2022-031 du 15 décembre 2022 »",
    "convention:ctg-2022-2026": "la convention et sa date",
    "montant:12500": "« 12 500 € » ; ou un montant du dossier, par son nom : {montant:reste-a-charge}",
    "montant_en_lettres:12500": "« douze mille cinq cents euros (12 500 €) »",
    "date:2026-12-31": "« 31 décembre 2026 » ; ou une étape du dossier, par son nom : {date:ouverture}",
    "partenaire:caf-82": "le nom du partenaire",
    "elu:durand-claire": "« Mme Claire Durand »",
    "instance:copil-ctg": "« comité de pilotage de la CTG »",
    "commune:esparsac": "le nom de la commune",
    "visa:cgct-l5211-1": "le texte du visa, sans « Vu »",
    "tableau:plan-de-financement": "le tableau, seul dans son paragraphe",
    "annexe:1": "« l’annexe 1 », par son rang ou son identifiant",
    "article:duree": "« l’article 10 » d’une convention ; suit la numérotation",
}
NAMES: dict[str, bool] = {sample.partition(":")[0]: ":" in sample for sample in PLACEHOLDERS}
"""Each name, and whether it takes an argument."""

_BRACES = regex(r"\{\{|\}\}|\{([^{}\n]*)\}|[{}]")
_FORM = regex(r"\s*([\w-]+)\s*(?::\s*(.*\S)\s*)?", re.DOTALL)


class Placeholder(NamedTuple):
    """One `{name:argument}`; `typed` is what stands between the braces."""

    typed: str
    name: str
    argument: str
    line: int
    column: int


@lru_cache(maxsize=4096)
def scan(text: str) -> tuple[tuple[Placeholder, ...], tuple[Problem, ...]]:
    """Every placeholder of a text, and what is wrong with its braces."""
    found: list[Placeholder] = []
    problems: list[Problem] = []
    for match in _BRACES.finditer(text):
        if match[0] in ("{{", "}}"):
            continue
        line, column = position(text, match.start())
        if match[1] is None:
            problems.append(
                Problem(
                    "accolade",
                    f"accolade « {match[0]} » isolée",
                    line,
                    column,
                    f"pour une accolade dans le texte, doublez-la : {match[0] * 2}",
                )
            )
            continue
        form = _FORM.fullmatch(match[1])
        name, argument = (form[1], form[2] or "") if form else (match[1], "")
        problem = _wrong(match[0], name, argument, line, column)
        if problem:
            problems.append(problem)
        else:
            found.append(Placeholder(match[1], name, argument, line, column))
    return tuple(found), tuple(problems)


def _wrong(typed: str, name: str, argument: str, line: int, column: int) -> Problem | None:
    if name not in NAMES:
        near = get_close_matches(name, NAMES, n=1, cutoff=0.5)
        brace = "pour une vraie accolade, doublez-la"
        hint = f"vouliez-vous dire {{{near[0]}}} ?" if near else f"noms connus : {', '.join(NAMES)} ; {brace}"
        return Problem("champ-de-texte", f"{typed} n’existe pas", line, column, hint)
    if NAMES[name] and not argument:
        sample = next(sample for sample in PLACEHOLDERS if sample.startswith(f"{name}:"))
        return Problem("champ-de-texte", f"{typed} est incomplet", line, column, f"par exemple {{{sample}}}")
    if argument and not NAMES[name]:
        return Problem(
            "champ-de-texte",
            f"{typed} : « {name} » ne prend rien après lui",
            line,
            column,
            f"écrivez {{{name}}}",
        )
    return None


def substitute(text: str, values: Mapping[str, str]) -> str:
    """The text with its placeholders replaced (`values`: what stands between the braces → words) and its
    doubled braces made single. A placeholder without a value stays as typed; an article typed before one that
    brings its own is not said twice.

    >>> substitute("Vu la {deliberation:1}", {"deliberation:1": "la délibération n° 1"})
    'Vu la délibération n° 1'
    """
    if "{" not in text and "}" not in text:
        return text

    def words(match: re.Match[str]) -> str:
        if match[0] in ("{{", "}}"):
            return match[0][0]
        said = match[0] if match[1] is None else values.get(match[1], match[0])
        twice = said.startswith("la ") and text[: match.start()].split(" ")[-2:] in (["la", ""], ["La", ""])
        return said.removeprefix("la ") if twice else said

    return _BRACES.sub(words, text)
