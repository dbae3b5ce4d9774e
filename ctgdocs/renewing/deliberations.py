"""One convention, one délibération for each collectivité that signs it.

What they share is written once, in a dossier; each délibération names its collectivité and takes the rest
from there. A commune decides in its own name: its file says so (`collectivite:`), and the page is its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from ctgdocs.composing import voice
from ctgdocs.composing.bodies import maire
from ctgdocs.content.spelling import Value, field_lines, scalar
from ctgdocs.findings import UsageError
from ctgdocs.french import avec_article, communes, de, enumeration
from ctgdocs.kinds.convention.acte import Acte
from ctgdocs.kinds.convention.parties import Partie, authority, is_public, named, record_of
from ctgdocs.renewing.work import years
from ctgdocs.stages import Entry, Reader
from ctgdocs.vocabulary.as_typed import A_COMPLETER, IDENTIFIANT, slug
from ctgdocs.vocabulary.registres import COLLECTIVITE, COMMUNES, VISAS

_CGCT = "le code général des collectivités territoriales, notamment son article L. 2121-29"
_OF_GROUPINGS = re.compile(r"L\. ?5[2-8]\d\d")  # the fifth part of the CGCT is not for communes
_OTHER_BODIES = ("statuts", "deliberation", "avis")


@dataclass(frozen=True, slots=True)
class Plan:
    """The files to write (path under content/ → text); the parties that have their délibération already
    or write it themselves, in French sentences."""

    files: dict[str, str]
    left_out: tuple[str, ...]


def deliberations(convention: Entry[Acte], reader: Reader) -> Plan:
    """What `nouveau deliberations --pour` writes. Raises UsageError when nobody has to deliberate."""
    dossier = f"deliberations-{convention.id}"
    files: dict[str, str] = {}
    left_out: list[str] = []
    for partie in convention.value.parties:
        reason = _left_out(partie, reader)
        if reason:
            left_out.append(reason)
        elif partie.collectivite or partie.commune:
            files[f"deliberations/{convention.id}-{_slug(partie, reader)}.yaml"] = _act(
                partie, reader, dossier
            )
    if not files:
        why = " ; ".join(left_out) or "elle n’est signée par aucune collectivité"
        raise UsageError(f"Aucune délibération à écrire pour « {convention.id} » : {why}.")
    return Plan({f"dossiers/{dossier}.yaml": _dossier(convention, reader), **files}, tuple(left_out))


def _left_out(partie: Partie, reader: Reader) -> str:
    """Why no file is written for a party that decides by a délibération; "" otherwise."""
    name = named(reader, partie)
    mandate = authority(reader, partie)
    if mandate is not None and mandate.known:
        return f"{name} a déjà la sienne ({mandate.number})"
    if not (partie.collectivite or partie.commune) and is_public(partie, record_of(reader, partie)):
        return f"{name} rédige la sienne"
    return ""


def _slug(partie: Partie, reader: Reader) -> str:
    return partie.commune or slug(named(reader, partie))


# --- the délibérations ----------------------------------------------------------------------------------


def _act(partie: Partie, reader: Reader, dossier: str) -> str:
    whom = "de la collectivité"
    said: dict[str, Value] = {"dossier": dossier}
    rapporteur = _executive(reader)
    if partie.commune:
        found = reader.find(COMMUNES, partie.commune)
        whom = f"de la commune {_of_the_commune(reader, partie.commune)}"
        said["collectivite"] = partie.commune
        rapporteur = (found.value.maire if found else None) or maire(reader, partie.commune)
    if rapporteur:
        said["rapporteur"] = rapporteur
    return _written(
        "deliberation",
        (
            f"Projet de délibération {whom}. L’objet, les visas, l’exposé et les décisions viennent de",
            f"content/dossiers/{dossier}.yaml ; ce qui est écrit ici l’emporte. À compléter par la",
            "collectivité : son numéro (numero:), puis la date de sa séance et son vote.",
        ),
        said,
    )


def _executive(reader: Reader) -> str:
    house = reader.find(COLLECTIVITE, "collectivite")
    return house.value.executif if house else ""


# --- what they share ------------------------------------------------------------------------------------


def _dossier(convention: Entry[Acte], reader: Reader) -> str:
    acte = convention.value
    title = voice.the(acte.titre)
    if acte.debut and acte.fin and years(acte.debut, acte.fin) not in title:
        title += f" {years(acte.debut, acte.fin)}"
    span = ""
    if acte.debut and acte.fin:
        span = f" pour la période du {{date:{acte.debut.isoformat()}}} au {{date:{acte.fin.isoformat()}}}"
    agreed = "e" if voice.is_feminine(acte.titre) else ""
    signers = enumeration(_signers(reader, acte))
    said: dict[str, Value] = {
        "objet": f"Approbation {voice.of_the(acte.titre)}{title.removeprefix(voice.the(acte.titre))}",
        "matiere": "8.2",
        "visas": list(_visas(acte, reader)),
        "considerants": [one for one in acte.considerants if not A_COMPLETER.search(one)],
        "contexte": (
            f"{{executif}} présente {title}, qui réunit {signers}{span}. Son texte est annexé à la présente "
            "délibération."
        ),
        "proposition": "[à compléter : ce que la convention apporte à la collectivité et attend d’elle]",
        "decisions": [
            f"d’approuver {title}, conclu{agreed}{span} et annexé{agreed} à la présente délibération",
            "d’autoriser {executif} à signer cette convention et tout document nécessaire à son exécution",
            "de désigner au comité de pilotage [à compléter : titulaire et suppléant]",
        ],
        "annexes": [f"{voice.majuscule_initiale(title.partition(' ')[2])}"],
    }
    return _written(
        "dossiers",
        (
            f"Ce que disent toutes les délibérations qui approuvent {convention.id} : écrit une",
            "fois, repris par chacune. {executif} y est celui de la collectivité qui délibère.",
        ),
        {name: value for name, value in said.items() if value},
    )


def _signers(reader: Reader, acte: Acte) -> Iterator[str]:
    """« la Caisse d’allocations familiales de… », « les communes de Lavol et Faudols »."""
    for together, parties in groupby(acte.parties, key=lambda partie: bool(partie.commune)):
        if together:
            named = list(parties)
            article = "les" if len(named) > 1 else "la"
            yield f"{article} {communes([_of_the_commune(reader, one.commune or '') for one in named])}"
        else:
            yield from (_in_full(reader, partie) for partie in parties)


def _of_the_commune(reader: Reader, id: str) -> str:
    found = reader.find(COMMUNES, id)
    return de(found.value.nom, elision=found.value.elision, departement=False) if found else f"de {id}"


def _in_full(reader: Reader, partie: Partie) -> str:
    if partie.collectivite:
        house = reader.find(COLLECTIVITE, "collectivite")
        return voice.the(house.value.nom) if house else "la collectivité"
    record = record_of(reader, partie)
    name = record.nom if record else partie.nom or ""
    known = avec_article(name)
    return known if known != name else voice.the(name)


def _visas(acte: Acte, reader: Reader) -> Iterator[Value]:
    """The convention's own visas that any collectivité may cite."""
    yield _CGCT
    for visa in acte.visas:
        text = visa.texte or ""
        known = reader.find(VISAS, text) if IDENTIFIANT.fullmatch(text) else None
        if not text or A_COMPLETER.search(text) or (known and known.value.rang in _OTHER_BODIES):
            continue
        if not _OF_GROUPINGS.search(known.value.texte if known else text):
            yield text


def _written(schema: str, comments: tuple[str, ...], said: dict[str, Value]) -> str:
    lines = [f"# yaml-language-server: $schema=../.schemas/{schema}.json", *(f"# {one}" for one in comments)]
    for name, value in said.items():
        if isinstance(value, str) and len(value) > 80:
            lines += [f"{name}: |", f"  {value}"]
        elif isinstance(value, str):
            lines.append(f"{name}: {scalar(value)}")
        else:
            lines += field_lines(name, value)
    return "\n".join(lines) + "\n"
