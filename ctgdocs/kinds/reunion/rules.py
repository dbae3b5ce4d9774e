"""The rules of a meeting: its convocation, its dates, who was there, the opinions it gave."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ctgdocs.content.heritage import inherit
from ctgdocs.findings import Finding, Place
from ctgdocs.french import date_simple
from ctgdocs.kinds.reunion.acte import Acte, Invite, Point
from ctgdocs.kinds.reunion.assistance import Trouble
from ctgdocs.kinds.reunion.meeting import Meeting, meeting_of, note_due, points, unread
from ctgdocs.patterns import regex
from ctgdocs.rules.avis import Held, agrees
from ctgdocs.rules.chronology import Dated
from ctgdocs.rules.convocation import Convened, ends_first, the_day_of_the_file
from ctgdocs.rules.dossiers import the_same_as_the_dossier
from ctgdocs.rules.records import is_sound, with_its_seance
from ctgdocs.rules.rule import ALERTE, ERREUR, Said, check, consistency, judge, namer, plural, rule
from ctgdocs.rules.texts import texts_read
from ctgdocs.stages import Entry, Reader
from ctgdocs.vocabulary.instances import Siegeant
from ctgdocs.vocabulary.registres import DELIBERATIONS, DOSSIERS, PARTENAIRES

_ISO = regex(r"\d{4}-\d{2}-\d{2}")
_TROUBLES: dict[Trouble, tuple[str, str]] = {
    "non-membre": (
        "{elu} n’est pas membre de l’instance à cette date",
        "retirez cette personne, ou déclarez-la dans invites",
    ),
    "deux-listes": ("{elu} est dans deux listes", "gardez-en une seule"),
    "suppleant-membre": (
        "{elu} siège comme {elu:suppléant|suppléante}, mais est déjà membre",
        "retirez cette ligne de suppleants",
    ),
    "sans-titulaire": (
        "{elu} siège comme {elu:suppléant|suppléante} sans titulaire connu",
        "ajoutez titulaire, ou déclarez le suppléant dans l’instance",
    ),
    "titulaire-non-membre": ("{elu} est {elu:remplacé|remplacée} sans être membre", "corrigez titulaire"),
}


class Read(NamedTuple):
    """A meeting and the file that tells it, when its séance has no error."""

    entry: Entry[Acte]
    meeting: Meeting

    @property
    def acte(self) -> Acte:
        return self.entry.value

    @property
    def body(self) -> str:
        """The id of the instance that meets; "" for a group without one."""
        seance = self.meeting.seance
        return self.acte.instance or (seance.instance if seance else "")

    def place(self, *path: str | int) -> Place:
        return self.entry.place(*path)


@check(on=Acte)
def at_its_seance(entry: Entry[Acte], reader: Reader) -> Iterator[Finding]:
    """Its séance as it bears on it, then the meeting itself."""
    meeting = meeting_of(entry, reader)
    if meeting is None:
        return
    if meeting.sitting is not None:
        seance, lost = meeting.sitting.entry, "sa convocation n’est pas produite"
        yield from with_its_seance(seance, entry.place("seance"), lost, reader)
        if not is_sound(seance, reader):
            return
    day = entry.place("seance" if meeting.seance else "date")
    yield from judge(Dated(meeting.date, day, texts_read(entry)), reader)
    yield from judge(Read(entry, meeting), reader, __name__)


@check(on=Read)
def has_its_seance(read: Read, reader: Reader) -> Iterator[Finding]:
    if read.meeting.delibere and read.meeting.seance is None:
        yield consistency(
            "reunion-sans-seance",
            f"« {read.meeting.nom} » délibère : sa réunion est une séance",
            read.place("instance"),
            "décrivez-la dans content/seances/, et citez-la ici : seance",
        )


# --- dates ----------------------------------------------------------------------------------------------


@the_day_of_the_file.also(on=Read)
def the_day_in_its_name(read: Read, reader: Reader) -> Iterator[Said]:
    """A file whose name holds a day is of that day."""
    named = _ISO.search(read.entry.id)
    if named and named[0] != read.meeting.date.isoformat():
        yield Said(
            f"la réunion « {read.entry.id} » est datée du {date_simple(read.meeting.date)}",
            read.place("seance" if read.meeting.seance else "date"),
            "corrigez la date ou le nom du fichier",
        )


@check(on=Read)
def convened_held_and_next(read: Read, reader: Reader) -> Iterator[Finding]:
    """The convocation, the meeting, then the next one; the days of a séance are judged with it."""
    meeting, day = read.meeting, date_simple(read.meeting.date)
    following, one_of_the_two = read.acte.prochaine_reunion, "corrigez l’une des deux dates"
    if following and following.date <= meeting.date:
        later = (
            f"la réunion suivante ({date_simple(following.date)}) n’est pas postérieure à celle-ci ({day})"
        )
        yield consistency("dates", later, read.place("prochaine_reunion"), one_of_the_two)
    if meeting.seance is not None:
        return
    if meeting.convocation and meeting.convocation >= meeting.date:
        sent = date_simple(meeting.convocation)
        early = f"la convocation ({sent}) n’est pas antérieure à la réunion ({day})"
        yield consistency("dates", early, read.place("convocation"), one_of_the_two)
    if meeting.heure_fin and ends_first(meeting.heure, meeting.heure_fin):
        ended = f"{meeting.heure_fin:%H h %M}) avant de commencer ({meeting.heure:%H h %M}"
        message = f"la réunion finit ({ended})"
        yield consistency("dates", message, read.place("heure_fin"), "corrigez l’une des deux heures")


# --- the convocation ------------------------------------------------------------------------------------


@rule(
    "C1",
    "La convocation porte l’ordre du jour",
    ALERTE,
    "CGCT, art. L. 2121-10",
    ccas="CASF, art. R. 123-16",
    on=Read,
)
def tells_the_agenda(read: Read, reader: Reader) -> Iterator[Said]:
    """The convocation of a body that deliberates has a point at least, its own or a délibération's."""
    if read.meeting.delibere and not points(read.entry, read.meeting, reader):
        yield Said(
            "l’ordre du jour est vide : la convocation n’est pas produite",
            read.place("seance"),
            "rattachez des délibérations à cette séance, ou remplissez points",
            read.meeting.regime,
        )


