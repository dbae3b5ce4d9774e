"""An evening as its screens show it: the points in order, who is there at each, what each name voted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple, get_args

from ctgdocs.assembly.grille import Etat, grille
from ctgdocs.assembly.presence import Presence, rang
from ctgdocs.assembly.scrutin import Scrutin, derive_scrutin
from ctgdocs.assembly.sitting import Sitting, find_sitting
from ctgdocs.content.heritage import inherit
from ctgdocs.content.library import Library
from ctgdocs.content.spelling import Value
from ctgdocs.findings import UsageError
from ctgdocs.french import date_longue
from ctgdocs.kinds.deliberation import KIND as DELIBERATION
from ctgdocs.page.render import plural
from ctgdocs.stages import Entry, every
from ctgdocs.vocabulary.actes import Deliberation
from ctgdocs.vocabulary.personnes import Elu
from ctgdocs.vocabulary.registres import COMMUNES, ELUS
from ctgdocs.vocabulary.seances import Vote

Voix = Literal["pour", "contre", "abstention", "retrait"]
VOICES: tuple[Voix, ...] = get_args(Voix)
FIELDS: Mapping[Voix, str] = {
    "contre": "contre",
    "abstention": "abstentions",
    "retrait": "ne_prend_pas_part",
}
"""The field of a vote that names who gave each voice; « pour » is named by none."""
SHORT: Mapping[Voix, str] = {"pour": "", "contre": "Contre", "abstention": "Abst.", "retrait": "Se retire"}


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the ordre du jour: a délibération, or words alone (`entry` is None)."""

    rank: int
    title: str
    numero: str = ""
    entry: Entry[Deliberation] | None = None
    vote: Vote | None = None
    scrutin: Scrutin | None = None
    presence: Presence | None = None

    @property
    def said(self) -> str:
        """What became of it, in a few words."""
        if self.entry is None:
            return "Sans vote"
        if self.vote is None:
            return "À venir"
        if self.scrutin is None:
            return "Il en est pris acte"
        if self.scrutin.unanime and self.scrutin.adoptee:
            return "Adopté à l’unanimité"
        verdict = "Adopté" if self.scrutin.adoptee else "Rejeté"
        return f"{verdict} · {self.scrutin.pour} pour, {self.scrutin.contre} contre"

    @property
    def votants(self) -> int:
        """How many vote: those of the ballot, or who could before it."""
        if self.scrutin is not None:
            return self.scrutin.votants
        return self.presence.nombre_de_voix if self.presence is not None else 0

    @property
    def tint(self) -> str:
        if self.vote is None or self.entry is None:
            return ""
        return "erreur" if self.scrutin is not None and not self.scrutin.adoptee else "ok"


class Tile(NamedTuple):
    """A member at one point: `etat` is where the seat stands, `voix` how it votes, "" when it has none."""

    id: str
    name: str
    civil: str
    under: str
    etat: str
    voix: Voix | Literal[""]

    @property
    def civility(self) -> str:
        return self.civil.removesuffix(self.name).strip()

    @property
    def badge(self) -> str:
        return SHORT[self.voix] if self.voix else ""


class Bar(NamedTuple):
    """One cell of the grid: its state, a mark where a run of equal states begins, its words for a reader."""

    etat: str
    mark: str
    words: str
    numero: str


