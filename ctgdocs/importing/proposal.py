"""The proposal made from one document: a content file, what to read again in it, what was set aside."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePath

from ctgdocs.content.edit import Node, Scalar, written
from ctgdocs.findings import UsageError
from ctgdocs.importing.fields import Fields, fields_of
from ctgdocs.importing.gathering import gather
from ctgdocs.importing.lines import Line, decoded, lines_of_text, lines_of_word
from ctgdocs.kinds.fiche_de_poste.postes import RUBRIQUES
from ctgdocs.vocabulary.as_typed import slug

LARGEST = 5_000_000
"""Bytes of a text file."""
MARK = "# à vérifier"

_ORDER = (
    *(
        "intitule",
        "numero",
        "employeur",
        "service",
        "lieu",
        "autres_lieux",
        "a_pourvoir",
        "contrat",
        "famille",
    ),
    *("metiers", "cadre_statutaire", "temps_de_travail", "teletravail", "encadrement", "experience"),
    *("niveau_d_etudes", "remuneration", "superieurs", "agent", "affectation"),
)
_HEAD = """\
# yaml-language-server: $schema=../.schemas/fiche_de_poste.json
# Proposition tirée de « {name} » : relisez-la avant de vous en servir{doubts}.
"""


@dataclass(frozen=True, slots=True)
class Proposal:
    """`text` is the content file, `id` the name it could have, `doubts` how many lines to read again;
    `agent` is the agent's own file, "" when the document says nothing of the agent."""

    id: str
    text: str
    doubts: int
    agent: str = ""


def propose(data: bytes, name: str, id: str = "") -> Proposal:
    """The proposal for a document; its name says what it is (.txt, .md, .docx). `id` is the name wanted for
    the content, taken from the title otherwise.

    Raises UsageError for another kind of file, CtgdocsError for one that cannot be read.
    """
    fields = fields_of(gather(_lines(data, name)), fallback=_title_of(name))
    title = fields.record["intitule"]
    assert isinstance(title, Scalar)
    id = id or slug(title.text)[:60].strip("-") or "poste"
    if fields.agent:
        fields.record["agent"] = Scalar(id)
    record = _ordered(fields)
    body = written(record)
    doubts = body.count(MARK)
    said = f" ; {doubts} ligne{'s' * (doubts > 1)} à vérifier" if doubts else ""
    return Proposal(
        id,
        _HEAD.format(name=_one_line(name), doubts=said) + _hollow(fields.hollow) + body,
        doubts,
        _agent_file(fields.agent),
    )


def _hollow(labels: list[str]) -> str:
    return f"# Titres sans texte dans l’original : {' ; '.join(labels)}\n" if labels else ""


def _lines(data: bytes, name: str) -> list[Line]:
    suffix = PurePath(name).suffix.lower()
    if suffix == ".docx":
        return lines_of_word(data)
    if suffix in (".txt", ".md", ".markdown", ".text"):
        if len(data) > LARGEST:
            raise UsageError(f"« {name} » est trop gros : 5 Mo au plus.")
        return lines_of_text(decoded(data))
    raise UsageError(f"« {name} » : donnez un fichier .txt, .md ou .docx.")


def _one_line(name: str) -> str:
    return " ".join(name.split())


def _title_of(name: str) -> str:
    return re.sub(r"[-_\s]+", " ", PurePath(name).stem).strip().capitalize() or "Poste"


def _ordered(fields: Fields) -> dict[str, Node]:
    """The fields in the order of the guide; free sections and house titles last."""
    record: dict[str, Node] = {}
    for key in (*_ORDER, *RUBRIQUES):
        if key in fields.record:
            record[key] = fields.record[key]
    if fields.sections:
        record["sections"] = list(fields.sections)
    if "offre" in fields.record:
        record["offre"] = fields.record["offre"]
    if fields.titres:
        record["titres"] = dict(fields.titres)
    return record


def _agent_file(agent: list[tuple[str, str]]) -> str:
    """The agent's own file, as comments: what was typed there is for a person to put in its field."""
    if not agent:
        return ""
    rows = [
        "# yaml-language-server: $schema=../.schemas/agents.json",
        "# Données personnelles, que git ignore ; recopiez-les dans les champs ci-dessous.",
        *(f"# {label} : {value}" for label, value in agent),
        "nom: à compléter",
        "prenom: à compléter",
    ]
    return "\n".join(rows) + "\n"