@check(on=Read)
def comes_with_its_note(read: Read, reader: Reader) -> Iterator[Finding]:
    """C6, of the convocation that owes a note."""
    if note_due(read.meeting):
        explained = bool(read.acte.note_de_synthese)
        yield from judge(Convened(read.place("seance"), read.meeting.regime, explained), reader)


@rule(
    "C9",
    "La convocation d’une commission part dans le délai du règlement intérieur",
    ALERTE,
    "règlement intérieur",
    on=Read,
)
def as_early_as_its_own_rules_say(read: Read, reader: Reader) -> Iterator[Said]:
    """The delay that a body gave itself, when it gave one and the convocation is sent. That of an assembly is
    the law's; a convocation of the day or later is another fault."""
    meeting = read.meeting
    wanted = meeting.instance.delai_de_convocation if meeting.instance else None
    if wanted is None or meeting.assemblee or meeting.convocation is None:
        return
    elapsed = (meeting.date - meeting.convocation).days
    if 0 < elapsed < wanted:
        yield Said(
            f"{plural(elapsed, 'jour')} entre la convocation ({date_simple(meeting.convocation)}) et la "
            f"réunion ({date_simple(meeting.date)}) ; le règlement intérieur en demande {wanted}",
            meeting.sitting.place("convocation") if meeting.sitting else read.place("convocation"),
            "avancez l’envoi, ou reportez la réunion",
        )


@check(on=Read)
def whole_agenda(read: Read, reader: Reader) -> Iterator[Finding]:
    """An ordre du jour drawn from délibérations lacks those that cannot be read."""
    missing = unread(read.meeting, reader)
    if missing:
        yield consistency(
            "ordre-du-jour-incomplet",
            f"délibération absente ou en erreur, dont l’objet manque : {', '.join(missing)}",
            read.place("seance"),
            "corrigez d’abord ces délibérations, ou l’ordre_du_jour de la séance",
            ALERTE,
        )


# --- who was there, and what was said -------------------------------------------------------------------


