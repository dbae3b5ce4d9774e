"""All the contents as JSON, read and validated, with what is derived of each délibération: its state, who was
there, its vote. What is known of an agent stays out."""

from __future__ import annotations

import json
from datetime import date, time
from decimal import Decimal

from pydantic import BaseModel

from ctgdocs.assembly.ordre_du_jour import examine
from ctgdocs.assembly.sitting import find_sitting
from ctgdocs.content.heritage import inherit
from ctgdocs.content.library import Library
from ctgdocs.kinds import KINDS
from ctgdocs.kinds.deliberation import KIND as DELIBERATION
from ctgdocs.stages import Reader, Registry
from ctgdocs.vocabulary.registres import AGENTS, REGISTRES


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
