"""The convocation of an assembly, and the days around it: C2, C3, C4, Q2, D1, D2, D3, D5."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from typing import NamedTuple

from ctgdocs.assembly.regimes import EPCI_SANS_SEUIL, Delai, delai_de_convocation, jours_francs
from ctgdocs.assembly.sitting import Sitting
from ctgdocs.findings import Place
from ctgdocs.french import date_simple
from ctgdocs.patterns import regex
from ctgdocs.rules.rule import ALERTE, ERREUR, Said, plural, rule
from ctgdocs.stages import Entry, Reader
from ctgdocs.vocabulary.actes import PassageEnCommission
from ctgdocs.vocabulary.dossiers import Affaire
from ctgdocs.vocabulary.instances import Regime
from ctgdocs.vocabulary.registres import COMMUNES, SEANCES

_ISO = regex(r"\d{4}-\d{2}-\d{2}")
_ONE_OF_THE_TWO = "corrigez l’une des deux dates"
CCAS = "CASF, art. R. 123-16"
INTERVALLE = 3
"""Clear days between a séance without quorum and the second one (CGCT, art. L. 2121-17)."""


# --- the delay of a convocation


@rule(
    "C2",
    "La convocation part trois jours francs avant la séance (commune de moins de 3 500 habitants, CCAS)",
    ERREUR,
    "CGCT, art. L. 2121-11",
    ccas=CCAS,
    on=Sitting,
)
def three_days_before(sitting: Sitting, reader: Reader) -> Iterator[Said]:
    """Three days owed, fewer given, and no urgency said. Neither the day of the convocation nor that of the
    séance counts, except for a CCAS; a second convocation has its own interval (Q2), except for a CCAS."""
    return _too_late(sitting, reader, 3)


@rule(
    "C3",
    "La convocation part cinq jours francs avant la séance (commune de 3 500 habitants et plus, EPCI)",
    ERREUR,
    "CGCT, art. L. 2121-12",
    on=Sitting,
)
def five_days_before(sitting: Sitting, reader: Reader) -> Iterator[Said]:
    """Five days owed, fewer given, and no urgency said; see C2 for what counts."""
    return _too_late(sitting, reader, 5)


@rule(
    "C4",
    "Une convocation en urgence laisse un jour franc au moins, et la séance dit pourquoi",
    ERREUR,
    "CGCT, art. L. 2121-11 et L. 2121-12",
    ccas=CCAS,
    on=Sitting,
)
def urgent_and_yet(sitting: Sitting, reader: Reader) -> Iterator[Said]:
    """Fewer days than owed, and an urgency said: one clear day is left, and the assembly agreed at the
    opening. The texts of a CCAS foresee no urgency, which is told as a doubt: its règlement intérieur may."""
    given = _short(sitting, reader)
    if given is None or sitting.seance.urgence is None:
        return
    owed, elapsed, interval = given
    if sitting.seance.urgence.vote == "rejetée":
        yield Said(
            "l’assemblée n’a pas admis l’urgence : la discussion est renvoyée à une autre séance",
            sitting.place("urgence", "vote"),
            "rattachez les délibérations à la séance suivante, ou corrigez ce vote",
            sitting.regime,
        )
    if owed.en_urgence is None:
        yield Said(
            f"l’urgence n’est pas prévue {owed.pour} : {interval}, il en faut {owed.jours}",
            sitting.place("urgence"),
            "vérifiez le règlement intérieur",
            sitting.regime,
            to_check=True,
        )
    elif elapsed < owed.en_urgence:
        yield Said(
            f"{interval} ; même en urgence, il en faut 1",
            sitting.place("convocation"),
            "reportez la séance d’un jour au moins",
            sitting.regime,
        )


def _too_late(sitting: Sitting, reader: Reader, days: int) -> Iterator[Said]:
    given = _short(sitting, reader)
    if given is not None and given.owed.jours == days and sitting.seance.urgence is None:
        yield Said(
            f"{given.interval} ; il en faut {days} {given.owed.pour}",
            sitting.place("convocation"),
            _hint(given.owed),
            sitting.regime,
        )


class _Given(NamedTuple):
    """Fewer days than owed: how many, and how to say it."""

    owed: Delai
    elapsed: int
    interval: str


def _short(sitting: Sitting, reader: Reader) -> _Given | None:
    """The delay of a convocation that the law finds too short; None when there is nothing to say."""
    seance = sitting.seance
    if not sitting.assemblee or seance.convocation >= seance.date:
        return None
    if seance.seconde_convocation and sitting.regime != "ccas":
        return None  # the interval of Q2 stands in for it
    owed = _owed(sitting, reader)
    elapsed = owed.ecoule(seance.convocation, seance.date)
    if elapsed >= owed.jours:
        return None
    days = plural(elapsed, "jour franc", "jours francs") if owed.francs else plural(elapsed, "jour")
    sent, held = _day(seance.convocation, seance.date), date_simple(seance.date)
    return _Given(owed, elapsed, f"{days} entre la convocation ({sent}) et la séance ({held})")


def _owed(sitting: Sitting, reader: Reader) -> Delai:
    largest = None
    if sitting.regime in ("epci", "syndicat") and sitting.jour < EPCI_SANS_SEUIL:
        communes = [reader.find(COMMUNES, id) for id in reader.ids(COMMUNES)]
        largest = max((entry.value.population or 0 for entry in communes if entry), default=None)
    return delai_de_convocation(sitting.regime, sitting.collectivite.population, sitting.jour, largest)


def _hint(owed: Delai) -> str:
    if owed.francs:
        return (
            "ni le jour de l’envoi ni celui de la séance ne comptent ; corrigez les dates ou indiquez urgence"
        )
    return "corrigez les dates"


def _day(day: date, other: date) -> str:
    """« 18 septembre », with the year only when it is not the other date's."""
    text = date_simple(day)
    return text.removesuffix(f" {day.year}") if day.year == other.year else text


