"""The result of a vote: what the act names and who was there in, every figure out.

The rules are CGCT, art. L. 2121-20 (an EPCI follows it by L. 5211-1; for a CCAS, CASF, art. R. 123-16 to -19
say the same): the majority of the *exprimés*, that is pour + contre, decides; when they are equal the
president's own vote does, except in a secret ballot. The choices made here:

- Votants = présents + représentés − those who do not take part. Who does not take part does not use the
  pouvoir he holds either, so that his mandant does not take part: art. L. 2131-11 speaks of those who are
  interested « soit en leur nom personnel, soit comme mandataires » (Assemblée nationale, question n° 20278).
- A mandant may be named in any list: he votes through his pouvoir.
- A president who abstained, or did not take part, has no side: the tie rejects.
- Nobody expressed a vote: nothing is adopted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from ctgdocs.assembly.presence import Presence
from ctgdocs.vocabulary.seances import ModeDeScrutin, Vote

Camp = Literal["pour", "contre", ""]
Champ = Literal[
    "", "pour", "contre", "abstentions", "ne_prend_pas_part", "deports", "mode", "resultat", "votants"
]
Fausse = Literal[
    "non-membre",
    "absent",
    "remplace",
    "deux-listes",
    "sans-voix",
    "noms-au-secret",
    "bulletins-a-main-levee",
    "total",
    "trop-de-voix",
    "partage-sans-president",
    "partage-president-inconnu",
    "partage-president-muet",
    "sans-exprimes",
    "unanimite-dementie",
    "resultat-dementi",
    "votants-dementis",
]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What does not add up in a vote: `champ` is the field at fault ("" = the whole vote), `elu` whom it is
    about, `autre` the other person or field, `nombre` and `attendu` the figures."""

    sorte: Fausse
    champ: Champ = ""
    index: int | None = None
    elu: str = ""
    autre: str = ""
    nombre: int = 0
    attendu: int = 0


class Scrutin(NamedTuple):
    """A vote, counted. The names are ids of elus.yaml, in the order of the instance's members; those of a
    list are empty when the vote gives it as a number."""

    mode: ModeDeScrutin
    votants: int
    pour: int
    contre: int
    abstentions: int
    blancs: int
    nuls: int
    noms_pour: tuple[str, ...]
    noms_contre: tuple[str, ...]
    noms_abstentions: tuple[str, ...]
    noms_nppv: tuple[str, ...]
    voix_preponderante: Camp = ""
    contradictions: tuple[Contradiction, ...] = ()

    @property
    def exprimes(self) -> int:
        return self.pour + self.contre

    @property
    def nppv(self) -> int:
        """How many votes were not cast because their holder did not take part."""
        return len(self.noms_nppv)

    @property
    def adoptee(self) -> bool:
        return self.pour > self.contre or self.voix_preponderante == "pour"

    @property
    def unanime(self) -> bool:
        """All the exprimés the same way, for or against; abstentions do not prevent it."""
        return self.exprimes > 0 and 0 in (self.pour, self.contre)


def derive_scrutin(vote: Vote, presence: Presence) -> Scrutin:
    """The result of `vote` among those of `presence`; its `contradictions` say what does not add up."""
    urne = _Urne(vote, presence)
    scrutin = urne.count()
    preponderante = urne.casting_vote(scrutin)
    if preponderante:
        scrutin = scrutin._replace(voix_preponderante=preponderante)
    urne.compare(scrutin)
    return scrutin._replace(contradictions=tuple(urne.found)) if urne.found else scrutin


