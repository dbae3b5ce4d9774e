"""An act that has left the house is sealed: its document is never written again.

The document says so itself (word/fingerprint.py), whatever its content says now and whatever is remembered:
one that was written before the act left is no seal, and is written once more to bear its dates. The blanks
kept for a later date (« Publication : le …… ») may still be filled; no other word changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ctgdocs.content.library import Document
from ctgdocs.findings import Finding, Place, Related, Severity
from ctgdocs.memory.records import Record
from ctgdocs.word import changed_words

CHANGED = "scelle"
MADE_AGAIN = "scelle-refait"
QUOTED = "cite-scelle"
_BLANK = re.compile("…{4,}")


def only_fills_blanks(before: Sequence[str], after: Sequence[str]) -> bool:
    """True when dots to fill are all that differs.

    >>> only_fills_blanks(["Publication : le ……………"], ["Publication : le 21 octobre 2026"])
    True
    >>> only_fills_blanks(["Transmission : le 20 octobre 2026"], ["Transmission : le 21 octobre 2026"])
    False
    """
    return len(before) == len(after) and all(map(_is_filled, before, after))


def _is_filled(before: str, after: str) -> bool:
    pattern = "(?:.+)".join(re.escape(piece) for piece in _BLANK.split(before))
    return re.fullmatch(pattern, after) is not None


class Act(NamedTuple):
    """A sealed act: the act that would correct it, where its document stands, and what made it leave."""

    document: Document
    corrected_by: str
    path: str
    since: str


def changed(act: Act, before: Sequence[str], after: Sequence[str]) -> Finding:
    """What is said of a sealed act whose content no longer says what its document does."""
    id, words = act.document.id, ", ".join(changed_words(before, after))
    remedy = f"prenez {act.corrected_by}, ou annulez ce changement"
    lifting = f'« ctgdocs desceller {id} --motif "…" » lève le scellé une fois, pour une erreur de saisie'
    return Finding(
        CHANGED,
        Severity.ALERTE,
        _message([id]),
        Place(act.document.path),
        related=(Related(Place(act.path), f"{id}, scellé depuis {act.since} : {words}"),),
        hints=(remedy if act.corrected_by else "annulez ce changement", lifting),
    )


def _message(names: Sequence[str]) -> str:
    if len(names) == 1:
        return "acte scellé : son document n’est pas réécrit, bien que son contenu ait changé depuis"
    return (
        f"{len(names)} actes scellés : leurs documents ne sont pas réécrits, bien que leur contenu ait "
        f"changé depuis ({', '.join(names)})"
    )


def is_changed(record: Record) -> bool:
    """True for a sealed act whose content has changed since, as the last run found it."""
    return any(finding.code == CHANGED for finding in record.findings or ())


def made_again(record: Record) -> Finding:
    """What is said once of a sealed document that was no longer there."""
    return Finding(
        MADE_AGAIN,
        Severity.ALERTE,
        "acte scellé dont le document n’était plus là : il est refait d’après le contenu d’aujourd’hui",
        Place(record.output),
        hints=("comparez-le à l’exemplaire transmis ou signé, ou remettez celui-ci à cette place",),
    )


def gathered(findings: Iterable[Finding]) -> list[Finding]:
    """The findings, those of sealed acts in one: a correction that touches ten of them is one message."""
    found = list(dict.fromkeys(findings))
    sealed = sorted((one for one in found if one.code == CHANGED), key=Finding.sort_key)
    if len(sealed) < 2:
        return found
    related = tuple(dict.fromkeys(each for one in sealed for each in one.related))
    names = [each.message.partition(", scellé")[0] for each in related]
    hints = tuple(dict.fromkeys(hint for one in sealed for hint in one.hints))
    together = sealed[0]._replace(message=_message(names), related=related, hints=_few(hints))
    return [*(one for one in found if one.code != CHANGED), together]


def _few(hints: Sequence[str]) -> tuple[str, ...]:
    """The hints of several acts: each remedy, and the command once."""
    command = [hint for hint in hints if "desceller" in hint][:1]
    return (*(hint for hint in hints if "desceller" not in hint), *command)
