"""How an old convention is known, and what the lines of its title say: its name, its object, its version, the
convention that it comes from; those of its period are read elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import NamedTuple

from ctgdocs.content.edit import Node, Scalar
from ctgdocs.findings import CtgdocsError
from ctgdocs.importing import Document, Para, share, words
from ctgdocs.importing.titles import in_small_letters, is_shouted
from ctgdocs.importing.worded import DAY, a_day, compiled
from ctgdocs.kinds.convention.from_dates import is_period
from ctgdocs.kinds.convention.from_sections import ARTICLE

NAMES_ITSELF = re.compile(
    r"\b(?:convention|avenant|contrat|protocole|projet\s+éducatif|pedt|charte|accord)\b", re.IGNORECASE
)
_VERSION = compiled(rf"(?:projet\W+)?version\s+du\s+(?P<day>{DAY})\W*")
_FROM = compiled(rf"à\s+compter\s+du\s+(?P<day>{DAY})\W*")
_APPLIES = compiled(r"(?:prise?\s+)?en\s+application\s+d.{5,200}")


def recognise(document: Document) -> float:
    """How much a document looks like a convention: it names itself so, has parties, articles, a signature."""
    if document.tabular:
        return 0.0
    text = document.words
    head = text[:1500]
    named = NAMES_ITSELF.search(head) is not None
    articles = sum(1 for line in text.splitlines() if ARTICLE.match(line))
    numbered = sum(1 for para in document.paras() if ARTICLE.match(para.number))
    marks = share(
        text,
        r"^\W*entre\b|les\s+soussignés",
        r"ci-après|d.une\s+part|représentée?s?\s+par",
        r"présente\s+convention|conviennent|convenu",
        r"^fait\s+(?:à|en)\b",
        r"\bparties?\b|signataires?",
    )
    a_vote = share(
        text,
        r"après\s+en\s+avoir\s+délibéré|\barrête\s*:?\s*$|(?-i:\bD[ÉE]CIDE\b)|extrait\s+du\s+registre",
    )
    return max(0.0, min(1.0, 0.35 * named + 0.15 * min(articles + numbered, 2) + 0.4 * marks) - 0.6 * a_vote)


class Title(NamedTuple):
    """The name of the convention, and the other fields that its title fills."""

    titre: Scalar
    others: dict[str, Node]


def title_of(paras: Sequence[Para], period: dict[str, Node], parent: Callable[[str], Scalar | None]) -> Title:
    """Reads the lines of a title. `parent`: the convention that a line names, None for none known."""
    lines = [line for para in paras if (line := para.text.strip(" –-:"))]
    at = next((at for at, line in enumerate(lines) if NAMES_ITSELF.search(line)), 0 if lines else -1)
    if at < 0:
        return Title(Scalar("Convention", "titre à écrire"), {})
    fields: dict[str, Node] = {}
    others = [line for index, line in enumerate(lines) if index != at and not is_period(line)]
    others = [line for line in others if not _told(line, fields, period, parent)]
    said = ". ".join(in_small_letters(line).rstrip(".") for line in others)
    shouted = any(map(is_shouted, others))
    doubt = "écrit en capitales dans l’original" if shouted else "à relire" if len(others) > 2 else ""
    if said:
        fields = {"objet": Scalar(words(said), doubt), **fields}
    return Title(Scalar(words(in_small_letters(lines[at]))), fields)


def _told(
    line: str, fields: dict[str, Node], period: dict[str, Node], parent: Callable[[str], Scalar | None]
) -> bool:
    """Takes a line that a field of its own says."""
    if found := _VERSION.fullmatch(line):
        fields["version"] = Scalar(a_day(found["day"]))
    elif found := _FROM.fullmatch(line):
        begins = period.get("debut")
        return isinstance(begins, Scalar) and begins.text == a_day(found["day"])
    elif _APPLIES.fullmatch(line):
        known = None
        with suppress(CtgdocsError):
            known = parent(line)
        if known is None:
            return False
        fields["parente"] = known
    else:
        return False
    return True
