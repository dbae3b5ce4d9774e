"""G11 to G13: what an old convention names that is no longer: an élu out of office, a text that is not in
force, a party that is not one any more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ctgdocs.findings import Place
from ctgdocs.french import date_simple
from ctgdocs.kinds.convention.parties import Partie
from ctgdocs.kinds.convention.renouvellement import SOURCE, Renewed, texts_of
from ctgdocs.patterns import regex
from ctgdocs.rules.rule import ALERTE, Said, rule
from ctgdocs.stages import Reader, every
from ctgdocs.vocabulary.actes import Visa
from ctgdocs.vocabulary.as_typed import IDENTIFIANT
from ctgdocs.vocabulary.registres import COLLECTIVITE, ELUS, INSTANCES, PARTENAIRES, VISAS

_BLANK = regex(r"\[\s*[àÀa]\s+compl[ée]ter\b[^\]]*\]|«[^»]{1,200}»", re.IGNORECASE)
_NUMBER = regex(r"n°\s?(\d[\d-]*\d)|\b((?:19|20)\d\d-(?:19|20)\d\d)\b")

# --- Who holds an office today: sits in an assembly, presides, is maire; and who no longer does


def in_office(reader: Reader, day: date | None) -> set[str]:
    """The ids of the élus who sit in an assembly that day, or hold an office."""
    ids: set[str] = set()
    for body in every(reader, INSTANCES):
        if (instance := body.value).type in ("assemblee", "bureau"):
            ids.update(instance.membres_au(day) if day else (one.cle for one in instance.membres))
            ids.update((*instance.suppleants, *instance.suppleants.values()))
    house = reader.find(COLLECTIVITE, "collectivite")
    if house is not None:
        ids.add(house.value.executif)
    ids.update(elu.id for elu in every(reader, ELUS) if elu.value.maire_de or elu.value.fonction)
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


# --- persons --------------------------------------------------------------------------------------------


@rule(
    "G11",
    "Un élu qui n’exerce plus de fonction ne passe pas de l’ancienne convention à la nouvelle",
    ALERTE,
    SOURCE,
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
    words = "\n".join(text for _, text in texts_of(renewed.old.source.root))
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
    for record in every(reader, PARTENAIRES):
        still.update(f"{one.prenom} {one.nom}" for one in record.value.representants)
    typed = (one for partie in old.parties for one in partie.representants if one.nom and one.prenom)
    names.update(full for one in typed if (full := f"{one.prenom} {one.nom}") not in still)
    return ids, {name for name in names if name not in still}


# --- references and names -------------------------------------------------------------------------------


@rule(
    "G12",
    "Une convention renouvelée ne cite que des textes en vigueur à son premier jour",
    ALERTE,
    f"{SOURCE} ; dates de validité de visas.yaml",
    on=Renewed,
)
def in_force_on_its_first_day(renewed: Renewed, reader: Reader) -> Iterator[Said]:
    """A text that is no longer in force on the first day, among the visas or in a sentence. What visas.yaml
    does not know is left alone."""
    day = renewed.day
    if day is None:
        return
    ended = (visa for visa in every(reader, VISAS) if visa.value.valide_au and visa.value.valide_au < day)
    dead = {visa.id: visa.value for visa in ended}
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
    SOURCE,
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
