"""G10 to G13: what is left of the old convention in the one that renews it.

A sentence that a person has rewritten since is no left-over: a year of the old term in it is an `info` while
the act is a projet, and nothing afterwards. The same year in a sentence that has not changed is an `alerte`.
Never a left-over: the visas, the annexe of the bilan, a title between « », a legal reference, and a sentence
that names the old convention by its own period (« la convention territoriale globale 2022-2026 »).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from ctgdocs.findings import Place
from ctgdocs.french import date_simple, enumeration
from ctgdocs.kinds.convention.acte import Acte
from ctgdocs.kinds.convention.mentions import Mention, mentions
from ctgdocs.kinds.convention.parties import Partie
from ctgdocs.kinds.convention.plan_lu import followed, plan_before, plan_of
from ctgdocs.rules.rule import ALERTE, INFO, Said, Typed, rule
from ctgdocs.rules.texts import nothing_left_to_write
from ctgdocs.stages import Entry, Mapping, Node, Reader, Steps, Text
from ctgdocs.vocabulary.actes import Visa
from ctgdocs.vocabulary.as_typed import IDENTIFIANT
from ctgdocs.vocabulary.registres import COLLECTIVITE, CONVENTIONS, ELUS, INSTANCES, PARTENAIRES, VISAS

# --- Who holds an office today: sits in an assembly, presides, is maire; and who no longer does


def in_office(reader: Reader, day: date | None) -> set[str]:
    """The ids of the élus who sit in an assembly that day, or hold an office."""
    ids: set[str] = set()
    for name in reader.ids(INSTANCES):
        found = reader.find(INSTANCES, name)
        if found is not None and found.value.type in ("assemblee", "bureau"):
            instance = found.value
            ids.update(instance.membres_au(day) if day else (one.cle for one in instance.membres))
            ids.update((*instance.suppleants, *instance.suppleants.values()))
    house = reader.find(COLLECTIVITE, "collectivite")
    if house is not None:
        ids.add(house.value.executif)
    for id in reader.ids(ELUS):
        elu = reader.find(ELUS, id)
        if elu is not None and (elu.value.maire_de or elu.value.fonction):
            ids.add(id)
    return ids


def out_of_office(reader: Reader, instance: str, day: date | None) -> list[str]:
    """The members of a body who no longer hold any office."""
    found = reader.find(INSTANCES, instance)
    if found is None:
        return []
    current = in_office(reader, day)
    members = (*(one.elu for one in found.value.membres if one.elu), found.value.president)
    return [id for id in dict.fromkeys(members) if id not in current]


def bare_name(reader: Reader, id: str) -> str:
    """« Claire Durand »; the id of someone the registry does not have."""
    found = reader.find(ELUS, id)
    return f"{found.value.prenom} {found.value.nom}" if found else id


def full_name(reader: Reader, id: str) -> str:
    """« Mme Claire Durand »."""
    found = reader.find(ELUS, id)
    return f"{found.value.civilite} {found.value.prenom} {found.value.nom}" if found else id


_NOT_TEXT = frozenset(
    (
        *("id", "type", "statut", "version", "debut", "fin", "signature", "renouvelle", "parente", "modele"),
        *("numero", "origine", "suite", "contenu", "fichier", "feuille", "autorite", "visas", "suivi"),
        *("elu", "partenaire", "commune", "siret", "montant", "cout", "places", "exemplaires"),
    )
)
_SENTENCE = re.compile(r"(?<=[.;!?])\s+|\n+")
_NAMES_IT = re.compile(r"\b(?:convention|contrat|CTG|projet)\b[^.;\n]{0,80}$", re.IGNORECASE)
_ITSELF = re.compile(r"\bprésente\s+convention\b[^.;\n]{0,80}$", re.IGNORECASE)
_BLANK = re.compile(r"\[\s*[àÀa]\s+compl[ée]ter\b[^\]]*\]|«[^»]{1,200}»", re.IGNORECASE)
_WHAT = {"periode": "période", "annee": "année", "date": "date", "champ": "date"}
_NUMBER = re.compile(r"n°\s?(\d[\d-]*\d)|\b((?:19|20)\d\d-(?:19|20)\d\d)\b")


@dataclass(frozen=True)
class Renewed:
    """A convention beside the one it renews."""

    entry: Entry[Acte]
    old: Entry[Acte]
    reader: Reader

    @property
    def acte(self) -> Acte:
        return self.entry.value

    @property
    def day(self) -> date | None:
        return self.acte.debut or self.acte.version

    @cached_property
    def texts(self) -> list[tuple[Steps, Text]]:
        return list(_texts(self.entry.source.root))

    @cached_property
    def before(self) -> frozenset[str]:
        """The sentences of the old convention."""
        return frozenset(
            _plain(one) for _, text in _texts(self.old.source.root) for one in _SENTENCE.split(text)
        )

    def unchanged(self, text: str, at: int) -> bool:
        """Whether the sentence around a place stands, word for word, in the old convention."""
        start = 0
        for found in _SENTENCE.finditer(text):
            if found.start() >= at:
                return _plain(text[start : found.start()]) in self.before
            start = found.end()
        return _plain(text[start:]) in self.before

    def place(self, path: Steps, text: str, at: int) -> Place:
        return Typed(self.entry, self.entry, path, text).place(at)


def _texts(node: Node, path: Steps = ()) -> Iterator[tuple[Steps, Text]]:
    """The texts that a page prints as words, with their path; an annexe of bilan tells the past."""
    if isinstance(node, Text):
        yield path, node
    elif isinstance(node, Mapping):
        if node.get("contenu") != "bilan":  # type: ignore[call-overload]  # a str finds its equal Text
            for key, child in node.items():
                if key not in _NOT_TEXT:
                    yield from _texts(child, (*path, str(key)))
    else:
        for at, child in enumerate(node):
            yield from _texts(child, (*path, at))


def _plain(sentence: str) -> str:
    return " ".join(sentence.split())


@nothing_left_to_write.also(on=Renewed)
def the_day_of_its_version(renewed: Renewed, reader: Reader) -> Iterator[Said]:
    """A projet that goes round has the day of its version."""
    if renewed.acte.projet and renewed.acte.version is None:
        yield Said(
            "il reste à compléter : « date de la version »",
            renewed.entry.place("statut"),
            "indiquez version: quand le projet part à la Caf ou aux communes",
            severity=ALERTE,
        )


@nothing_left_to_write.also(on=Renewed)
def what_became_of_each_action(renewed: Renewed, reader: Reader) -> Iterator[Said]:
    """The annexe of the bilan says it, action by action: an action of before whose line was taken away says
    it by its own état d’avancement, or not at all."""
    before = plan_before(renewed.entry, reader)
    told = any(annexe.contenu == "bilan" for annexe in renewed.acte.annexes)
    if before is None or not told:
        return
    known = followed(before, plan_of(renewed.entry, reader))
    lost = [f"« {one.numero} {one.action.titre} »" for one, _, suite in known if not suite]
    if lost:
        yield Said(
            f"il reste à compléter : la suite {'de l’action' if len(lost) == 1 else 'des actions'} "
            f"{enumeration(lost)}, de la convention précédente",
            renewed.entry.place("plan"),
            "gardez sa ligne dans le plan, avec origine (son ancien numéro) et suite (réalisée…)",
            severity=ALERTE if renewed.acte.projet else None,
        )


# --- years ----------------------------------------------------------------------------------------------

_SOURCE = "cohérence du renouvellement"


@rule(
    "G10",
    "Une année, une période ou une date de l’ancienne convention ne passe pas inaperçue dans la nouvelle",
    ALERTE,
    _SOURCE,
    on=Renewed,
)
def the_term_of_before(renewed: Renewed, reader: Reader) -> Iterator[Said]:
    """In the texts: a year, a period or a day of the old term, the year that prepared it included; in the
    dates and the links: what ends or begins before this convention. A sentence that names the old convention
    by its own period is left alone."""
    yield from _years(renewed)
    yield from _days(renewed)


def _years(renewed: Renewed) -> Iterator[Said]:
    old = renewed.old.value
    if old.debut is None or old.fin is None:
        return
    last = min(old.fin.year, renewed.acte.debut.year - 1) if renewed.acte.debut else old.fin.year
    term = range(old.debut.year - 1, last + 1)
    for path, text in renewed.texts:
        for mention in mentions(text) if "20" in text or "19" in text else ():
            if not any(year in term for year in mention.years) or _named(text, mention, old):
                continue
            same = renewed.unchanged(text, mention.start)
            if not same and not renewed.acte.projet:
                continue
            said = date_simple(mention.jour) if mention.jour else " ".join(mention.text.split())
            yield Said(
                f"« {said} » vient de la convention précédente, et la phrase n’a pas changé"
                if same
                else f"« {said} » : {_WHAT[mention.nature]} de la convention précédente",
                renewed.place(path, text, mention.start),
                "revoyez cette phrase" if same else "si c’est voulu, rien à faire",
                severity=ALERTE if same else INFO,
            )


def _named(text: str, mention: Mention, old: Acte) -> bool:
    """« la convention territoriale globale 2022-2026 », « … prend fin le 31 décembre 2026 »: the old one, by
    its own period or its last day, unless the sentence speaks of the present one."""
    before = text[: mention.start]
    own = mention.years == (old.debut and old.debut.year, old.fin and old.fin.year) or mention.jour == old.fin
    return own and _NAMES_IT.search(before) is not None and _ITSELF.search(before) is None


def _days(renewed: Renewed) -> Iterator[Said]:
    """In the dates and the links: an action, an evaluation, a convention of before."""
    acte, entry = renewed.acte, renewed.entry
    if acte.debut is None:
        return
    for path, day in _dates_of(acte):
        if day is not None and day < acte.debut:
            yield Said(
                f"le {date_simple(day)} est avant le début de la convention",
                entry.place(*path),
                "corrigez la date",
            )
    linked: list[tuple[Steps, str | None]] = [(("parente",), acte.parente)]
    linked += [(("suivi", "conventions_liees", at), id) for at, id in enumerate(acte.suivi.conventions_liees)]
    for path, id in linked:
        other = renewed.reader.find(CONVENTIONS, id) if id else None
        if other is not None and other.value.fin and other.value.fin < acte.debut:
            yield Said(
                f"la convention « {id} » prend fin le {date_simple(other.value.fin)}, avant celle-ci",
                entry.place(*path),
                "indiquez celle qui la renouvelle",
            )


def _dates_of(acte: Acte) -> Iterator[tuple[Steps, date | None]]:
    """The days that belong to the term of a convention."""
    yield ("suivi", "evaluation_intermediaire"), acte.suivi.evaluation_intermediaire
    yield ("suivi", "evaluation_finale"), acte.suivi.evaluation_finale
    for a, axe in enumerate(acte.plan.axes if acte.plan else ()):
        for b, action in enumerate(axe.actions):
            for name, day in (("debut", action.debut), ("fin", action.fin)):
                yield ("plan", "axes", a, "actions", b, name), day


# --- persons --------------------------------------------------------------------------------------------


@rule(
    "G11",
    "Un élu qui n’exerce plus de fonction ne passe pas de l’ancienne convention à la nouvelle",
    ALERTE,
    _SOURCE,
    on=Renewed,
)
def still_in_office(renewed: Renewed, reader: Reader) -> Iterator[Said]:
    """Someone the old convention named, who holds no office today: among the signers, in the bodies that
    follow the convention, in a text. A name in what is still to write, or in a title, is left alone."""
    ids, names = _gone(renewed)
    hint = "indiquez qui exerce cette fonction aujourd’hui"
    for at, partie in enumerate(renewed.acte.parties):
        for below, signer in enumerate(partie.representants):
            full = " ".join(filter(None, (signer.prenom, signer.nom)))
            if signer.elu in ids or full in names:
                yield Said(
                    f"{ids.get(signer.elu or '', full)} signait la convention précédente et n’exerce plus",
                    renewed.entry.place("parties", at, "representants", below), hint,
                )  # fmt: skip
    suivi = renewed.acte.suivi
    for path, instance in (
        (("copil",), suivi.copil),
        *((("comites", at), id) for at, id in enumerate(suivi.comites)),
    ):
        gone = out_of_office(renewed.reader, instance, renewed.day) if instance else []
        if gone:
            said = ", ".join(full_name(renewed.reader, id) for id in gone)
            yield Said(
                f"l’instance « {instance} » compte des élus qui n’exercent plus : {said}",
                renewed.entry.place("suivi", *path), "désignez ses nouveaux membres",
            )  # fmt: skip
    if not names:
        return
    pattern = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in sorted(names)), re.IGNORECASE)
    for path, text in renewed.texts:
        if path[0] == "parties" and "representants" in path:
            continue
        hidden = _BLANK.sub(lambda found: " " * len(found[0]), text)
        for found in pattern.finditer(hidden):
            yield Said(
                f"« {found[0]} », de la convention précédente, n’exerce plus de fonction",
                renewed.place(path, text, found.start()), hint,
            )  # fmt: skip


def _gone(renewed: Renewed) -> tuple[dict[str, str], set[str]]:
    """Élus out of office that the old convention cites (id → name), and names of persons, with theirs."""
    reader, old = renewed.reader, renewed.old.value
    current = in_office(reader, renewed.day)
    words = "\n".join(text for _, text in _texts(renewed.old.source.root))
    cited = {one.elu for partie in old.parties for one in partie.representants if one.elu}
    for id in filter(None, (old.suivi.copil, *old.suivi.comites)):
        cited.update(out_of_office(reader, id, renewed.day))
    ids = {
        id: full_name(reader, id)
        for id in reader.ids(ELUS)
        if id not in current and (id in cited or bare_name(reader, id) in words)
    }
    names = {bare_name(reader, id) for id in ids}
    still = {bare_name(reader, id) for id in current}
    for id in reader.ids(PARTENAIRES):
        record = reader.find(PARTENAIRES, id)
        still.update(f"{one.prenom} {one.nom}" for one in record.value.representants) if record else None
    typed = (one for partie in old.parties for one in partie.representants if one.nom and one.prenom)
    names.update(full for one in typed if (full := f"{one.prenom} {one.nom}") not in still)
    return ids, {name for name in names if name not in still}


# --- references and names -------------------------------------------------------------------------------


@rule(
    "G12",
    "Une convention renouvelée ne cite que des textes en vigueur à son premier jour",
    ALERTE,
    f"{_SOURCE} ; dates de validité de visas.yaml",
    on=Renewed,
)
def in_force_on_its_first_day(renewed: Renewed, reader: Reader) -> Iterator[Said]:
    """A text that is no longer in force on the first day, among the visas or in a sentence. What visas.yaml
    does not know is left alone."""
    day = renewed.day
    if day is None:
        return
    dead = {}
    for id in reader.ids(VISAS):
        visa = reader.find(VISAS, id)
        if visa is not None and visa.value.valide_au is not None and visa.value.valide_au < day:
            dead[id] = visa.value
    marks = {found[1] or found[2]: id for id, visa in dead.items() if (found := _NUMBER.search(visa.texte))}
    for at, cited in enumerate(renewed.acte.visas):
        text = cited.texte or ""
        if text in dead and IDENTIFIANT.fullmatch(text):
            yield _dead(text, dead, renewed.entry.place("visas", at))
        elif text and not IDENTIFIANT.fullmatch(text):
            yield from (
                _dead(id, dead, renewed.entry.place("visas", at)) for _, id in _found(text, marks, dead)
            )
    for path, text in renewed.texts:
        for start, id in _found(text, marks, dead):
            yield _dead(id, dead, renewed.place(path, text, start))


def _found(text: str, marks: dict[str, str], dead: dict[str, Visa]) -> Iterator[tuple[int, str]]:
    """Where a text cites a dead one: by its number, or word for word."""
    if "convention territoriale" in text and not any(visa.texte in text for visa in dead.values()):
        marks = {mark: id for mark, id in marks.items() if not re.fullmatch(r"\d{4}-\d{4}", mark)}
    for mark, id in marks.items():
        for found in re.finditer(rf"(?<![\d-]){re.escape(mark)}(?![\d-])", text):
            yield found.start(), id


def _dead(id: str, dead: dict[str, Visa], place: Place) -> Said:
    visa = dead[id]
    hint = f"visez « {visa.remplace_par} »" if visa.remplace_par else "retirez cette référence"
    since = f" depuis le {date_simple(visa.valide_au)}" if visa.valide_au else ""
    return Said(f"« {id} » n’est plus en vigueur{since}", place, hint)


@rule(
    "G13",
    "Le nom d’une partie à l’ancienne convention ne reste pas dans la nouvelle si elle n’en est plus",
    ALERTE,
    _SOURCE,
    on=Renewed,
)
def no_name_of_a_former_party(renewed: Renewed, reader: Reader) -> Iterator[Said]:
    """A party of the old convention, under a name that no party has any more; a commune is left alone, its
    name being that of a place."""
    now = {name for partie in renewed.acte.parties for name in _names_of(renewed.reader, partie)}
    gone = {
        name
        for partie in renewed.old.value.parties
        if not partie.commune
        for name in _names_of(renewed.reader, partie)
        if name not in now and len(name) > 2
    }
    if not gone:
        return
    pattern = re.compile(
        "|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in sorted(gone, key=len, reverse=True))
    )
    for path, text in renewed.texts:
        hidden = _BLANK.sub(lambda found: " " * len(found[0]), text)
        for found in pattern.finditer(hidden):
            yield Said(
                f"« {found[0]} » est le nom d’une partie à la convention précédente, pas à celle-ci",
                renewed.place(path, text, found.start()),
                "mettez le nom à jour, ou ajoutez cette partie",
            )


def _names_of(reader: Reader, partie: Partie) -> Iterator[str]:
    """A party's names, without article: as typed, and as its registry has them."""
    found = reader.find(PARTENAIRES, partie.partenaire) if partie.partenaire else None
    record = found.value if found else partie
    for name in (partie.nom, partie.nom_court, record.nom, record.nom_court):
        if name:
            yield re.sub(r"^(?:la |le |les |l’)", "", name)
