"""An act and what it stands on; a séance and an instance, judged for themselves and for their acts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import time

from pydantic import BaseModel

from ctgdocs.assembly.presence import Rang, rang
from ctgdocs.assembly.sitting import Sitting, sitting_of
from ctgdocs.content.heritage import inherit
from ctgdocs.findings import SILENCED, Finding, Place, Related, because
from ctgdocs.rules.appel import in_the_seat_of_another
from ctgdocs.rules.liens import check_liens, without_echoes
from ctgdocs.rules.rule import ALERTE, INFO, Nommer, Said, Typed, check, consistency, judge, namer, rule
from ctgdocs.rules.sheets import texts_elsewhere
from ctgdocs.rules.texts import typed_texts
from ctgdocs.stages import Entry, Reader, Steps
from ctgdocs.vocabulary.as_typed import nearest
from ctgdocs.vocabulary.instances import Instance, Siegeant
from ctgdocs.vocabulary.registres import COLLECTIVITE, DELIBERATIONS, DOSSIERS, ELUS, INSTANCES
from ctgdocs.vocabulary.seances import Mouvement, Seance, Secretaire

# --- An act, with all that it stands on


def judge_act(
    act: Entry[object], reader: Reader, drawer: str, sound: Entry[object] | None = None
) -> list[Finding]:
    """The findings of one act, once each: what the rules say of it as its dossier completes it, of each of
    its texts, and of the collectivité without which no act is written. `drawer` is the kind's module.

    `sound`: the same act, with what its dossier lends, when nothing was wrong in it. Where words alone have
    changed since, the texts that it has too are not judged again: a rule on a text reads nothing else of an
    act than its days, its amounts, its numbers."""
    entry = inherit(act, reader)
    findings = [*judge(entry, reader, drawer), *_the_house(act, reader)]
    told = sound is not None and _differ_in_words(sound.value, entry.value)
    known = {_as_typed(text) for text in typed_texts(sound)} if sound is not None and told else ()
    for text in typed_texts(entry):
        if _as_typed(text) not in known:
            findings += judge(text, reader, drawer)
    for text in texts_elsewhere(entry, reader):
        findings += (one for one in judge(text, reader, drawer) if one.code != "G9")
    return list(_but_the_silenced(act, dict.fromkeys(without_echoes(findings))))


def _as_typed(text: Typed) -> tuple[str, Steps, str]:
    return text.entry.source.path, text.path, str(text.text)


def _differ_in_words(one: object, other: object) -> bool:
    """Whether two values hold the same days, amounts, numbers and records, whatever their texts say."""
    if isinstance(one, str) and isinstance(other, str):
        return True
    if type(one) is not type(other):
        return False
    if isinstance(one, BaseModel) and isinstance(other, BaseModel):
        return _differ_in_words(dict(one), dict(other))
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(_differ_in_words(one[key], other[key]) for key in one)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        pairs = zip(one, other, strict=False)
        return len(one) == len(other) and all(_differ_in_words(*pair) for pair in pairs)
    return one == other


def _but_the_silenced(act: Entry[object], findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings of an act, those that it silences told as such. An error is never silenced; a reason that
    silences nothing is told, as it may hide a misspelt code."""
    reasons: Mapping[str, str] = getattr(act.value, "regles_ecartees", {})
    idle = set(reasons)
    for one in findings:
        reason = reasons.get(one.code)
        if reason is None or one.blocking:
            yield one
        else:
            idle.discard(one.code)
            said = f"règle {one.code} écartée : « {reason} » ; elle dit : {one.message}"
            yield one._replace(code=SILENCED, severity=INFO, message=said, hints=())
    for code in sorted(idle):
        yield consistency(
            SILENCED,
            f"« {code} » n’a rien à écarter dans ce document",
            act.place("regles_ecartees", code),
            "retirez cette ligne, ou corrigez le code ; une erreur ne s’écarte pas",
            ALERTE,
        )


