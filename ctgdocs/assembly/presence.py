"""Who is there at each délibération, as frozen values. How they are derived: appel.py.

A contradiction in what was typed stops nothing here: it is an `Anomalie`, which rules/ turns into a finding.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection
from datetime import date, time
from typing import Literal, NamedTuple, TypeAlias

from ctgdocs.assembly.regimes import quorum
from ctgdocs.stages import Steps
from ctgdocs.vocabulary.instances import Instance
from ctgdocs.vocabulary.seances import Seance

Sorte = Literal[
    "non-membre",
    "deux-fois",
    "pouvoir-a-soi",
    "mandataire-non-membre",
    "mandataire-absent",
    "trop-de-pouvoirs",
    "pouvoir-eteint",
    "pouvoir-en-attente",
    "suppleant-sans-titulaire",
    "suppleant-membre",
    "suppleant-deux-fois",
    "suppleant-inconnu",
    "titulaire-non-membre",
    "titulaire-remplace-deux-fois",
    "titulaire-represente",
    "siege-occupe",
    "deja-present",
    "deja-absent",
    "hors-ordre-du-jour",
]


class Anomalie(NamedTuple):
    """A contradiction in what was typed: `elu` is whom it is about, `autre` the other person, `numero` the
    délibération where it shows (empty = from the opening), `path` where it was typed."""

    sorte: Sorte
    path: Steps
    elu: str
    autre: str = ""
    numero: str = ""
    nombre: int = 0


class Present(NamedTuple):
    """A person who sits; a suppléant names the titulaire replaced."""

    elu: str
    titulaire: str = ""

    @property
    def siege(self) -> str:
        """The member whose seat it is."""
        return self.titulaire or self.elu


class Pouvoir(NamedTuple):
    """`mandant` votes through `mandataire`."""

    mandant: str
    mandataire: str


class Passage(NamedTuple):
    """An arrival or a departure that has taken place, at which délibération and, when it is known, at what
    time; `retour` for who had moved before."""

    elu: str
    numero: str
    heure: time | None
    parti: bool
    retour: bool = False


class Presence(NamedTuple):
    """Who is there at one délibération. Ids of elus.yaml, in the order of the instance's members.

    Every member in office is in exactly one of `presents` (in person or replaced), `pouvoirs` (as mandant),
    `excuses` and `absents`. `passages`: the last one of each person, up to this délibération.
    """

    membres: tuple[str, ...]
    presents: tuple[Present, ...]
    pouvoirs: tuple[Pouvoir, ...]
    excuses: tuple[str, ...]
    absents: tuple[str, ...]
    president: str
    quorum: int
    presents_pour_le_quorum: int
    sans_quorum: bool = False
    secretaires: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()

    @property
    def en_exercice(self) -> int:
        return len(self.membres)

    @property
    def nombre_presents(self) -> int:
        return len(self.presents)

    @property
    def nombre_representes(self) -> int:
        return len(self.pouvoirs)

    @property
    def nombre_absents(self) -> int:
        """Neither present nor represented, excused or not."""
        return len(self.excuses) + len(self.absents)

    @property
    def nombre_de_voix(self) -> int:
        """Présents and représentés, before those who do not take part: see scrutin.py for the votants."""
        return len(self.presents) + len(self.pouvoirs)

    @property
    def quorum_atteint(self) -> bool:
        """Always true after a second convocation, which needs none (CGCT, art. L. 2121-17)."""
        return self.sans_quorum or self.presents_pour_le_quorum >= self.quorum

    @property
    def suppleants(self) -> tuple[Present, ...]:
        return tuple(present for present in self.presents if present.titulaire)

    def est_present(self, elu: str) -> bool:
        return any(present.elu == elu for present in self.presents)


Rang: TypeAlias = tuple[int, tuple[str | int, ...]]
OUVERTURE: Rang = (-1, ())
_CHIFFRES = re.compile(r"(\d+)")


def rang(numero: str, ordre_du_jour: tuple[str, ...] = ()) -> Rang:
    """Where a délibération comes in its séance: its place in the ordre du jour when that one names it, else
    after it, in the natural order of numbers (2026-9 before 2026-10).

    >>> rang("2026-9") < rang("2026-10") < rang("2026-10-bis")
    True
    """
    if numero in ordre_du_jour:
        return (ordre_du_jour.index(numero), ())
    pieces = _CHIFFRES.split(numero)
    natural = tuple(int(piece) if index % 2 else piece for index, piece in enumerate(pieces))
    return (len(ordre_du_jour), natural)


class Feuille(NamedTuple):
    """The attendance of a whole séance, délibération by délibération."""

    seance: Seance
    instance: Instance
    etapes: tuple[Presence, ...]
    rangs: tuple[Rang, ...]
    anomalies: tuple[Anomalie, ...]

    def moment(self, numero: str) -> int:
        """The index, in `etapes`, of the délibération `numero`: the same members are there from one movement
        to the next."""
        return bisect_right(self.rangs, rang(numero, self.seance.ordre_du_jour)) - 1

    def secretaires(self, numero: str) -> tuple[str, ...]:
        """Who keeps the minutes of the délibération `numero`, as typed: once each, there or not."""
        order = self.seance.ordre_du_jour
        now = rang(numero, order)
        holding = (
            one.elu
            for one in self.seance.secretaire
            if (one.arrive_a is None or rang(one.arrive_a, order) <= now)
            and (one.quitte_a is None or now < rang(one.quitte_a, order))
        )
        return tuple(dict.fromkeys(holding))

    def presence(
        self, numero: str, *, presidence: str | None = None, deports: Collection[str] = ()
    ) -> Presence:
        """Who is there at the délibération `numero`.

        `presidence` is who presides this one point; `deports` are left out of the quorum, as members and as
        presents (CGCT, art. L. 1111-6).
        """
        presence = self.etapes[self.moment(numero)]._replace(secretaires=self.secretaires(numero))
        if presidence and presence.est_present(presidence):
            presence = presence._replace(president=presidence)
        if deports:
            presence = _without(presence, deports, self.seance.date)
        return presence


def _without(presence: Presence, deports: Collection[str], jour: date) -> Presence:
    remaining = sum(membre not in deports for membre in presence.membres)
    return presence._replace(
        quorum=quorum(remaining, jour),
        presents_pour_le_quorum=sum(present.elu not in deports for present in presence.presents),
    )
