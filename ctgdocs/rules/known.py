"""The acts, séances and laws that a text cites, against those that are known: D2 and D8; V3 and V4 of
visas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple

from ctgdocs.content.heritage import inherit, jours
from ctgdocs.findings import Related
from ctgdocs.french import date_simple, slug
from ctgdocs.rules.convocation import the_day_of_the_file
from ctgdocs.rules.liens import Cited
from ctgdocs.rules.rule import ALERTE, PROSE, Prose, Said, Typed, about, rule
from ctgdocs.rules.texts import day_of
from ctgdocs.stages import Reader
from ctgdocs.vocabulary.actes import Rang, VisaCite
from ctgdocs.vocabulary.as_typed import IDENTIFIANT, shown
from ctgdocs.vocabulary.citations import Citation, citations, may_cite
from ctgdocs.vocabulary.registres import DELIBERATIONS, INSTANCES, SEANCES, VISAS

NEAR: Final = 15
"""Days around a séance within which another day is taken for a wrong date of it."""


# --- an act cited with a day that is not its own, or that no act has


@the_day_of_the_file.also(on=PROSE, about=about("délibération", look=may_cite))
def the_day_of_a_cited_act(typed: Prose, reader: Reader) -> Iterator[Said]:
    """A délibération of the contents, cited with the day of another séance: a doubt, as another body may have
    one of the same number."""
    for one in _own_acts(typed):
        seance = _seance_of(one.numeros[0], reader)
        if one.jour and seance and one.jour != seance[0]:
            yield Said(
                f"{shown(one.said)} : la délibération n° {one.numeros[0]} est du {date_simple(seance[0])}",
                typed.place(one.start),
                "corrigez la date ou le numéro ; nommez la collectivité si cet acte est d’une autre",
                severity=ALERTE,
                related=(seance[1],),
            )


@rule(
    "D8",
    "Un acte ou une séance cités existent",
    ALERTE,
    "cohérence des actes",
    on=PROSE,
    about=about("délibération", "conseil", "séance", look=may_cite),
)
def what_is_cited_exists(typed: Prose, reader: Reader) -> Iterator[Said]:
    """A délibération said to be of a séance of the contents, whose acts are there, is one of them; a séance
    said to have been held is one of the contents when they have another one some days apart. The acts of
    other bodies, and what the contents do not go back to, are left alone."""
    for one in _own_acts(typed):
        if one.jour is None or _seance_of(one.numeros[0], reader) is not None:
            continue
        held = reader.recall("numbers by day", _numbers_by_day).get(one.jour, ())
        if len(held) > 1 and one.numeros[0] not in held and _looks_like(one.numeros[0], held[0]):
            yield Said(
                f"{shown(one.said)} : la séance du {date_simple(one.jour)} n’a pas de délibération de ce "
                f"numéro",
                typed.place(one.start),
                "vérifiez le numéro et la date",
            )
    if "onseil" in typed.text or "éance" in typed.text:
        yield from _unknown_seances(typed, reader)


def _own_acts(typed: Typed) -> Iterator[Citation]:
    """The délibérations of this house that a text cites by one number."""
    if "libération" not in typed.text:
        return
    steps = jours(typed.act) if "{date:" in typed.text else {}
    for one in citations(typed.text, steps, visa="visas" in typed.path):
        if one.nom.startswith("délibération") and len(one.numeros) == 1 and _is_ours(one.corps):
            yield one


def _is_ours(corps: str) -> bool:
    words = slug(corps)
    return not words or words in (
        "du-conseil-communautaire",
        "du-conseil-municipal",
        "du-conseil",
        "communautaire",
    )


def _seance_of(number: str, reader: Reader) -> tuple[date, Related] | None:
    if not reader.exists(DELIBERATIONS, number):
        return None
    found = reader.find(DELIBERATIONS, number)
    act = inherit(found, reader) if found else None
    seance = reader.find(SEANCES, act.value.seance) if act and act.value.seance else None
    if seance is None:
        return None
    day = seance.value.date
    return day, Related(seance.place("date"), f"la séance du {date_simple(day)}")


def _numbers_by_day(reader: Reader) -> dict[date, list[str]]:
    found: dict[date, list[str]] = {}
    for id in reader.ids(DELIBERATIONS):
        seance = _seance_of(id, reader)
        if seance is not None:
            found.setdefault(seance[0], []).append(id)
    return found


def _looks_like(number: str, other: str) -> bool:
    """Whether two numbers are written in one way: « 2026-045 » and « 2026-050 »."""
    return [sign.isdigit() for sign in number] == [sign.isdigit() for sign in other]


def _unknown_seances(typed: Typed, reader: Reader) -> Iterator[Said]:
    own = day_of(typed.act, reader)
    for one in citations(typed.text, jours(typed.act) if "{date:" in typed.text else {}):
        if one.nature != "reunion" or one.jour is None or one.jour == own or (own and one.jour > own):
            continue
        held = reader.recall("days of the assemblies", _days_of_assemblies)
        names = slug(f"{one.nom} {one.corps}")
        days = next((days for name, days in held.items() if names.endswith(name)), [])
        near = min(days, key=lambda day: abs((day - one.jour).days), default=None)  # type: ignore[operator]
        if near and near != one.jour and abs((near - one.jour).days) <= NEAR and one.jour not in days:
            yield Said(
                f"{shown(one.said)} : content/seances/ n’en a pas ce jour-là ; la plus proche est du "
                f"{date_simple(near)}",
                typed.place(one.start),
                "corrigez la date, ou ajoutez cette séance",
            )


def _days_of_assemblies(reader: Reader) -> dict[str, list[date]]:
    """The days of the séances, by the slug of the name of their body."""
    found: dict[str, list[date]] = {}
    for id in reader.ids(SEANCES):
        seance = reader.find(SEANCES, id)
        body = reader.find(INSTANCES, seance.value.instance) if seance else None
        if seance and body and body.value.type == "assemblee":
            found.setdefault(slug(body.value.nom), []).append(seance.value.date)
    return found


# --- the visas of one act, beside each other

_ORDER: Final[Sequence[Rang]] = (
    "code",
    "loi",
    "decret",
    "arrete",
    "circulaire",
    "statuts",
    "deliberation",
    "avis",
)
_RANKS: Final = (
    ("code", ("le code", "la constitution", "le traité")),
    ("loi", ("la loi", "l-ordonnance", "les lois")),
    ("decret", ("le decret", "les decrets")),
    ("deliberation", ("la deliberation", "les deliberations")),
    ("avis", ("l-avis",)),
)
_NAMES: Final = {
    "code": "un code",
    "loi": "une loi",
    "decret": "un décret",
    "deliberation": "une délibération",
    "avis": "un avis",
}


class _Vu(NamedTuple):
    rang: str
    mots: str


@rule("V3", "Un texte n’est visé qu’une fois", ALERTE, "usage de rédaction", on=Cited)
def cited_once(act: Cited, reader: Reader) -> Iterator[Said]:
    """The same entry, the same délibération or the same words twice."""
    told: dict[str, int] = {}
    for index, visa in enumerate(act.visas):
        key = visa.deliberation or _vu(visa, reader).mots
        if key in told:
            place = act.entry.place("visas", index)
            yield Said(
                f"{shown(visa.deliberation or visa.texte or '')} est visé deux fois",
                place,
                "retirez l’un des deux",
            )
        told.setdefault(key, index)


@rule(
    "V4",
    "Les visas vont des codes et des lois aux décrets, puis aux délibérations et aux avis",
    ALERTE,
    "usage de rédaction",
    on=Cited,
)
def from_the_highest(act: Cited, reader: Reader) -> Iterator[Said]:
    """Codes, laws and décrets before the délibérations and the opinions of the house. Arrêtés, circulaires,
    statuts and what cannot be told are left alone, wherever they stand."""
    last, over = "", 0
    for index, visa in enumerate(act.visas):
        rank = "deliberation" if visa.deliberation else _vu(visa, reader).rang
        if rank not in _NAMES:
            continue
        at = _ORDER.index(rank)
        if at < over and over >= _ORDER.index("deliberation") and at <= _ORDER.index("decret"):
            said = f"{_NAMES[rank]} après {_NAMES[last]}"
            yield Said(
                said, act.entry.place("visas", index), "placez les codes, les lois et les décrets en premier"
            )
            return
        if at >= over:
            last, over = rank, at


def _vu(visa: VisaCite, reader: Reader) -> _Vu:
    text = visa.texte or ""
    known = reader.find(VISAS, text) if IDENTIFIANT.fullmatch(text) else None
    words = slug((known.value.texte if known else text).removeprefix("Vu ").removeprefix("vu "))
    if known is not None:
        return _Vu(known.value.rang, words)
    for rank, starts in _RANKS:
        if words.startswith(tuple(start.replace(" ", "-") for start in starts)):
            return _Vu(rank, words)
    return _Vu("", words)
