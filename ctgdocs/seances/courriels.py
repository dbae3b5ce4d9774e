"""Convocations that can be sent: one draft a member, with its attachments, that a mail program opens.

The law asks for an electronic sending by default (CGCT, art. L. 2121-10); nothing leaves from here. A draft
says `X-Unsent: 1`, which Outlook and Thunderbird open for editing; the same content gives the same bytes.
"""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterator, Sequence
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256
from typing import Final, NamedTuple

from ctgdocs.composing import voice
from ctgdocs.composing.pen import Pen
from ctgdocs.composing.voice import Person
from ctgdocs.content.sheets import csv_of
from ctgdocs.files import is_file, read_file
from ctgdocs.french import date_longue, heure
from ctgdocs.kinds.deliberation import KIND as DELIBERATION
from ctgdocs.kinds.note import KIND as NOTE
from ctgdocs.kinds.reunion import CONVOCATION, ORDRE_DU_JOUR
from ctgdocs.kinds.reunion import KIND as REUNION
from ctgdocs.project import Project
from ctgdocs.seances.papiers import Papiers
from ctgdocs.vocabulary.registres import ELUS

COLUMNS: Final = ("Membre", "Adresse", "Brouillon", "Pièces jointes", "Envoyé le", "Observations")


class Piece(NamedTuple):
    """An attachment: the name it has in the message, and its bytes."""

    name: str
    data: bytes


class Brouillon(NamedTuple):
    """One member: the draft, None without an address, and why there is none."""

    member: str
    address: str
    name: str
    data: bytes | None
    why: str = ""


def pieces(project: Project, found: Papiers) -> list[Piece]:
    """What goes with the convocation: the PDF of each paper, else its Word file, as they stand."""
    said = []
    for output in _outputs(found):
        word = project.root / output
        pdf = word.with_suffix(".pdf")
        there = pdf if is_file(pdf) else word
        if is_file(there):
            said.append(Piece(there.name, read_file(there)))
    return said


def _outputs(found: Papiers) -> Iterator[str]:
    """The convocation, its ordre du jour, its note, then the projets, in the order of the séance."""
    library = found.library
    for id in found.reunions:
        meeting, reader = library.find(REUNION.registry, id), library.reader()
        if meeting is None:
            continue
        for part in (CONVOCATION, ORDRE_DU_JOUR):
            if said := REUNION.compose(meeting, reader, part):
                yield said.output
        note = meeting.value.note_de_synthese
        entry = library.find(NOTE.registry, note) if note else None
        if entry is not None and (said := NOTE.compose(entry, library.reader())):
            yield said.output
    for act in found.acts:
        own = library.find(DELIBERATION.registry, act.id)
        if own is not None and (said := DELIBERATION.compose(own, library.reader())):
            yield said.output


def courriels(found: Papiers, joined: Sequence[Piece]) -> list[Brouillon]:
    """One draft for each member of the body, in its order."""
    pen = Pen(found.sitting.entry, found.library.reader())
    members = found.sitting.instance.membres_au(found.sitting.jour)
    return [_draft(pen, found, member, joined) for member in members]


def _draft(pen: Pen, found: Papiers, member: str, joined: Sequence[Piece]) -> Brouillon:
    person = pen.person(member)
    elu = pen.reader.find(ELUS, member)
    address = (elu.value.courriel if elu else None) or ""
    name = f"{member}.eml"
    if not address:
        why = "sans adresse (courriel, dans elus.yaml) : à convoquer autrement"
        return Brouillon(person.name, "", name, None, why)
    try:
        message = _message(pen, found, person, address, joined)
    except (ValueError, MessageError):
        return Brouillon(person.name, address, name, None, "adresse refusée : à corriger dans elus.yaml")
    return Brouillon(person.name, address, name, message)


def _message(pen: Pen, found: Papiers, person: Person, address: str, joined: Sequence[Piece]) -> bytes:
    seance, body = found.sitting.seance, pen.typographie(found.sitting.instance.nom)
    day = date_longue(seance.date, pen.profil, jour=True)
    message = EmailMessage(policy=SMTP)
    message["Subject"] = f"Convocation – {body}, {day}".replace("\u00a0", " ")
    if pen.collectivite.courriel:
        message["From"] = Address(pen.collectivite.nom, addr_spec=pen.collectivite.courriel)
    message["To"] = Address(person.bare, addr_spec=address)
    message["X-Unsent"] = "1"
    called = person.agreed("Monsieur", "Madame")
    text = (
        f"{called},\n\n"
        f"J’ai l’honneur de vous convoquer à la séance {voice.of_the(body)} qui se tiendra le {day}, à "
        f"{heure(seance.heure, pen.profil)} ({seance.lieu}).\n\n"
        f"{_list(joined)}"
        f"Je vous prie d’agréer, {called}, l’expression de ma considération distinguée.\n\n"
        f"{pen.executive.bare}\n{pen.executive_title}\n"
    )
    message.set_content(text)
    for piece in joined:
        kind = "pdf" if piece.name.endswith(".pdf") else _WORD
        message.add_attachment(piece.data, maintype="application", subtype=kind, filename=piece.name)
    if joined:
        message.set_boundary(f"ctgdocs-{sha256(address.encode()).hexdigest()[:24]}")
    return message.as_bytes()


_WORD: Final = "vnd.openxmlformats-officedocument.wordprocessingml.document"


def _list(joined: Sequence[Piece]) -> str:
    if not joined:
        return ""
    return "Pièces jointes :\n" + "".join(f"- {piece.name}\n" for piece in joined) + "\n"


def sheet(all: Sequence[Brouillon], joined: Sequence[Piece]) -> bytes:
    """The sheet of sendings, to fill in: who, where, what; the proof of the convocation."""
    names = ", ".join(piece.name for piece in joined)
    rows: list[Sequence[str]] = [COLUMNS]
    for one in all:
        draft = one.name if one.data is not None else ""
        rows.append((one.member, one.address, draft, names if draft else "", "", one.why))
    return BOM_UTF8 + csv_of(rows)
