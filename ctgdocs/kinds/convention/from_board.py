"""The workbook of a plan d'actions kept in a convention: one action a row, and brought back."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final, get_args

from ctgdocs.content.edit import Edit, Value, fields, items, written
from ctgdocs.content.library import Library
from ctgdocs.content.sheets import beside
from ctgdocs.findings import CtgdocsError, Stopped, UsageError
from ctgdocs.importing.boards import Board, Heading, Page, returned
from ctgdocs.importing.completing import at_path, changed_items, content_named, typed_in
from ctgdocs.importing.document import Document, opened
from ctgdocs.importing.from_boards import GENERAL_HELP, is_board
from ctgdocs.importing.reader import Proposal, Proposed, Reader, Wish
from ctgdocs.kinds.convention import KIND
from ctgdocs.kinds.convention.from_fiches import read_sheets
from ctgdocs.kinds.convention.from_plan import Plan
from ctgdocs.kinds.convention.plan import Avancement, Suite

Node = Any
GENRE: Final = "plan"
PAGE: Final = "Plan d’actions"
ACTION = (
    Heading("axe", "Axe", 28, "axes", locked=True),
    Heading("titre", "Action", 40),
    Heading("numero", "N°", 8),
    Heading("suite", "Suite", 14, "suites"),
    Heading("avancement", "Avancement", 14, "avancements"),
    Heading("pilote", "Pilote", 24),
    Heading("partenaires", "Partenaires (un par ligne)", 30),
    Heading("public", "Public", 28),
    Heading("territoire", "Territoire", 22),
    Heading("constat", "Constat", 50),
    Heading("objectif_general", "Objectif général", 40),
    Heading("objectifs", "Objectifs (un par ligne)", 50),
    Heading("description", "Description", 50),
    Heading("moyens", "Moyens", 40),
    Heading("cout", "Coût (€)", 14),
    Heading("financements", "Financements (« Caf : 12 000 », un par ligne)", 36),
    Heading("calendrier", "Calendrier", 30),
    Heading("debut", "Début", 14),
    Heading("fin", "Fin", 14),
    Heading("indicateurs", "Indicateurs (un par ligne)", 50),
    Heading("commentaire", "Commentaire", 40),
)
_INDICATOR = re.compile(
    r"(?P<intitule>.+?)(?:\s*\((?P<nature>quantitatif|qualitatif)\))?"
    r"(?:\s+–\s+cible\s*:\s*(?P<cible>.+?))?(?:\s+–\s+source\s*:\s*(?P<source>.+))?"
)


def plan_board(library: Library, target: str) -> Board:
    """The actions of a convention's plan, written in it or kept in a workbook beside it. UsageError when it
    has none."""
    path, edit = content_named(library, target, (KIND.name,))
    edit, _ = _with_axes(library, path, edit)
    plan = fields(edit.root)["plan"][1] if "plan" in fields(edit.root) else None
    axes = items(fields(plan)["axes"][1]) if "axes" in fields(plan) else []
    titles = [_text(axe, "titre") for axe in axes]
    rows = [
        (f"plan/axes/{at}/actions/{rank}", (titles[at], *(_said(action, one.field) for one in ACTION[1:])))
        for at, axe in enumerate(axes)
        for rank, action in enumerate(items(fields(axe)["actions"][1]) if "actions" in fields(axe) else [])
    ]
    if not rows:
        raise UsageError(f"content/{path} n’a pas de plan d’actions.")
    lists = {"axes": tuple(titles), "suites": get_args(Suite), "avancements": get_args(Avancement)}
    help = (
        *GENERAL_HELP,
        "Une action nouvelle : sur une ligne vide, avec son axe. Une ligne vidée est retirée.",
        "Plusieurs lignes dans une case : Alt + Entrée.",
    )
    return Board(GENRE, path, (Page(PAGE, ACTION, tuple(rows), 15),), lists, help)


def _with_axes(library: Library, path: str, edit: Edit) -> tuple[Edit, str]:
    """The convention with its plan written in it, and the workbook that kept it, "" for none. UsageError when
    that one cannot be read."""
    plan = fields(fields(edit.root)["plan"][1]) if "plan" in fields(edit.root) else {}
    name = typed_in(plan, "fichier")
    if not name:
        return edit, ""
    try:
        file, data = beside(f"content/{path}", name, library.reader())
        sheets = opened(file, data).sheets
        wanted = typed_in(plan, "feuille") or sheets[0][0]
        found = Plan()
        read_sheets(found, name, [one for one in sheets if one[0] == wanted])
    except Stopped as stopped:
        raise UsageError(f"Le plan est tenu dans « {name} » : {stopped.findings[0].message}.") from stopped
    if not found.count:
        raise UsageError(f"Le plan est tenu dans « {name} », qui ne contient aucune action.")
    edit.remove(edit.root, "plan")
    return Edit(f"{edit.text().rstrip()}\n{written({'plan': {'axes': found.node()}})}"), name


def propose(document: Document, library: Library, wish: Wish) -> Proposal:
    """What was changed, in the convention; a plan that was kept in a workbook is written there from then
    on."""
    back = returned(document)
    path, edit = content_named(library, back.target, (KIND.name,))
    before = edit.bom + edit.source
    edit, kept_in = _with_axes(library, path, edit)
    changes = list(changed_items(edit, back, "titre", _WRITTEN))
    edit = Edit(edit.text())
    for _, row in back.added:
        action: dict[str, Value] = {
            name: _items(name, text) if name in _WRITTEN else text
            for name, text in row.items()
            if name != "axe"
        }
        if "titre" not in row:
            raise CtgdocsError(f"« {' '.join(row.values())[:60]} » : une action nouvelle a besoin d’un titre")
        edit.insert(_actions_of(edit.root, row.get("axe", "")), action)
        changes.append(f"« {row['titre']} » : nouvelle action")
    if changes and kept_in:
        changes.append(
            f"le plan, tenu dans « {kept_in} », s’écrit désormais dans content/{path} ; ce classeur reste"
        )
    files = (Proposed(path, edit.text(), "merged", before),) if changes else ()
    return Proposal(GENRE, files, (), (), tuple(changes), "ctgdocs verifier")


def _actions_of(root: Node, axe: str) -> Node:
    """The list of the actions of an axis. CtgdocsError when no axis, or an empty one, is called so."""
    for one in items(at_path(root, "plan/axes")):
        if _text(one, "titre") == axe and "actions" in fields(one):
            return fields(one)["actions"][1]
    raise CtgdocsError(f"« {axe} » n’est pas un axe du plan : choisissez-le dans la liste")


def _text(record: Node, name: str) -> str:
    return typed_in(fields(record), name).strip()


def _said(record: Node, name: str) -> str:
    """A field as a cell says it: a list, a line for each item."""
    there = fields(record)
    node = there[name][1] if name in there else None
    if node is None or isinstance(node.value, str):
        return _text(record, name)
    return "\n".join(_line(name, item) for item in items(node))


def _line(name: str, item: Node) -> str:
    if isinstance(item.value, str):
        return " ".join(item.value.split())
    said = {key: " ".join(str(node.value).split()) for key, (_, node) in fields(item).items()}
    if name == "financements":
        return f"{said.get('libelle', '')} : {said.get('montant', '')}"
    text = said.get("intitule", "")
    text += f" ({said['nature']})" if "nature" in said else ""
    return text + "".join(f" – {one} : {said[one]}" for one in ("cible", "source") if one in said)


def _text_of(line: str) -> Value:
    return line.strip(" •-–")


def _financement(line: str) -> Value:
    label, colon, amount = line.rpartition(":")
    if not colon:
        raise CtgdocsError(f"« {line} » : écrivez qui finance, deux points, combien (« Caf : 12 000 »)")
    return {"libelle": label.strip(), "montant": amount.strip()}


def _indicateur(line: str) -> Value:
    found = _INDICATOR.fullmatch(line)
    record: dict[str, Value] = (
        {name: text for name, text in found.groupdict().items() if text} if found else {}
    )
    return record if len(record) > 1 else line


_WRITTEN: Final[dict[str, Callable[[str], Value]]] = {
    "objectifs": _text_of,
    "partenaires": _text_of,
    "financements": _financement,
    "indicateurs": _indicateur,
}


def _items(name: str, typed: str) -> Value:
    return [_WRITTEN[name](line.strip()) for line in typed.split("\n") if line.strip()]


READERS = (Reader("classeur-plan", "le classeur d’un plan d’actions", is_board(GENRE), propose),)
