"""The rules of a délibération put to the vote: its quorum, who presides it, who writes and signs it, its
voices."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from ctgdocs.assembly.presence import Presence
from ctgdocs.assembly.scrutin import derive_scrutin
from ctgdocs.assembly.sitting import Sitting
from ctgdocs.findings import Finding, Place
from ctgdocs.kinds.deliberation.acte import Acte
from ctgdocs.rules.appel import CCAS, a_member_writes, as_its_regime_says, somebody_presides
from ctgdocs.rules.convocation import urgent_and_yet
from ctgdocs.rules.rule import ALERTE, ERREUR, Said, check, judge, namer, plural, rule
from ctgdocs.rules.vote import Counted
from ctgdocs.stages import Entry, Reader
from ctgdocs.vocabulary.seances import Vote


class Voted(NamedTuple):
    """A délibération that was put to the vote by a body that deliberates. `presence` leaves out of the quorum
    those who step aside, `everyone` does not."""

    entry: Entry[Acte]
    sitting: Sitting
    presence: Presence
    everyone: Presence

    @property
    def numero(self) -> str:
        return self.entry.value.numero or self.entry.id

    def place(self, *path: str | int) -> Place:
        return self.entry.place(*path)


@rule(
    "Q1",
    "Le quorum est atteint : plus de la moitié des membres en exercice sont présents, pouvoirs non compris",
    ERREUR,
    "CGCT, art. L. 2121-17",
    ccas="CASF, art. R. 123-17",
    on=Voted,
)
def enough_members(act: Voted, reader: Reader) -> Iterator[Said]:
    """Enough members are there when this point is put to discussion; pouvoirs do not count, and a second
    convocation needs no quorum. Reached without those who step aside, or with them: see Q4."""
    everyone = act.everyone
    if not act.presence.quorum_atteint and not everyone.quorum_atteint:
        yield Said(
            f"{plural(everyone.nombre_presents, 'membre présent', 'membres présents')} "
            f"sur {act.presence.en_exercice} en exercice ; le quorum est de {everyone.quorum}",
            act.place("seance"),
            "les pouvoirs ne comptent pas ; vérifiez absents et mouvements, ou convoquez une seconde séance",
            act.sitting.regime,
        )


PRESENCE_NEUTRE = date(2025, 12, 24)
"""From that day, to be in the room is not to take part (CGCT, art. L. 2131-11, as rewritten by loi
n° 2025-1249 du 22 décembre 2025, art. 32)."""


@rule(
    "Q4",
    "Un élu intéressé à l’affaire ne la préside ni ne la vote, un élu qui se déporte sort du quorum, et le "
    "quorum tient sans eux ; depuis le 24/12/2025, la seule présence n’est pas une participation (loi "
    "n° 2025-1249 du 22 décembre 2025, art. 32)",
    ALERTE,
    "CGCT, art. L. 1111-6 et L. 2131-11",
    on=Voted,
)
def the_interested_step_aside(act: Voted, reader: Reader) -> Iterator[Said]:
    """Who presides this point votes it. A quorum that those who step aside make or unmake is told as a doubt,
    whichever field names them: the text was amended of late."""
    presence, vote = act.presence, act.entry.value.vote
    if vote is None:
        return
    there = sum(present.elu not in vote.hors_vote for present in presence.presents)
    reached = presence.sans_quorum or there >= presence.quorum
    if vote.hors_vote and reached != act.everyone.quorum_atteint:
        present, holds = (
            plural(there, "membre présent", "membres présents"),
            "est" if reached else "n’est pas",
        )
        yield Said(
            f"sans ceux qui {_aside(vote)}, le quorum {holds} atteint : {present}, "
            f"il en faut {presence.quorum}",
            act.place("vote", "deports" if vote.deports else "ne_prend_pas_part"),
            f"vérifiez que chacun d’eux devait s’abstenir de participer ; {_in_the_room(act)}",
            act.sitting.regime,
            to_check=True,
        )
    if _presides(act) and presence.president in vote.hors_vote:
        yield Said(
            f"{namer(reader)(presence.president)} préside ce point et ne prend pas part au vote",
            act.place("vote", "deports" if presence.president in vote.deports else "ne_prend_pas_part"),
            "indiquez qui préside ce point (presidence), et ses départ et retour s’il quitte la salle ; "
            + _in_the_room(act),
            act.sitting.regime,
        )


def _aside(vote: Vote) -> str:
    """What those who are named do: « se déportent », « ne prennent pas part au vote », or both."""
    ways = (("se déportent", vote.deports), ("ne prennent pas part au vote", vote.ne_prend_pas_part))
    return " ou ".join(way for way, named in ways if named)


def _in_the_room(act: Voted) -> str:
    """What it is worth, that day, that an interested member stays in the room."""
    if act.sitting.jour < PRESENCE_NEUTRE:
        return "avant le 24 décembre 2025, rester dans la salle pouvait valoir participation"
    return "rester dans la salle n’est pas participer (loi n° 2025-1249 du 22 décembre 2025, art. 32)"


@somebody_presides.also(on=Voted)
def presides_this_point(act: Voted, reader: Reader) -> Iterator[Said]:
    """Who is named to preside this one point is there."""
    if not _presides(act):
        elu = namer(reader)(act.entry.value.presidence or "")
        yield Said(
            f"{elu} préside ce point sans y être {elu:présent|présente}",
            act.place("presidence"),
            "corrigez presidence, ou les mouvements de la séance",
            act.sitting.regime,
        )


def _presides(act: Voted) -> bool:
    """Whether nobody else was named than someone who is there."""
    named = act.entry.value.presidence
    return named is None or act.presence.est_present(named)


@a_member_writes.also(on=Voted)
def writes_this_point(act: Voted, reader: Reader) -> Iterator[Said]:
    """Who keeps the minutes is there at this point, and somebody does. Asked once the act is voted: before
    the séance, nobody knows who."""
    seance, here, nommer = act.sitting.seance, act.presence.secretaires, namer(reader)
    if not here:
        what = f"la délibération {act.numero}" if seance.secretaire else "la séance"
        yield as_its_regime_says(
            Said(
                f"{what} n’a pas de secrétaire",
                act.sitting.place("secretaire"),
                "indiquez secretaire : il signe avec la présidence",
                act.sitting.regime,
                ALERTE,
            )
        )
    for index, one in enumerate(seance.secretaire):
        if one.elu in here and not act.presence.est_present(one.elu):
            elu = nommer(one.elu)
            yield as_its_regime_says(
                Said(
                    f"{elu} est secrétaire de séance sans être {elu:présent|présente} "
                    f"à la délibération {act.numero}",
                    act.sitting.place("secretaire", index, "elu"),
                    _succession(one.elu, act),
                    act.sitting.regime,
                )
            )


def _succession(elu: str, act: Voted) -> str:
    """How a séance says who takes over from a secretary who left."""
    left = (one.quitte_a for one in act.sitting.seance.mouvements if one.elu == elu and one.quitte_a)
    since = next(left, act.numero)
    return (
        f"dites qui prend sa suite : secretaire: [{{elu: {elu}, quitte_a: {since}}}, "
        f"{{elu: …, arrive_a: {since}}}]"
    )


@rule(
    "S2",
    "Le président et le secrétaire de séance signent, et ce sont deux personnes",
    ALERTE,
    "CGCT, art. L. 2121-23",
    ccas=CCAS,
    du=date(2022, 7, 1),
    on=Voted,
)
def two_persons_sign(act: Voted, reader: Reader) -> Iterator[Said]:
    """Since July 2022 two sign: one person who presides and keeps the minutes alone signs once. Without any
    secretary, S1 says it."""
    if two_persons_sign.in_force(act.sitting.jour) and (elu := _both(act)):
        yield as_its_regime_says(
            Said(
                f"{namer(reader)(elu)} préside et tient le secrétariat : l’acte ne porte qu’une signature",
                act.sitting.place("secretaire"),
                "choisissez un autre membre présent, qui signe aussi ; si la séance a eu lieu ainsi, "
                "faites signer une fois",
                act.sitting.regime,
            )
        )


@a_member_writes.also(on=Voted)
def better_not_the_president(act: Voted, reader: Reader) -> Iterator[Said]:
    """Before July 2022, who presides and keeps the minutes alone is told lightly."""
    if not two_persons_sign.in_force(act.sitting.jour) and (elu := _both(act)):
        yield as_its_regime_says(
            Said(
                f"{namer(reader)(elu)} préside et tient le secrétariat : possible, mais contre l’esprit du "
                "texte",
                act.sitting.place("secretaire"),
                "choisissez un autre membre présent",
                act.sitting.regime,
                ALERTE,
            )
        )


def _both(act: Voted) -> str:
    """Who presides and keeps the minutes alone at this point, "" when nobody does."""
    president = act.presence.president
    return president if act.presence.secretaires == (president,) else ""


@urgent_and_yet.also(on=Voted)
def the_urgency_is_voted(act: Voted, reader: Reader) -> Iterator[Said]:
    """An assembly convened in a hurry rules on it before it decides anything: without a record of that vote,
    the act does not say so. Nothing of a CCAS, whose texts foresee no urgency."""
    urgent, sitting = act.sitting.seance.urgence, act.sitting
    if urgent is not None and urgent.vote is None and sitting.assemblee and sitting.regime != "ccas":
        yield Said(
            "le vote de l’assemblée sur l’urgence n’est pas noté : les actes ne disent pas qu’elle l’a "
            "admise",
            act.sitting.place("urgence"),
            "ajoutez-le, tel que le procès-verbal le dit : urgence: {motif: …, vote: unanimité}",
            act.sitting.regime,
            ALERTE,
        )


@check(on=Voted)
def the_vote_itself(act: Voted, reader: Reader) -> Iterator[Finding]:
    """The voices add up. Without any quorum there is no vote to count."""
    vote = act.entry.value.vote
    if vote and not vote.prend_acte and (act.presence.quorum_atteint or act.everyone.quorum_atteint):
        scrutin = derive_scrutin(vote, act.presence)
        yield from judge(Counted(act.entry, scrutin, act.sitting.regime), reader)
