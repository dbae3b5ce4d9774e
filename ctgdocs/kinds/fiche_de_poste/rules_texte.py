"""The rules on the texts of a post, read twice: for what they repeat, and for what should not be shared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ctgdocs.findings import Related
from ctgdocs.kinds.fiche_de_poste.acte import Acte
from ctgdocs.kinds.fiche_de_poste.tree import as_typed
from ctgdocs.patterns import regex
from ctgdocs.rules.rule import ALERTE, Said, rule
from ctgdocs.stages import Entry, Reader, Steps
from ctgdocs.vocabulary.as_typed import shown
from ctgdocs.vocabulary.registres import AGENTS

SHORTEST = 60
"""Characters under which a sentence may come back: « Relations avec les élus » is no repetition."""


_SENTENCE = regex(r"(?<=[.!?;])\s+(?=[A-ZÀ-Ý«])|\n\s*\n|\n\s*[-*•]\s+")


_WORDS = regex(r"\w+")


_DIGIT = regex(r"\d")


_BIRTH = regex(r"\bn[ée]+(?:\(e\))?e?\s+le\s+\d{1,2}[\s/.]|\bdate de naissance\s*:?\s*\d", re.IGNORECASE)


_NIR = regex(r"\b[12]\s?\d{2}\s?(?:0[1-9]|1[0-2]|[2-9]\d)\s?(?:\d{2}|2[AB])\s?\d{3}\s?\d{3}(?:\s?\d{2})?\b")


_IBAN = regex(r"\bFR\d{2}(?:\s?[\dA-Z]{4}){5}\s?[\dA-Z]{3}\b", needs="fr")


_PRIVATE = (
    (_NIR, "un numéro de sécurité sociale"),
    (_IBAN, "un compte bancaire"),
    (_BIRTH, "une date de naissance"),
)


class _Said(NamedTuple):
    """One sentence: as typed, where it stands, and the heading it belongs to."""

    text: str
    path: Steps
    heading: Steps


def _texts(acte: Acte) -> Iterator[tuple[Steps, Steps, str]]:
    """(heading, path, text) of every long text of the post."""
    if acte.employeur and acte.employeur.presentation:
        yield ("employeur",), ("employeur", "presentation"), acte.employeur.presentation
    for heading, rubrique in acte.rubriques():
        for path, text in rubrique.texts():
            yield heading, (*heading, *path), text
    how = acte.offre.candidature if acte.offre else None
    if how and how.informations:
        at: Steps = ("offre", "candidature", "informations")
        for path, text in how.informations.texts():
            yield at, (*at, *path), text


def _sentences(acte: Acte) -> Iterator[_Said]:
    for heading, path, text in _texts(acte):
        for piece in _SENTENCE.split(text):
            if len(piece.strip()) >= SHORTEST:
                yield _Said(piece.strip(), path, heading)


@rule("E5", "Un texte n’est écrit qu’une fois dans le document", ALERTE, "cohérence du document", on=Acte)
def written_once(entry: Entry[Acte], reader: Reader) -> Iterator[Said]:
    """Told once per pair of headings, at the second place, with the first one. A few words may come back."""
    seen: dict[str, _Said] = {}
    pairs: dict[tuple[Steps, Steps], list[tuple[_Said, _Said]]] = {}
    for said in _sentences(entry.value):
        first = seen.setdefault(" ".join(_WORDS.findall(said.text.lower())), said)
        if first is not said:
            pairs.setdefault((first.heading, said.heading), []).append((first, said))
    for (earlier, later), repeated in pairs.items():
        first, again = repeated[0]
        where = entry.place(*as_typed(entry, first.path))
        count = f"{len(repeated)} phrases" if len(repeated) > 1 else "une phrase"
        same = "dans la même rubrique" if earlier == later else f"déjà dans « {_name(earlier)} »"
        yield Said(
            f"« {_name(later)} » répète {count} {same} : {shown(again.text)}",
            entry.place(*as_typed(entry, again.path)),
            "gardez un seul des deux textes",
            related=(Related(where, "la même phrase"),),
        )


def _name(heading: Steps) -> str:
    return ".".join(str(step) for step in heading if isinstance(step, str))


@rule(
    "E8",
    "Les données personnelles de l’agent restent dans content/agents/",
    ALERTE,
    "règlement (UE) 2016/679 (RGPD), art. 5",
    on=Acte,
)
def personal_data(entry: Entry[Acte], reader: Reader) -> Iterator[Said]:
    """What belongs to the agent's own file, found in the shared one: a number of the sécurité sociale, a bank
    account, a date of birth, the name itself. Professional numbers are left alone."""
    acte = entry.value
    agent = reader.find(AGENTS, acte.agent) if acte.agent else None
    name = agent.value.nom if agent else ""
    for path, text in _every_text(acte):
        for pattern, what in _PRIVATE if _DIGIT.search(text) else ():
            if pattern.search(text):
                yield _private(entry, path, what)
        if name and re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE):
            yield _private(entry, path, f"le nom de l’agent, « {name} »")


def _every_text(acte: Acte) -> Iterator[tuple[Steps, str]]:
    for key in ("intitule", "service", "affectation", "experience", "niveau_d_etudes", "remuneration"):
        if text := getattr(acte, key):
            yield (key,), text
    for index, superieur in enumerate(acte.superieurs):
        yield ("superieurs", index, "qui"), superieur.qui
    yield from ((path, text) for _, path, text in _texts(acte))


def _private(entry: Entry[Acte], path: Steps, what: str) -> Said:
    return Said(
        f"{what} dans un fichier partagé",
        entry.place(*as_typed(entry, path)),
        "mettez-le dans content/agents/, que git ignore, ou retirez-le",
    )
