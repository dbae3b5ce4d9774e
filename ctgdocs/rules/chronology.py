"""What a document cites had taken place on its day: D6."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from ctgdocs.content.heritage import inherit, jours
from ctgdocs.findings import Place, Related
from ctgdocs.french import date_simple
from ctgdocs.rules.liens import Cited
from ctgdocs.rules.rule import ALERTE, Said, Typed, rule
from ctgdocs.stages import Reader, Steps
from ctgdocs.vocabulary.actes import VisaCite
from ctgdocs.vocabulary.citations import Citation, Nature, citations, may_cite
from ctgdocs.vocabulary.registres import ARRETES, CONVENTIONS, DELIBERATIONS, SEANCES, VISAS

_CITED: Final[Mapping[Nature, str]] = {
    "acte": "un acte postérieur est cité",
    "avis": "un avis postérieur est cité",
    "reunion": "une séance postérieure est citée",
    "piece": "une pièce postérieure est citée",
}


class Dated(NamedTuple):
    """What a document of one day says: None while it has no day; `since`, where its day stands; `texts`,
    those lent to it included; `visas`, with the entry that holds them. `name` and `hint`: what a message
    calls it, and what to do."""

    jour: date | None
    since: Place
    texts: Iterable[Typed]
    visas: Sequence[Cited] = ()
    name: str = "ce document"
    hint: str = "corrigez la référence ou la date, ou retirez cette citation"


class Later(NamedTuple):
    """What took place after the document that cites it: as cited, its day, where it is told when it is."""

    nature: Nature
    said: str
    jour: date
    place: Place
    there: tuple[Related, ...] = ()


@rule(
    "D6",
    "Un acte ne cite ni acte, ni avis, ni séance, ni version de convention qui lui soit postérieur",
    ALERTE,
    "cohérence de l’acte",
    on=Dated,
)
def nothing_later_is_cited(document: Dated, reader: Reader) -> Iterator[Said]:
    """By a field or in a text typed by hand. A day to come that is no citation is left alone: a deadline, a
    start, a meeting that will be held; so is a document without a day."""
    if document.jour is None:
        return
    own_day = f"{document.name} est du {date_simple(document.jour)}"
    for one in (*_among_visas(document, reader), *_in_texts(document, reader)):
        if one.jour > document.jour:
            day = date_simple(one.jour)
            dated = f"« {one.said} »" if day in one.said else f"« {one.said} » ({day})"
            yield Said(
                f"{_CITED[one.nature]} : {dated} ; {own_day}",
                one.place,
                document.hint,
                related=(Related(document.since, own_day), *one.there),
            )


# --- by a field


def _among_visas(document: Dated, reader: Reader) -> Iterator[Later]:
    for act in document.visas:
        for index, visa in enumerate(act.visas):
            place = act.entry.place("visas", index)
            if visa.deliberation:
                yield from _deliberation(visa, place, reader)
            else:
                yield from _text_of_the_registry(visa, document.jour, place, reader)


def _deliberation(visa: VisaCite, place: Place, reader: Reader) -> Iterator[Later]:
    number = visa.deliberation or ""
    told = (visa.du, None) if visa.du else _day_of("délibération", number, reader)
    if told and told[0]:
        there = (told[1],) if told[1] else ()
        yield Later("acte", f"délibération n° {number}", told[0], place, there)


def _text_of_the_registry(visa: VisaCite, jour: date | None, place: Place, reader: Reader) -> Iterator[Later]:
    """A text of visas.yaml whose days of validity say nothing of it: V1 speaks of the others."""
    known = reader.find(VISAS, visa.texte or "")
    if known is not None and jour and known.value.valide(jour):
        for one in citations(known.value.texte, visa=True):
            if one.jour:
                yield Later(one.nature, one.said, one.jour, place)


# --- in a text


def _in_texts(document: Dated, reader: Reader) -> Iterator[Later]:
    for typed in document.texts:
        if not may_cite(typed.text) or typed.path[:1] == ("retrait",):
            continue  # what withdraws an act rightly follows it
        steps = jours(typed.act) if "{date:" in typed.text else {}
        for one in citations(typed.text, steps, visa=_rests_on_it(typed.path)):
            place = typed.place(one.start)
            if one.jour:
                if not _told_elsewhere(one, reader):
                    yield Later(one.nature, one.said, one.jour, place)
            elif not one.corps:
                for number in one.numeros:
                    told = _day_of(one.nom, number, reader)
                    if told:
                        said = f"{one.nom} n° {number}" if one.nom == "délibération" else one.said
                        yield Later(one.nature, said, told[0], place, (told[1],))


def _told_elsewhere(one: Citation, reader: Reader) -> bool:
    """Whether the day said is not that of the act of this number: D2 tells it."""
    told = _day_of(one.nom, one.numeros[0], reader) if len(one.numeros) == 1 and not one.corps else None
    return told is not None and told[0] != one.jour


def _rests_on_it(path: Steps) -> bool:
    """Whether a text is what the act stands on: a visa, the authority of a party."""
    return "autorite" in path or path[:1] == ("visas",)


def _day_of(noun: str, number: str, reader: Reader) -> tuple[date, Related] | None:
    """The day of an act of the contents, and where it is told."""
    if noun.startswith("convention"):
        convention = reader.find(CONVENTIONS, number)
        if convention is None or convention.value.signature is None:
            return None
        day = convention.value.signature
        return day, Related(convention.place("signature"), f"sa signature, le {date_simple(day)}")
    if noun.startswith("délibération"):
        found = reader.find(DELIBERATIONS, number)
        act = inherit(found, reader) if found else None
        seance = reader.find(SEANCES, act.value.seance) if act and act.value.seance else None
        if seance is None:
            return None
        return seance.value.date, Related(
            seance.place("date"), f"la séance du {date_simple(seance.value.date)}"
        )
    signed = reader.find(ARRETES, number) if noun.startswith(("arrêté", "décision")) else None
    if signed is None or signed.value.date is None:
        return None
    return signed.value.date, Related(signed.place("date"), date_simple(signed.value.date))
