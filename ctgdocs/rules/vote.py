"""A vote that does not add up, contradiction by contradiction: P3, N1 to N5."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ctgdocs.assembly.scrutin import Contradiction, Fausse, Scrutin
from ctgdocs.rules.appel import CCAS, Words, as_many_as_announced, in_one_list
from ctgdocs.rules.rule import ALERTE, ERREUR, Said, namer, rule
from ctgdocs.stages import Entry, Reader
from ctgdocs.vocabulary.instances import Regime


class Counted(NamedTuple):
    """The vote of an act, counted. `entry` is the act, whose field `vote` was counted."""

    entry: Entry[object]
    scrutin: Scrutin
    regime: Regime


_VOICES: Mapping[Fausse, Words] = {
    "non-membre": Words(
        "{elu} est dans la liste « {champ} » sans être membre de l’instance",
        "corrigez ce nom ; un suppléant ne vote que s’il siège (suppleants de la séance)",
    ),
    "absent": Words(
        "{elu} est dans la liste « {champ} », mais {elu:absent|absente} à ce point et sans pouvoir",
        "retirez ce nom, ou corrigez la séance (absents, mouvements, pouvoir_a)",
    ),
    "remplace": Words(
        "{elu} est dans la liste « {champ} », mais {autre} siège à sa place", "nommez le suppléant"
    ),
    "deux-listes": Words(
        "{elu} est à la fois dans « {autre_champ} » et dans « {champ} »", "gardez un seul vote"
    ),
    "sans-voix": Words(
        "{elu} est dans la liste « {champ} », mais {autre}, qui tient son pouvoir, ne prend pas part au vote",
        "retirez ce nom, ou donnez le pouvoir à un autre membre présent",
    ),
}
_VOTANTS: Mapping[Fausse, Words] = {
    "votants-dementis": Words(
        "le vote annonce {nombre} votants ; présents + pouvoirs − NPPV en font {attendu}",
        "corrigez ce nombre, ou la séance (absents, pouvoirs, mouvements)",
    ),
}
_TOTALS: Mapping[Fausse, Words] = {
    "bulletins-a-main-levee": Words(
        "des bulletins blancs ou nuls sont comptés, mais le scrutin n’est pas secret", "indiquez mode: secret"
    ),
    "total": Words(
        "les voix font {nombre} en tout, pour {attendu} votants",
        "vérifiez pour, contre, abstentions, blancs et nuls, et les présents à ce point",
    ),
    "trop-de-voix": Words(
        "{nombre} voix contre, abstentions, blancs et nuls, pour {attendu} votants",
        "vérifiez ces nombres, et les présents à ce point",
    ),
}
_RESULTS: Mapping[Fausse, Words] = {
    "partage-sans-president": Words(
        "{nombre} voix pour et {nombre} contre, sans voix prépondérante",
        "indiquez qui présidait la séance (presidence)",
    ),
    "partage-president-inconnu": Words(
        "{nombre} voix pour et {nombre} contre : le vote de {elu}, prépondérant, n’est pas dit",
        "nommez ceux qui ont voté contre et ceux qui se sont abstenus",
    ),
    "partage-president-muet": Words(
        "{nombre} voix pour et {nombre} contre : {elu}, qui préside, n’a voté ni pour ni contre ; "
        "la délibération est rejetée",
        "rien à faire si c’est bien le cas",
        ALERTE,
    ),
    "sans-exprimes": Words(
        "aucun suffrage exprimé : la délibération n’est pas adoptée",
        "rien à faire si c’est bien le cas",
        ALERTE,
    ),
    "resultat-dementi": Words(
        "le résultat annoncé n’est pas celui des voix : {nombre} pour et {attendu} contre",
        "corrigez resultat, ou les voix",
    ),
}
_UNANIMITY: Mapping[Fausse, Words] = {
    "unanimite-dementie": Words(
        "l’unanimité est annoncée, mais il y a {nombre} voix pour et {attendu} contre",
        "corrigez resultat, ou les voix",
    ),
}
_SECRET: Mapping[Fausse, Words] = {
    "noms-au-secret": Words(
        "le scrutin est secret, et des noms sont donnés", "écrivez des nombres : pour: 20, contre: 3"
    ),
}


@in_one_list.also(on=Counted)
def one_voice_each(vote: Counted, reader: Reader) -> Iterator[Said]:
    """Who is named in a vote has a voice there, in person or by a pouvoir, and uses it once."""
    return _contradictions(vote, reader, _VOICES)


@as_many_as_announced.also(on=Counted)
def as_many_votants_as_announced(vote: Counted, reader: Reader) -> Iterator[Said]:
    """The number of votants that the vote announces, when it does, is that of the roll call."""
    return _contradictions(vote, reader, _VOTANTS)


@rule(
    "N2",
    "Pour + contre + abstentions (et blancs et nuls au scrutin secret) = votants",
    ERREUR,
    "CGCT, art. L. 2121-20",
    ccas=CCAS,
    on=Counted,
)
def voices_make_votants(vote: Counted, reader: Reader) -> Iterator[Said]:
    """Voices typed as numbers or as names make all the votants. Who is left out of a show of hands voted
    for it: only more voices than votants is then a contradiction."""
    return _contradictions(vote, reader, _TOTALS)


@rule(
    "N3",
    "Adoptée si pour dépasse contre ; à égalité, la voix du président décide, sauf au scrutin secret",
    ERREUR,
    "CGCT, art. L. 2121-20",
    ccas=CCAS,
    on=Counted,
)
def the_voices_decide(vote: Counted, reader: Reader) -> Iterator[Said]:
    """The result announced is that of the voices. A tie needs the president's own vote, except in a secret
    ballot; without any voice expressed nothing is adopted, which is told lightly."""
    return _contradictions(vote, reader, _RESULTS)


@rule(
    "N4",
    "« À l’unanimité » : tous les suffrages exprimés vont dans le même sens",
    ERREUR,
    "CGCT, art. L. 2121-20",
    ccas=CCAS,
    on=Counted,
)
def of_one_mind(vote: Counted, reader: Reader) -> Iterator[Said]:
    """An abstention does not break unanimity; a voice against does."""
    return _contradictions(vote, reader, _UNANIMITY)


@rule(
    "N5",
    "Un scrutin secret ne donne pas de noms ; un vote à main levée n’a pas de bulletins blancs ou nuls",
    ALERTE,
    "CGCT, art. L. 2121-21",
    ccas=CCAS,
    on=Counted,
)
def a_secret_is_kept(vote: Counted, reader: Reader) -> Iterator[Said]:
    """A secret ballot typed with names. Blank ballots of a show of hands are a wrong total, which N2 says."""
    return _contradictions(vote, reader, _SECRET)


def _contradictions(vote: Counted, reader: Reader, words: Mapping[Fausse, Words]) -> Iterator[Said]:
    for found in vote.scrutin.contradictions:
        if found.sorte in words:
            yield _said(vote, found, words[found.sorte], reader)


def _said(vote: Counted, found: Contradiction, words: Words, reader: Reader) -> Said:
    nommer = namer(reader)
    message = words.message.format(
        champ=found.champ,
        elu=nommer(found.elu) if found.elu else "",
        autre=nommer(found.autre) if found.sorte in ("remplace", "sans-voix") else "",
        autre_champ=found.autre,
        nombre=found.nombre,
        attendu=found.attendu,
    )
    steps = (step for step in ("vote", found.champ, found.index) if step not in ("", None))
    return Said(message, vote.entry.place(*steps), words.hint, vote.regime, words.severity)
