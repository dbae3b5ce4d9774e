"""What there is to do next, deduced from the content: nothing of it is typed, nothing is remembered.

What the law dates comes first, then what stops a document, then what is to be looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ctgdocs.content.heritage import inherit
from ctgdocs.content.library import Library
from ctgdocs.findings import Finding
from ctgdocs.french import date_simple, enumeration
from ctgdocs.kinds import KINDS
from ctgdocs.kinds.convention import KIND as CONVENTION
from ctgdocs.kinds.deliberation import KIND as DELIBERATION
from ctgdocs.kinds.reunion import KIND as REUNION
from ctgdocs.line.status import Standing, Survey
from ctgdocs.page.opened import Opened
from ctgdocs.page.places import REGISTRIES, link_to, path_of, title_of, titled, typed_as_gone
from ctgdocs.page.reasons import CAUSED, without_files
from ctgdocs.page.render import plural
from ctgdocs.readback import remarks
from ctgdocs.renewing.echeances import Echeance, echeances
from ctgdocs.stages import Entry, every
from ctgdocs.vocabulary.actes import Convention, Deliberation
from ctgdocs.vocabulary.instances import Instance
from ctgdocs.vocabulary.registres import ELUS, INSTANCES, SEANCES

SOON = timedelta(days=60)
HORIZON = timedelta(days=400)
MOST_DAYS = 6


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: what, why, the button's word, where; `day` is the last one, or that of what is
    awaited since; `law` is the text behind it."""

    title: str
    why: str
    verb: str
    path: str
    day: date | None = None
    law: str = ""
    urgency: int = 2

    @property
    def order(self) -> tuple[int, date, str]:
        return (self.urgency, self.day or date.max, self.title)


@dataclass(frozen=True, slots=True)
class Day:
    """A day to come, what happens then, where it is written, of what."""

    jour: date
    quoi: str
    lien: str
    de: str = ""


def next_steps(opened: Opened) -> list[Step]:
    """Everything to do, the most pressing first."""
    with opened.held() as library:
        today = opened.today()
        acts = list(_waiting(opened, library))
        found = [
            *_beginning(library),
            *_convocations(library, today),
            *_votes_and_transmissions(library, acts, today),
            *_opinions(library, acts, today),
            *_conventions(library, today),
            *_edited(opened, opened.survey()),
            *_findings(opened, library, opened.all_findings()),
        ]
    return sorted(found, key=lambda one: one.order)


def _beginning(library: Library) -> Iterator[Step]:
    """In a workspace that knows nobody yet: the list that she has in Excel."""
    if next(every(library, ELUS), None) is None:
        why = "Communes, assemblée et commissions en sont tirées ; rien n’est écrit avant votre accord."
        title = "Commencez par la liste de vos élus"
        yield Step(title, why, "Coller la liste", "/importer?coller=elus", urgency=-1)


def _waiting(opened: Opened, library: Library) -> Iterator[Entry[Deliberation]]:
    """The délibérations that wait for something, with what their dossier lends them."""
    reader = library.reader()
    for id in library.ids(DELIBERATION.registry):
        path = opened.project.root / library.path_of(f"{DELIBERATION.name}/{id}")
        if typed_as_gone(path):
            continue
        if (entry := library.find(DELIBERATION.registry, id)) is not None:
            yield inherit(entry, reader)


def _body(library: Library, id: str) -> str:
    found: Entry[Instance] | None = library.find(INSTANCES, id)
    return found.value.nom if found else id


def _convocations(library: Library, today: date) -> Iterator[Step]:
    """A séance to come: its convocation to be prepared, or to leave on its day."""
    called = {one.value.seance for one in every(library, REUNION.registry)}
    for one in every(library, SEANCES):
        seance = one.value
        if seance.date < today:
            continue
        name = f"{_body(library, seance.instance)} du {date_simple(seance.date)}"
        if one.id not in called:
            why = "Aucune réunion n’a encore sa convocation, son ordre du jour et sa feuille d’émargement."
            path = f"/nouveau?genre=reunion&numero={seance.instance}-{one.id}"
            yield Step(
                f"Préparer la convocation : {name}", why, "Préparer", path, seance.convocation, urgency=0
            )
        elif seance.convocation >= today:
            why = "Elle part au plus tard le jour écrit dans la séance."
            path = path_of("seances", one.id)
            yield Step(
                f"Envoyer la convocation : {name}", why, "Voir la séance", path, seance.convocation, urgency=0
            )


def _votes_and_transmissions(
    library: Library, acts: Sequence[Entry[Deliberation]], today: date
) -> Iterator[Step]:
    """Of each séance that was held: the acts without a vote, those that were not sent, those that nobody has
    published."""
    days = {one.id: one.value.date for one in every(library, SEANCES) if one.value.date <= today}
    left: dict[str, dict[str, list[Entry[Deliberation]]]] = {
        "vote": {},
        "transmission": {},
        "publication": {},
    }
    for act in acts:
        waits = next((name for name in left if getattr(act.value, name) is None), "")
        if waits and act.value.seance in days and act.value.retrait is None:
            left[waits].setdefault(act.value.seance, []).append(act)
    for seance, found in left["vote"].items():
        title = f"Noter le vote : séance du {date_simple(days[seance])}"
        why = _named(found, "attend son vote", "attendent leur vote")
        yield Step(title, why, "Noter", path_of("seances", seance), days[seance], urgency=1)
    for name, title, verb in (
        ("transmission", "Transmettre {} au représentant de l’État", "Noter la transmission"),
        ("publication", "Publier {}", "Noter la publication"),
    ):
        for seance, found in left[name].items():
            many = f"{len(found)} délibérations" if len(found) > 1 else "une délibération"
            why = _named(found, "n’est pas encore exécutoire", "ne sont pas encore exécutoires")
            path = f"{path_of(DELIBERATION.name, found[0].id)}#c-{name}"
            yield Step(title.format(many), why, verb, path, days[seance], "CGCT, art. L. 2131-1", urgency=1)


