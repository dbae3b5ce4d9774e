"""The adopted délibérations as open data, one row an act: the « Délibérations » schema of the Socle commun
des données locales, version 2.1.5 (schema.data.gouv.fr/scdl/deliberations).

What the schema leaves unclear is read so: VOTE_REEL is the number of votants, VOTE_EFFECTIF that of the
members in office. A délibération that was rejected, withdrawn, or is still a projet is not published.

And all the contents as JSON, read and validated, with what is derived of each délibération: its state, who
was there, its vote. What is known of an agent stays out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, time
from decimal import Decimal
from typing import Final

from pydantic import BaseModel

from ctgdocs.assembly.ordre_du_jour import examine, ordre_du_jour
from ctgdocs.assembly.sitting import Sitting, find_sitting
from ctgdocs.composing.pen import Pen
from ctgdocs.content.heritage import inherit
from ctgdocs.content.library import Library
from ctgdocs.content.sheets import csv_of
from ctgdocs.findings import Finding, Severity, UsageError
from ctgdocs.kinds import KINDS
from ctgdocs.kinds.deliberation import KIND as DELIBERATION
from ctgdocs.stages import Entry, Reader, Registry
from ctgdocs.vocabulary.actes import MATIERES, SANS_NUMERO, Deliberation, numero_de
from ctgdocs.vocabulary.registres import AGENTS, COLLECTIVITE, REGISTRES, SEANCES

VERSION: Final = "2.1.5"
SCHEMA: Final = "deliberations.schema.json"
_MATTERS: Final = tuple(code for code in MATIERES if "." in code)

FIELDS: Final[tuple[tuple[str, str, str, Mapping[str, object]], ...]] = (
    ("COLL_NOM", "Nom de la collectivité", "string", {"required": True}),
    ("COLL_SIRET", "SIRET de la collectivité", "string", {"required": True, "pattern": r"^\d{14}$"}),
    ("DELIB_ID", "Numéro de la délibération", "string", {"required": True}),
    ("DELIB_DATE", "Date de la séance", "date", {"required": True}),
    ("DELIB_MATIERE_CODE", "Code de la matière", "string", {"required": True, "enum": list(_MATTERS)}),
    ("DELIB_MATIERE_NOM", "Matière, aux deux premiers niveaux", "string", {"required": True}),
    ("DELIB_OBJET", "Objet", "string", {"required": True}),
    ("BUDGET_ANNEE", "Année du budget", "string", {"pattern": r"^[0-9]{4}(\/[0-9]{4})?$"}),
    ("BUDGET_NOM", "Nom du budget", "string", {}),
    ("PREF_ID", "Préfecture ou sous-préfecture", "string", {"pattern": r"^(PREF|SGAR)\d{3}$|^SPREF\d{4}$"}),
    ("PREF_DATE", "Date de transmission", "date", {}),
    ("VOTE_EFFECTIF", "Membres en exercice", "integer", {"minimum": 0}),
    ("VOTE_REEL", "Votants", "integer", {"minimum": 0}),
    ("VOTE_POUR", "Voix pour", "integer", {"minimum": 0}),
    ("VOTE_CONTRE", "Voix contre", "integer", {"minimum": 0}),
    ("VOTE_ABSTENTION", "Abstentions", "integer", {"minimum": 0}),
    ("DELIB_URL", "Adresse du document", "string", {}),
)
COLUMNS: Final = tuple(name for name, _, _, _ in FIELDS)


def schema() -> bytes:
    """The columns as a Table Schema, of our own words."""
    fields = [
        {"name": name, "title": title, "type": kind, **({"constraints": rules} if rules else {})}
        for name, title, kind, rules in FIELDS
    ]
    told = {
        "$schema": "https://specs.frictionlessdata.io/schemas/table-schema.json",
        "name": "deliberations",
        "title": "Délibérations adoptées",
        "version": VERSION,
        "homepage": "https://schema.data.gouv.fr/scdl/deliberations/",
        "fields": fields,
        "missingValues": [""],
    }
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def rows(library: Library, annee: int | None = None) -> tuple[list[dict[str, str]], list[Finding]]:
    """The adopted délibérations, séance by séance, and what keeps some out. UsageError without a SIRET."""
    reader = library.reader()
    house = reader.find(COLLECTIVITE, COLLECTIVITE.name)
    if house is None or house.value.siret is None:
        raise UsageError(
            "L’export demande le SIRET de la collectivité : ajoutez siret à content/collectivite.yaml."
        )
    held = (find_sitting(reader, id) for id in reader.ids(SEANCES))
    sittings = [one for one in held if one and one.delibere and annee in (None, one.jour.year)]
    said: list[dict[str, str]] = []
    findings: list[Finding] = []
    for sitting in sorted(sittings, key=lambda one: (one.jour, one.entry.id)):
        for act in _adopted(sitting, reader):
            lacking = _lacking(act)
            if lacking:
                message = f"cette délibération n’est pas exportée : {lacking}"
                findings.append(Finding("scdl", Severity.ALERTE, message, act.place()))
            else:
                said.append(_row(act, sitting, reader))
    return said, findings


def _adopted(sitting: Sitting, reader: Reader) -> Iterator[Entry[Deliberation]]:
    for point in ordre_du_jour(sitting, reader):
        if point.act is None or point.act.value.retrait is not None:
            continue
        if examine(point.act, sitting).etat in ("adoptee", "executoire"):
            yield point.act


def _lacking(act: Entry[Deliberation]) -> str:
    """What the schema asks for and the act does not say."""
    if numero_de(act.value.numero, act.id) == SANS_NUMERO:
        return "elle n’a pas de numéro (ctgdocs numeroter)"
    if _matter(act) not in _MATTERS:
        return "sa matière doit être celle de la nomenclature ACTES, à deux niveaux : « 8.2 »"
    return ""


def _matter(act: Entry[Deliberation]) -> str:
    return ".".join((act.value.matiere or "").split(".")[:2])


def matter_name(code: str) -> str:
    """« domaines de compétences par thèmes/aide sociale »: both levels, without a comma nor brackets.

    >>> matter_name("8.5")
    'domaines de compétences par thèmes/politique de la ville habitat logement'
    """
    levels = (MATIERES[code.partition(".")[0]], MATIERES[code])
    return "/".join(re.sub(r"[,()]", "", level.lower()) for level in levels)


def _row(act: Entry[Deliberation], sitting: Sitting, reader: Reader) -> dict[str, str]:
    house, seen, code = sitting.collectivite, examine(act, sitting), _matter(act)
    sent = act.value.transmission
    row = dict.fromkeys(COLUMNS, "")
    row |= {
        "COLL_NOM": house.nom,
        "COLL_SIRET": house.siret or "",
        "DELIB_ID": numero_de(act.value.numero, act.id),
        "DELIB_DATE": sitting.jour.isoformat(),
        "DELIB_MATIERE_CODE": code,
        "DELIB_MATIERE_NOM": matter_name(code),
        "DELIB_OBJET": Pen(act, reader).words(act.value.objet, "objet"),
        "PREF_ID": _prefecture(sitting),
        "PREF_DATE": sent.isoformat() if sent and sent >= sitting.jour else "",
    }
    if seen.moment is not None and seen.scrutin is not None:
        row |= {
            "VOTE_EFFECTIF": str(seen.moment.presence.en_exercice),
            "VOTE_REEL": str(seen.scrutin.votants),
            "VOTE_POUR": str(seen.scrutin.pour),
            "VOTE_CONTRE": str(seen.scrutin.contre),
            "VOTE_ABSTENTION": str(seen.scrutin.abstentions),
        }
    return row


def _prefecture(sitting: Sitting) -> str:
    """« PREF082 » for the préfecture; the number of a sous-préfecture is not known."""
    state, department = sitting.collectivite.representant_de_l_etat or "", sitting.collectivite.departement
    here = state.casefold().startswith("préfecture") and department.isdigit()
    return f"PREF{department.zfill(3)}" if here else ""


def as_csv(found: list[dict[str, str]]) -> bytes:
    """UTF-8, commas, one header: as the schema's validators read it."""
    return csv_of([COLUMNS, *([row[column] for column in COLUMNS] for row in found)], ",")


