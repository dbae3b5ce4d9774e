"""What is typed by hand in a content file, text by text, and what is still to write in it: G9."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Protocol, runtime_checkable

from ctgdocs.content.heritage import Heir
from ctgdocs.findings import Place
from ctgdocs.rules.rule import ALERTE, ERREUR, TEXT, Said, Typed, rule
from ctgdocs.stages import Entry, Mapping, Node, Reader, Steps, Text

# --- The texts of an act


def typed_texts(act: Entry[object]) -> Iterator[Typed]:
    """Every text of the file of an act, and of the dossier it cites."""
    for entry in (act.base, act.dossier) if isinstance(act, Heir) else (act,):
        if entry is not None:
            for path, text in texts(entry.source.root):
                yield Typed(act, entry, path, text)


def texts(node: Node, path: Steps = ()) -> Iterator[tuple[Steps, Text]]:
    """The values under `node`, as typed, with their path."""
    if isinstance(node, Text):
        yield path, node
    else:
        for step, child in node.items() if isinstance(node, Mapping) else enumerate(node):
            yield from texts(child, (*path, step if isinstance(step, int) else str(step)))


# --- G9: what a person must still write, `[à compléter : …]`, wherever it stands


PLACEHOLDER = re.compile(r"\[\s*[àÀa]\s+compl[ée]ter\b[^\]]*\]", re.IGNORECASE)


@runtime_checkable
class EverAProjet(Protocol):
    """An act that knows whether it is still a projet."""

    @property
    def projet(self) -> bool: ...


@rule(
    "G9",
    "Rien ne reste à compléter dans un acte qui n’est plus un projet",
    ERREUR,
    "cohérence de l’acte",
    on=TEXT,
)
def nothing_left_to_write(typed: Typed, reader: Reader) -> Iterator[Said]:
    """Each `[à compléter : …]` of an act that is a projet first: a reminder while it is one, an error
    afterwards. Other brackets are words; an act that is never a projet says nothing of its own."""
    if "[" in typed.text and isinstance(typed.act.value, EverAProjet):
        for place, words in placeholders(typed):
            yield left(place, words, projet=typed.act.value.projet)


def placeholders(typed: Typed) -> Iterator[tuple[Place, str]]:
    """Every placeholder of a text, where it stands, as typed."""
    for found in PLACEHOLDER.finditer(typed.text):
        yield typed.place(found.start()), found[0]


def left(place: Place, words: str, *, projet: bool) -> Said:
    """G9 of one placeholder."""
    return Said(
        f"il reste à compléter : {shortened(words)}",
        place,
        "remplacez ces crochets par ce qui a été décidé",
        severity=ALERTE if projet else ERREUR,
    )


def shortened(text: str, length: int = 70) -> str:
    """What is between the brackets, on one line: « à compléter : qui pilote ? » gives « qui pilote ? »."""
    inner = " ".join(text.strip("[] ").split())
    inner = re.sub(r"^à\s+compl[ée]ter\s*:?\s*", "", inner, flags=re.IGNORECASE) or "sans précision"
    return f"« {inner if len(inner) <= length else inner[: length - 1] + '…'} »"