def _named(acts: Sequence[Entry[Deliberation]], one: str, many: str) -> str:
    names = [f"la {act.id}" for act in acts[:6]] + (["d’autres"] if len(acts) > 6 else [])
    said = enumeration(names)
    return f"{said[:1].upper()}{said[1:]} {one if len(acts) == 1 else many}."


def _opinions(library: Library, acts: Sequence[Entry[Deliberation]], today: date) -> Iterator[Step]:
    for act in acts:
        passage = act.value.commission
        if passage is None or passage.avis or act.value.vote or passage.date is None or passage.date > today:
            continue
        body = _body(library, passage.instance)
        title = f"Noter l’avis : {body}, {act.id}"
        why = f"Elle s’est réunie le {date_simple(passage.date)} sur « {act.value.objet} »."
        yield Step(
            title, why, "Noter l’avis", f"{path_of(DELIBERATION.name, act.id)}#c-commission", passage.date
        )


def _conventions(library: Library, today: date) -> Iterator[Step]:
    verbs = {"signature": "Noter la signature", "renouvellement": "Renouveler", "fin": ""}
    for one in _echeances(library):
        verb = verbs.get(one.cle, "")
        if not verb or one.jour > today + SOON or one.jour < today - HORIZON:
            continue
        entry = library.find(CONVENTION.registry, one.convention)
        title = _with_its_years(entry, library) if entry else one.convention
        path = f"{path_of(CONVENTION.name, one.convention)}{'#c-signature' if one.cle == 'signature' else ''}"
        why = f"{one.quoi}{f' : {one.detail}' if one.detail else ''}."
        yield Step(title, why, verb, path, one.jour, one.source if "art." in one.source else "")


def _with_its_years(entry: Entry[Convention], library: Library) -> str:
    """« Projet social (2027-2031) »: a term is called as the one before it."""
    title, first, last = title_of(entry, library), entry.value.debut, entry.value.fin
    years = f"{first.year}-{last.year}" if first and last else ""
    return title if not years or years in title else f"{title} ({years})"


def _echeances(library: Library) -> list[Echeance]:
    return echeances([*every(library, CONVENTION.registry)], library.reader())


def _edited(opened: Opened, survey: Survey) -> Iterator[Step]:
    """What was corrected in Word: each document to be taken back, the comments to be answered."""
    edited = [one.name for one in survey.seen if one.standing is Standing.EDITED]
    if not edited:
        return
    documents = opened.documents()
    asked = Counter(one.place.file for one in remarks(opened.project, KINDS, edited))
    for one in survey.seen:
        document = documents.get(one.name)
        if one.standing is not Standing.EDITED or document is None:
            continue
        said = f"{document.kind.label} {opened.title(document.kind.name, document.id)}"
        count = asked[one.output]
        comments = (
            f" {plural(count, 'commentaire attend', 'commentaires attendent')} une réponse." if count else ""
        )
        why = f"Ce document a été corrigé dans Word : dites ce qui revient dans sa fiche.{comments}"
        yield Step(
            f"Reprendre les retouches : {said}", why, "Voir", f"/documents/retouche/{one.name}", urgency=2
        )


def _findings(opened: Opened, library: Library, findings: Sequence[Finding]) -> Iterator[Step]:
    """What stops documents, then what the rules alert to; a file says its findings together."""
    by_file: dict[str, list[Finding]] = {}
    for one in sorted(findings, key=lambda one: not one.blocking):
        if one.severity != "info":
            by_file.setdefault(one.place.file, []).append(one)
    for file, told in by_file.items():
        found = [one for one in told if not (one.code == CAUSED and one.related[0].place.file in by_file)]
        if not found:  # what it waits for is told where it stands
            continue
        first = without_files(library, found[0])
        more = f" Et {len(found) - 1} de plus dans cette fiche." if len(found) > 1 else ""
        said = first.message[:1].upper() + first.message[1:]
        registry, id = library.answers_at(file)
        blank = first.message.startswith("il reste à compléter")
        verb = "Compléter" if blank else "Corriger" if first.blocking else "Vérifier"
        title = f"{verb} : {_title(opened, registry, id) or file}"
        path = link_to(library, first.place) or "/documents"
        law = first.source if any(one.isdigit() for one in first.source) else ""
        yield Step(title, f"{said}.{more}", verb, path, None, law, 3 if first.blocking else 4)


def _title(opened: Opened, registry: str, id: str) -> str:
    if registry and id:
        kind, title = REGISTRIES[registry].label, opened.title(registry, id)
        return title if title.lower().startswith(kind) else f"{kind} {title}"
    if not registry:
        return ""
    held = REGISTRIES[registry]
    return f"la {held.label}" if held.single else f"les {held.label}s"


def to_come(opened: Opened) -> list[Day]:
    """The next days that the content speaks of."""
    with opened.held() as library:
        today = opened.today()
        days = [
            Day(
                one.jour,
                one.quoi,
                path_of(CONVENTION.name, one.convention),
                titled(library, CONVENTION.name, one.convention),
            )
            for one in _echeances(library)
        ]
        days += [
            Day(one.value.date, _body(library, one.value.instance), path_of("seances", one.id))
            for one in every(library, SEANCES)
        ]
    coming = sorted((one for one in days if one.jour >= today), key=lambda one: (one.jour, one.quoi))
    return coming[:MOST_DAYS]
