"""The laws that a text cites: V1 in a text, V2 their references, D4 those that do not bind this body."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from ctgdocs.french import date_simple
from ctgdocs.patterns import regex
from ctgdocs.rules.liens import latest_day, visas_in_force
from ctgdocs.rules.rule import ALERTE, DIGITS, PROSE, Prose, Said, Typed, about, rule, some
from ctgdocs.rules.texts import day_of
from ctgdocs.stages import Reader
from ctgdocs.vocabulary.as_typed import shown
from ctgdocs.vocabulary.citations import phrase, rests_on
from ctgdocs.vocabulary.codes import codes_mal_nommes
from ctgdocs.vocabulary.lois import (
    Cite,
    articles_faux,
    codes_abroges,
    lois_citees,
    lois_de_ce_jour,
    reglements_mal_dates,
)
from ctgdocs.vocabulary.registres import COLLECTIVITE, INSTANCES, SEANCES, VISAS

_TEXTS: Final = ("loi", "ordonnance", "décret", "circulaire", "code")
_RELIES = regex(
    r"\b(?:conformément\s+(?:à|aux?)|en\s+(?:application|vertu)|sur\s+(?:le\s+fondement|la\s+base)|au\s+(?:titre|visa|sens|regard)|vu)\b[^.;\n]{0,80}$",
    re.IGNORECASE,
    needs="application|base|conformément|fondement|regard|sens|titre|vertu|visa|vu",
)
_IS_A_VISA = regex(r"\s*(?:\[\^[^\]]+\]:\s*|[-*•–]\s*)?(?:Vu|VU)\s")
_RECALLED = regex(
    r"\b(?:abrogée?|codifiée?|ancienne?|alors|à\s+l[’']époque|remplacée?)\b",
    re.IGNORECASE,
    needs="abrogé|alors|ancienn|codifié|remplacé|époque",
)


@visas_in_force.also(on=PROSE, about=about(*_TEXTS, look=some(lois_citees, codes_abroges, lois_de_ce_jour)))
def a_text_in_force(typed: Prose, reader: Reader) -> Iterator[Said]:
    """A text that the act rests on, in a visa typed in full or after « conformément à », « en application
    de »: those of visas.yaml with their last day, and those known to be repealed. What only tells history
    is left alone."""
    ended = [
        (one.start, one.said, *last) for one in lois_citees(typed.text) if (last := _last_day(one, reader))
    ]
    for start, said, known in (*codes_abroges(typed.text), *lois_de_ce_jour(typed.text)):
        if known.au is not None:
            ended.append((start, said, known.au, known.remplace))
    day = (day_of(typed.act, reader) or latest_day(reader)) if ended else None
    for start, said, last_day, instead in ended if day else ():
        sentence = phrase(typed.text, start, start + len(said))
        if day and day > last_day and _relied_on(typed, start, sentence) and not _RECALLED.search(sentence):
            yield _repealed(typed, start, said, last_day, instead, day)


def _repealed(typed: Typed, start: int, said: str, last: date, instead: str, day: date) -> Said:
    message = (
        f"{shown(said)} n’est plus en vigueur depuis le {date_simple(last)} ; l’acte est du "
        f"{date_simple(day)}"
    )
    return Said(message, typed.place(start), f"citez {instead}" if instead else "vérifiez la référence")


def _relied_on(typed: Typed, start: int, sentence: str) -> bool:
    before = typed.text[max(0, start - 120) : start]
    visa = "visas" in typed.path or _IS_A_VISA.match(sentence)
    return bool(visa) or rests_on(typed.text, start) or _RELIES.search(before) is not None


def _last_day(one: Cite, reader: Reader) -> tuple[date, str] | None:
    """The last day in force of a text, and what replaces it, as the program or visas.yaml knows it."""
    known = one.connu
    if known is not None and known.au is not None:
        return known.au, known.remplace
    for id, number in reader.recall("numbers of visas.yaml", _numbers):
        if number == one.numero:
            visa = reader.find(VISAS, id)
            if visa is not None and visa.value.valide_au is not None:
                return (
                    visa.value.valide_au,
                    f"« {visa.value.remplace_par} »" if visa.value.remplace_par else "",
                )
    return None


def _numbers(reader: Reader) -> list[tuple[str, str]]:
    """The entries of visas.yaml that end, with the numbers that they cite."""
    entries = ((id, reader.find(VISAS, id)) for id in reader.ids(VISAS))
    ended = [(id, entry.value) for id, entry in entries if entry and entry.value.valide_au]
    return [(id, one.numero) for id, visa in ended for one in lois_citees(visa.texte)]


@rule(
    "V2",
    "La référence d’un texte est exacte : son numéro, sa date, la forme de son article",
    ALERTE,
    "Journal officiel ; codes en vigueur",
    on=PROSE,
    about=about(
        *_TEXTS,
        "règlement (",
        "cgct",
        "casf",
        "cgfp",
        "css",
        "crpa",
        "cja",
        look=some(lois_citees, articles_faux, codes_mal_nommes, reglements_mal_dates),
    ),
)
def cited_as_it_is(typed: Prose, reader: Reader) -> Iterator[Said]:
    """A law known to the program has its own date, any other one a number of the year of its date; an article
    has the form of those of its code. A text that the program does not know is left alone."""
    for one in lois_citees(typed.text):
        known = one.connu
        if known and known.jour and one.jour and one.jour != known.jour:
            said = f"{shown(one.said)} : ce texte est du {date_simple(known.jour)}"
            yield Said(said, typed.place(one.start), "corrigez le numéro ou la date")
        elif known is None and (other := one.autre_nature):
            said = f"{shown(one.said)} : ce texte est {'un' if other == 'décret' else 'une'} {other}"
            yield Said(said, typed.place(one.start), "corrigez la nature du texte, ou son numéro")
        elif one.jour and one.nature != "circulaire" and one.annee != one.jour.year:
            said = f"{shown(one.said)} : le numéro dit {one.annee}, la date {one.jour.year}"
            yield Said(said, typed.place(one.start), "corrigez le numéro ou la date")
    for start, name, right in codes_mal_nommes(typed.text):
        yield Said(f"{shown(name)} : ce code est le « {right} »", typed.place(start), "corrigez ce nom")
    for start, name, year in reglements_mal_dates(typed.text):
        said = f"{shown(name)} : le numéro dit {year}"
        yield Said(said, typed.place(start), "corrigez le numéro ou la date")
    for article in articles_faux(typed.text):
        said = (
            f"« {article.said} » n’est pas un article du {article.code}, dont les articles ont "
            f"{article.chiffres} chiffres"
        )
        yield Said(said, typed.place(article.start), "corrigez l’article ou le code")


# --- D4: an act cites the texts that bind its own body


_ARTICLE_OF_THE_CGCT = regex(r"\bL\.?\s?[25]\d\d\d").search
_NOT_FOR: Final = {
    "ccas": (
        regex(r"\bL\.?\s?(?:2121-1[0-7]|2121-2[0-3]|5211-1|5211-\d+)\b"),
        "le CCAS suit le code de l’action sociale et des familles (R. 123-16 à R. 123-19)",
    ),
    "commune": (
        regex(r"\bL\.?\s?(?:5211-(?:1|2|9|10|39|40)|5214-16|5216-5)\b"),
        "ces articles sont ceux des établissements publics de coopération intercommunale",
    ),
}
_BASIS = regex(
    r"\b(?:quorum|convo\w+|pouvoirs?|délibér\w+|vu)\b|^(?:le|la|les)\s+code",
    re.IGNORECASE,
    needs="code|convo|délibér|pouvoir|quorum|vu",
)


@rule(
    "D4",
    "Un acte cite les articles qui s’appliquent à sa collectivité",
    ALERTE,
    "CGCT, art. L. 5211-1 ; CASF, art. R. 123-16 à R. 123-19",
    on=PROSE,
    about=about(*DIGITS, look=_ARTICLE_OF_THE_CGCT),
)
def of_its_own_regime(typed: Prose, reader: Reader) -> Iterator[Said]:
    """Of a CCAS, the articles of the CGCT on the conseil municipal given as the basis of its quorum or of its
    convocation; of a commune, those of an EPCI given as the basis of its own act."""
    if "visas" not in typed.path:
        return
    regime = _regime(typed, reader)
    pattern, why = _NOT_FOR.get(regime, (None, ""))
    found = pattern.search(typed.text) if pattern else None
    if found is not None and _BASIS.search(typed.text):
        yield Said(
            f"« {found[0]} » ne règle pas cet acte : {why}", typed.place(found.start()), "corrigez ce visa"
        )


def _regime(typed: Typed, reader: Reader) -> str:
    seance = getattr(typed.act.value, "seance", None)
    entry = reader.find(SEANCES, seance) if isinstance(seance, str) else None
    body = reader.find(INSTANCES, entry.value.instance) if entry else None
    if body is not None and body.value.regime:
        return body.value.regime
    if isinstance(getattr(typed.act.value, "collectivite", None), str):
        return "commune"
    house = reader.find(COLLECTIVITE, COLLECTIVITE.name)
    kind = house.value.type if house else ""
    return {"commune": "commune", "ccas": "ccas", "cias": "ccas"}.get(kind, "")