def everything(library: Library) -> tuple[bytes, int, list[str]]:
    """The JSON text, how many entries it holds, and the keys of those in error."""
    reader, left_out, count = library.reader(), list[str](), 0
    told: dict[str, dict[str, object]] = {}
    for registry in (*REGISTRES, *(kind.registry for kind in KINDS)):
        if registry.name == AGENTS.name:
            continue
        entries, wrong = _of(registry, reader)
        left_out += wrong
        count += len(entries)
        told[registry.name] = entries
    derived = {id: said for id in told[DELIBERATION.name] if (said := _derived(id, reader))}
    text = json.dumps(
        {**told, "derive": derived}, ensure_ascii=False, indent=1, sort_keys=True, default=_plain
    )
    return (text + "\n").encode("utf-8"), count, left_out


def _of(registry: Registry[BaseModel], reader: Reader) -> tuple[dict[str, object], list[str]]:
    entries: dict[str, object] = {}
    wrong = []
    for id in reader.ids(registry):
        found = reader.find(registry, id)
        if found is None:
            wrong.append(f"{registry.name}/{id}")
        else:
            entries[id] = inherit(found, reader).value.model_dump(exclude_defaults=True, warnings=False)
    return entries, wrong


def _derived(id: str, reader: Reader) -> dict[str, object]:
    """What a délibération does not type: its state and its figures."""
    found = reader.find(DELIBERATION.registry, id)
    act = inherit(found, reader) if found else None
    sitting = find_sitting(reader, act.value.seance) if act and act.value.seance else None
    if act is None:
        return {}
    seen = examine(act, sitting)
    said: dict[str, object] = {"etat": seen.etat}
    if seen.moment is not None:
        there = seen.moment.presence
        said |= {
            "en_exercice": there.en_exercice,
            "presents": [one.elu for one in there.presents],
            "pouvoirs": {one.mandant: one.mandataire for one in there.pouvoirs},
            "quorum": there.quorum,
        }
    if seen.scrutin is not None:
        vote = seen.scrutin
        said |= {
            "votants": vote.votants,
            "pour": vote.pour,
            "contre": vote.contre,
            "abstentions": vote.abstentions,
            "adoptee": vote.adoptee,
        }
    return said


def _plain(value: object) -> str:
    """What JSON has no word for."""
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return str(value)