class Convened(NamedTuple):
    """The convocation of an assembly to which a note explicative de synthèse is owed: where it is typed, and
    whether it names one."""

    place: Place
    regime: Regime
    explained: bool


@rule(
    "C6",
    "Chaque point de l’ordre du jour a sa section dans la note explicative de synthèse",
    ERREUR,
    "CGCT, art. L. 2121-12",
    ccas=CCAS,
    on=Convened,
)
def a_note_explains(convened: Convened, reader: Reader) -> Iterator[Said]:
    """A note comes with the convocation; a lighter fault than a note that leaves an item out."""
    if not convened.explained:
        yield Said(
            "la convocation ne joint pas de note explicative de synthèse",
            convened.place,
            "indiquez note_de_synthese",
            convened.regime,
            ALERTE,
        )


@rule(
    "Q2",
    "Sans quorum, la seconde séance se tient après trois jours francs au moins",
    ERREUR,
    "CGCT, art. L. 2121-17 ; CE, 16 juin 1997, n° 142691",
    ccas="CASF, art. R. 123-17",
    on=Sitting,
)
def far_from_the_first(sitting: Sitting, reader: Reader) -> Iterator[Said]:
    """The second séance keeps its distance from the one without quorum. A CCAS owes the delay of its
    convocation instead (C2)."""
    seconde = sitting.seance.seconde_convocation
    if seconde is None or not sitting.delibere or sitting.regime == "ccas":
        return
    first = reader.find(SEANCES, seconde.premiere_seance) if seconde.premiere_seance else None
    day = first.value.date if first else seconde.date
    if day is None:
        return
    elapsed = jours_francs(day, sitting.jour)
    if elapsed < INTERVALLE:
        yield Said(
            f"{plural(max(elapsed, 0), 'jour franc', 'jours francs')} entre la séance sans quorum "
            f"({_day(day, sitting.jour)}) et celle-ci ({date_simple(sitting.jour)}) ; il en faut 3",
            sitting.place("seconde_convocation"),
            "reportez la seconde séance : d’un lundi, elle va au vendredi au plus tôt",
            sitting.regime,
        )


# --- days that follow each other


@rule("D1", "Le jour de la semaine est celui de la date", ERREUR, "calendrier", on=date)
def the_day_of_the_week(day: date, reader: Reader) -> Iterator[Said]:
    """« mercredi 23 février 2023 » is refused when it is read (`vocabulary.as_typed`): a day that does not
    exist goes no further, and nothing is left to judge here."""
    return iter(())


