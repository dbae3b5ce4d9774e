"""`ctgdocs regles`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ctgdocs.cli.show import Exit, counted, say
from ctgdocs.findings import Severity, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ctgdocs.rules.rule import Rule

RANK = 6
COLUMN = 5


@click.command(options_metavar="")
@click.argument("code", nargs=-1, metavar="[CODE]…")
def regles(code: tuple[str, ...]) -> int:
    """Liste les règles que verifier contrôle, ou dit tout d’une seule.

    CODE : une règle (C3) ou le début de plusieurs (D, G1) ; toutes, sans lui.
    """
    from ctgdocs.kinds import KINDS
    from ctgdocs.rules.rule import catalogue

    rules = catalogue(kind.package for kind in KINDS)
    wanted = [one.strip().upper() for one in code]
    unknown = [one for one in wanted if not any(known.startswith(one) for known in rules)]
    if unknown:
        raise UsageError(
            f"« {unknown[0]} » n’est le code d’aucune règle : « ctgdocs regles » les liste toutes."
        )
    exact = [one for one in wanted if one in rules]
    if wanted and len(exact) == len(wanted):
        for number, name in enumerate(exact):
            say("\n" * (number > 0) + "\n".join(_card(rules[name])))
        return Exit.CLEAN
    shown = [first for known, (first, *_) in rules.items() if not wanted or known.startswith(tuple(wanted))]
    for rule in shown:
        say(f"{rule.code:<{COLUMN}} {_severity(rule):<22} {rule.title}")
    say(f"{counted(len(shown), 'règle')}. « ctgdocs regles {shown[0].code} » en dit une en entier.")
    return Exit.CLEAN


def _severity(rule: Rule) -> str:
    return f"{rule.severity} (à vérifier)" if rule.to_check else str(rule.severity)


def _card(ways: Sequence[Rule]) -> Iterator[str]:
    """All that is to say of a rule, line by line; `ways`, what it judges."""
    first = ways[0]
    yield f"{first.code} – {first.title}"
    yield f"gravité   : {_severity(first)}"
    yield f"source    : {first.source}"
    if first.ccas:
        yield f"CCAS      : {first.ccas}"
    if first.source.startswith("CGCT, art. L. 2121-"):
        yield f"EPCI      : {first.cited('epci')}"
    if first.du:
        yield f"en vigueur: depuis le {first.du:%d/%m/%Y}"
    for period in first.periods:
        yield f"en vigueur: du {period.du:%d/%m/%Y} au {period.au:%d/%m/%Y}"
    yield f"porte sur : {', '.join(dict.fromkeys(map(_about, ways)))}"
    if first.to_check:
        yield "Son texte n’a pas été lu à la source : elle ne bloque jamais, et le dit."
    if first.severity is not Severity.ERREUR:
        yield f"Pour l’écarter d’un document, avec son motif : regles_ecartees: {{{first.code}: motif}}."


def _about(rule: Rule) -> str:
    """What a rule judges, in words."""
    from ctgdocs.kinds import KINDS
    from ctgdocs.rules.rule import PROSE, TEXT

    if rule.on in (TEXT, PROSE):
        return "tout texte de tout document"
    module = rule.judge.__module__
    return next((one.plural for one in KINDS if module.startswith(one.package + ".")), "séances et actes")
