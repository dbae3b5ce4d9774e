"""The rules of what follows a séance: the liste and the procès-verbal in their time, the debates at their
points."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final, NamedTuple

from ctgdocs.assembly.ordre_du_jour import ordre_du_jour
from ctgdocs.assembly.sitting import Sitting, find_sitting
from ctgdocs.findings import Finding
from ctgdocs.french import date_simple
from ctgdocs.kinds.suite.acte import Acte
from ctgdocs.rules.records import is_sound, with_its_seance
from ctgdocs.rules.rule import ALERTE, ERREUR, INFO, Said, check, consistency, judge, plural, rule
from ctgdocs.stages import Entry, Reader, every
from ctgdocs.vocabulary.registres import SEANCES
from ctgdocs.vocabulary.seances import Seance

SEMAINE: Final = timedelta(days=7)
MONTH: Final = timedelta(days=31)
REFORM: Final = date(2022, 7, 1)
"""From that day a procès-verbal is settled at the next séance (ordonnance n° 2021-1310)."""


class Suivie(NamedTuple):
    """The file of what follows a séance, and the séance."""

    entry: Entry[Acte]
    sitting: Sitting


@check(on=Acte)
def at_its_seance(entry: Entry[Acte], reader: Reader) -> Iterator[Finding]:
    """Its séance as it bears on it, then the papers themselves."""
    sitting = find_sitting(reader, entry.value.seance)
    if sitting is None:
        return
    yield from with_its_seance(
        sitting.entry, entry.place("seance"), "ses suites ne sont pas produites", reader
    )
    if is_sound(sitting.entry, reader):
        yield from judge(Suivie(entry, sitting), reader, __name__)


@check(on=Suivie)
def at_points_of_the_agenda(suite: Suivie, reader: Reader) -> Iterator[Finding]:
    """A debate on a délibération that the séance did not examine."""
    examined = [one.act for one in ordre_du_jour(suite.sitting, reader) if one.act]
    known = {name for act in examined for name in (act.id, act.value.numero)}
    for field, numbers in _cited(suite.entry.value):
        for path, number in numbers:
            if number not in known:
                yield consistency(
                    "hors-seance",
                    f"la délibération « {number} » n’est pas à l’ordre du jour de cette séance",
                    suite.entry.place(field, *path),
                    "corrigez ce numéro, ou l’ordre du jour de la séance",
                )


def _cited(acte: Acte) -> Iterator[tuple[str, list[tuple[tuple[str | int, ...], str]]]]:
    debated = [((at, "deliberation"), one.deliberation) for at, one in enumerate(acte.points)]
    yield "points", [(path, number) for path, number in debated if number]
    yield (
        "envois",
        [
            ((at, "actes", rank), number)
            for at, envoi in enumerate(acte.envois)
            for rank, number in enumerate(envoi.actes)
        ],
    )


@rule(
    "L1",
    "La liste des délibérations examinées est affichée dans la semaine",
    ALERTE,
    "CGCT, art. L. 2121-25",
    on=Suivie,
)
def posted_within_a_week(suite: Suivie, reader: Reader) -> Iterator[Said]:
    """The liste of an assembly, posted more than seven days after the séance, or before it. A CCAS, which
    another code rules, and a bureau are left alone."""
    acte, day = suite.entry.value, suite.sitting.jour
    if suite.sitting.regime == "ccas" or not suite.sitting.assemblee:
        return
    for field, posted in (("liste_affichee", acte.liste_affichee), ("liste_en_ligne", acte.liste_en_ligne)):
        if posted is not None and posted > day + SEMAINE:
            yield Said(
                f"la liste est publiée le {date_simple(posted)}, pour une séance du {date_simple(day)}",
                suite.entry.place(field),
                f"elle était due le {date_simple(day + SEMAINE)} au plus tard",
                suite.sitting.regime,
            )


@rule(
    "L2",
    "Le procès-verbal est publié dans la semaine qui suit la séance où il est arrêté",
    ALERTE,
    "CGCT, art. L. 2121-15",
    on=Suivie,
)
def published_within_a_week(suite: Suivie, reader: Reader) -> Iterator[Said]:
    """A procès-verbal published more than seven days after it was settled; a CCAS is left alone."""
    acte = suite.entry.value
    if suite.sitting.regime == "ccas" or not (acte.arret and acte.publication):
        return
    if acte.publication > acte.arret + SEMAINE:
        yield Said(
            f"le procès-verbal, arrêté le {date_simple(acte.arret)}, est publié le "
            f"{date_simple(acte.publication)}",
            suite.entry.place("publication"),
            f"il était dû le {date_simple(acte.arret + SEMAINE)} au plus tard",
            suite.sitting.regime,
        )


@rule("L3", "Ce qui suit une séance la suit", ERREUR, "cohérence des dates", on=Suivie)
def after_the_seance(suite: Suivie, reader: Reader) -> Iterator[Said]:
    """The liste on the day of the séance at the earliest; the procès-verbal settled on a later day, and
    published after that."""
    acte, day = suite.entry.value, suite.sitting.jour
    for field, posted in (("liste_affichee", acte.liste_affichee), ("liste_en_ligne", acte.liste_en_ligne)):
        if posted is not None and posted < day:
            yield _too_early(suite, field, f"la liste est publiée avant la séance du {date_simple(day)}")
    if acte.arret is not None and acte.arret <= day:
        said = f"le procès-verbal est arrêté à une séance suivante, après le {date_simple(day)}"
        yield _too_early(suite, "arret", said)
    if acte.publication is not None and (acte.arret is None or acte.publication < acte.arret):
        yield _too_early(suite, "publication", "le procès-verbal est publié avant d’être arrêté")


def _too_early(suite: Suivie, field: str, message: str) -> Said:
    return Said(message, suite.entry.place(field), "corrigez l’une des deux dates", suite.sitting.regime)


@rule(
    "L4",
    "Un scrutin public est demandé par le quart des présents, un scrutin secret par le tiers",
    ALERTE,
    "CGCT, art. L. 2121-21",
    on=Suivie,
)
def asked_by_enough(suite: Suivie, reader: Reader) -> Iterator[Said]:
    """Fewer members than it takes are named as asking; nobody named is left alone, the assembly may decide it
    otherwise. A CCAS, which another code rules, is left alone."""
    if suite.sitting.regime == "ccas":
        return
    acts = {one.act.id: one.act for one in ordre_du_jour(suite.sitting, reader) if one.act}
    acts |= {act.value.numero: act for act in acts.values() if act.value.numero}
    for at, debat in enumerate(suite.entry.value.points):
        act = acts.get(debat.deliberation or "")
        vote = act.value.vote if act else None
        if act is None or vote is None or not debat.scrutin_demande_par:
            continue
        there = suite.sitting.presence(act.value.numero or act.id).nombre_presents
        asked, share = len(set(debat.scrutin_demande_par)), 3 if vote.mode == "secret" else 4
        if asked * share < there:
            needed = -(-there // share)
            kind = "secret" if vote.mode == "secret" else "public"
            by = plural(asked, "membre")
            yield Said(
                f"le scrutin {kind} est demandé par {by} ; il en faut {needed} pour {there} présents",
                suite.entry.place("points", at, "scrutin_demande_par"),
                "complétez la liste, ou retirez-la si l’assemblée l’a décidé",
                suite.sitting.regime,
            )


# --- from one séance to the next


def _of_the_body(suite: Suivie, reader: Reader) -> list[Entry[Seance]]:
    """The other séances of the same assembly, by their days."""
    body, day = suite.sitting.seance.instance, suite.sitting.jour
    of_it = (one for one in every(reader, SEANCES) if one.value.instance == body and one.value.date != day)
    return sorted(of_it, key=lambda one: one.value.date)


@rule(
    "L5",
    "Le procès-verbal d’une séance est arrêté au commencement de la suivante",
    ALERTE,
    "CGCT, art. L. 2121-15",
    du=REFORM,
    on=Suivie,
)
def settled_at_the_next(suite: Suivie, reader: Reader) -> Iterator[Said]:
    """Of an assembly, with the séances of the contents: that of the séance before is settled at this one, and
    this one at the séance after. A CCAS is left alone."""
    acte, day = suite.entry.value, suite.sitting.jour
    if suite.sitting.regime == "ccas" or not suite.sitting.assemblee or day < REFORM:
        return
    seances = _of_the_body(suite, reader)
    before = [one for one in seances if REFORM <= one.value.date < day][-1:]
    settled = acte.proces_verbal_precedent
    for one in before:
        if settled is None or settled.seance != one.id:
            last = f"le procès-verbal de la séance du {date_simple(one.value.date)}"
            yield Said(
                f"{last} n’est pas arrêté à celle du {date_simple(day)}",
                suite.entry.place("proces_verbal_precedent" if settled else "seance"),
                f"ajoutez proces_verbal_precedent: {{seance: {one.id}, vote: …}}, ou corrigez sa séance",
                suite.sitting.regime,
            )
    after = next((one for one in seances if one.value.date > day), None)
    if after is not None and acte.arret is not None and acte.arret != after.value.date:
        yield Said(
            f"le procès-verbal est arrêté le {date_simple(acte.arret)} ; la séance suivante est du "
            f"{date_simple(after.value.date)}",
            suite.entry.place("arret"),
            "corrigez l’une des deux dates",
            suite.sitting.regime,
        )


@rule(
    "C8",
    "Les conseillers municipaux des communes membres reçoivent la liste des délibérations dans le mois",
    ALERTE,
    "CGCT, art. L. 5211-40-2",
    on=Suivie,
)
def told_to_the_communes(suite: Suivie, reader: Reader) -> Iterator[Said]:
    """The letters of an EPCI or of a syndicat, dated more than a month after its séance."""
    sent, day = suite.entry.value.date, suite.sitting.jour
    last = day + MONTH
    if suite.sitting.regime in ("epci", "syndicat") and suite.sitting.assemblee and sent and sent > last:
        yield Said(
            f"les maires reçoivent la liste le {date_simple(sent)}, pour une séance du {date_simple(day)}",
            suite.entry.place("date"),
            f"elle est due dans le mois : le {date_simple(last)} au plus tard",
        )


@rule(
    "C10",
    "L’assemblée se réunit au moins une fois par trimestre",
    INFO,
    "CGCT, art. L. 2121-7 et L. 5211-11 ; CASF, art. R. 123-16",
    on=Suivie,
)
def once_a_quarter(suite: Suivie, reader: Reader) -> Iterator[Said]:
    """The séance of the contents before this one is not of an earlier quarter than the last: told lightly, as
    the contents may not hold every séance."""
    if not suite.sitting.assemblee:
        return
    day = suite.sitting.jour
    before = [one for one in _of_the_body(suite, reader) if one.value.date < day][-1:]
    for one in before:
        last = one.value.date
        if (day.year - last.year) * 4 + (day.month - 1) // 3 - (last.month - 1) // 3 > 1:
            between = f"entre les séances du {date_simple(last)} et du {date_simple(day)}"
            said = f"{between}, un trimestre n’en a aucune"
            yield Said(said, suite.entry.place("seance"), "ajoutez la séance qui manque à content/seances/")