def judge_fiche(entry: Entry[object], reader: Reader) -> list[Finding]:
    """The findings of an entry of a registry, and of its texts; those of a dossier are judged with the acts
    that say them."""
    findings = judge(entry, reader)
    for text in typed_texts(entry) if entry.registry != DOSSIERS.name else ():
        findings += judge(text, reader)
    return findings


def look_at(entry: Entry[object], reader: Reader, told: Sequence[Finding]) -> list[Finding]:
    """What can be said of an entry in error beside what was `told` of it, from the fields that could be read:
    the ids that point nowhere, and what is wrong inside its texts."""
    findings = list(check_liens(entry, reader))
    for text in typed_texts(entry):
        findings += judge(text, reader)
    known = {(one.place.line, one.place.column) for one in told}
    return [one for one in findings if (one.place.line, one.place.column) not in known]


def _the_house(act: Entry[object], reader: Reader) -> list[Finding]:
    """Why no act can be written, whatever it says; in the file of the collectivité when it is there."""
    house = reader.find(COLLECTIVITE, COLLECTIVITE.name)
    if house is None:
        cause = Place(f"content/{COLLECTIVITE.path}")
        return [because(f"{cause.file} est en erreur", act.place(), cause)]
    return [] if reader.find(ELUS, house.value.executif) else list(check_liens(house, reader))


# --- A séance, judged once whatever the number of its délibérations


def judge_seance(entry: Entry[Seance], reader: Reader) -> Sequence[Finding]:
    """All the findings of one séance: its ids, its dates, who was there. Places are in the séance's file."""
    return reader.recall(("séance", entry.key, entry.digest), lambda apart: _judged(entry, apart))


def _judged(entry: Entry[Seance], reader: Reader) -> list[Finding]:
    findings = list(check_liens(entry, reader))
    sitting = sitting_of(entry, reader)
    return without_echoes([*findings, *(judge(sitting, reader) if sitting else ())])


def with_its_seance(entry: Entry[Seance], at: Place, lost: str, reader: Reader) -> Iterator[Finding]:
    """What an act says of its séance: the séance's own findings, with its own places, those of the instance
    whose members nobody knows, and an `info` at `at` when they stop the act (« ses délibérations ne sont pas
    produites »). Whoever gathers them all drops the repeats."""
    sitting = sitting_of(entry, reader)
    if sitting and reader.recall(("effectif", entry.key), lambda apart: _unknown(sitting, apart)):
        instance = reader.find(INSTANCES, sitting.seance.instance)
        yield from check_liens(instance, reader) if instance else ()
    found = judge_seance(entry, reader)
    yield from found
    if any(finding.blocking for finding in found):
        message, cause = f"la séance « {entry.id} » est en erreur : {lost}", Place(entry.source.path)
        yield Finding("seance-en-erreur", INFO, message, at, (Related(cause, "à corriger d’abord"),))


def is_sound(entry: Entry[Seance], reader: Reader) -> bool:
    """Whether nothing in a séance stops its acts."""
    return not any(finding.blocking for finding in judge_seance(entry, reader))


def _unknown(sitting: Sitting, reader: Reader) -> bool:
    """Whether some member of the instance is not in elus.yaml, or in error there."""
    return any(reader.find(ELUS, membre) is None for membre in sitting.feuille.etapes[0].membres)


@check(on=Seance)
def the_seance_itself(entry: Entry[Seance], reader: Reader) -> Sequence[Finding]:
    """A séance as its own file is judged."""
    return judge_seance(entry, reader)


