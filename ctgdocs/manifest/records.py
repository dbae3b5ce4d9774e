"""What is remembered of one document and of one registry file, as plain JSON values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, TypeAlias

from ctgdocs.findings import Finding, Place, Related, Severity

Reads: TypeAlias = tuple[Mapping[str, str], ...]
"""What a document read, one mapping key → digest per registry. Mappings are shared between documents."""


@dataclass(frozen=True, slots=True)
class Record:
    """One document, as the last run left it.

    `source` and `source_digest`: its content file. `reads`: every registry entry, attached file and
    listing it consulted, with the digest it had. `context`: digest of what the page says. `template`,
    `charte`: the file and its digest (`deliberations/deliberation.docx@1f2e…`). `output`, `output_digest`:
    the file as last written; `beside`, `beside_digest`: the new version put beside a hand-edited output.
    `findings`: to show again. `locked`: it was signed when it was written.
    """

    kind: str
    source: str
    source_digest: str = ""
    context: str = ""
    template: str = ""
    charte: str = ""
    program: str = ""
    output: str = ""
    output_digest: str = ""
    beside: str = ""
    beside_digest: str = ""
    locked: bool = False
    reads: Reads = ()
    findings: tuple[Finding, ...] = ()

    @property
    def in_error(self) -> bool:
        return any(finding.blocking for finding in self.findings)

    def with_reads(self, reads: Reads) -> Record:
        return replace(self, reads=reads)

    def to_json(self) -> dict[str, Any]:
        """Only what is not empty, without the reads: they are kept apart."""
        found = {name: value for name in NAMES if (value := getattr(self, name))}
        if self.findings:
            found["findings"] = [finding_to(one) for one in self.findings]
        return found

    @classmethod
    def from_json(cls, found: Mapping[str, Any], reads: Reads = ()) -> Record:
        values = {name: value for name, value in found.items() if name in KNOWN}
        if "findings" in values:
            values["findings"] = tuple(finding_from(one) for one in values["findings"])
        return cls(**values, reads=reads)


NAMES = sorted(one.name for one in fields(Record) if one.name != "reads")
KNOWN = frozenset(NAMES)


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A registry file as last read: its digest, those of its entries and listings, what it had to say, and
    what its own checks read elsewhere."""

    digest: str
    entries: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    reads: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        found: dict[str, Any] = {"digest": self.digest}
        if self.entries:
            found["entries"] = dict(sorted(self.entries.items()))
        if self.findings:
            found["findings"] = [finding_to(one) for one in self.findings]
        if self.reads:
            found["reads"] = dict(sorted(self.reads.items()))
        return found

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> FileRecord:
        return cls(
            found["digest"],
            found.get("entries", {}),
            tuple(finding_from(one) for one in found.get("findings", ())),
            found.get("reads", {}),
        )


def finding_to(finding: Finding) -> dict[str, Any]:
    """A finding as JSON: flat, without its empty values."""
    found: dict[str, Any] = {
        "severity": finding.severity.value,
        "code": finding.code,
        **_place_to(finding.place),
        "message": finding.message,
        "related": [{**_place_to(one.place), "message": one.message} for one in finding.related],
        "hints": finding.hints,
        "source": finding.source,
    }
    return {name: value for name, value in found.items() if value}


def finding_from(found: Mapping[str, Any]) -> Finding:
    return Finding(
        found.get("code", ""),
        Severity(found.get("severity", "erreur")),
        found.get("message", ""),
        _place_from(found),
        tuple(Related(_place_from(one), one.get("message", "")) for one in found.get("related", ())),
        tuple(found.get("hints", ())),
        found.get("source", ""),
    )


def _place_to(place: Place) -> dict[str, Any]:
    return {name: value for name, value in place._asdict().items() if value}


def _place_from(found: Mapping[str, Any]) -> Place:
    return Place(**{name: found[name] for name in Place._fields if name in found})