@dataclass(slots=True)
class _Urne:
    """One ballot being counted. Used once, then dropped."""

    vote: Vote
    presence: Presence
    order: dict[str, int] = field(init=False)  # who has a vote, in person or through a pouvoir → rank
    nppv: set[str] = field(default_factory=set)
    muets: dict[str, str] = field(default_factory=dict)  # mandant whose holder does not take part → holder
    lists: dict[str, str] = field(default_factory=dict)  # who voted → the field that names him
    found: list[Contradiction] = field(default_factory=list)

    def __post_init__(self) -> None:
        rank = {membre: index for index, membre in enumerate(self.presence.membres)}
        self.order = {present.elu: rank[present.siege] for present in self.presence.presents}
        self.order.update({pouvoir.mandant: rank[pouvoir.mandant] for pouvoir in self.presence.pouvoirs})

    def count(self) -> Scrutin:
        """The figures and the names, before any question of a majority."""
        vote = self.vote
        self._step_aside()
        self._check_mode()
        contre, noms_contre = self._voices("contre", vote.contre)
        abstentions, noms_abstentions = self._voices("abstentions", vote.abstentions)
        votants = len(self.order) - len(self.nppv)
        others = contre + abstentions + vote.blancs + vote.nuls
        if vote.pour is None:
            pour, noms_pour = max(votants - others, 0), self._everyone_else()
            if others > votants:
                self._say("trop-de-voix", nombre=others, attendu=votants)
        else:
            pour, noms_pour = self._voices("pour", vote.pour)
            if pour + others != votants:
                self._say("total", nombre=pour + others, attendu=votants)
        return Scrutin(
            mode=vote.mode,
            votants=votants,
            pour=pour,
            contre=contre,
            abstentions=abstentions,
            blancs=vote.blancs,
            nuls=vote.nuls,
            noms_pour=noms_pour,
            noms_contre=noms_contre,
            noms_abstentions=noms_abstentions,
            noms_nppv=self._ordered(self.nppv),
        )

    def casting_vote(self, scrutin: Scrutin) -> Camp:
        """Which side the president's vote gives a tie to; "" when there is no tie, or it cannot decide."""
        if scrutin.pour != scrutin.contre or not scrutin.pour or scrutin.mode == "secret":
            return ""
        president = self.presence.president
        if not president:
            self._say("partage-sans-president", nombre=scrutin.pour)
            return ""
        if president in scrutin.noms_contre:
            return "contre"
        if president in scrutin.noms_abstentions or president in self.nppv:
            self._say("partage-president-muet", elu=president, nombre=scrutin.pour)
            return ""
        if any(isinstance(voices, int) and voices for voices in (self.vote.contre, self.vote.abstentions)):
            self._say("partage-president-inconnu", elu=president, nombre=scrutin.pour)
            return ""
        return "pour"

    def compare(self, scrutin: Scrutin) -> None:
        """What was announced against what was counted, when the count itself is sound."""
        if self.found:
            return
        if not scrutin.exprimes:
            self._say("sans-exprimes", attendu=scrutin.votants)
        if self.vote.votants not in (None, scrutin.votants):
            self._say("votants-dementis", "votants", nombre=self.vote.votants or 0, attendu=scrutin.votants)
        announced = self.vote.resultat
        if announced == "unanimité" and not (scrutin.unanime and scrutin.adoptee):
            self._say("unanimite-dementie", "resultat", nombre=scrutin.pour, attendu=scrutin.contre)
        elif (
            announced is not None and announced != "unanimité" and (announced == "adoptée") != scrutin.adoptee
        ):
            self._say("resultat-dementi", "resultat", nombre=scrutin.pour, attendu=scrutin.contre)

    def _say(
        self, sorte: Fausse, champ: Champ = "", *, elu: str = "", nombre: int = 0, attendu: int = 0
    ) -> None:
        self.found.append(Contradiction(sorte, champ, elu=elu, nombre=nombre, attendu=attendu))

    def _step_aside(self) -> None:
        """Those who do not take part, and the mandants who would have voted through them."""
        sources: tuple[tuple[Champ, tuple[str, ...]], ...] = (
            ("ne_prend_pas_part", self.vote.ne_prend_pas_part),
            ("deports", self.vote.deports),
        )
        for champ, names in sources:
            for index, elu in enumerate(names):
                if elu in self.nppv:
                    self.found.append(Contradiction("deux-listes", champ, index, elu, "ne_prend_pas_part"))
                elif elu in self.order:
                    self.nppv.add(elu)
                elif champ != "deports" or elu not in self.presence.membres:
                    self.found.append(self._stranger(champ, index, elu))
        for pouvoir in self.presence.pouvoirs:
            if pouvoir.mandataire in self.nppv and pouvoir.mandant not in self.nppv:
                self.nppv.add(pouvoir.mandant)
                self.muets[pouvoir.mandant] = pouvoir.mandataire

    def _check_mode(self) -> None:
        vote = self.vote
        if vote.mode == "secret":
            if any(
                isinstance(voices, tuple) and voices for voices in (vote.pour, vote.contre, vote.abstentions)
            ):
                self._say("noms-au-secret", "mode")
        elif vote.blancs or vote.nuls:
            self._say("bulletins-a-main-levee", "mode", nombre=vote.blancs + vote.nuls)

    def _voices(self, champ: Champ, voices: tuple[str, ...] | int) -> tuple[int, tuple[str, ...]]:
        """How many voted so, and who."""
        if isinstance(voices, int):
            return voices, ()
        names = []
        for index, elu in enumerate(voices):
            if elu not in self.order:
                self.found.append(self._stranger(champ, index, elu))
            elif elu in self.muets:
                self.found.append(Contradiction("sans-voix", champ, index, elu, self.muets[elu]))
            elif (other := self._list_of(elu)) is not None:
                self.found.append(Contradiction("deux-listes", champ, index, elu, other))
            else:
                self.lists[elu] = champ
                names.append(elu)
        return len(names), self._ordered(names)

    def _list_of(self, elu: str) -> str | None:
        return "ne_prend_pas_part" if elu in self.nppv else self.lists.get(elu)

    def _stranger(self, champ: Champ, index: int, elu: str) -> Contradiction:
        """Why someone named has no vote here."""
        if elu not in self.presence.membres:
            return Contradiction("non-membre", champ, index, elu)
        seated = next((p.elu for p in self.presence.presents if p.titulaire == elu), "")
        return Contradiction("remplace" if seated else "absent", champ, index, elu, seated)

    def _everyone_else(self) -> tuple[str, ...]:
        """Who voted for, when the act names all the others."""
        if self.vote.en_nombres or self.vote.mode == "secret":
            return ()
        return self._ordered(elu for elu in self.order if elu not in self.nppv and elu not in self.lists)

    def _ordered(self, names: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(names, key=self.order.__getitem__))