@check(on=Seance)
def movements(entry: Entry[Seance], reader: Reader) -> Iterator[Finding]:
    """Movements, and the turns of secretaries, are at délibérations that exist. Said of the séance alone: its
    délibérations do not depend on each other. Movements outside an ordre du jour: P3 says it."""
    seance = entry.value
    lines: dict[str, Sequence[Mouvement | Secretaire]] = {"secretaire": seance.secretaire}
    if not seance.ordre_du_jour:
        lines["mouvements"] = seance.mouvements
    for field, typed in lines.items():
        for index, line in enumerate(typed):
            for step, numero in (("arrive_a", line.arrive_a), ("quitte_a", line.quitte_a)):
                if numero and numero not in seance.ordre_du_jour:
                    yield from _nowhere(numero, entry.place(field, index, step), reader)


@check(on=Seance)
def one_hour_a_movement(entry: Entry[Seance], reader: Reader) -> Iterator[Finding]:
    """A line that tells an arrival and a departure has one hour: of which, nobody knows; none is printed."""
    for index, line in enumerate(entry.value.mouvements):
        if line.heure and line.arrive_a and line.quitte_a:
            yield consistency(
                "mouvement",
                "l’heure est-elle celle de l’arrivée ou du départ ? Elle n’est pas écrite dans les actes",
                entry.place("mouvements", index, "heure"),
                "écrivez deux lignes, chacune avec son heure",
                ALERTE,
            )


@check(on=Seance)
def hours_of_movements(entry: Entry[Seance], reader: Reader) -> Iterator[Finding]:
    """The hours that acts print are those of the séance, and go on as its délibérations do. Without an hour
    of the end, nobody moves later than twelve hours after the opening."""
    seance, nommer, last = entry.value, namer(reader), 0
    end = _since(seance.heure, seance.heure_fin) if seance.heure_fin else 12 * 60
    for _, index in sorted(_timed(seance)):
        line = seance.mouvements[index]
        at = _since(seance.heure, line.heure) if line.heure else last
        wrong = "hors de la séance" if at > end else "avant un mouvement d’une délibération précédente"
        if at > end or at < last:
            yield consistency(
                "mouvement",
                f"{nommer(line.elu)} {'arrive' if line.arrive_a else 'part'} à {line.heure:%H h %M}, {wrong}",
                entry.place("mouvements", index, "heure"),
                "corrigez l’heure de ce mouvement, ou le numéro de sa délibération",
                ALERTE,
            )
        last = max(last, min(at, end))


def _timed(seance: Seance) -> Iterator[tuple[Rang, int]]:
    """The movements that have an hour of their own: when they take place, and their line."""
    for index, line in enumerate(seance.mouvements):
        numero = line.arrive_a or line.quitte_a
        if line.heure and numero and not (line.arrive_a and line.quitte_a):
            yield rang(numero, seance.ordre_du_jour), index


def _since(opening: time, moment: time) -> int:
    """Minutes from the opening to a moment, be it after midnight."""
    return (moment.hour * 60 + moment.minute - opening.hour * 60 - opening.minute) % (24 * 60)


def _nowhere(numero: str, place: Place, reader: Reader) -> Iterator[Finding]:
    if reader.exists(DELIBERATIONS, numero):
        return
    near = nearest(numero, reader.ids(DELIBERATIONS))
    message = f"la délibération « {numero} » n’est pas dans content/deliberations/"
    hint = f"vouliez-vous dire « {near} » ?" if near else "vérifiez ce numéro"
    yield consistency("mouvement", message, place, hint, ALERTE)


# --- An instance


