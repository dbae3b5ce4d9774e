"""A vote that does not add up, contradiction by contradiction: P3, N1 to N5."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from ctgdocs.assembly.scrutin import Contradiction, Fausse, Scrutin
from ctgdocs.findings import Finding, Severity
from ctgdocs.rules.catalogue import N1, N2, N3, N4, N5, P3
from ctgdocs.rules.rule import Nommer, Rule
from ctgdocs.stages import Entry
from ctgdocs.vocabulary.instances import Regime

_ALERTE = Severity.ALERTE


class _Dit(NamedTuple):
    """What a rule says of one sort of contradiction, its braces being filled."""

    rule: Rule
    message: str
    hint: str = ""
    severity: Severity | None = None


_SAYINGS: dict[Fausse, _Dit] = {
    "non-membre": _Dit(
        P3,
        "{elu} est dans la liste « {champ} » sans être membre de l’instance",
        "corrigez ce nom ; un suppléant ne vote que s’il siège (suppleants de la séance)",
    ),
    "absent": _Dit(
        P3,
        "{elu} est dans la liste « {champ} », mais {elu:absent|absente} à ce point et sans pouvoir",
        "retirez ce nom, ou corrigez la séance (absents, mouvements, pouvoir_a)",
    ),
    "remplace": _Dit(
        P3,
        "{elu} est dans la liste « {champ} », mais {autre} siège à sa place",
        "nommez le suppléant",
    ),
    "deux-listes": _Dit(
        P3, "{elu} est à la fois dans « {autre_champ} » et dans « {champ} »", "gardez un seul vote"
    ),
    "sans-voix": _Dit(
        P3,
        "{elu} est dans la liste « {champ} », mais {autre}, qui tient son pouvoir, ne prend pas part au vote",
        "retirez ce nom, ou donnez le pouvoir à un autre membre présent",
    ),
    "noms-au-secret": _Dit(
        N5, "le scrutin est secret, et des noms sont donnés", "écrivez des nombres : pour: 20, contre: 3"
    ),
    "bulletins-a-main-levee": _Dit(
        N2,
        "des bulletins blancs ou nuls sont comptés, mais le scrutin n’est pas secret",
        "indiquez mode: secret",
    ),
    "total": _Dit(
        N2,
        "les voix font {nombre} en tout, pour {attendu} votants",
        "vérifiez pour, contre, abstentions, blancs et nuls, et les présents à ce point",
    ),
    "trop-de-voix": _Dit(
        N2,
        "{nombre} voix contre, abstentions, blancs et nuls, pour {attendu} votants",
        "vérifiez ces nombres, et les présents à ce point",
    ),
    "votants-dementis": _Dit(
        N1,
        "le vote annonce {nombre} votants ; présents + pouvoirs − NPPV en font {attendu}",
        "corrigez ce nombre, ou la séance (absents, pouvoirs, mouvements)",
    ),
    "partage-sans-president": _Dit(
        N3,
        "{nombre} voix pour et {nombre} contre, sans voix prépondérante",
        "indiquez qui présidait la séance (presidence)",
    ),
    "partage-president-inconnu": _Dit(
        N3,
        "{nombre} voix pour et {nombre} contre : le vote de {elu}, prépondérant, n’est pas dit",
        "nommez ceux qui ont voté contre et ceux qui se sont abstenus",
    ),
    "partage-president-muet": _Dit(
        N3,
        "{nombre} voix pour et {nombre} contre : {elu}, qui préside, n’a voté ni pour ni contre ; "
        "la délibération est rejetée",
        "rien à faire si c’est bien le cas",
        _ALERTE,
    ),
    "sans-exprimes": _Dit(
        N3,
        "aucun suffrage exprimé : la délibération n’est pas adoptée",
        "rien à faire si c’est bien le cas",
        _ALERTE,
    ),
    "unanimite-dementie": _Dit(
        N4,
        "l’unanimité est annoncée, mais il y a {nombre} voix pour et {attendu} contre",
        "corrigez resultat, ou les voix",
    ),
    "resultat-dementi": _Dit(
        N3,
        "le résultat annoncé n’est pas celui des voix : {nombre} pour et {attendu} contre",
        "corrigez resultat, ou les voix",
    ),
}


def contradictions(entry: Entry[Any], scrutin: Scrutin, regime: Regime, nommer: Nommer) -> Iterator[Finding]:
    """P3, N1 to N5: each contradiction of a vote, where it was typed."""
    for found in scrutin.contradictions:
        yield _say(entry, found, regime, nommer)


def _say(entry: Entry[Any], found: Contradiction, regime: Regime, nommer: Nommer) -> Finding:
    said = _SAYINGS[found.sorte]
    message = said.message.format(
        champ=found.champ,
        elu=nommer(found.elu) if found.elu else "",
        autre=nommer(found.autre) if found.sorte in ("remplace", "sans-voix") else "",
        autre_champ=found.autre,
        nombre=found.nombre,
        attendu=found.attendu,
    )
    path: tuple[str | int, ...] = ("vote",)
    if found.champ:
        path += (found.champ,)
    if found.index is not None:
        path += (found.index,)
    return said.rule.finding(message, entry.place(*path), said.hint, regime=regime, severity=said.severity)
