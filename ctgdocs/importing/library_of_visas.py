"""From a folder of past acts, the library of visas: each distinct text, how often, when last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from ctgdocs.content.beginning import visa_named
from ctgdocs.content.edit import Node, Scalar, written
from ctgdocs.french import slug
from ctgdocs.importing.acts import read_act
from ctgdocs.importing.document import Document
from ctgdocs.importing.reader import Proposal, Proposed
from ctgdocs.vocabulary.registres import VISAS

if TYPE_CHECKING:
    from ctgdocs.content.library import Library


class Use(NamedTuple):
    """A text that acts rest on: how many times, and the day of the last one ("" when none says its day)."""

    text: str
    times: int
    last: str


def uses_of(documents: Iterable[Document]) -> list[Use]:
    """The distinct visas of these acts, the most frequent first; capitals, accents and signs do not count."""
    texts: dict[str, str] = {}
    counts: dict[str, int] = {}
    lasts: dict[str, str] = {}
    for document in documents:
        act = read_act(document)
        day = act.days.get("seance") or act.days.get("signature", "")
        for text in act.visas:
            key = slug(text)
            texts.setdefault(key, text)
            counts[key] = counts.get(key, 0) + 1
            lasts[key] = max(lasts.get(key, ""), day)
    return sorted(
        (Use(texts[key], counts[key], lasts[key]) for key in texts), key=lambda use: (-use.times, use.text)
    )


def proposal(uses: list[Use], library: Library) -> Proposal:
    """The entries that join visas.yaml: those that it does not have, each with how it is used, to be checked.
    What one act alone rests on (an avis, a délibération) is told and left."""
    known = {slug(one.value.texte) for id in library.ids(VISAS) if (one := library.find(VISAS, id))}
    taken = set(library.ids(VISAS))
    records: list[str] = []
    said = []
    for use in uses:
        where = f"{use.times} fois" + (f", la dernière le {use.last}" if use.last else "")
        if slug(use.text) in known:
            said.append(f"{where} : {use.text} (déjà dans visas.yaml)")
            continue
        id, fields = visa_named(use.text)
        if not fields.get("rang") or (
            use.times == 1 and fields["rang"] in ("avis", "deliberation", "arrete")
        ):
            said.append(f"{where} : {use.text} (laissé)")
            continue
        said.append(f"{where} : {use.text}")
        records.append(f"# à vérifier : visé {where}\n{''.join(_entry(_free(id, taken), fields))}")
    files = (Proposed(VISAS.path, "\n".join(records), "added"),) if records else ()
    return Proposal("visas", files, (), tuple(said), (), "ctgdocs verifier")


def _free(id: str, taken: set[str]) -> str:
    name, rank = id, 2
    while name in taken:
        name, rank = f"{id}-{rank}", rank + 1
    taken.add(name)
    return name


def _entry(id: str, fields: dict[str, str]) -> Iterator[str]:
    record: dict[str, Node] = {name: Scalar(value) for name, value in fields.items()}
    yield written({id: record})
