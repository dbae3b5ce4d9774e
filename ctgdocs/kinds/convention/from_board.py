"""Workbooks of a plan d'actions: that of a convention, one action a row, written and brought back; and one
that agents keep → the convention that waits for it, else one to complete.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, get_args

from ctgdocs.content.edit import Edit, Yaml, fields, items
from ctgdocs.content.library import Library
from ctgdocs.content.sheets import beside
from ctgdocs.content.spelling import Node, Scalar, Value, written
from ctgdocs.files import read_file
from ctgdocs.findings import CtgdocsError, Stopped, UsageError
from ctgdocs.importing.boards import Board, Heading, Page, returned
from ctgdocs.importing.completing import at_path, changed_items, content_named, typed_in
from ctgdocs.importing.document import Document, opened
from ctgdocs.importing.from_boards import GENERAL_HELP, is_board
from ctgdocs.importing.prose import short_id
from ctgdocs.importing.reader import Proposal, Proposed, Reader, Wish
from ctgdocs.kinds.convention import KIND
from ctgdocs.kinds.convention.from_fiches import read_sheets
from ctgdocs.kinds.convention.from_plan import Plan
from ctgdocs.kinds.convention.plan import Avancement, Suite
from ctgdocs.vocabulary.as_typed import slug

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


def _actions_of(root: Yaml, axe: str) -> Yaml:
    """The list of the actions of an axis. CtgdocsError when no axis, or an empty one, is called so."""
    for one in items(at_path(root, "plan/axes")):
        if _text(one, "titre") == axe and "actions" in fields(one):
            return fields(one)["actions"][1]
    raise CtgdocsError(f"« {axe} » n’est pas un axe du plan : choisissez-le dans la liste")


def _text(record: Yaml, name: str) -> str:
    return typed_in(fields(record), name).strip()


def _said(record: Yaml, name: str) -> str:
    """A field as a cell says it: a list, a line for each item."""
    there = fields(record)
    node = there[name][1] if name in there else None
    if node is None or isinstance(node.value, str):
        return _text(record, name)
    return "\n".join(_line(name, item) for item in items(node))


def _line(name: str, item: Yaml) -> str:
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


_ANY = Wish()
_HEAD = """\
# yaml-language-server: $schema=../.schemas/convention.json
# Proposition tirée de « {name} » : relisez-la avant de vous en servir.
"""


def recognise(document: Document) -> float:
    """How much a workbook looks like a plan d'actions."""
    if not document.tabular:
        return 0.0
    plan = Plan()
    if not read_sheets(plan, document.name, document.sheets):
        return 0.0
    filled = [action for _, actions in plan.axes for action in actions if isinstance(action, dict)]
    told = {key for action in filled for key in action} & {
        "pilote",
        "partenaires",
        "calendrier",
        "indicateurs",
        "objectifs",
        "axe",
        "avancement",
        "description",
        "public",
        "numero",
    }
    return min(0.95, 0.3 + 0.2 * len(told) + (0.1 if plan.count > 1 else 0.0))


def propose_new(document: Document, library: Library, wish: Wish = _ANY) -> Proposal:
    """The actions of a workbook, in the convention that waits for them (`--dans`), else in one to
    complete."""
    plan = Plan()
    if not read_sheets(plan, document.name, document.sheets):
        raise CtgdocsError("aucune feuille n’a de colonne « Action » : donnez-lui ce titre")
    axes: dict[str, Node] = {"axes": plan.node()}
    said = (f"Plan d’actions : {plan.count} actions, {len(plan.axes)} axes.",)
    if wish.into:
        return _into(library, wish.into, axes, said)
    blank = "[à compléter : {}]"
    record: dict[str, Node] = {
        "type": Scalar("ctg"),
        "titre": Scalar("Convention territoriale globale"),
        "statut": Scalar("projet"),
        "parties": [{"collectivite": Scalar("oui")}, {"nom": Scalar(blank.format("partenaire"))}],
        "articles": [{"titre": Scalar("Objet"), "texte": Scalar(blank.format("articles de la convention"))}],
        "annexes": [
            {"id": Scalar("plan"), "titre": Scalar("Plan d’actions"), "contenu": Scalar("plan-d-actions")}
        ],
        "plan": axes,
    }
    id = wish.id or short_id(re.sub(r"\.\w+$", "", document.name), otherwise="plan")
    head = _HEAD.format(name=" ".join(document.name.split()))
    file = Proposed(f"{KIND.shelf}/{id}.yaml", head + written(record))
    return Proposal(id, (file,), said=(*said, "Pour le mettre dans une convention qui existe : --dans NOM."))


def _into(library: Library, id: str, axes: dict[str, Node], said: tuple[str, ...]) -> Proposal:
    path = f"{KIND.shelf}/{id}.yaml"
    try:
        before = read_file(library.project.content / path).decode("utf-8")
    except OSError:
        raise CtgdocsError(f"la convention « {id} » n’existe pas dans cet espace") from None
    if re.search(r"^plan:", before, re.MULTILINE):
        raise CtgdocsError(
            f"la convention « {id} » a déjà un plan d’actions : retirez-le d’abord de son fichier"
        )
    shown = _with_its_annexe(before)
    text = f"{shown.rstrip()}\n{written({'plan': axes})}"
    return Proposal(id, (Proposed(path, text, "merged", before),), said=said)


def _with_its_annexe(text: str) -> str:
    """A convention with the annexe that shows its plan: the one of that title, else one more."""
    edit = Edit(text)
    known = fields(edit.root)
    annexes = known["annexes"][1] if "annexes" in known else None
    shown = [fields(one) for one in items(annexes)]
    if any("contenu" in one and edit.raw(one["contenu"][1]) == "plan-d-actions" for one in shown):
        return text
    titled = [
        one
        for one in items(annexes)
        if re.search(r"plan-d-actions?", slug(edit.raw(fields(one)["titre"][1])))
    ]
    if titled:
        edit.put(titled[0], "contenu", "plan-d-actions", after=("id", "titre"))
        return edit.text()
    annexe: dict[str, Node] = {"titre": Scalar("Plan d’actions"), "contenu": Scalar("plan-d-actions")}
    if annexes is None:
        return f"{text.rstrip()}\n{written({'annexes': [annexe]})}"
    edit.insert(annexes, {"titre": "Plan d’actions", "contenu": "plan-d-actions"})
    return edit.text()


READERS = (
    Reader("plan", "un plan d’actions", recognise, propose_new),
    Reader("classeur-plan", "le classeur d’un plan d’actions", is_board(GENRE), propose),
)