@dataclass(frozen=True)
class Soir:
    """A séance and everything its screens read. `library` as of the request."""

    library: Library
    sitting: Sitting

    @property
    def id(self) -> str:
        return self.sitting.entry.id

    @cached_property
    def points(self) -> tuple[Point, ...]:
        acts = dict(_acts(self.library, self.id))
        order = self.sitting.seance.ordre_du_jour
        named = [numero for numero in order if numero in acts]
        rest = sorted(set(acts) - set(named), key=lambda numero: rang(numero, order))
        return tuple(
            self._point(rank, said, acts.get(said)) for rank, said in enumerate((*order, *rest), start=1)
        )

    def _point(self, rank: int, said: str, entry: Entry[Deliberation] | None) -> Point:
        if entry is None:
            return Point(rank, said)
        act = entry.value
        deports = act.vote.deports if act.vote else ()
        presence = self.sitting.presence(said, act.presidence, deports)
        scrutin = derive_scrutin(act.vote, presence) if act.vote and not act.vote.prend_acte else None
        return Point(rank, act.objet or said, said, entry, act.vote, scrutin, presence)

    @cached_property
    def votable(self) -> tuple[Point, ...]:
        """The points that are délibérations."""
        return tuple(point for point in self.points if point.entry is not None)

    @property
    def numeros(self) -> tuple[str, ...]:
        return tuple(point.numero for point in self.votable)

    def point(self, numero: str) -> Point:
        """The point of that number. Raises UsageError when the séance has none."""
        for point in self.votable:
            if point.numero == numero:
                return point
        raise UsageError(f"La délibération {numero} n’est pas à l’ordre du jour de cette séance.")

    def current(self) -> Point | None:
        """The first point not voted yet, or the last one."""
        waiting = (point for point in self.votable if point.vote is None)
        return next(waiting, self.votable[-1] if self.votable else None)

    def following(self, point: Point) -> Point | None:
        after = [one for one in self.votable if one.rank > point.rank]
        return after[0] if after else None

    # --- who ------------------------------------------------------------------------------------------

    def elu(self, id: str) -> Elu | None:
        found = self.library.find(ELUS, id)
        return found.value if found else None

    def name(self, id: str, *, civil: bool = False) -> str:
        """« Claire Durand », or « Mme Claire Durand »; the id of an élu who is not to be read."""
        elu = self.elu(id)
        if elu is None:
            return id
        return f"{elu.civilite} {elu.prenom} {elu.nom}" if civil else f"{elu.prenom} {elu.nom}"

    def initial(self, id: str) -> str:
        """« S. Bories »."""
        elu = self.elu(id)
        return f"{elu.prenom[:1]}. {elu.nom}" if elu else id

    def _commune(self, elu: Elu | None) -> str:
        found = self.library.find(COMMUNES, elu.commune) if elu and elu.commune else None
        return found.value.nom if found else (elu.fonction or "" if elu else "")

    def etat(self, membre: str, numero: str) -> Etat:
        return self.grid[membre][self.numeros.index(numero)]

    @cached_property
    def grid(self) -> dict[str, tuple[Etat, ...]]:
        return grille(self.sitting.feuille, self.numeros)

    def tiles(self, point: Point) -> Iterator[Tile]:
        """Every member at a point, in the instance's order."""
        voices = dict(_voices(point.vote))
        at = self.numeros.index(point.numero)
        for membre, row in self.grid.items():
            etat = row[at]
            sitter = etat.autre if etat.place == "suppléé" else membre
            voice = voices.get(sitter, voices.get(membre, "pour"))
            holder = etat.autre if etat.place == "pouvoir" else ""
            if holder and voices.get(holder) == "retrait":
                voice = "retrait"
            has_voice = etat.occupe or etat.place == "pouvoir"
            yield Tile(
                membre,
                self.name(sitter),
                self.name(sitter, civil=True),
                self.under(membre, etat),
                etat.place,
                voice if has_voice else "",
            )

    def under(self, membre: str, etat: Etat) -> str:
        """The second line of a tile: the commune, or why the seat is as it is."""
        elu = self.elu(membre)
        feminine = elu is not None and elu.civilite == "Mme"
        words: Mapping[str, Callable[[], str]] = {
            "présent": lambda: self._commune(elu),
            "suppléé": lambda: f"pour {self.initial(membre)}",
            "pouvoir": lambda: f"pouvoir à {self.initial(etat.autre)}",
            "excusé": lambda: "excusée" if feminine else "excusé",
            "absent": lambda: "absente" if feminine else "absent",
        }
        return words[etat.place]()

    def bars(self, membre: str) -> Iterator[Bar]:
        """The row of a member in the grid."""
        before: Etat | None = None
        hours = {
            numero: one.heure
            for one in self.sitting.seance.mouvements
            for numero in (one.arrive_a, one.quitte_a)
            if one.elu == membre and numero and one.heure
        }
        for numero, etat in zip(self.numeros, self.grid[membre], strict=True):
            mark = ""
            if etat != before and etat.place in ("pouvoir", "suppléé"):
                mark = self.initial(etat.autre).split(". ", 1)[-1]
            elif etat != before and before is not None and numero in hours:
                mark = f"{hours[numero].hour} h {hours[numero].minute:02}"
            yield Bar(etat.place, mark, self._words(etat), numero)
            before = etat

    def _words(self, etat: Etat) -> str:
        if etat.place == "pouvoir":
            return f"représenté par {self.name(etat.autre)}"
        return f"suppléé par {self.name(etat.autre)}" if etat.place == "suppléé" else etat.place

    def movements(self) -> Iterator[tuple[str, str]]:
        """Each arrival and departure: its hour ("" when nobody noted it), its sentence."""
        for one in self.sitting.seance.mouvements:
            hour = f"{one.heure.hour} h {one.heure.minute:02}" if one.heure else ""
            name = self.name(one.elu, civil=True)
            if one.arrive_a:
                yield hour, f"{name} arrive, avant le point {self._rank(one.arrive_a)}"
            if one.quitte_a:
                given = f" ; pouvoir à {self.name(one.pouvoir_a, civil=True)}" if one.pouvoir_a else ""
                yield hour, f"{name} part, avant le point {self._rank(one.quitte_a)}{given}"

    def _rank(self, numero: str) -> str:
        return next((str(point.rank) for point in self.votable if point.numero == numero), numero)

    def quorum(self, presence: Presence) -> tuple[bool, str]:
        """Whether there is a quorum, and the words that say it."""
        if presence.sans_quorum:
            return True, "Sans condition de quorum"
        there = plural(presence.presents_pour_le_quorum, "présent")
        return presence.quorum_atteint, f"{there} pour {presence.quorum} requis"

    def suppleants(self, membre: str) -> Sequence[str]:
        """Who may sit in the place of a member: the one that the instance names, those already there."""
        known = self.sitting.instance.suppleants.get(membre)
        there = [one.suppleant for one in self.sitting.seance.suppleants if one.titulaire == membre]
        return tuple(dict.fromkeys([*([known] if known else []), *there]))


