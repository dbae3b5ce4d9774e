"""The parties to a convention: who they are, who signs for them, by what authority, under what short name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from ctgdocs.composing import voice
from ctgdocs.composing.bodies import executive_title, maire
from ctgdocs.composing.pen import Pen
from ctgdocs.composing.pictures import as_logo, read_picture
from ctgdocs.composing.voice import Person
from ctgdocs.french import (
    NBSP,
    accord,
    avec_article,
    communes,
    date_longue,
    de,
    enumeration,
    fonction,
    fonction_avec_article,
)
from ctgdocs.kinds.convention.parties import (
    Mandate,
    Partie,
    Signataire,
    authority,
    entry_of,
    is_public,
    record_of,
)
from ctgdocs.prose import Picture
from ctgdocs.vocabulary.organismes import Adresse, Partenaire
from ctgdocs.vocabulary.registres import COMMUNES, ELUS


@dataclass(frozen=True, slots=True)
class Signer:
    """Someone who signs: as a sentence names them, as their function is agreed, who delegated."""

    person: Person
    fonction: str
    delegation: str


@dataclass(frozen=True, slots=True)
class Party:
    """A party as the page writes it. `short` has its article (« la Caf »); `public`: its assembly decides;
    `commune`: its bare name, for a commune of the registry."""

    name: str
    short: str
    feminine: bool
    siege: str
    signers: tuple[Signer, ...]
    mandate: Mandate | None
    group: str
    public: bool
    commune: str = ""


def party(pen: Pen, typed: Partie, index: int) -> Party:
    """One party, from its registry and what the convention says of it."""
    path = ("parties", index)
    record = record_of(pen.reader, typed)
    name = pen.line(_name(pen, typed, record), *path, "nom")
    with_article = avec_article(name, pen.profil)
    guessed = with_article.startswith("la ") or voice.is_feminine(name)
    address = typed.adresse or (pen.collectivite.adresse if typed.collectivite else None)
    siret = typed.siret or (pen.collectivite.siret if typed.collectivite else None)
    if record is not None:
        address, siret = address or record.adresse, siret or record.siret
    mandate = authority(pen.reader, typed)
    return Party(
        name=name,
        short=_short(pen, typed, record),
        feminine=guessed if typed.feminin is None else typed.feminin,
        siege=pen.typographie(_siege(address, siret, state=record is not None and record.type == "etat")),
        signers=tuple(_signers(pen, typed, record, path)),
        mandate=mandate,
        group=pen.typographie(typed.groupe) if typed.groupe else "",
        public=is_public(typed, record),
        commune=pen.commune(typed.commune or ""),
    )


def logos(pen: Pen, parties: Sequence[Partie]) -> list[Picture]:
    """The logos of the partners and communes that sign, in their order; the house wears its own already."""
    shown: list[Picture] = []
    for typed in parties:
        entry = entry_of(pen.reader, typed)
        if entry is None or not entry.value.logo:
            continue
        place = entry.place("logo")
        alt = pen.typographie(f"Logo : {entry.value.nom}")
        picture, problems = read_picture(entry.value.logo, alt, place.file, pen.reader)
        pen.findings += [one._replace(place=place) for one in problems]
        shown += [as_logo(picture)] if picture else []
    return shown


def _name(pen: Pen, typed: Partie, record: Partenaire | None) -> str:
    if typed.collectivite:
        return pen.collectivite.nom
    if typed.commune:
        return f"commune {_of_the_commune(pen, typed.commune)}"
    return record.nom if record else typed.nom or typed.key


def _of_the_commune(pen: Pen, id: str) -> str:
    found = pen.reader.find(COMMUNES, id)
    if found is None:
        return f"de {id}"
    return de(found.value.nom, pen.profil, elision=found.value.elision, departement=False)


def _short(pen: Pen, typed: Partie, record: Partenaire | None) -> str:
    if typed.nom_court:
        return pen.typographie(typed.nom_court)
    if typed.collectivite:
        return voice.the(pen.collectivite.nom_court)
    if typed.commune:
        return f"la commune {_of_the_commune(pen, typed.commune)}"
    bare = record.nom_court if record else None
    if not bare:
        return ""
    articled = ("la ", "le ", "les ", "l’", "l'")
    return pen.typographie(bare if bare.startswith(articled) else _with_article(bare, record))


def _with_article(bare: str, record: Partenaire | None) -> str:
    """« la Caf », « le SDJES »: the article of the acronym, else that of the whole name."""
    known = avec_article(bare)
    if known != bare or record is None:
        return known
    whole = avec_article(record.nom)
    return f"la {bare}" if whole.startswith("la ") else f"le {bare}"


def _siege(address: Adresse | None, siret: str | None, *, state: bool) -> str:
    """Where a party is; the State has no siège, and its services have an address."""
    said = ""
    if address is not None:
        place = ", ".join((*address.lignes, f"{address.code_postal} {address.ville}"))
        said = f", {place}" if state else f", dont le siège est situé {place}"
    if siret:
        digits = NBSP.join((siret[:3], siret[3:6], siret[6:9], siret[9:]))
        said += f" (SIRET{NBSP}{digits})"
    return said


# --- who signs ------------------------------------------------------------------------------------------


def _signers(pen: Pen, typed: Partie, record: Partenaire | None, path: tuple[str | int, ...]) -> list[Signer]:
    if typed.representants:
        return [
            _signer(pen, one, typed, (*path, "representants", index))
            for index, one in enumerate(typed.representants)
        ]
    if typed.collectivite:
        return [Signer(pen.executive, pen.executive_title, "")]
    if typed.commune:
        mayor = maire(pen.reader, typed.commune)
        return [_elected(pen, mayor, "maire", "")] if mayor else []
    return [
        _typed(pen, one.civilite, one.prenom, one.nom, one.fonction, "")
        for one in (record.representants if record else ())
    ]


def _signer(pen: Pen, typed: Signataire, of: Partie, path: tuple[str | int, ...]) -> Signer:
    delegation = (
        pen.line(typed.par_delegation_de, *path, "par_delegation_de") if typed.par_delegation_de else ""
    )
    if typed.elu:
        function = typed.fonction or ""
        if of.commune and not function:
            found = pen.reader.find(ELUS, typed.elu)
            function = "maire" if found and found.value.maire_de == of.commune else ""
        elif of.collectivite and typed.elu == pen.collectivite.executif and not function:
            function = executive_title(pen.collectivite.type)
        return _elected(pen, typed.elu, function, delegation)
    return _typed(pen, typed.civilite, typed.prenom, typed.nom or "", typed.fonction or "", delegation)


def _elected(pen: Pen, id: str, function: str, delegation: str) -> Signer:
    person = pen.person(id)
    said = fonction(function or person.fonction, person.feminine, pen.profil)
    return Signer(person, said, delegation)


def _typed(
    pen: Pen, civilite: str | None, prenom: str | None, nom: str, function: str, delegation: str
) -> Signer:
    capitals = pen.collectivite.typographie.noms == "capitales" and not nom.startswith("[")
    feminine = civilite == "Mme"
    name = voice.full_name(civilite or "", prenom or "", nom, capitals, pen.profil)
    bare = voice.full_name("", prenom or "", nom, capitals, pen.profil)
    person = Person("", " ".join(name.split(" ")), bare, feminine)
    return Signer(
        person, fonction(pen.typographie(function), feminine, pen.profil) if function else "", delegation
    )


# --- the page -------------------------------------------------------------------------------------------


def presentation(pen: Pen, one: Party) -> dict[str, str]:
    """The paragraph that introduces a party, and its « ci-après dénommée … »."""
    said = f"{voice.majuscule_initiale(_the(one))}{one.siege}"
    signers = [_introduced(signer) for signer in one.signers]
    if signers:
        present = ", et ".join(filter(None, (", ".join(signers[:-1]), signers[-1])))
        said += f", {accord('représenté', one.feminine, not one.feminine)} par {present}"
    if one.mandate is not None:
        said += f", {_authorised(pen, one)}"
    called = ""
    if one.short:
        word = accord("dénommé", one.feminine, not one.feminine)
        called = pen.typographie(f"ci-après {word} « {one.short} »")
    return {"nom": one.name, "texte": pen.typographie(said) + ",", "court": called}


def _the(one: Party) -> str:
    known = avec_article(one.name)
    if known != one.name:
        return known
    return f"{'la' if one.feminine else 'le'} {voice.minuscule_initiale(one.name)}"


def _introduced(signer: Signer) -> str:
    said = f"{signer.person.name}, {signer.fonction}" if signer.fonction else signer.person.name
    return f"{said}, par délégation {de(signer.delegation)}" if signer.delegation else said


def _authorised(pen: Pen, one: Party) -> str:
    mandate = one.mandate or Mandate()
    women = sum(signer.person.feminine for signer in one.signers)
    men = len(one.signers) - women
    if not one.signers:
        women, men = int(one.feminine), int(not one.feminine)
    word = f"dûment {accord('autorisé', women, men)} par"
    if mandate.text:
        return f"{word} {mandate.text}"
    organe = f" {voice.of_the(mandate.organe)}" if mandate.organe else ""
    day = date_longue(mandate.day, pen.profil) if mandate.day else "[à compléter : date]"
    return f"{word} délibération{organe} n° {mandate.printed} du {day}"


def groups(pen: Pen, all: Sequence[Party]) -> list[dict[str, object]]:
    """The parties in order, those of one group together with their collective name, and on one line."""
    said: list[dict[str, object]] = []
    for name, members in groupby(all, key=lambda one: one.group or id(one)):
        together = list(members)
        mention = ""
        if isinstance(name, str):
            women = sum(one.feminine for one in together)
            word = accord("dénommé", women, len(together) - women)
            mention = pen.typographie(f"ci-après {word} ensemble « {name} »")
        said.append(
            {
                "nom": name if isinstance(name, str) else "",
                "mention": mention,
                "liste": _on_one_line(name if isinstance(name, str) else "", together),
                "parties": [presentation(pen, one) for one in together],
            }
        )
    return said


def _on_one_line(group: str, parties: Sequence[Party]) -> str:
    """« Lavol et Faudols » under « les communes signataires », else « communes de Lavol et Faudols »."""
    said: list[str] = []
    for together, some in groupby(parties, key=lambda one: bool(one.commune)):
        named = list(some)
        if together and group.startswith("les communes"):
            said += [one.commune for one in named]
        elif together:
            said.append(communes([one.name.removeprefix("commune ") for one in named]))
        else:
            said += [one.name for one in named]
    return enumeration(said)


def signatures(pen: Pen, all: Sequence[Party]) -> list[dict[str, str]]:
    """One block per signatory, in the order of the parties."""
    blocks = []
    for one in all:
        for signer in one.signers or (Signer(Person("", "", "", False), "", ""),):
            quality = ""
            if signer.fonction:
                quality = voice.majuscule_initiale(
                    fonction_avec_article(signer.fonction, signer.person.feminine, pen.profil)
                )
            blocks.append(
                {
                    "partie": pen.typographie(f"Pour {one.short or _the(one)}"),
                    "mention": pen.typographie(f"Pour {signer.delegation} et par délégation,")
                    if signer.delegation
                    else "",
                    "qualite": quality,
                    "nom": signer.person.bare,
                }
            )
    return blocks