@check(on=Instance)
def membership(entry: Entry[Instance], reader: Reader) -> Iterator[Finding]:
    """Members once each, mandates that end after they begin, a president and vice-présidents who are members.
    A member may leave and come back: only two mandates without an end are one too many."""
    instance, nommer = entry.value, namer(reader)
    open_ended = Counter(membre.cle for membre in instance.membres if membre.au is None)

    def say(message: str, hint: str, *path: str | int) -> Finding:
        return consistency("instance", message, entry.place(*path), hint)

    for index, membre in enumerate(instance.membres):
        if open_ended[membre.cle] > 1 and membre.au is None:
            open_ended[membre.cle] = 1
            twice = f"{nommer(membre.cle)} est deux fois parmi les membres"
            yield say(twice, "gardez une seule ligne", "membres", index)
        if membre.du and membre.au and membre.du > membre.au:
            ended = f"le mandat de {nommer(membre.cle)} finit avant de commencer"
            yield say(ended, "corrigez du ou au", "membres", index)
    members = {membre.cle for membre in instance.membres}
    for index, elu in enumerate((instance.president, *instance.vice_presidents)):
        if elu not in members:
            path = ("vice_presidents", index - 1) if index else ("president",)
            yield say(f"{nommer(elu)} n’est pas parmi les membres", "ajoutez cette personne à membres", *path)
    if instance.co_president is not None and instance.copresident in ("", instance.president):
        yield say(*_no_other_president(instance, instance.co_president, nommer), "co_president")


def _no_other_president(instance: Instance, who: Siegeant, nommer: Nommer) -> tuple[str, str]:
    """Why nobody can be told to preside with the president, and what to do."""
    meant = instance.designes(who)
    if len(meant) > 1:
        found = ", ".join(f"{nommer(cle)}" for cle in meant)
        return f"co_president peut être plusieurs membres : {found}", "indiquez son nom (nom)"
    if meant:
        return f"{nommer(meant[0])} préside déjà", "retirez co_president, ou corrigez president"
    return f"{nommer(who.cle)} n’est pas parmi les membres", "ajoutez cette personne à membres"


@check(on=Sitting)
def partners_sit_in_no_seance(sitting: Sitting, reader: Reader) -> Iterator[Finding]:
    """A séance counts élus: the meeting of a body with members of partners is described by itself."""
    if sitting.instance.a_des_partenaires:
        yield consistency(
            "instance",
            f"« {sitting.instance.nom} » a des membres de partenaires : sa réunion n’est pas une séance",
            sitting.place("instance"),
            "décrivez-la dans content/reunions/ : instance, date, heure, lieu",
        )


@rule(
    "K1",
    "Le conseil d’administration d’un CCAS a, outre son président, autant de membres élus que nommés",
    ALERTE,
    "CASF, art. L. 123-6 et R. 123-7",
    to_check=True,
    on=Instance,
)
def as_many_elected_as_named(entry: Entry[Instance], reader: Reader) -> Iterator[Said]:
    """From eight to sixteen members beside the president, an even number: four to eight of each. Who is
    elected and who is named is not known to the program."""
    house, body = reader.find(COLLECTIVITE, COLLECTIVITE.name), entry.value
    of_a_ccas = body.regime == "ccas" or (
        body.regime is None and house and house.value.type in ("ccas", "cias")
    )
    members = {one.cle for one in body.membres if one.au is None} - {body.president}
    if body.type == "assemblee" and of_a_ccas and (len(members) % 2 or not 8 <= len(members) <= 16):
        yield Said(
            f"« {body.nom} » a {len(members)} membres en exercice, outre son président",
            entry.place("membres"),
            "de quatre à huit élus, et autant de nommés ; un siège vacant explique l’écart",
        )


@in_the_seat_of_another.also(on=Instance)
def declared_suppleants(entry: Entry[Instance], reader: Reader) -> Iterator[Said]:
    """A suppléant is declared for a member, and is not one."""
    instance, nommer = entry.value, namer(reader)
    members = {membre.cle for membre in instance.membres}
    for titulaire, suppleant in instance.suppleants.items():
        place = entry.place("suppleants", titulaire)
        if titulaire not in members:
            yield Said(f"{nommer(titulaire)} a un suppléant sans être membre", place, "corrigez suppleants")
        if suppleant in members:
            yield Said(
                f"{nommer(suppleant)} est à la fois membre et {nommer(suppleant):suppléant|suppléante}",
                place,
                "corrigez suppleants ou membres",
            )