@rule("D2", "La date de la séance est la même partout", ERREUR, "cohérence de l’acte", on=Sitting)
def the_day_of_the_file(sitting: Sitting, reader: Reader) -> Iterator[Said]:
    """A file named by a day is of that day; another name says nothing."""
    name = sitting.entry.id
    if _ISO.fullmatch(name) and name != sitting.jour.isoformat():
        yield Said(
            f"la séance « {name} » est datée du {date_simple(sitting.jour)}",
            sitting.place("date"),
            "corrigez la date ou le nom du fichier",
        )


class Follows(NamedTuple):
    """A day of an act, and the one that it follows: transmitted, published, notified once the act stands.

    `said` is how a message begins (« la délibération est transmise »), `early` what it is when it comes too
    soon (« avant la séance »). `after` is None while there is nothing to follow: `alone` is then the message.
    """

    when: date
    said: str
    place: Place
    after: date | None
    early: str = ""
    alone: str = ""
    hint: str = _ONE_OF_THE_TWO
    regime: Regime | None = None


@rule(
    "D3",
    "Convocation avant séance ; séance ou signature avant transmission, publication et retrait",
    ERREUR,
    "CGCT, art. L. 2121-10 et L. 2131-1",
    ccas=CCAS,
    on=Follows,
)
def in_their_order(day: Follows, reader: Reader) -> Iterator[Said]:
    """What follows an act is of its day or later, and of an act that stands."""
    if day.after is None:
        yield Said(day.alone, day.place, day.hint, day.regime)
    elif day.when < day.after:
        sooner = f"{day.said} le {date_simple(day.when)}, {day.early} ({date_simple(day.after)})"
        yield Said(sooner, day.place, day.hint, day.regime)


@in_their_order.also(on=Sitting)
def convened_posted_held(sitting: Sitting, reader: Reader) -> Iterator[Said]:
    """The convocation is of an earlier day, the posting of the same one at the latest; a séance opens before
    it ends, be it after midnight."""
    seance = sitting.seance
    held = date_simple(seance.date)

    def say(message: str, field: str, hint: str = _ONE_OF_THE_TWO) -> Said:
        return Said(message, sitting.place(field), hint, sitting.regime)

    if seance.convocation >= seance.date:
        sent = date_simple(seance.convocation)
        yield say(f"la convocation ({sent}) n’est pas antérieure à la séance ({held})", "convocation")
    if seance.affichage and seance.affichage > seance.date:
        posted = date_simple(seance.affichage)
        yield say(f"la convocation est affichée ({posted}) après la séance ({held})", "affichage")
    if seance.heure_fin and ends_first(seance.heure, seance.heure_fin):
        yield say(
            f"la séance finit ({seance.heure_fin:%H h %M}) avant de commencer ({seance.heure:%H h %M})",
            "heure_fin",
            "corrigez l’une des deux heures",
        )


def ends_first(start: time, end: time) -> bool:
    """Whether a meeting would end before it begins; one of the afternoon may end in the night, before six."""
    return end <= start and not (start >= time(12) and end < time(6))


@rule(
    "D5",
    "La note précède la commission, et la commission l’assemblée qui délibère",
    ERREUR,
    "CGCT, art. L. 2121-22",
    on=Affaire,
)
def studied_then_debated(affaire: Entry[Affaire], reader: Reader) -> Iterator[Said]:
    """A commission studies what the assembly will debate, on an earlier day. Nothing while one of the two has
    no day."""
    return commission_first(affaire, affaire.value.commission, affaire.value.seance, reader, "commission")


def commission_first(
    entry: Entry[object],
    passage: PassageEnCommission | None,
    seance: str | None,
    reader: Reader,
    *place: str,
) -> Iterator[Said]:
    """D5, of any content that names a commission and a séance; `place` is where its finding goes."""
    found = reader.find(SEANCES, seance) if seance else None
    if passage and passage.date and found and passage.date >= found.value.date:
        yield Said(
            f"la commission ({date_simple(passage.date)}) ne précède pas la séance "
            f"({date_simple(found.value.date)})",
            entry.place(*place),
            _ONE_OF_THE_TWO,
        )
