"""What a note contains: who it is for, and its points. A point cites a dossier, and types what differs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from pydantic import Field, model_validator

from ctgdocs.content.heritage import inherit, lend
from ctgdocs.patterns import regex
from ctgdocs.stages import Entry, Reader, Steps, every
from ctgdocs.vocabulary.actes import Deliberation, Document, PassageEnCommission
from ctgdocs.vocabulary.as_typed import slug
from ctgdocs.vocabulary.dossiers import Affaire
from ctgdocs.vocabulary.liens import IdDeliberation, IdDossier, IdElu, IdSeance
from ctgdocs.vocabulary.registres import DELIBERATIONS, DOSSIERS, SEANCES
from ctgdocs.vocabulary.scalars import DateFr, ShortForm, Texte, TexteLong, refused

TypeDeNote = Literal["note_de_commission", "rapport_de_presentation", "note_de_synthese"]


class Point(Affaire, ShortForm):
    """Un point de la note : l’identifiant d’un dossier, ou une fiche qui le complète."""

    short: ClassVar[str] = "dossier"

    dossier: IdDossier | None = Field(
        default=None,
        description="Dossier d’où vient tout ce qui n’est pas écrit ici, identifiant de dossiers/.",
    )
    deliberation: IdDeliberation | None = Field(
        default=None, description="Délibération correspondante : ses décisions y sont prises."
    )
    avis_sollicite: TexteLong | None = Field(
        default=None, description="L’avis attendu de la commission, en une phrase."
    )


class Acte(Document):
    """Une note de commission, un rapport de présentation, une note explicative de synthèse."""

    type: TypeDeNote = Field(
        default="note_de_commission",
        description="note_de_commission, rapport_de_presentation ou note_de_synthese.",
    )
    titre: Texte | None = Field(default=None, description="Titre ; sans lui, celui du type de note.")
    date: DateFr | None = Field(default=None, description="Date de la note.")
    redacteur: Texte | None = Field(
        default=None, description="Qui l’a écrite : « Mme Inès Cabrol, chargée de coopération »."
    )
    service: Texte | None = Field(
        default=None, description="Service ; sans indication, celui de collectivite.yaml."
    )
    commission: PassageEnCommission | None = Field(
        default=None, description="Commission à qui la note est adressée ; sinon celle du premier dossier."
    )
    seance: IdSeance | None = Field(
        default=None, description="Séance de l’assemblée, identifiant de seances/ ; sinon celle du dossier."
    )
    introduction: TexteLong | None = Field(
        default=None, description="Quelques lignes avant les points, en Markdown."
    )
    points: tuple[Point, ...] = Field(
        default=(),
        description="Les points ; une note de synthèse les prend dans l’ordre du jour de la séance.",
    )
    signataire: IdElu | None = Field(
        default=None, description="Signataire d’un rapport, identifiant de elus.yaml ; sinon l’exécutif."
    )

    @model_validator(mode="after")
    def _complete(self) -> Acte:
        if self.type == "note_de_synthese":
            if self.seance is None:
                raise refused(
                    "champ-manquant",
                    "champ obligatoire absent : « seance »",
                    "une note de synthèse suit l’ordre du jour d’une séance : indiquez-la",
                )
        elif not self.points:
            raise refused(
                "champ-manquant",
                "champ obligatoire absent : « points »",
                "ajoutez un point par dossier : points: [ctg-renouvellement]",
            )
        elif self.type == "rapport_de_presentation" and len(self.points) > 1:
            raise refused(
                "rapport",
                f"un rapport de présentation porte sur un seul point, celui-ci en a {len(self.points)}",
                "faites un rapport par délibération",
                "points",
            )
        return self


# --- The points of a note, each as if all of it had been typed there: what the point says, then its


EXPOSE = ("contexte", "enjeux", "proposition")
"""The texts of a point that explain it."""
_WITHOUT_NOTE = regex(r"(?:questions?|points?|affaires?) diverse?s?|informations?\b", re.IGNORECASE)
"""Items that nothing is deliberated under."""


@dataclass(frozen=True, slots=True)
class Section:
    """One item: its rank, what the ordre du jour calls it, the point, and the délibération behind it."""

    rang: int
    intitule: str
    point: Entry[Point]
    deliberation: Entry[Deliberation] | None = None

    @property
    def muette(self) -> bool:
        """Nothing explains this item: a bare draft délibération is no note (CGCT, art. L. 2121-12)."""
        point = self.point.value
        texts = (point.contexte, point.enjeux, point.proposition, point.synthese)
        act = self.deliberation.value if self.deliberation else None
        return not any(texts) and not (act and act.expose)


def points_as_typed(entry: Entry[Acte]) -> list[Entry[Point]]:
    """Each point as an entry of its own, with its place in the note."""
    return [_point(entry, point, ("points", at)) for at, point in enumerate(entry.value.points)]


def _point(entry: Entry[object], point: Point, at: Steps) -> Entry[Point]:
    return Entry(entry.registry, entry.id, point, entry.source, entry.digest, (*entry.at, *at))


def complete(point: Entry[Point], reader: Reader) -> Entry[Point]:
    """The point with what its délibération and its dossier lend."""
    act = _deliberation(point.value.deliberation, reader)
    return inherit(lend(point, act) if act else point, reader)


def _deliberation(id: str | None, reader: Reader) -> Entry[Deliberation] | None:
    act = reader.find(DELIBERATIONS, id) if id else None
    return inherit(act, reader) if act else None


def sections(entry: Entry[Acte], reader: Reader) -> list[Section]:
    """The points of the note, numbered; those of a note de synthèse follow the ordre du jour."""
    acte = entry.value
    typed = points_as_typed(entry)
    if acte.type != "note_de_synthese":
        return [
            Section(rang, "", complete(point, reader), _deliberation(point.value.deliberation, reader))
            for rang, point in enumerate(typed, 1)
        ]
    return list(_of_the_seance(entry, typed, reader))


def _of_the_seance(entry: Entry[Acte], typed: list[Entry[Point]], reader: Reader) -> Iterator[Section]:
    rang = 0
    for item in items(entry, typed, reader):
        if _WITHOUT_NOTE.match(item):
            continue
        rang += 1
        act = _deliberation(item, reader) if reader.exists(DELIBERATIONS, item) else None
        point = next((each for each in typed if _treats(each.value, item, act, reader)), None)
        if point is None:
            point = _point(entry, Point(deliberation=item if act else None), ("seance",))
        elif act and point.value.deliberation is None:
            value = point.value.model_copy(update={"deliberation": item})
            point = Entry(point.registry, point.id, value, point.source, point.digest, point.at)
        full = complete(point, reader)
        yield Section(rang, item, full, act or _deliberation(full.value.deliberation, reader))


def items(entry: Entry[Acte], typed: list[Entry[Point]], reader: Reader) -> list[str]:
    """The ordre du jour; a séance that does not type it has its délibérations, in the order of their numbers,
    after the points that the note alone knows."""
    seance = reader.find(SEANCES, entry.value.seance or "")
    if seance is None:
        return []
    if seance.value.ordre_du_jour:
        return list(seance.value.ordre_du_jour)
    numbers = [act.id for act in every(reader, DELIBERATIONS) if _sits(act, seance.id, reader)]
    known = [_deliberation(number, reader) for number in numbers]
    others = [
        point.value.objet
        for point in typed
        if point.value.objet and not any(act and _treats(point.value, act.id, act, reader) for act in known)
    ]
    return [*others, *numbers]


def _sits(act: Entry[Deliberation], seance: str, reader: Reader) -> bool:
    if act.value.seance:
        return act.value.seance == seance
    return bool(act.value.dossier) and inherit(act, reader).value.seance == seance


def _treats(point: Point, item: str, act: Entry[Deliberation] | None, reader: Reader) -> bool:
    """Whether a typed point is about this item: same délibération, same dossier, or same words."""
    if act is not None:
        if point.deliberation == act.id or (point.dossier and point.dossier == act.value.dossier):
            return True
        return slug(point.objet or "") == slug(act.value.objet)
    dossier = reader.find(DOSSIERS, point.dossier) if point.dossier else None
    objet = point.objet or (dossier.value.objet if dossier else "")
    return slug(objet) == slug(item)


def outside(entry: Entry[Acte], reader: Reader) -> Iterator[Entry[Point]]:
    """The typed points of a note de synthèse that no item of the ordre du jour is about."""
    typed = points_as_typed(entry)
    wanted = items(entry, typed, reader)
    acts = {item: _deliberation(item, reader) for item in wanted if reader.exists(DELIBERATIONS, item)}
    for point in typed:
        if not any(_treats(point.value, item, acts.get(item), reader) for item in wanted):
            yield point


def commission_of(acte: Acte, found: Sequence[Section]) -> PassageEnCommission | None:
    """The commission a note is for: its own, else that of its first point."""
    if acte.commission is not None:
        return acte.commission
    return next((section.point.value.commission for section in found if section.point.value.commission), None)


def seance_of(acte: Acte, found: Sequence[Section]) -> str | None:
    """The séance of the assembly a note is for, or leads to."""
    return acte.seance or next((s.point.value.seance for s in found if s.point.value.seance), None)