def find(library: Library, id: str) -> Soir:
    """A séance by its id. Raises UsageError when it is not there or in error: its screen says why."""
    sitting = find_sitting(library.reader(), id)
    if sitting is None:
        raise UsageError(
            "Cette séance ne se lit pas : il manque sa fiche, son instance ou la collectivité, ou l’une "
            "d’elles porte une erreur. Accueil dit laquelle."
        )
    return Soir(library, sitting)


def title_of_evening(soir: Soir) -> str:
    """« Conseil communautaire du 24 septembre 2026 », with its weekday."""
    name = soir.sitting.instance.nom
    return f"{name[:1].upper()}{name[1:]} du {date_longue(soir.sitting.seance.date)}"


def _acts(library: Library, seance: str) -> Iterator[tuple[str, Entry[Deliberation]]]:
    """The délibérations of a séance that are to be read, by number, with what their dossier says."""
    reader = library.reader()
    for entry in every(library, DELIBERATION.registry):
        if (whole := inherit(entry, reader)).value.seance == seance:
            yield entry.value.numero or entry.id, whole


def _voices(vote: Vote | None) -> Iterator[tuple[str, Voix]]:
    """Who is named by a vote, and how he votes; who stands down is among those who do not take part."""
    if vote is None:
        return
    for voice, field in FIELDS.items():
        named = getattr(vote, field)
        if not isinstance(named, int):
            yield from ((one, voice) for one in named)
    yield from ((one, "retrait") for one in vote.deports)


def voted(vote: Vote | None, elu: str, voice: Voix) -> dict[str, Value]:
    """The fields of a vote once `elu` gives `voice`: what to write under « vote », "unanimité" apart.

    Raises UsageError for a vote that is given in numbers, where nobody is named.
    """
    if vote is not None and vote.en_nombres:
        raise UsageError("Ce vote est donné en nombres : revenez à la main levée pour nommer quelqu’un.")
    said = {one: given for one, given in _voices(vote) if vote is None or one not in vote.deports}
    said.pop(elu, None)
    if voice != "pour":
        said[elu] = voice
    fields: dict[str, Value] = {
        field: [one for one, given in said.items() if given == name] for name, field in FIELDS.items()
    }
    if vote is not None:
        fields |= {"deports": list(vote.deports)}
        if vote.mode != "main levée":
            fields |= {"mode": vote.mode}
        if isinstance(vote.pour, tuple):
            kept: list[Value] = [one for one in vote.pour if one != elu]
            fields |= {"pour": [*kept, elu] if voice == "pour" else kept}
    return {name: value for name, value in fields.items() if value}
