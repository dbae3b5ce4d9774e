"""G9: what a person must still write, `[à compléter : …]`, wherever it stands in a content file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ctgdocs.checks.catalogue import G9
from ctgdocs.findings import Finding, Place, Severity
from ctgdocs.stages import Entry, Mapping, Node, Path, Text

PLACEHOLDER = re.compile(r"\[\s*[àÀa]\s+compl[ée]ter\b[^\]]*\]", re.IGNORECASE)


def found(entry: Entry) -> list[tuple[Place, str]]:
    """Every placeholder of a content file, where it stands, as typed."""
    return [
        (entry.place_in(path, *at), text)
        for path, node in texts(entry.source.root)
        for text, at in inside(node)
    ]


def check_a_completer(entry: Entry, *, projet: bool) -> Iterator[Finding]:
    """An `alerte` each while the act is a projet, an `erreur` once it is not."""
    for place, text in found(entry):
        yield blank(place, text, projet=projet)


def blank(place: Place, text: str, *, projet: bool) -> Finding:
    """The finding of one placeholder."""
    return G9.finding(
        f"il reste à compléter : {shortened(text)}",
        place,
        "remplacez ces crochets par ce qui a été décidé",
        severity=Severity.ALERTE if projet else Severity.ERREUR,
    )


def texts(node: Node, path: Path = ()) -> Iterator[tuple[Path, Text]]:
    """The values under `node` that hold a bracket, with their path."""
    if isinstance(node, Text):
        if "[" in node:
            yield path, node
        return
    children = node.items() if isinstance(node, Mapping) else enumerate(node)
    for step, child in children:
        if "[" in child if child.__class__ is Text else child:
            yield from texts(child, (*path, step if isinstance(step, int) else str(step)))


def inside(text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """Each placeholder of a text, with its line and column, counted from 0."""
    for match in PLACEHOLDER.finditer(text):
        start = match.start()
        yield match[0], (text.count("\n", 0, start), start - (text.rfind("\n", 0, start) + 1))


def shortened(text: str, length: int = 70) -> str:
    """What is between the brackets, on one line: « à compléter : qui pilote ? » gives « qui pilote ? »."""
    inner = " ".join(text.strip("[] ").split())
    inner = re.sub(r"^à\s+compl[ée]ter\s*:?\s*", "", inner, flags=re.IGNORECASE) or "sans précision"
    return f"« {inner if len(inner) <= length else inner[: length - 1] + '…'} »"