@check(on=Read)
def attendance(read: Read, reader: Reader) -> Iterator[Finding]:
    """Nobody is in two lists, and only members are in them."""
    nommer, meeting = namer(reader), read.meeting
    for trouble in meeting.assistance.contradictions if meeting.assistance else ():
        message, hint = _TROUBLES[trouble.sorte]
        said = message.format(elu=nommer(trouble.elu))
        yield consistency("presence", said, read.place(*trouble.path), hint)
    for index, invite in enumerate(read.acte.invites):
        member = _as_member(invite, meeting, reader)
        if member:
            yield consistency(
                "presence",
                f"{nommer(member)} est à la fois membre et {nommer(member):invité|invitée}",
                read.place("invites", index),
                "retirez cette ligne de invites",
            )


def _as_member(invite: Invite, meeting: Meeting, reader: Reader) -> str:
    """The member that an invitation names again: an élu, or the person of a partner, who is its first
    representative when none is named."""
    if invite.elu:
        return invite.elu if invite.elu in meeting.membres else ""
    partner = reader.find(PARTENAIRES, invite.partenaire) if invite.partenaire else None
    if meeting.instance is None or partner is None:
        return ""
    name = (invite.nom or "").partition(",")[0]
    if not name and partner.value.representants:
        first = partner.value.representants[0]
        name = f"{first.prenom} {first.nom}"
    named = Siegeant(partenaire=invite.partenaire, nom=name) if name else None
    return next(iter(meeting.instance.designes(named, meeting.date)), "") if named else ""


def _opinions(read: Read) -> Iterator[tuple[int, Point]]:
    for index, point in enumerate(read.acte.points):
        if point.avis:
            yield index, point


@check(on=Read)
def an_assembly_gives_no_opinion(read: Read, reader: Reader) -> Iterator[Finding]:
    for index, _ in _opinions(read) if read.meeting.delibere else ():
        yield consistency(
            "avis-d-une-assemblee",
            f"« {read.meeting.nom} » délibère et ne donne pas d’avis",
            read.place("points", index, "avis"),
            "le vote se note dans la délibération",
        )


@rule(
    "I2",
    "L’avis d’une commission suit les voix de ses membres présents",
    ERREUR,
    "cohérence du relevé de conclusions",
    on=Read,
)
def opinions_follow_voices(read: Read, reader: Reader) -> Iterator[Said]:
    """No more voices than members present; the opinion goes with the greater number, or is told lightly. An
    opinion without a vote, a réservé one, or one of a group without a list is left alone."""
    assistance = read.meeting.assistance
    for index, point in _opinions(read) if not read.meeting.delibere else ():
        votes = point.votes
        if votes is None:
            continue
        if assistance is not None and votes.total > len(assistance.presents):
            there = plural(len(assistance.presents), "membre présent", "membres présents")
            yield Said(
                f"{votes.total} voix pour {there}",
                read.place("points", index, "votes"),
                "corrigez les voix, ou la liste des présents ; invités et agents ne votent pas",
            )
        against = {"favorable": votes.pour <= votes.contre, "défavorable": votes.contre <= votes.pour}
        if against.get(point.avis or "", False):
            yield Said(
                f"avis {point.avis} avec {votes.pour} voix pour et {votes.contre} contre",
                read.place("points", index, "avis"),
                "corrigez l’avis ou les voix",
                severity=ALERTE,
            )


@the_same_as_the_dossier.also(on=Read)
def the_same_as_the_act(read: Read, reader: Reader) -> Iterator[Said]:
    """What the délibération, or the dossier, says of this commission is what the commission said."""
    for index, point in _opinions(read) if not read.meeting.delibere else ():
        meeting = Held(read.entry, read.meeting.date, read.body)
        act = reader.find(DELIBERATIONS, point.deliberation) if point.deliberation else None
        if act is not None:
            yield from agrees(meeting, index, inherit(act, reader), "la délibération", reader)
        dossier = reader.find(DOSSIERS, point.dossier) if point.dossier else None
        if dossier is not None and (act is None or act.value.dossier != dossier.id):
            yield from agrees(meeting, index, dossier, "le dossier", reader)
