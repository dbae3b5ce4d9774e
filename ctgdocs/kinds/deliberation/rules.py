"""The rules of a délibération: its séance, its dates, who reports it, what it cites."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from textwrap import shorten
from typing import NamedTuple

from ctgdocs.assembly.presence import Presence
from ctgdocs.assembly.sitting import Sitting, find_sitting
from ctgdocs.composing.acte import noted
from ctgdocs.content.heritage import Heir, opinions
from ctgdocs.findings import Finding, Place
from ctgdocs.kinds.deliberation.acte import Acte
from ctgdocs.kinds.deliberation.rules_quorum import Voted
from ctgdocs.patterns import regex
from ctgdocs.rules.avis import Quoted
from ctgdocs.rules.chronology import Dated
from ctgdocs.rules.convocation import Follows, commission_first, studied_then_debated
from ctgdocs.rules.dossiers import missing
from ctgdocs.rules.liens import Cited
from ctgdocs.rules.records import is_sound, with_its_seance
from ctgdocs.rules.rule import ALERTE, Said, check, consistency, judge, namer, rule
from ctgdocs.rules.texts import texts_read
from ctgdocs.stages import Entry, Reader
from ctgdocs.vocabulary.registres import SEANCES

_NUMERO = regex(r"\S*\d\S*")


class Debate(NamedTuple):
    """A délibération at its séance, when that one has no error and is of the body that deliberates."""

    entry: Entry[Acte]
    sitting: Sitting
    presence: Presence

    @property
    def acte(self) -> Acte:
        return self.entry.value

    @property
    def numero(self) -> str:
        return self.acte.numero or self.entry.id

    def place(self, *path: str | int) -> Place:
        return self.entry.place(*path)


@check(on=Acte)
def at_its_seance(act: Entry[Acte], reader: Reader) -> Iterator[Finding]:
    """The séance as it bears on the act, then the act as it was debated there."""
    acte = act.value
    seance = reader.find(SEANCES, acte.seance) if acte.seance else None
    cited = Cited(act, acte.visas, seance.value.date if seance else None)
    yield from judge(cited, reader)
    if seance is None:
        return
    read = texts_read(act, () if acte.expose else ("contexte", "proposition"))
    told = (typed for typed in read if typed.path[:1] != ("calendrier",))  # which the page does not show
    yield from judge(Dated(cited.jour, seance.place("date"), told, [cited]), reader)
    lost = "ses délibérations ne sont pas produites"
    yield from with_its_seance(seance, act.place("seance"), lost, reader)
    sitting = find_sitting(reader, seance.id) if is_sound(seance, reader) else None
    if sitting is None:
        return
    if acte.collectivite and sitting.regime != "commune":
        yield consistency(
            "autre-collectivite",
            f"« {sitting.instance.nom} » ne délibère pas au nom de la commune « {acte.collectivite} »",
            act.place("seance"),
            "retirez la séance, ou citez celle du conseil municipal (son instance a regime: commune)",
        )
        return
    deports = acte.vote.deports if acte.vote else ()
    presence = sitting.presence(acte.numero or act.id, acte.presidence, deports)
    yield from judge(Debate(act, sitting, presence), reader, __name__)


@check(on=Acte)
def complete(act: Entry[Acte], reader: Reader) -> Iterator[Finding]:
    """With a dossier, the decisions may come from it: they stand in one of the two."""
    if isinstance(act, Heir):
        yield from missing(act, ("decisions",))


@check(on=Acte)
def the_opinions_it_cites(act: Entry[Acte], reader: Reader) -> Iterator[Finding]:
    """F2, of the opinion that `commission` gives, else of the one that a visa cites, for each commission."""
    told = [one for one in opinions(act, reader) if one.avis or one.at[0] == "visas"]
    for one in {one.instance: one for one in reversed(told)}.values():
        yield from judge(Quoted(act, one), reader)


@check(on=Acte)
def a_vote_has_a_seance(act: Entry[Acte], reader: Reader) -> Iterator[Finding]:
    if act.value.seance is None and act.value.vote is not None:
        yield consistency(
            "vote-sans-seance",
            "la délibération a un vote, mais pas de séance",
            act.place("vote"),
            "indiquez la séance, ou retirez le vote tant que l’acte est un projet",
        )


@check(on=Acte)
def what_is_decided_is_voted(act: Entry[Acte], reader: Reader) -> Iterator[Finding]:
    """An assembly that takes note without a vote decides nothing else in the same act."""
    if act.value.vote is None or not act.value.vote.prend_acte:
        return
    for index, decision in enumerate(act.value.decisions):
        if noted(decision.texte) is None:
            yield consistency(
                "prend-acte",
                f"cette décision se vote : « {shorten(decision.texte, 60, placeholder=' …')} »",
                act.place("decisions", index, "texte"),
                "indiquez le vote ({} si tous ont voté pour), ou faites-en une autre délibération ; sans "
                "vote, une décision commence par « de prendre acte »",
            )


@check(on=Acte)
def voted_then_sent(act: Entry[Acte], reader: Reader) -> Iterator[Finding]:
    """What follows the vote, D3: a projet is neither transmitted, published nor withdrawn."""
    if act.value.vote is None:
        for field, _, when in _sent(act.value):
            alone = f"la délibération a une date de {field}, mais elle n’a pas été votée"
            hint = "indiquez la séance et le vote, ou retirez cette date"
            yield from judge(Follows(when, "", act.place(field), None, alone=alone, hint=hint), reader)


def _sent(acte: Acte) -> Iterator[tuple[str, str, date]]:
    if acte.transmission:
        yield "transmission", "transmise", acte.transmission
    if acte.publication:
        yield "publication", "publiée", acte.publication
    if acte.retrait:
        yield "retrait", "retirée", acte.retrait.du


# --- the act at its séance ------------------------------------------------------------------------------


@check(on=Debate)
def held_then_sent(debate: Debate, reader: Reader) -> Iterator[Finding]:
    """D3: the séance, then the transmission, the publication, the withdrawal."""
    for field, said, when in _sent(debate.acte):
        yield from judge(
            Follows(
                when,
                f"la délibération est {said}",
                debate.place(field),
                debate.sitting.jour,
                "avant la séance",
                regime=debate.sitting.regime,
            ),
            reader,
        )


@studied_then_debated.also(on=Debate)
def studied_before(debate: Debate, reader: Reader) -> Iterator[Said]:
    """The commission that studied the act met on the day of the séance at the latest. A dossier that lends
    both says the same of itself."""
    commission, day = debate.acte.commission, debate.sitting.jour
    if commission and commission.date and commission.date > day:
        yield from commission_first(debate.entry, commission, debate.acte.seance, reader, "commission")


@rule(
    "R1",
    "Le rapporteur est un membre de l’assemblée, pas un agent",
    ALERTE,
    "usage des assemblées",
    on=Debate,
)
def a_member_reports(debate: Debate, reader: Reader) -> Iterator[Said]:
    """A member reports, or the suppléant who sits; once the act is voted, one who was there at this point."""
    acte, presence, nommer = debate.acte, debate.presence, namer(reader)
    elu = acte.rapporteur
    if not elu or presence.est_present(elu):
        return
    if elu not in presence.membres:
        yield Said(
            f"{nommer(elu)} rapporte sans être membre de l’assemblée",
            debate.place("rapporteur"),
            "choisissez un membre ; un agent présente le dossier sans en être le rapporteur",
        )
    elif acte.vote:
        yield Said(
            f"{nommer(elu)} rapporte sans être {nommer(elu):présent|présente} à ce point",
            debate.place("rapporteur"),
            "choisissez un membre présent, ou corrigez la séance",
        )


@rule(
    "C5", "Une délibération porte sur un point de l’ordre du jour", ALERTE, "CGCT, art. L. 2121-10", on=Debate
)
def on_the_agenda(debate: Debate, reader: Reader) -> Iterator[Said]:
    """An ordre du jour that names délibérations names this one; one that names none may hold any."""
    points = debate.sitting.seance.ordre_du_jour
    if debate.numero not in points and any(_NUMERO.fullmatch(point) for point in points):
        yield Said(
            f"la délibération {debate.numero} n’est pas à l’ordre du jour de la séance",
            debate.place("seance"),
            "complétez ordre_du_jour, ou corrigez la séance",
            debate.sitting.regime,
        )


@check(on=Debate)
def a_body_that_deliberates(debate: Debate, reader: Reader) -> Iterator[Finding]:
    """A commission gives opinions. The vote of a body that deliberates is judged."""
    if not debate.sitting.delibere:
        yield consistency(
            "instance-consultative",
            f"« {debate.sitting.instance.nom} » donne des avis et ne délibère pas",
            debate.place("seance"),
            "citez une séance de l’assemblée ; l’avis va dans commission",
        )
    elif debate.acte.vote is not None:
        everyone = debate.sitting.presence(debate.numero) if debate.acte.vote.deports else debate.presence
        yield from judge(Voted(*debate, everyone), reader, __name__)
