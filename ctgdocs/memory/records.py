"""What is remembered of one document: its inputs, what it read, and what there was to say of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from ctgdocs.findings import Finding, Place, Related, Severity
from ctgdocs.prose import Prose
from ctgdocs.stages import Composition

PRIVATE = ("agents/", "content/agents/", "fichier/content/agents/")


class Inputs(NamedTuple):
    """All that rendering is given: the digest of what the page says, the template and the charte with theirs,
    the program, and where the document goes. The same inputs make the same bytes."""

    context: str
    template: str
    template_digest: str
    charte: str
    charte_digest: str
    program: str
    output: str


NOTHING = Inputs("", "", "", "", "", "", "")


@dataclass(frozen=True, slots=True)
class Record:
    """One document, as the last run left it.

    `source`, `source_digest`: its content file. `output_digest`: the file as last written; `beside`: the new
    version put beside an output edited by hand. `sealed`: the file that stands there is that of an
    act that has left the house. `findings`: to say again; None when they are not kept, since they may quote
    personal data: the document is looked at again.
    """

    kind: str
    source: str
    source_digest: str = ""
    inputs: Inputs = NOTHING
    output_digest: str = ""
    beside: str = ""
    beside_digest: str = ""
    sealed: bool = False
    findings: tuple[Finding, ...] | None = ()

    @property
    def output(self) -> str:
        return self.inputs.output

    @property
    def in_error(self) -> bool:
        return any(finding.blocking for finding in self.findings or ())


class Pack(NamedTuple):
    """What a document read in one registry: key → digest. Equal packs have one name."""

    name: str
    reads: Mapping[str, str]


@lru_cache(maxsize=256)
def _pack(items: frozenset[tuple[str, str]]) -> Pack:
    summary = "\n".join(f"{key} {digest}" for key, digest in sorted(items))
    return Pack(hashlib.sha256(summary.encode("utf-8", "surrogatepass")).hexdigest()[:16], dict(items))


def packs_of(reads: Mapping[str, str]) -> tuple[Pack, ...]:
    """What one document read, one pack a registry; documents that read the same share them."""
    by_registry: dict[str, list[tuple[str, str]]] = {}
    for item in reads.items():
        by_registry.setdefault(item[0].partition("/")[0], []).append(item)
    return tuple(_pack(frozenset(items)) for items in by_registry.values())


def is_private(keys: Iterable[str]) -> bool:
    """True when one of these entries or files is about an agent as a person."""
    return any(key.startswith(PRIVATE) for key in keys)


def context_digest(said: Composition, *settings: str) -> str:
    """The digest of what a page says, `settings` (watermark, options) included. Two contexts that print the
    same have the same digest, in any process and on any machine."""
    whole = [said.context, said.template, said.output, said.title, said.watermark, said.sealed, *settings]
    return hashlib.sha256(_encoder.encode(whole).encode("utf-8", "surrogatepass")).hexdigest()


def _plain(value: Any) -> Any:
    """Prose as JSON lists: its blocks are tuples, each type of a shape of its own; a picture is its digest.
    Nothing else has a place in a context (rendering says so too)."""
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    return ("prose", value.blocks) if isinstance(value, Prose) else [type(value).__name__, str(value)]


_encoder = json.JSONEncoder(ensure_ascii=False, check_circular=False, default=_plain)


def finding_to(finding: Finding) -> list[Any]:
    """A finding as JSON."""
    return list(finding)


def finding_from(found: Sequence[Any]) -> Finding:
    code, severity, message, place, related, hints, source = found
    others = tuple(Related(Place(*its_place), what) for its_place, what in related)
    return Finding(code, Severity(severity), message, Place(*place), others, tuple(hints), source)
